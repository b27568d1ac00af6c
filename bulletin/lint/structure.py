"""Rules for tables, headings, lists and contents: what a screen reader goes by."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
