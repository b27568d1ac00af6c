"""Rules for what an edition prints: what the desk knows of it, and what stands twice."""

from bulletin.lint.editions import edition, twice
from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = (
    *edition.RULES,
    *twice.RULES,
)
