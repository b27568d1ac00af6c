"""Rules for the HTML: the document, its structure, images and links, and what may be in no email."""

from bulletin.lint.page import document, images, links, safety, structure
from bulletin.lint.rules import Rule

RULES: tuple[Rule, ...] = (
    *document.RULES,
    *safety.RULES,
    *structure.RULES,
    *images.RULES,
    *links.RULES,
)
