"""Rules for links: what they say and where they lead."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
