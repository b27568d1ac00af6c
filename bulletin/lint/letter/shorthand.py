"""Takes shorthand properties of CSS apart, as far as the rules look at them: background, border, font."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from bulletin.lint.letter.css import Declaration, colour, pixels, uses, words

SIDES = ("top", "right", "bottom", "left")
Pairs = Iterator[tuple[str, str]]

_COLOUR_WORDS = frozenset({"transparent", "currentcolor", "inherit", "initial", "unset"})
_STYLES = frozenset(
    ("none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset")
)  # fmt: skip
_THICK = {"thin": "1px", "medium": "3px", "thick": "5px"}
_SIZE_WORDS = frozenset(
    ("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "smaller", "larger")
)  # fmt: skip
_LINES = frozenset({"underline", "overline", "line-through", "blink", "none", "inherit"})
_SYSTEM = frozenset({"caption", "icon", "menu", "message-box", "small-caption", "status-bar"})


@lru_cache(maxsize=4096)
def longhand(one: Declaration) -> tuple[tuple[str, str], ...]:
    """A declaration as the properties that it sets; a colour that is none sets nothing, as in every mail program."""
    apart = _APART.get(one.name)
    if apart is not None:
        return ((one.name, one.value), *apart(one.name, one.value))
    if one.name.endswith("color") and not _is_colour(one.value):
        return ()
    return ((one.name, one.value),)


def _is_colour(word: str) -> bool:
    return word in _COLOUR_WORDS or colour(word) is not None or "var(" in word


def _background(_: str, value: str) -> Pairs:
    """Its colour, which is transparent when it names none, and its image (CSS Backgrounds, 2.10)."""
    found = words(value)
    colours = [word.lower() for word in found if _is_colour(word.lower())]
    yield "background-color", colours[-1] if colours else "transparent"
    functions = uses(value).functions
    is_image = "url" in functions or any("gradient" in name or "image" in name for name in functions)
    yield "background-image", value if is_image else "none"


def _border(name: str, value: str) -> Pairs:
    """The width, style and colour of all four sides, or of one."""
    width, style, ink = "3px", "none", "currentcolor"
    for word in words(value):
        if word in _STYLES:
            style = word
        elif word in _THICK or pixels(word) is not None:
            width = _THICK.get(word, word)
        elif _is_colour(word):
            ink = word
    for side in SIDES if name == "border" else (name.removeprefix("border-"),):
        yield f"border-{side}-width", width
        yield f"border-{side}-style", style
        yield f"border-{side}-color", ink


def _sides(name: str, value: str) -> Pairs:
    """One to four values as those of top, right, bottom and left (CSS Box, 4.2)."""
    found = words(value)
    if 1 <= len(found) <= 4:
        top, right = found[0], found[min(1, len(found) - 1)]
        bottom = found[2] if len(found) > 2 else top
        left = found[3] if len(found) > 3 else right
        before, _, after = name.partition("-")
        for side, said in zip(SIDES, (top, right, bottom, left), strict=True):
            yield f"{before}-{side}-{after}" if after else f"{before}-{side}", said


def _font(_: str, value: str) -> Pairs:
    """What is not named in it is set back to normal (CSS Fonts, 2.7)."""
    found = words(value)
    if found and (found[0] in _SYSTEM or found[0] in _COLOUR_WORDS):
        return
    place = next((at for at, word in enumerate(found) if _is_font_size(word)), None)
    if place is None or place + 1 >= len(found):  # without a size and a family it is no font
        return
    before, size, after = found[:place], found[place], found[place + 1 :]
    height = "normal"
    if after[0] == "/" and len(after) > 1:
        height, after = after[1], after[2:]
    yield "font-size", size
    yield "line-height", height
    yield "font-weight", next((word for word in before if word in ("bold", "bolder") or word.isdigit()), "normal")
    yield "font-style", next((word for word in before if word in ("italic", "oblique")), "normal")
    yield "font-family", " ".join(after).replace(" ,", ",")


def _is_font_size(word: str) -> bool:
    return word in _SIZE_WORDS or (not word.replace(".", "").isdigit() and (pixels(word, 16, 16) is not None))


def _decoration(_: str, value: str) -> Pairs:
    lines = [word for word in words(value) if word in _LINES]
    if lines:
        yield "text-decoration-line", " ".join(lines)


_APART: dict[str, Callable[[str, str], Pairs]] = {
    "background": _background,
    "border": _border,
    **{f"border-{side}": _border for side in SIDES},
    **dict.fromkeys(("border-width", "border-style", "border-color", "margin", "padding"), _sides),
    "font": _font,
    "text-decoration": _decoration,
}
