"""The rule for widths: nothing is wider than 640 px, and nothing scrolls sideways at 320 px (rule 22)."""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import pixels
from bulletin.lint.letter.looks import NARROW, Looks, Palette
from bulletin.lint.letter.opening import opening
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, Fault, Rule, rule
from bulletin.lint.sight.seen import BLOCKS, CELLS, texts

MOST = 640.0  # CSS pixels
_SHOWN = ("class", "width", "style", "src")
_BOXES = BLOCKS | {"img", "hr", "table", "iframe", "object", "video"} | CELLS
_LETTER = 0.5  # the width of a letter to the font size: about what fonts have
_BREAKS = re.compile(r"[\s\-/?‐–—\u200b\u00ad]+")  # where a line may break by itself
_MOSTLY = 0.5  # of the letters of an email


@rule(22, "width", ERROR, "an email is up to 640 px wide, and needs no scrolling sideways at 320 px")
def _widths(letter: Letter) -> Iterator[Fault]:
    wide, narrow = letter.light, _narrow(letter)
    for node in letter.tree.body.iter():
        if node.comment:
            continue
        fixed = 0.0 if wide.is_hidden(node) else _fixed(wide, node)
        least = 0.0 if narrow.is_hidden(node) else _fixed(narrow, node)
        if fixed > MOST:
            yield (
                f"this is {fixed:.4g} px wide: no more than {MOST:g} px fit into a mail window",
                opening(node, *_SHOWN),
            )
        elif least > NARROW and not _gives_way(narrow, node):
            yield (
                f"this is {least:.4g} px wide on the smallest screen too: give it width: 100% and max-width",
                opening(node, *_SHOWN),
            )
    yield from _too_long(letter, narrow)
    yield from _unlimited(letter, wide)


def _narrow(letter: Letter) -> Looks:
    """The look on a small screen, whether or not the email has another one for it."""
    known = next((look for _, look in letter.views if look.width == NARROW and look.palette is Palette.LIGHT), None)
    return known or Looks(letter.light.cascade, Palette.LIGHT, NARROW)


def _fixed(look: Looks, node: Node) -> float:
    """The width in CSS pixels that an element insists on; 0 when it does not, or gives way."""
    if node.tag not in _BOXES and look.declared(node).get("display", "inline") == "inline":
        return 0.0
    said = look.declared(node)
    least = _px(look, node, "min-width")
    width = _px(look, node, "width")
    limit = said.get("max-width", "none")
    if limit.endswith("%"):
        width = 0.0
    elif limit != "none" and pixels(limit) is not None:
        width = min(width, pixels(limit, look.size(node), None, look.width) or 0.0)
    return max(width, least)


def _px(look: Looks, node: Node, name: str) -> float:
    said = look.declared(node).get(name, "")
    return 0.0 if said.endswith("%") else (pixels(said, look.size(node), None, look.width) or 0.0)


def _gives_way(look: Looks, node: Node) -> bool:
    """Whether a cell shrinks with its table, as cells do when the table has a width in percent: CSS Tables 3, 3.9."""
    if node.tag not in CELLS or _px(look, node, "min-width") > NARROW:
        return False
    table = next((one for one in node.above() if one.tag == "table"), None)
    return table is not None and "%" in look.declared(table).get("width", "")


def _too_long(letter: Letter, narrow: Looks) -> Iterator[Fault]:
    """What cannot break and is wider than a small screen."""
    for node in texts(letter, narrow):
        space = narrow.value(node, "white-space")
        size = narrow.size(node) * _LETTER
        breaks = {narrow.value(node, name) for name in ("word-break", "overflow-wrap", "word-wrap")}
        if space in ("nowrap", "pre"):
            longest = max((line for line in node.own_text.split("\n")), key=len, default="")
            if len(longest) * size > NARROW:
                yield "this text may not break into lines, and is wider than a small screen", longest
        elif not breaks & {"break-word", "break-all", "anywhere"}:
            for word in _BREAKS.split(node.own_text):
                if len(word) * size > NARROW:
                    yield "this word is wider than a small screen: let it break with word-break: break-word", word


def _unlimited(letter: Letter, wide: Looks) -> Iterator[Fault]:
    """Whether most of the text runs as wide as the window, however wide that is."""
    inside: set[int] = set()
    for node in letter.tree.body.iter():
        if id(node.parent) in inside or _is_limit(wide, node):
            inside.add(id(node))
    limited = sum(len(node.own_text) for node in texts(letter, wide) if id(node) in inside)
    unlimited = sum(len(node.own_text) for node in texts(letter, wide) if id(node) not in inside)
    if unlimited > _MOSTLY * (limited + unlimited):
        yield (
            f"nothing keeps the text within {MOST:g} px, so lines are as long as the window: set max-width: 600px",
            "",
        )


def _is_limit(look: Looks, node: Node) -> bool:
    return any(0 < _px(look, node, name) <= MOST for name in ("width", "max-width"))


RULES: tuple[Rule, ...] = (_widths,)
