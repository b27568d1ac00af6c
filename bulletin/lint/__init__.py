"""Reads the final bytes of an email and says what is wrong with it: 70 rules, numbered as in docs/linter.md.

Pure: nothing is fetched, nothing is sent. What bytes alone cannot tell is judged where the desk says more (`Known`).
"""

from bulletin.lint import editions, message, page, programs, sight, words
from bulletin.lint.letter import Letter, looks_like_html, read, read_html
from bulletin.lint.rules import Rule
from bulletin.model import Finding, Known

__all__ = ["RULES", "Letter", "Rule", "lint", "looks_like_html"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*page.RULES, *sight.RULES, *programs.RULES, *words.RULES, *message.RULES, *editions.RULES),
        key=lambda rule: rule.number,
    )
)


def lint(content: bytes, known: Known | None = None) -> tuple[Finding, ...]:
    """Judge a whole message, or HTML that stands alone, whatever it holds; the findings in the order of the rules."""
    letter = read_html(content, known) if looks_like_html(content) else read(content, known)
    return tuple(finding for rule in RULES for finding in rule.findings(letter))
