"""Rules for what is seen: colours, sizes, widths, motion, in the light, in the dark, and on a small screen."""

from bulletin.lint.rules import Rule
from bulletin.lint.sight import colours, hidden, motion, targets, text, widths

RULES: tuple[Rule, ...] = (
    *hidden.RULES,
    *colours.RULES,
    *text.RULES,
    *targets.RULES,
    *widths.RULES,
    *motion.RULES,
)
