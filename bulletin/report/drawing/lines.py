"""Charts of lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bulletin.report.drawing.frame import WIDTH, Axis, Plot, Told, picture
from bulletin.report.elements import el

_RIGHT_OF_LEGEND = 150


@dataclass(frozen=True)
class Line:
    """Points to be joined; one that is `faint` is only there to compare with. Without a name it has no legend."""

    name: str
    points: tuple[tuple[float, float], ...]
    faint: bool = False
    dots: bool = True


@dataclass(frozen=True)
class Spot:
    """A point of its own, with words."""

    x: float
    y: float
    words: str


def lines(told: Told, x: Axis, y: Axis, drawn: Sequence[Line], spots: Sequence[Spot] = ()) -> Element:
    """Draw lines, a legend where there are several to tell apart, and spots above them."""
    plot = Plot(x, y)
    strong = [line for line in drawn if not line.faint]
    children = list(plot.axes())
    for line in drawn:
        kind = "faint" if line.faint else f"line-{strong.index(line)}"
        children += _line(plot, line, kind)
    if len(strong) > 1:
        children += _legend([line.name for line in strong], plot.height)
    for spot in spots:
        children += _spot(plot, spot)
    return picture(told, plot.height, children)


def _line(plot: Plot, line: Line, kind: str) -> Iterator[Element]:
    places = [plot.at(*point) for point in line.points]
    yield el("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places), class_=f"line {kind}")
    for x, y in places if line.dots and not line.faint else ():
        yield el("circle", cx=x, cy=y, r=3, class_=f"dot {kind}")


def _spot(plot: Plot, spot: Spot) -> Iterator[Element]:
    """A ring with words low before it, or high behind it: curves on which spots lie fall."""
    x, y = plot.at(spot.x, spot.y)
    before = x > WIDTH / 2
    yield el("circle", cx=x, cy=y, r=6, class_="spot")
    kind = "tick end" if before else "tick"
    yield el("text", spot.words, x=x + (-10 if before else 10), y=y + (16 if before else -8), class_=kind)


def _legend(names: Sequence[str], height: float) -> Iterator[Element]:
    """Names with a piece of their line, low on the right, where curves that rise leave room."""
    for number, name in enumerate(names):
        y = height - 60 - 16 * (len(names) - 1 - number)
        x = WIDTH - _RIGHT_OF_LEGEND
        yield el("line", x1=x, x2=x + 22, y1=y - 4, y2=y - 4, class_=f"line line-{number}")
        yield el("text", name, x=x + 28, y=y, class_="tick")
