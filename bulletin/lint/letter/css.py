"""The door to tinycss2 and cssselect2: style sheets and style attributes as declarations, and whom they concern."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as Xml

import cssselect2
import tinycss2
from tinycss2.color4 import parse_color

from bulletin.model.colours import RGB

_SIZE = re.compile(r"([+-]?\d*\.?\d+(?:e[+-]?\d+)?)([a-z]+|%|)$")
_UNITS = {
    "px": 1.0,
    "": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
}  # CSS Values, 6.2
_OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5}
_WINDOW = {"vw", "vh", "vmin", "vmax"}
_COSTLY = re.compile(r"~(?!=)|:has\(|-of-type")  # selectors that look at all that is beside or in an element
_MOST_COSTLY = 20  # such rules: no email needs more, and hundreds would take minutes
_MOST = 2_000  # selectors that are looked up; ten times what 8 kB of styles hold
_MOST_STEPS = 5_000_000  # from element to element above, of all look-ups together: .a .a .a .a tries all there are
_LONGEST = 50_000  # letters of a style attribute; what is behind them nobody wrote for readers
_TOO_DEEP = "it is nested deeper than anybody writes"


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


@dataclass(frozen=True)
class Uses:
    """What a value is made of, besides words: functions such as calc, and units such as rem, in lower case."""

    functions: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()


@lru_cache(maxsize=16_384)
def declarations(written: str) -> tuple[Declaration, ...]:
    """Read a style attribute; what cannot be understood is left out, as every mail program does."""
    try:
        return tuple(
            _declared(tinycss2.parse_blocks_contents(written[:_LONGEST], skip_comments=True, skip_whitespace=True))
        )
    except RecursionError:  # brackets in brackets, by the thousand
        return ()


def sheet(written: str, media: str = "") -> Sheet:
    """Read a style sheet that is for these media only (empty: for all)."""
    rules: list[Rule] = []
    others: list[str] = []
    broken: list[str] = []
    try:
        _read(
            tinycss2.parse_stylesheet(written, skip_comments=True, skip_whitespace=True), media, rules, others, broken
        )
    except RecursionError:
        broken.append(_TOO_DEEP)
    return Sheet(tuple(rules), tuple(others), tuple(broken))


def _read(nodes: Iterable[Any], media: str, rules: list[Rule], others: list[str], broken: list[str]) -> None:
    for node in nodes:
        if node.type == "qualified-rule" and any(token.type == "error" for token in node.prelude):
            broken.append(next(token.message for token in node.prelude if token.type == "error"))
        elif node.type == "qualified-rule":
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


class _Counted(cssselect2.ElementWrapper):  # type: ignore[misc]
    """An element that counts what selectors look at above it, and shows nothing there when that is too much."""

    def __init__(self, etree_element: Xml.Element, parent: "_Counted | None", **others: object) -> None:
        super().__init__(etree_element, parent, **others)
        self.first: _Counted = parent.first if parent else self
        self.steps = 0  # of the whole document: its first element counts

    @property
    def ancestors(self) -> tuple[Any, ...]:
        """The elements above; none when all steps are used up."""
        if self.first.steps > _MOST_STEPS:
            return ()
        found: tuple[Any, ...] = super().ancestors
        self.first.steps += len(found)
        return found


class Selection:
    """Which rules concern which elements of a document."""

    def __init__(self, root: Xml.Element, rules: Sequence[Rule]) -> None:
        self._matcher: Any = cssselect2.Matcher()
        costly, left = 0, _MOST
        for place, rule in enumerate(rules):
            is_costly = bool(_COSTLY.search(rule.selector))
            costly += is_costly
            for selector in () if is_costly and costly > _MOST_COSTLY else _selectors(rule.selector)[:left]:
                left -= 1
                if selector.pseudo_element is None and not selector.never_matches:
                    self._matcher.add_selector(selector, place)
        wrapped = _Counted.from_html_root(root)
        self._wrappers = {id(one.etree_element): one for one in wrapped.iter_subtree()} if rules else {}

    def of(self, element: Xml.Element) -> list[int]:
        """The places of the rules for an element, the weakest first (CSS Cascade, 6.1)."""
        wrapper = self._wrappers.get(id(element))
        if wrapper is None:
            return []
        found = sorted(self._matcher.match(wrapper), key=lambda match: (match[0], match[1]))
        return [place for _, _, _, place in found]


@lru_cache(maxsize=1024)
def _selectors(written: str) -> tuple[Any, ...]:
    try:
        return tuple(cssselect2.compile_selector_list(written))
    except (cssselect2.SelectorError, RecursionError):  # nobody knows such a selector: mail programs drop the rule
        return ()


@lru_cache(maxsize=4096)
def words(value: str) -> tuple[str, ...]:
    """The words of a value; brackets belong to the word before them, a comma and a slash are words of their own."""
    found: list[str] = []
    is_new = True
    try:
        for token in tinycss2.parse_component_value_list(value, skip_comments=True):
            piece = token.serialize()
            apart = piece in (",", "/")
            if token.type == "whitespace" or apart:
                found.extend([piece] if apart else [])
                is_new = True
            elif is_new:
                found.append(piece)
                is_new = False
            else:
                found[-1] += piece
    except RecursionError:
        return ()
    return tuple(found)


@lru_cache(maxsize=4096)
def uses(value: str) -> Uses:
    """The functions, units and keywords in a value, at any depth; what is in quotes or an address is none of them."""
    functions, units, keywords = set(), set(), set()
    waiting = list(tinycss2.parse_component_value_list(value, skip_comments=True))
    while waiting:
        token = waiting.pop()
        if token.type == "function":
            functions.add(token.lower_name)
            waiting.extend(token.arguments)
        elif token.type == "dimension":
            units.add(token.lower_unit)
        elif token.type == "ident":
            keywords.add(token.lower_value)
        elif token.type == "url":
            functions.add("url")
        elif token.type in ("() block", "[] block", "{} block"):
            waiting.extend(token.content)
    return Uses(frozenset(functions), frozenset(units), frozenset(keywords))


@lru_cache(maxsize=4096)
def colour(written: str) -> tuple[RGB, float] | None:
    """A colour and how opaque it is, 0 to 1; None for what is no colour, or the reader's own."""
    try:
        read = parse_color(written)
        in_srgb = None if read is None or isinstance(read, str) else read.to("srgb")
    except (NotImplementedError, RecursionError):  # oklch and its like, which no mail program of ours knows
        return None
    if in_srgb is None or not all(abs(part or 0) < 1e6 for part in in_srgb.coordinates):
        return None
    red, green, blue = (min(1.0, max(0.0, float(part or 0))) for part in in_srgb.coordinates)
    return (red, green, blue), min(1.0, max(0.0, float(in_srgb.alpha)))


def pixels(written: str, em: float = 16.0, whole: float | None = None, window: float = 1200.0) -> float | None:
    """A length in CSS pixels; `em` is the font size, `whole` what a percentage is of. None: it cannot be told."""
    match = _SIZE.match(written.strip().lower())
    if not match:
        return None
    number, unit = float(match[1]), match[2]
    if unit == "%":
        return None if whole is None else number * whole / 100
    if unit == "rem":
        return number * 16.0
    if unit in _WINDOW:
        return number * window / 100
    factor = _UNITS.get(unit, _OF_FONT[unit] * em if unit in _OF_FONT else None)
    return None if factor is None else number * factor
