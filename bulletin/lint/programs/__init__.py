"""Rules for what mail programs show of CSS, by the data in clients.json."""

from bulletin.lint.programs import clients
from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = (*clients.RULES,)
