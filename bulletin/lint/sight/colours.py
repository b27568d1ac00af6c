"""Rules for colours: contrast of text and of buttons, colours and backgrounds together (rules 15, 16, 17, 50)."""

import math
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.looks import Looks, Palette
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule
from bulletin.lint.sight.buttons import border_colour, button
from bulletin.lint.sight.seen import around, texts
from bulletin.model.colours import LARGE, RGB, TEXT, contrast

_LARGE, _LARGE_BOLD = 24.0, 18.66  # CSS pixels: from here text is large, WCAG 1.4.3
_RULE = 2.0  # CSS pixels: thinner lines are no more than lines


@rule(15, "contrast", ERROR, "text stands out from its background, 4.5 to 1 or 3 to 1 when it is large")
def _contrast(letter: Letter) -> Iterator[Fault]:
    told: set[tuple[int, RGB, RGB]] = set()
    for words, look in letter.views:
        for node in texts(letter, look):
            ink, ground = look.colour(node), look.background(node)
            seen, need = contrast(ink, ground), _need(look, node)
            if seen < need and (id(node), ink, ground) not in told and _can_tell(look, node):
                told.add((id(node), ink, ground))
                colours = f"{_hex(ink)} on {_hex(ground)}"
                what = f"{words} this text has a contrast of {_short(seen)} to 1, {colours}: it needs {need:g} to 1"
                yield what, node.own_text


def _can_tell(look: Looks, node: Node) -> bool:
    """Over an image nobody can, and in the dark not when a mail program may choose: rule 17 finds those."""
    if look.picture(node) is not None:
        return False
    return look.palette is Palette.LIGHT or bool(look.sets(node, "color") and look.sets(node, "background-color"))


def _need(look: Looks, node: Node) -> float:
    size = look.size(node)
    return LARGE if size >= _LARGE or (size >= _LARGE_BOLD and look.is_bold(node)) else TEXT


@rule(16, "marks", ERROR, "buttons and lines with a meaning stand out from what is around them, 3 to 1")
def _marks(letter: Letter) -> Iterator[Fault]:
    told: set[tuple[int, float]] = set()
    for words, look in letter.views:
        for node in letter.tree.body.all():
            for what, seen in () if look.is_hidden(node) else _weak(look, node):
                if (id(node), seen) not in told:
                    told.add((id(node), seen))
                    yield _too_weak(f"{words} {what}", seen, node)


def _weak(look: Looks, node: Node) -> Iterator[tuple[str, float]]:
    found = button(look, node) if node.tag == "a" and node.get("href") and around(look, node).letters else None
    if found is not None and found.contrast < LARGE:
        yield "the button", found.contrast
    line = _left_rule(look, node)
    if line is not None and line < LARGE:
        yield "the line beside this text", line


def _too_weak(what: str, seen: float, node: Node) -> Fault:
    return f"{what} has a contrast of {_short(seen)} to 1 with what is around it: it needs {LARGE:g} to 1", node.text


def _left_rule(look: Looks, node: Node) -> float | None:
    """The contrast of a line that sets a text apart: one on its left or right, and none elsewhere."""
    if (
        not any(f"border-{side}-width" in look.declared(node) for side in ("left", "right"))
        or not around(look, node).letters
    ):
        return None
    sides = {side: border_colour(look, node, side) for side in ("left", "right", "top", "bottom")}
    drawn = [(side, ink) for side, ink in sides.items() if ink is not None]
    if len(drawn) != 1 or drawn[0][0] not in ("left", "right"):
        return None
    side, ink = drawn[0]
    if look.length(node, f"border-{side}-width") < _RULE:
        return None
    outside = look.background(node.parent) if node.parent else (1.0, 1.0, 1.0)
    return max(contrast(ink, outside), contrast(ink, look.background(node)))


_NO_GROUND = (
    "this text has a colour but no background, and dark mode may put it on any: set background-color on it or on its "
    "cell (mail programs may lose that of the body)"
)
_NO_INK = (
    "this text has a background but no colour, and dark mode may give it any: set color on the same element as the "
    "background"
)
_ON_IMAGE = (
    "this text stands on an image with no colour behind it, so nobody can tell whether it can be read: give the same "
    "element a background-color"
)


@rule(17, "pairs", ERROR, "text with a colour has a background, and the reverse, so that dark mode spares it")
def _pairs(letter: Letter) -> Iterator[Fault]:
    for look in letter.looks.values():
        for node in texts(letter, look):
            ink, ground = (_below_body(look.sets(node, name)) for name in ("color", "background-color"))
            if look.picture(node) is not None:
                yield _ON_IMAGE, node.own_text
            elif ink and not ground:
                yield _NO_GROUND, node.own_text
            elif ground and not ink and not _is_plain_link(look, node):
                yield _NO_INK, node.own_text


def _below_body(node: Node | None) -> bool:
    """Whether somebody in the body sets it: mail programs put a div of their own in the place of the body."""
    return node is not None and node.tag not in ("body", "html")


def _is_plain_link(look: Looks, node: Node) -> bool:
    """Whether its colour is the one that mail programs give to links."""
    return look.sets(node, "color") is None and any(
        one.tag == "a" and one.get("href") for one in (node, *node.above())
    )


@rule(50, "dark-mode", WARNING, "the head says that the email has colours for light and dark")
def _dark_mode(letter: Letter) -> Iterator[Fault]:
    if not letter.html.strip():
        return
    for name in ("color-scheme", "supported-color-schemes"):
        said = [node.get("content") for node in letter.tree.all("meta") if node.get("name").lower() == name]
        if not any({"light", "dark"} <= set(one.lower().replace(",", " ").split()) for one in said):
            yield f'the head does not say <meta name="{name}" content="light dark">', " ".join(said)


def _short(seen: float) -> str:
    """A contrast with two digits, never rounded up to what is needed."""
    return f"{math.floor(seen * 100) / 100:.2f}"


def _hex(seen: RGB) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in seen)


RULES: tuple[Rule, ...] = (_contrast, _marks, _pairs, _dark_mode)
