"""Rules for the message around the HTML: headers, text part, sizes, and the way out."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
