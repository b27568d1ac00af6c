"""What mail programs understand of CSS, by the data in clients.json, and what stands in for what they do not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bulletin.lint.letter.attributes import presentation
from bulletin.lint.letter.css import Declaration, colour, uses
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import Fault

KNOWN = json.loads(Path(__file__).with_name("clients.json").read_text(encoding="utf-8"))
PROGRAMS: list[str] = KNOWN["programs"]

# What a mail program may leave out and nobody misses a word, a place or a colour.
_PROGRESSIVE = frozenset(
    (
        # where words part, and how the line under a link is drawn
        "hyphens", "hyphenate-character", "hyphenate-limit-chars", "overflow-wrap", "word-wrap", "word-break",
        "text-wrap", "orphans", "widows", "tab-size", "text-decoration-color", "text-decoration-style",
        "text-decoration-thickness", "text-decoration-skip-ink", "text-underline-offset", "text-underline-position",
        "font-kerning",
        # what only a mouse or a keyboard meets
        "cursor", "user-select", "outline", "outline-offset", "resize", "transition", "transition-property",
        "transition-duration",
        # hints: how browsers colour what nobody colours; the others go by the meta element and the attributes
        "color-scheme", "accent-color", "table-layout", "border-spacing", "caption-side", "empty-cells",
    )
)  # fmt: skip
_NEUTRAL = frozenset({"none", "normal", "auto", "0", "0px", "static", "visible", "1", "inherit", "unset"})
_LINE_BREAKS = frozenset({"normal", "nowrap"})  # values of white-space that only say where lines break
# What hides an element altogether, so that the rest of the recipe may be unknown.
_HIDING = frozenset(
    ("max-height", "max-width", "min-height", "min-width", "overflow", "opacity", "visibility", "position", "left",
     "top")
)  # fmt: skip
_ATTRIBUTES = {
    "background": "bgcolor", "background-color": "bgcolor", "background-image": "bgcolor", "float": "align",
    "width": "width", "height": "height", "min-width": "width", "max-width": "width",
}  # fmt: skip


@dataclass(frozen=True)
class Unknown:
    """What is not understood everywhere; `letters` has one for each program."""

    what: str
    letters: str


def missed(said: tuple[Declaration, ...], node: Node | None) -> Iterator[Unknown]:
    """What some mail program does not understand in a list of declarations and has no fallback for."""
    is_hidden = any((one.name, one.value) in (("display", "none"), ("mso-hide", "all")) for one in said)
    for place, one in enumerate(said):
        if is_hidden and one.name in _HIDING:
            continue
        found = list(_unknown(one))
        if found and not _has_fallback(one, said[:place], node):
            yield from found


@lru_cache(maxsize=4096)
def _unknown(one: Declaration) -> tuple[Unknown, ...]:
    """What of a declaration some mail program does not understand."""
    if one.name.startswith("--"):
        return (Unknown(f"{one.name} (a CSS variable)", KNOWN["functions"]["var"]),)
    if one.name.startswith(("-", "mso-")):  # for the program that it names
        return ()
    return tuple(each for each in (*_property(one), *_value(one)) if "n" in each.letters)


def _property(one: Declaration) -> Iterator[Unknown]:
    if one.name in _PROGRESSIVE or one.value in _NEUTRAL or (one.name == "white-space" and one.value in _LINE_BREAKS):
        return
    letters = KNOWN["properties"].get(one.name, "")
    if letters and not (one.name == "background-image" and not _has_image(one.value)):
        yield Unknown(f"{one.name}: {one.value}" if len(one.value) <= 20 else one.name, letters)


def _value(one: Declaration) -> Iterator[Unknown]:
    made = uses(one.value)
    for word in sorted(made.keywords):
        for key in (f"{one.name}:{word}", f"*:{word}"):
            if key in KNOWN["values"]:
                yield Unknown(f"{one.name}: {word}", KNOWN["values"][key])
    for name in sorted(made.functions & KNOWN["functions"].keys()):
        yield Unknown(f"{name}() in {one.name}", KNOWN["functions"][name])
    for unit in sorted(made.units & KNOWN["units"].keys()):
        yield Unknown(f"the unit {unit} in {one.name}", KNOWN["units"][unit])
    if one.name == "background" and _has_image(one.value):
        yield Unknown("an image in background", KNOWN["properties"]["background-image"])
    if re.search(r"\brgba?\([^,()]+\)", one.value):
        yield Unknown(f"rgb() without commas in {one.name}", _GMAIL_DROPS)


_GMAIL_DROPS = "".join("n" if name.startswith("Gmail") else "y" for name in PROGRAMS)  # notes 2 and 3 of caniemail


def _has_image(value: str) -> bool:
    return "url" in uses(value).functions


def _has_fallback(one: Declaration, before: tuple[Declaration, ...], node: Node | None) -> bool:
    """Whether the same is said before it, or by an attribute, in a way that everybody understands."""
    if node is not None and _by_attribute(one, node):
        return True
    names = {one.name, one.name.split("-")[0]} | _ALSO.get(one.name, set())
    return any(each.name in names and not _unknown(each) for each in before)


_ALSO = {
    "background": {"background-color"},
    "background-image": {"background-color"},
    "background-position": {"background-color"},
    "background-repeat": {"background-color"},
    "background-size": {"background-color"},
    "text-decoration-line": {"text-decoration"},
}


def _by_attribute(one: Declaration, node: Node) -> bool:
    attribute = _ATTRIBUTES.get(one.name, "")
    if attribute == "bgcolor":
        return colour(presentation(node).get("background-color", "")) is not None
    return bool(attribute and node.get(attribute))


def told(one: Unknown, where: str, *, spares_outlook: bool = False) -> Iterator[Fault]:
    """The fault of using what some mail programs, which it names, do not show; Outlook may not be asked."""
    names = [name for name, said in zip(PROGRAMS, one.letters, strict=True) if said == "n"]
    names = names[1:] if spares_outlook and names[:1] == PROGRAMS[:1] else names
    if names:
        yield f"{one.what} is not shown by {_listed(names)}: use what is, or put it before as a fallback", where


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
