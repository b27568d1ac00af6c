"""Which links look like buttons: filled or bordered ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter.css import colour
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.shorthand import SIDES
from bulletin.lint.letter.tree import Node
from bulletin.lint.sight.seen import BLOCKS, around
from bulletin.model.colours import RGB, contrast

_CELLS = frozenset({"td", "th", "tr", "tbody", "thead"})
_HOLDERS = (BLOCKS | {"table"}) - _CELLS
_PADDED = 4.0  # CSS pixels


@dataclass(frozen=True)
class Button:
    """A link that looks like a button; `box` is what is filled or bordered: the link, or what holds it alone."""

    link: Node
    box: Node
    is_filled: bool
    contrast: float  # of its fill or its border with what is around it, the better of the two


def button(look: Looks, link: Node) -> Button | None:
    """The button that a link is; None when it is a link like others. Of boxes in boxes the one that is seen best."""
    found = [one for one in (_button(look, link, box) for box in _boxes(look, link)) if one is not None]
    return max(found, key=lambda one: one.contrast, default=None)


def _button(look: Looks, link: Node, box: Node) -> Button | None:
    outside = look.background(box.parent) if box.parent else (1.0, 1.0, 1.0)
    fill = look.background(box) if _fills(look, box, outside) else None
    border = _border(look, box)
    seen = [contrast(one, outside) for one in (fill, border) if one is not None]
    return Button(link, box, fill is not None, max(seen)) if seen else None


def border_colour(look: Looks, box: Node, side: str) -> RGB | None:
    """The colour of one side of a border as it is seen; None when there is none."""
    said = look.declared(box)
    if said.get(f"border-{side}-style", "none") in ("none", "hidden") or not look.length(box, f"border-{side}-width"):
        return None
    written = said.get(f"border-{side}-color", "currentcolor")
    read = colour(written)
    if read is None:
        return look.colour(box) if written == "currentcolor" else None
    return read[0] if read[1] >= 1 else _mixed(read, look.background(box))


def _mixed(upper: tuple[RGB, float], lower: RGB) -> RGB:
    (red, green, blue), alpha = upper
    return (
        alpha * red + (1 - alpha) * lower[0],
        alpha * green + (1 - alpha) * lower[1],
        alpha * blue + (1 - alpha) * lower[2],
    )


def _boxes(look: Looks, link: Node) -> Iterator[Node]:
    """What may be the button: the link, what in it has all its words, and what holds it alone."""
    yield link
    letters = around(look, link).letters
    yield from (one for one in link.all() if letters and around(look, one).letters == letters)
    if look.underlined(link) is None or not letters or "background-color" in look.declared(link):
        yield from _holders(look, link, letters)


def _holders(look: Looks, link: Node, letters: int) -> list[Node]:
    """What holds a link alone, up to its block or its table; not the cell of a table that sets out the page."""
    found: list[Node] = []
    for one in link.above():
        if around(look, one).letters != letters or one.tag == "body":
            return [each for each in found if each.tag not in _CELLS]
        if one.tag == "table" and look.declared(one).get("width", "").endswith("%"):
            return [each for each in found if each.tag not in _CELLS]
        found.append(one)
        if one.tag in _HOLDERS:
            break
    return found


def _fills(look: Looks, box: Node, outside: RGB) -> bool:
    """Whether it has a fill of its own; one that is like what is around it only counts with room around the words."""
    read = colour(look.declared(box).get("background-color", ""))
    if read is None or read[1] <= 0:
        return False
    return look.background(box) != outside or look.length(box, "padding-left") >= _PADDED


def _border(look: Looks, box: Node) -> RGB | None:
    """The colour of a border all around, or nearly."""
    sides = [one for one in (border_colour(look, box, side) for side in SIDES) if one is not None]
    return sides[0] if len(sides) >= 3 else None
