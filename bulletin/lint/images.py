"""Rules for images."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
