"""The door to tinycss2 and cssselect2: style sheets and style attributes as declarations, and whom they concern."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

from bulletin.model.colours import RGB

_ALL_SIDES = frozenset({"margin", "padding"})
_SIDES = ("top", "right", "bottom", "left")
_SIZE = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|)$")
_PT = 96 / 72  # CSS pixels in a point: CSS Values, 6.2


@dataclass(frozen=True)
class Declaration:
    """One property and its value, as text in lower case but for addresses; `line` counts from 1 in its sheet."""

    name: str
    value: str
    important: bool = False
    line: int = 1


@dataclass(frozen=True)
class Rule:
    """A selector, what it declares, and the media query around it (empty: none)."""

    selector: str
    declarations: tuple[Declaration, ...]
    media: str = ""
    line: int = 1


@dataclass(frozen=True)
class Sheet:
    """A style sheet; `at_rules` names the other ones that stand in it, such as import, without their contents."""

    rules: tuple[Rule, ...]
    at_rules: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()  # what cannot be understood, in the parser's words


def declarations(written: str) -> tuple[Declaration, ...]:
    """Read a style attribute; what cannot be understood is left out, as every mail program does."""
    return tuple(_declared(tinycss2.parse_blocks_contents(written, skip_comments=True, skip_whitespace=True)))


def sheet(written: str) -> Sheet:
    """Read a style sheet."""
    rules: list[Rule] = []
    others: list[str] = []
    broken: list[str] = []
    _read(tinycss2.parse_stylesheet(written, skip_comments=True, skip_whitespace=True), "", rules, others, broken)
    return Sheet(tuple(rules), tuple(others), tuple(broken))


def _read(nodes: Iterable[Any], media: str, rules: list[Rule], others: list[str], broken: list[str]) -> None:
    for node in nodes:
        if node.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(node.prelude).split())
            content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            rules.append(Rule(selector, tuple(_declared(content)), media, node.source_line))
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports") and node.content:
            query = " ".join(tinycss2.serialize(node.prelude).lower().split())
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            around = query if node.lower_at_keyword == "media" else f"supports {query}"
            others.append(node.lower_at_keyword)
            _read(inner, f"{media} and {around}" if media else around, rules, others, broken)
        elif node.type == "at-rule":
            others.append(node.lower_at_keyword)
        elif node.type == "error":
            broken.append(node.message)


def _declared(nodes: Iterable[Any]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration":
            value = " ".join(tinycss2.serialize(node.value).split())
            kept = value if "url(" in value.lower() else value.lower()
            yield Declaration(node.lower_name, kept, node.important, node.source_line)


class Selection:
    """Which rules concern which elements of a document."""

    def __init__(self, root: Xml.Element, rules: Sequence[Rule]) -> None:
        self._matcher: Any = cssselect2.Matcher()
        for place, rule in enumerate(rules):
            try:
                selectors = cssselect2.compile_selector_list(rule.selector)
            except cssselect2.SelectorError:  # a pseudo-class that nobody knows: mail programs drop the rule
                continue
            for selector in selectors:
                if selector.pseudo_element is None and not selector.never_matches:
                    self._matcher.add_selector(selector, place)
        wrapped = cssselect2.ElementWrapper.from_html_root(root)
        self._wrappers = {id(one.etree_element): one for one in wrapped.iter_subtree()}

    def of(self, element: Xml.Element) -> list[int]:
        """The places of the rules for an element, the weakest first (CSS Cascade, 6.1)."""
        wrapper = self._wrappers.get(id(element))
        if wrapper is None:
            return []
        found = sorted(self._matcher.match(wrapper), key=lambda match: (match[0], match[1]))
        return [place for _, _, _, place in found]


def longhand(one: Declaration) -> Iterator[tuple[str, str]]:
    """A declaration as the properties that it sets, as far as the rules look at them."""
    yield one.name, one.value
    if one.name == "background":
        colours = [word for word in _words(one.value) if colour(word) or word in ("transparent", "inherit")]
        yield "background-color", colours[-1] if colours else "transparent"
    elif one.name == "font":
        yield from _font(one.value)
    elif one.name in _ALL_SIDES:
        yield from _sides(one.name, _words(one.value))


def _sides(name: str, words: list[str]) -> Iterator[tuple[str, str]]:
    """One to four values as those of top, right, bottom and left (CSS Box, 4.2)."""
    if 1 <= len(words) <= 4:
        top, right = words[0], words[min(1, len(words) - 1)]
        bottom = words[2] if len(words) > 2 else top
        left = words[3] if len(words) > 3 else right
        yield from zip((f"{name}-{side}" for side in _SIDES), (top, right, bottom, left), strict=True)


def _font(value: str) -> Iterator[tuple[str, str]]:
    for word in _words(value.partition(",")[0]):
        size, slash, height = word.partition("/")
        if _SIZE.match(size) and not size.isdigit():
            yield "font-size", size
            if slash:
                yield "line-height", height
        elif word in ("bold", "bolder") or word.isdigit():
            yield "font-weight", word
        elif word in ("italic", "oblique"):
            yield "font-style", word
    family = re.sub(r"^.*?\d\S*\s+", "", value)
    if family != value:
        yield "font-family", family


def colour(written: str) -> tuple[RGB, float] | None:
    """A colour and how opaque it is, 0 to 1; None for what is no colour, or the reader's own."""
    read = parse_color(written)
    if read is None or isinstance(read, str):
        return None
    try:
        in_srgb = read.to("srgb")
    except NotImplementedError:  # oklch and its like, which no mail program of ours knows
        return None
    red, green, blue = (min(1.0, max(0.0, float(part or 0))) for part in in_srgb.coordinates)
    return (red, green, blue), float(read.alpha)


def pixels(written: str, em: float = 16.0, whole: float | None = None) -> float | None:
    """A length in CSS pixels; `em` is the font size and `whole` what a percentage is of. None: it cannot be told."""
    match = _SIZE.match(written.strip())
    if not match:
        return None
    number, unit = float(match[1]), match[2]
    if unit == "%":
        return None if whole is None else number * whole / 100
    factor = {"px": 1.0, "": 1.0, "pt": _PT, "em": em, "rem": 16.0}
    return number * factor[unit]


def _words(value: str) -> list[str]:
    """The words of a value; what stands in brackets is one word with the name before it."""
    return re.findall(r"(?:[^\s(]|\([^)]*\))+", value)
