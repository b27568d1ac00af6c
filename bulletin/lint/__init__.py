"""Reads the final bytes of an email and says what is wrong with it: 70 rules, numbered as in docs/linter.md.

Pure: nothing is fetched, nothing is sent. What bytes alone cannot tell is judged where the desk says more (`Known`).
"""

from bulletin.lint import (
    characters,
    clients,
    document,
    edition,
    footer,
    images,
    leaving,
    links,
    mail,
    mime,
    preheader,
    residue,
    safety,
    sight,
    structure,
    textpart,
    twice,
    words,
)
from bulletin.lint.letter import Letter, looks_like_html, read, read_html
from bulletin.lint.rules import Rule
from bulletin.model import Finding, Known

__all__ = ["RULES", "Letter", "Rule", "lint", "looks_like_html"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *document.RULES,
            *safety.RULES,
            *structure.RULES,
            *images.RULES,
            *links.RULES,
            *sight.RULES,
            *clients.RULES,
            *words.RULES,
            *residue.RULES,
            *characters.RULES,
            *preheader.RULES,
            *mail.RULES,
            *mime.RULES,
            *textpart.RULES,
            *leaving.RULES,
            *footer.RULES,
            *edition.RULES,
            *twice.RULES,
        ),
        key=lambda rule: rule.number,
    )
)


def lint(content: bytes, known: Known | None = None) -> tuple[Finding, ...]:
    """Judge a whole message, or HTML that stands alone, whatever it holds; the findings in the order of the rules."""
    letter = read_html(content, known) if looks_like_html(content) else read(content, known)
    return tuple(finding for rule in RULES for finding in rule.findings(letter))
