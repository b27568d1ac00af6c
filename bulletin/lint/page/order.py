"""What makes the order in which an email is seen another than that in which it is read aloud."""

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import bidirectional

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import Declaration, Selection, declarations
from bulletin.lint.letter.tree import Node
from bulletin.lint.page.languages import RIGHT_TO_LEFT
from bulletin.lint.rules import Fault

_OFFSETS = ("top", "right", "bottom", "left", "inset", "inset-block", "inset-inline", "inset-block-start")
_PLACED = re.compile(r"absolute|fixed|sticky|-webkit-sticky")
_NEGATIVE = re.compile(r"(^|\s)-\s*(\d*\.)?\d*[1-9]")
_NOTHING = re.compile(r"(0(\.0+)?[a-z%]*|auto|initial|unset|inherit|none)(\s+(0[a-z%]*|auto))*")
_REVERSED = re.compile(r"\b(row|column|wrap)-reverse\b")
_TURNED = re.compile(r"(translate|matrix|rotate|skew)\w*\(|scale\w*\([^)]*-")
_SHUFFLED = frozenset({"table-header-group", "table-footer-group", "table-caption"})
_NATURAL = {"thead": "table-header-group", "tfoot": "table-footer-group", "caption": "table-caption"}
_ENOUGH = 0.2  # of the letters: of a text from right to left, with names and numbers in it


def moved(letter: Letter) -> Iterator[Fault]:
    """Everything that styles or attributes take out of its place."""
    for node in letter.tree.body.iter():
        if node.comment:
            continue
        for why in _reasons(declarations(node.get("style")) if "style" in node.attributes else (), node.tag):
            yield f"{why}: what is seen first must be read first", node.start
        if node.tag == "table" and node.get("align").strip().lower() == "right" and _is_followed(node):
            yield "a table floats to the right of what comes after it, so it is seen last and read first", node.start
        if re.fullmatch(r"\s*\+?0*[1-9]\d*\s*", node.get("tabindex")):
            yield "a tabindex above 0 makes the keyboard jump about", node.start
    yield from _by_sheets(letter)


def _by_sheets(letter: Letter) -> Iterator[Fault]:
    """What rules of style sheets move, on whatever screen; rules for what is not there move nothing."""
    rules = [one for sheet in letter.sheets for one in sheet.rules]
    moving = [(one, why) for one in rules for why in _reasons(one.declarations, "")]
    if not moving:
        return
    selection = Selection(letter.tree.root.element, [one for one, _ in moving])
    nodes = (node for node in letter.tree.root.iter() if not node.comment)
    for place in sorted({place for node in nodes for place in selection.of(node.element)}):
        one, why = moving[place]
        yield f"{why}: what is seen first must be read first", one.selector


def _reasons(declared: Iterable[Declaration], tag: str) -> Iterator[str]:
    """Why these declarations move something, in words."""
    said = {one.name: one.value.lower() for one in declared}
    yield from _out_of_place(said)
    for name, value in said.items():
        if name.startswith("margin") and _NEGATIVE.search(value):
            yield f"a negative {name} pulls an element over others"
        elif name in ("flex-direction", "flex-flow", "flex-wrap", "-webkit-flex-direction") and _REVERSED.search(
            value
        ):
            yield f"{name}: {value} turns the order round"
    if said.get("order", "0").strip() not in ("0", "initial", "inherit", "unset"):
        yield "order moves an element before or after others"
    if _TURNED.search(said.get("transform", "")):
        yield "transform moves or turns an element"
    if said.get("display") in _SHUFFLED and _NATURAL.get(tag) != said["display"]:
        yield f"display: {said['display']} moves an element to the top or the end of a table"


def _out_of_place(said: Mapping[str, str]) -> Iterator[str]:
    position = said.get("position", "")
    if _PLACED.fullmatch(position) or (position == "relative" and any(_is_set(said.get(one)) for one in _OFFSETS)):
        yield f"position: {position} takes an element out of its place"
    if said.get("float", "none") in ("left", "right", "inline-start", "inline-end"):
        yield f"float: {said['float']} takes an element out of its place"


def _is_set(offset: str | None) -> bool:
    return offset is not None and not _NOTHING.fullmatch(offset.strip())


def _is_followed(node: Node) -> bool:
    """Whether anything that is read comes after an element beside it."""
    siblings = node.parent.children if node.parent else []
    after = siblings[siblings.index(node) + 1 :]
    return any(one.strip() if isinstance(one, str) else one.text for one in after)


def turned(letter: Letter) -> Iterator[Fault]:
    """What runs from right to left though its words do not: the trick that puts the last column first."""
    for node in letter.tree.root.iter():
        if node.comment:
            continue
        said = {one.name: one.value for one in declarations(node.get("style"))} if "style" in node.attributes else {}
        is_forced = said.get("unicode-bidi") in ("bidi-override", "isolate-override")
        if (node.get("dir").strip().lower() == "rtl" or said.get("direction") == "rtl") and not _runs_left(node):
            yield "an element runs from right to left, but its words do not: it is seen in another order", node.start
        elif is_forced or (node.tag == "bdo" and not _runs_left(node)):
            yield "an element forces the direction of its letters, so they are seen in another order", node.start


def _runs_left(node: Node) -> bool:
    """Whether the words of an element are, or begin, in a language that is written from right to left.

    What begins so runs so (UAX 9, rules P2 and P3), whatever comes behind it: an Arabic title and an English summary.
    """
    ways = [bidirectional(letter) for letter in node.text if letter.isalpha()]
    if ways and ways[0] in ("R", "AL"):
        return True
    to_the_left = sum(way in ("R", "AL") for way in ways)
    told = node.get("lang").lower().partition("-")[0] in RIGHT_TO_LEFT
    return bool(to_the_left) and (told or to_the_left >= _ENOUGH * len(ways))
