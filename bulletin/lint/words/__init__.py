"""Rules for the words: NHS style, spelling, what a template left behind, broken letters, the preheader."""

from bulletin.lint.rules import Rule
from bulletin.lint.words import characters, preheader, residue, style

RULES: tuple[Rule, ...] = (
    *style.RULES,
    *residue.RULES,
    *characters.RULES,
    *preheader.RULES,
)
