"""Rules for what is seen: colours, sizes, widths, in the light and in the dark."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
