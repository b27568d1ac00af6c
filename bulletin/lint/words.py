"""Rules for the words: NHS style, what is left of a template, broken letters."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
