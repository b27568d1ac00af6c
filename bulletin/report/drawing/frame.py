"""What every picture has: a size, a title, words that say what it shows; and axes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.report.elements import Child, el, many

WIDTH = 400
LEFT, RIGHT, TOP, BOTTOM = 46, 22, 12, 42  # around what is drawn
_HEIGHT = 270


@dataclass(frozen=True)
class Told:
    """What a picture says in words; `name` is unique in its page."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class Axis:
    """From where to where, what that is, and the places that are named."""

    name: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def place(self, value: float) -> float:
        """Where a value lies, 0 to 1; what lies outside is drawn at the edge."""
        span = self.high - self.low
        return min(1.0, max(0.0, (value - self.low) / span)) if span else 0.5


def picture(told: Told, height: float, children: Iterable[Child]) -> Element:
    """A picture with its words."""
    ids = f"{told.name}-title", f"{told.name}-words"
    return many(
        "svg",
        [el("title", told.title, id=ids[0]), el("desc", told.words, id=ids[1]), *children],
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        aria_labelledby=" ".join(ids),
        xmlns="http://www.w3.org/2000/svg",
    )


@dataclass(frozen=True)
class Plot:
    """The room inside two axes."""

    x: Axis
    y: Axis
    height: float = _HEIGHT

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is drawn."""
        wide, high = WIDTH - LEFT - RIGHT, self.height - TOP - BOTTOM
        return LEFT + self.x.place(x) * wide, TOP + (1 - self.y.place(y)) * high

    def axes(self) -> Iterator[Element]:
        """Lines, places and names of both axes."""
        right, bottom = WIDTH - RIGHT, self.height - BOTTOM
        for value, name in self.y.ticks:
            _, y = self.at(self.x.low, value)
            yield el("line", x1=LEFT, x2=right, y1=y, y2=y, class_="grid")
            yield el("text", name, x=LEFT - 6, y=y + 4, class_="tick end")
        for value, name in self.x.ticks:
            x, _ = self.at(value, self.y.low)
            yield el("line", x1=x, x2=x, y1=bottom, y2=bottom + 4, class_="axis")
            yield el("text", name, x=x, y=bottom + 17, class_="tick middle")
        yield el("line", x1=LEFT, x2=right, y1=bottom, y2=bottom, class_="axis")
        yield el("text", self.x.name, x=(LEFT + right) / 2, y=self.height - 6, class_="axis-name middle")
        middle = (TOP + bottom) / 2
        turned = f"rotate(-90 11 {middle:g})"
        yield el("text", self.y.name, x=11, y=middle, transform=turned, class_="axis-name middle")
