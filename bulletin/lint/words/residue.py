"""Rule 64: what a machine, or somebody in a hurry, left in the text."""

import re
from collections.abc import Iterable, Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.passages import squeeze
from bulletin.lint.letter.reading import Passage
from bulletin.lint.rules import ERROR, Fault, rule

_NOTHING = r"(?:None|nan|NaN|NULL|null|undefined)"  # how programs print that something is missing
_STOP = r"(?=\s*(?:$|[.,;:|·!)]|[-–—]\s|\d))"  # None of the wards is English; By None. is not
_BEFORE = r"[Bb]y|[Dd]ear|[Hh]ello|[Hh]i|[Ff]rom|[Uu]ntil|[Uu]pdated|[Pp]ublished|[Ee]dition|[Nn]umber"
_LABELS = (
    r"abstract|authors?|by|closes|date|doi|edition|editor|issue|journal|link|name|number|pages?|published|publisher"
    r"|source|summary|title|type|updated|volume"
)
_MONTHS = r"January|February|March|April|May|June|July|August|September|October|November|December"
_PLACES = (
    r"insert|placeholder|first ?name|last ?name|name|(?:title|text|date|link|name) here"
    r"|enter (?:your|the|text|name|date)"
    r"|your (?:name|library|text|logo|address|e-?mail|organisation|trust|team|link|title)"
)
_BEFORE_NONE = "to|or|were|bar|and|but|interests?|conflicts?|funding|comments?"  # in English, None begins a sentence
_GRANDMOTHERS = r"(?<![Mm]y )(?<![Yy]our )(?<![Hh]er )(?<![Hh]is )(?<![Oo]ur )(?<!their )(?<![Tt]he )(?<![Aa] )"
_RESIDUE = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        (r"\{\{|\}\}|\{%|%\}|\{#|<%|%>|[$#]\{\w", "a variable of a template was not filled in"),
        (r"\*\|[A-Z_:]+\|\*|%%\w+%%|\[\[\w+\]\]", "a field of a mailing program was not filled in"),
        (r"%\(\w+\)[sd]|(?<![\w%])%[sd](?![\w%])", "a place for a value was not filled in"),
        (r"\b[Ll]orem\b|\bLOREM\b|\bdolor sit amet\b", "a text that only fills the place of one"),
        (r"\bTODO\b|\bFIXME\b|\bX{4,}\b", "a note that is not for readers"),
        (rf"(?i)\[insert\b|[\[<](?:{_PLACES})\b[^\]>]{{0,60}}[\]>]", "a place for a text was not filled in"),
        (rf"\b(?:{_BEFORE}) {_NOTHING}{_STOP}", "a value is missing"),
        (rf"\b(?i:{_LABELS}): ?{_NOTHING}{_STOP}", "a value is missing"),
        (r"\b(?:[Ee]dition|[Vv]olume|[Nn]umber|[Pp]age) (?:None|nan|undefined|null)\b", "a number is missing"),
        (rf"\b(?!(?:{_BEFORE_NONE})\b)[a-z]+ None\b(?! (?:of|declared)\b)", "a value is missing"),
        (rf"{_GRANDMOTHERS}\bnan\b(?! bread)", "a number is missing"),
        (rf"[£$€]\s?{_NOTHING}\b|\b{_NOTHING} ?%", "a number is missing"),
        (r"\b(?:None|nan|undefined) (?:items?|headings?|pages?|kB|KB|MB)\b", "a number is missing"),
        (rf"\b{_NOTHING} (?:(?:{_MONTHS}) )?20\d\d\b", "a date is missing"),
        (r"\bNaN\b|\bundefined undefined\b|\[object Object\]|\bInvalid [Dd]ate\b", "a program's word for nothing"),
        (r"\bTraceback \(most recent call last\)", "a program's cry for help"),
        (
            r"<(?:built-in|function|bound method|generator object|class ')|<[\w.]+ object at 0x",
            "a program's own word",
        ),
    )
)
_ALONE = re.compile(rf"{_NOTHING}(?: {_NOTHING})*")
_STROKES = re.compile(r"\s[|·•–—/-]\s|[,;()\[\]]\s*")
_CELLS = frozenset({"td", "th", "li", "h1", "h2", "h3", "h4", "a", "dd", "span", "b", "strong"})


@rule(64, "residue", ERROR, "no {{, {%, None, nan, undefined, Lorem, TODO or [insert is left in the text")
def residue(letter: Letter) -> Iterator[Fault]:
    """Look for what programs print where a value is missing; titles and summaries of items may speak of anything."""
    for text in _texts(letter):
        for pattern, advice in _RESIDUE:
            match = pattern.search(text)
            if match:
                yield f"{advice}: {match[0].strip()}", text[max(0, match.start() - 30) : match.end() + 60]
    for text in _pieces(letter):
        if _ALONE.fullmatch(text):
            yield f"a value is missing: {text}", text


def _texts(letter: Letter) -> Iterator[str]:
    """All text that we answer for: subject, title, HTML with the words of images, and plain text."""
    said = _others(letter)
    html: Iterable[str] = ()
    if letter.html:
        nodes = letter.tree.all("title", "img")
        html = (*(node.get("alt") or node.text for node in nodes), *(one.text for one in letter.passages))
    for text in (letter.header("Subject"), *html, squeeze(letter.text)):
        for one in said:
            if one in text:
                text = text.replace(one, " ")  # noqa: PLW2901 - what is left of it
        yield text


def _pieces(letter: Letter) -> Iterator[str]:
    """What stands alone: a line, a cell, what is between two strokes."""
    said = _others(letter)
    lines = (piece for line in letter.text.splitlines() for piece in (line, *_STROKES.split(line)))
    cells = (piece for passage in letter.passages for piece in _alone(passage))
    yield from (piece.strip() for piece in (*cells, *lines) if piece.strip() not in said)


def _alone(passage: Passage) -> Iterator[str]:
    yield from (passage.text, *_STROKES.split(passage.text))
    yield from (piece for node, piece in passage.pieces if node.tag in _CELLS and node.text == piece.strip())


def _others(letter: Letter) -> frozenset[str]:
    """The titles and summaries of items; one that is None is nobody's."""
    items = letter.known.items if letter.known else ()
    texts = (squeeze(text) for item in items for text in (item.title, item.summary))
    return frozenset(text for text in texts if text and not _ALONE.fullmatch(text))


RULES = (residue,)
