"""Rules for the message around the HTML: headers and bytes, plain text, sizes, and the ways out."""

from bulletin.lint.message import footer, leaving, mail, mime, textpart
from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = (
    *mail.RULES,
    *mime.RULES,
    *textpart.RULES,
    *leaving.RULES,
    *footer.RULES,
)
