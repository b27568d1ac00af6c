"""Charts of bars that lie, one below the other, each of one part or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.report.drawing.frame import WIDTH, Told, picture
from bulletin.report.elements import el
from bulletin.report.words import shortened

_NAMES = 136  # where bars begin
_VALUES = 44  # room behind them
_ROW = 20
_THICK = 12
_LETTERS = 18  # of a name
_LEGEND = 24


@dataclass(frozen=True)
class Bar:
    """A bar: its name, the lengths of its parts and what stands behind it."""

    name: str
    parts: tuple[float, ...]
    words: str


def bars(told: Told, drawn: Sequence[Bar], longest: float, parts: Sequence[str] = ()) -> Element:
    """Draw bars; `longest` is the length that fills the picture, `parts` the names of the parts, for a legend."""
    top = _LEGEND if parts else 4
    children = list(_legend(parts))
    for row, bar in enumerate(drawn):
        children += _bar(bar, top + row * _ROW, longest or 1.0)
    return picture(told, top + len(drawn) * _ROW + 4, children)


def _bar(bar: Bar, top: float, longest: float) -> Iterator[Element]:
    base, room = top + _ROW - 6, WIDTH - _NAMES - _VALUES
    yield el("text", el("title", bar.name), shortened(bar.name, _LETTERS), x=_NAMES - 6, y=base, class_="tick end")
    x = float(_NAMES)
    for number, part in enumerate(bar.parts):
        wide = min(part / longest, 1.0) * room
        if wide > 0:
            yield el("rect", x=x, y=top + 3, width=wide, height=_THICK, class_=f"part-{number}")
        x += wide
    yield el("text", bar.words, x=x + 5, y=base, class_="tick")


def _legend(parts: Sequence[str]) -> Iterator[Element]:
    wide = WIDTH / max(1, len(parts))
    for number, name in enumerate(parts):
        yield el("rect", x=number * wide, y=3, width=10, height=10, class_=f"part-{number}")
        yield el("text", name, x=number * wide + 15, y=12, class_="tick")
