"""The rule for what fingers hit: links that stand alone and buttons are large enough and apart (rule 20)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import pixels
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, Fault, Rule, rule
from bulletin.lint.sight.buttons import button
from bulletin.lint.sight.seen import BLOCKS, IMAGE, Piece, around, is_read, lines, preheader

LEAST, BUTTON, APART = 24.0, 44.0, 8.0  # CSS pixels: WCAG 2.5.8, and 2.5.5 for what people shall press
_LETTER, _SPACE = 0.5, 0.28  # widths, to the font size: about what fonts have
_MARGINS = {
    "p": 1.0,
    "ul": 1.0,
    "ol": 1.0,
    "dl": 1.0,
    "blockquote": 1.0,
    "h1": 0.67,
    "h2": 0.83,
    "h3": 1.0,
    "h4": 1.33,
}


@dataclass(frozen=True)
class _Target:
    """A link that stands alone: its block, its place there, and how large it is in CSS pixels."""

    link: Node
    block: Node
    line: int
    width: float
    height: float
    after: str  # what stands between it and the link before in the same line


@rule(20, "touch-targets", ERROR, "links that stand alone have 24 px for a finger, buttons 44, and 8 px between two")
def _targets(letter: Letter) -> Iterator[Fault]:
    for _, look in letter.views:
        before: _Target | None = None
        for target in _alone(letter, look):
            if target is None:
                before = None
                continue
            yield from _size(look, target)
            if before is not None and before.link is not target.link:
                yield from _apart(look, before, target)
            before = target


def _alone(letter: Letter, look: Looks) -> Iterator[_Target | None]:
    """The links that stand alone, in their order; None where other text stands between."""
    inside = preheader(letter.light)
    for node in letter.tree.body.iter():
        if node.tag not in BLOCKS or look.is_hidden(node) or id(node) in inside:
            continue
        found = lines(look, node)
        if any(_is_prose(piece) for line in found for piece in line):
            yield None
        else:
            for at, line in enumerate(found):
                yield from _in_line(look, node, at, line)


def _is_prose(piece: Piece) -> bool:
    """Whether it is text beside a link; of an entry of contents, the number of items behind it is none."""
    return piece.link is None and any(one.isalpha() for one in piece.text)


def _in_line(look: Looks, top: Node, at: int, line: tuple[Piece, ...]) -> Iterator[_Target]:
    between = ""
    links: dict[int, list[Piece]] = {}
    gaps: dict[int, str] = {}
    for piece in line:
        if piece.link is None:
            between += piece.text
            continue
        if id(piece.link) not in links:
            gaps[id(piece.link)] = between
        links.setdefault(id(piece.link), []).append(piece)
        between = ""
    for key, pieces in links.items():
        link = pieces[0].link
        if link is not None and any(is_read(one.text) or one.text == IMAGE for one in pieces):
            width, height = _extent(look, link, pieces)
            yield _Target(link, top, at, width, height, gaps[key])


def _extent(look: Looks, link: Node, pieces: list[Piece]) -> tuple[float, float]:
    """How large a link is for a finger: its words or its image, and the padding of the link itself."""
    images = [one.node for one in pieces if one.text == IMAGE]
    words = " ".join("".join(one.text for one in pieces if one.text != IMAGE).split())
    inner = next((one.node for one in pieces if is_read(one.text)), link)
    width = len(words) * _LETTER * look.size(inner) + sum(_side(look, one, "width") for one in images)
    height = max([look.line_height(inner)] * bool(words) + [_side(look, one, "height") for one in images])
    across = look.length(link, "padding-left") + look.length(link, "padding-right")
    along = look.length(link, "padding-top") + look.length(link, "padding-bottom")
    if look.declared(link).get("display", "inline") in ("block", "inline-block", "table", "inline-table"):
        width = max(width, look.length(link, "width", 320.0), look.length(link, "min-width", 320.0))
        height = max(height, look.length(link, "height"), look.length(link, "min-height"))
        if look.declared(link)["display"] == "block":
            width = max(width, LEAST)
    return width + across, height + along


def _side(look: Looks, image: Node, name: str) -> float:
    """The width or height of an image; one that does not tell is taken for large enough."""
    said = pixels(look.declared(image).get(name, ""), whole=None)
    return BUTTON if said is None else said


def _size(look: Looks, target: _Target) -> Iterator[Fault]:
    found = button(look, target.link) if around(look, target.link).letters else None
    if found is not None:
        need = BUTTON if found.is_filled else LEAST
        if target.height < need:
            yield (
                f"this button is {target.height:.4g} px high: fingers need {need:g} px, so pad the link",
                target.link.text,
            )
        return
    room = target.height + _own_room(look, target.block) * (len(lines(look, target.block)) == 1)
    if IMAGE in _shown(target.link) and not around(look, target.link).letters:
        room = target.height
    if room < LEAST:
        yield f"this link has {room:.4g} px from line to line: fingers need {LEAST:g} px", _name(target.link)
    elif target.width < LEAST:
        yield f"this link is about {target.width:.4g} px wide: fingers need {LEAST:g} px", _name(target.link)


def _shown(link: Node) -> str:
    return IMAGE if any(link.all("img")) else ""


def _name(link: Node) -> str:
    return link.text or next((one.get("alt") for one in link.all("img")), "") or link.get("href")


def _own_room(look: Looks, top: Node) -> float:
    """The margins and paddings above and below in a block."""
    return sum(_edge(look, top, side) for side in ("top", "bottom"))


def _edge(look: Looks, node: Node, side: str) -> float:
    return look.length(node, f"padding-{side}") + _margin(look, node, side)


def _margin(look: Looks, node: Node, side: str) -> float:
    if f"margin-{side}" in look.declared(node):
        return look.length(node, f"margin-{side}")
    inside_list = node.tag in ("ul", "ol") and any(one.tag in ("ul", "ol") for one in node.above())
    return 0.0 if inside_list else _MARGINS.get(node.tag, 0.0) * look.size(node)


def _apart(look: Looks, one: _Target, other: _Target) -> Iterator[Fault]:
    if one.block is other.block and one.line == other.line:
        gap = _between(look, one, other)
    elif one.block is other.block:
        gap = _slack(look, other)
    elif _are_columns(look, one.block, other.block):
        return
    else:
        gap = _from_block_to_block(look, one.block, other.block) + _slack(look, other)
    if gap < APART:
        yield (
            f"these links are about {gap:.0f} px apart: fingers need {APART:g} px between two",
            f"{_name(one.link)} | {_name(other.link)}",
        )


def _slack(look: Looks, target: _Target) -> float:
    """What of its lines a target does not need."""
    return 0.0 if look.length(target.link, "padding-top") else max(0.0, target.height - LEAST)


def _between(look: Looks, one: _Target, other: _Target) -> float:
    """What stands between two links of a line, in CSS pixels; spaces but the hard ones are one."""
    signs = len(re.sub(r"[ \t\r\n]+", " ", other.after))
    return (
        signs * _SPACE * look.size(other.block)
        + look.length(one.link, "margin-right")
        + look.length(other.link, "margin-left")
    )


def _are_columns(look: Looks, one: Node, other: Node) -> bool:
    """Whether they stand side by side, in cells of one row."""
    cells = [list(_cells(look, node)) for node in (one, other)]
    rows = [{id(each.parent): each for each in found} for found in cells]
    return any(key in rows[1] and rows[1][key] is not each for key, each in rows[0].items())


def _cells(look: Looks, node: Node) -> Iterator[Node]:
    found = around(look, node).cell
    while found is not None:
        yield found
        found = around(look, found.parent).cell if found.parent else None


def _from_block_to_block(look: Looks, upper: Node, lower: Node) -> float:
    """From the end of one block to the start of the next: paddings and the larger margin, up to what holds both."""
    above = set(map(id, (upper, *upper.above())))
    shared = next((one for one in (lower, *lower.above()) if id(one) in above), None)
    room, margins = 0.0, [0.0]
    for first, side in ((upper, "bottom"), (lower, "top")):
        for node in (first, *first.above()):
            if node is shared:
                break
            room += look.length(node, f"padding-{side}")
            margins.append(_margin(look, node, side))
    return room + max(margins)


RULES: tuple[Rule, ...] = (_targets,)
