"""Rules that only the desk can judge: what an edition prints, printed before, or must say."""

from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = ()
