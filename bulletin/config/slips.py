"""Slips of the hand that the parser notices late or not at all, found in the text itself."""

import re
from collections.abc import Iterator
from itertools import islice

from bulletin.config.troubles import OPEN_QUOTE

DASH = "a space is missing after the dash: write it as - words"
LOST = "what follows # would be lost: put the value in quotation marks, or a space after the # if it is a note"

_COLON = "mapping values are not allowed"
_LAYOUT = (_COLON, "expected ':'", "<block end>")  # the complaints that a slip may be behind
_NO_SPACE = re.compile(r" *-[^\s-]")
_SLIPS = (
    (_NO_SPACE, DASH),
    (re.compile(r"[ -]*+\w+:(?!//)\S"), "a space is missing after the colon: write it as key: value"),
)
_NO_COLON = re.compile(r"(?P<front>[ -]*+)(?P<key>\w+)(?!.*:(?: |$))(?: |$)")
_LOST = re.compile(r":?[ \t]+#[^\s#]")


def around(complaint: str, text: str, line: int) -> tuple[int, str] | None:
    """Return line and sentence of a slip on the line that a parser complains of or on the one above, or None."""
    if not any(part in complaint for part in _LAYOUT):
        return None
    near = list(islice(_upwards(text.split("\n")[:line]), 2))
    for number, words in near:
        for pattern, message in _SLIPS:
            if pattern.match(words):
                return number, message
    return _without_colon(*near) if _COLON in complaint and len(near) == 2 else None


def after_quotes(value: str, rest: str) -> str:
    """Say why `rest` stands behind a `value` that the parser took for whole; the value has its quotation marks."""
    if "\n" in value:
        return OPEN_QUOTE
    if value.startswith("'") and rest[:1].isalnum():
        return "the apostrophe on this line ends the value too early: put the value into double quotation marks"
    return "the value goes on after its closing quotation mark: put one pair around all of it"


def lacks_space(text: str, start: int) -> bool:
    """Tell whether the line that begins at `start` begins with a dash and no space behind it."""
    return bool(_NO_SPACE.match(text, start))


def cut_off(text: str, end: int) -> bool:
    """Tell whether words behind the value or key that ends at `end` would be taken for a note."""
    return bool(_LOST.match(text, end))


def _upwards(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold more than a note, the last one first, with their numbers."""
    for number in range(len(lines), 0, -1):
        if lines[number - 1].lstrip()[:1] not in {"", "#"}:
            yield number, lines[number - 1]


def _without_colon(here: tuple[int, str], above: tuple[int, str]) -> tuple[int, str] | None:
    """Tell of the line above when the key of this one stands right under its first word."""
    found = _NO_COLON.match(above[1])
    if found and re.match(" " * len(found["front"]) + r"\w", here[1]):
        return above[0], f'a colon is missing after "{found["key"]}"'
    return None
