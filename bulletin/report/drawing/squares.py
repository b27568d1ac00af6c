"""Charts of squares, the stronger their colour the more: what was taken for what."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.report.drawing.frame import WIDTH, Told, picture
from bulletin.report.elements import el
from bulletin.report.words import number, shortened

STEPS = 6  # of colour
_NAMES = 118
_TOP = 22
_LETTERS = 13  # of a name
_FEW = 17  # rows: with more, there is no room for numbers


@dataclass(frozen=True)
class Square:
    """One square: what it counts, how strong its colour is (0 to 1), and its words for who points at it."""

    value: float
    strong: float
    words: str


def squares(told: Told, names: Sequence[str], found: Mapping[tuple[int, int], Square]) -> Element:
    """Draw rows and columns of the same names; columns bear the numbers of the rows."""
    size = (WIDTH - _NAMES - 2) / max(6, len(names))
    children = list(_names(names, size))
    for row in range(len(names)):
        for column in range(len(names)):
            children += _square(found.get((row, column)), row, column, size, len(names) <= _FEW)
    return picture(told, _TOP + len(names) * size + 4, children)


def _names(names: Sequence[str], size: float) -> Iterator[Element]:
    for place, name in enumerate(names, start=1):
        middle = _TOP + (place - 0.5) * size + 4
        short = f"{shortened(name, _LETTERS)} {place}"
        yield el("text", el("title", name), short, x=_NAMES - 5, y=middle, class_="row-name end")
        yield el("text", str(place), x=_NAMES + (place - 0.5) * size, y=_TOP - 7, class_="count-name middle")


def _square(one: Square | None, row: int, column: int, size: float, with_number: bool) -> Iterator[Element]:
    x, y = _NAMES + column * size, _TOP + row * size
    dark = _step(one.strong) if one else 0
    inside = el("title", one.words) if one else None
    yield el("rect", inside, x=x, y=y, width=size - 1, height=size - 1, class_=f"dark-{dark}")
    if one and with_number and one.value >= 1:
        middle = {"x": x + (size - 1) / 2, "y": y + size / 2 + 3}
        yield el("text", number(round(one.value)), **middle, class_=f"count middle on-{dark}")


def _step(strong: float) -> int:
    """A step of colour; what is there at all has some, and little things differ more than great ones."""
    return min(STEPS - 1, 1 + int(math.sqrt(strong) * (STEPS - 1)))
