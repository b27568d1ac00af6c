"""Comments in an email: what is written for Outlook alone, and what was left behind or smuggled in."""

import re
from hashlib import sha256

from bulletin.lint.letter.tree import CONDITION, Node

# The comments of our own templates (templates/), by `digest`; a test keeps the two together.
OURS = frozenset({"6bfed0ed936d7dda", "66aae1a24194ac9a", "49075e372f4b24d9"})

_TESTED = re.compile(r"\[if [\w\s()!&|.]+\]", re.IGNORECASE)
_REVEALED = re.compile(r"\[if [\w\s()!&|.]+\]>(<!(--)?)?\s*", re.IGNORECASE)  # <!--[if !mso]><!-->
_ENDING = re.compile(r"(<!)?(--)?\s*\[endif\]", re.IGNORECASE)
_HIDDEN = re.compile(r"\[if [\w\s()!&|.]+\]>(?P<content>.*)<!\[endif\]", re.IGNORECASE | re.DOTALL)
_MEANT = re.compile(r"<(?:xml|style|head|noscript)\b.*?</(?:xml|style|head|noscript)\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 10_000  # letters
_LEADS = re.compile(r"<\s*(?:a|script|iframe|form|img|object|embed|link|base|svg|input|v:imagedata)\b|\bhref\s*=",
                    re.IGNORECASE)  # fmt: skip
_CALLS = re.compile(r"\son\w+\s*=|javascript:|expression\s*\(|url\s*\(", re.IGNORECASE)
_FETCHES = re.compile(
    r"@import|<script|url\s*\(\s*[\"']?\s*(?!#)\S|expression\s*\(|\bhref\s*=\s*[\"']?\s*[a-z]+:", re.IGNORECASE
)
_RUNNING = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "span", "b", "i", "em", "strong", "blockquote", "font", "u")
)


def fault_of(comment: Node) -> str:
    """What is wrong with a comment wherever it stands, in words; empty when nothing is."""
    if is_ours(comment):
        return ""
    return _condition_fault(comment.words.strip()) if is_condition(comment) else _plain_fault(comment)


def is_condition(comment: Node) -> bool:
    """Whether a comment is one by which Outlook shows something else than others."""
    return bool(CONDITION.search(comment.words))


def is_ours(comment: Node) -> bool:
    """Whether a comment is one of our own templates."""
    return digest(comment.words) in OURS


def digest(words: str) -> str:
    """What tells a comment from others, however it is spaced."""
    return sha256(" ".join(words.split()).lower().encode("utf-8", "replace")).hexdigest()[:16]


def _condition_fault(words: str) -> str:
    """What is wrong with a comment for Outlook: it may hold the bare bones of a layout and settings, no content."""
    if _REVEALED.fullmatch(words) or _TESTED.fullmatch(words) or _ENDING.fullmatch(words):
        return ""
    if len(words) > _LONGEST:
        return "a comment for Outlook is longer than any layout needs"
    match = _HIDDEN.fullmatch(words)
    if not match:
        return "a comment for Outlook is not written as one, so that Outlook hides or shows what it should not"
    content = _MEANT.sub(" ", match["content"])
    if _FETCHES.search(match["content"]):
        return "a comment for Outlook brings a style sheet or code from elsewhere"
    if _LEADS.search(content) or _CALLS.search(content):
        return "a comment for Outlook holds links or code that only Outlook shows, and nobody else can read"
    if re.search(r"\w", re.sub(r"&#?\w+;", " ", _TAG.sub(" ", content))):
        return "a comment for Outlook holds words that only Outlook shows, and nobody else can read"
    return ""


def _plain_fault(comment: Node) -> str:
    """A comment between the parts of a layout is a note of its maker; one in running text, or of markup, is not."""
    if comment.parent and comment.parent.tag in _RUNNING:
        return "a comment stands in running text: it came with the text, and what it hides nobody has read"
    if _LEADS.search(comment.words) or _CALLS.search(comment.words):
        return "a comment hides links or code: take it out"
    return ""
