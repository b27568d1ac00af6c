"""Rules for how text is set: its size, its lines, its sides and its fonts (rules 18, 19, 51)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bulletin.lint.letter import Letter
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule
from bulletin.lint.sight.buttons import button
from bulletin.lint.sight.seen import (
    HEADINGS,
    TINY,
    around,
    in_data_table,
    lines,
    texts,
)

BODY, SMALL = 16.0, 14.0  # CSS pixels: NHS service manual
_HEIGHT, _HEIGHT_OF_HEADINGS = 1.5, 1.1  # of lines, to the font size: WCAG 1.4.12; of headings as the NHS sets them
_PROSE = 8  # words of a sentence: fewer are a date, a source, a mark
_LONG = 200  # letters: more in one line are read, not glanced at
_CREDIT = re.compile(r"©|\(c\)|copyright|licen[cs]e|credit|reproduced|permission|\bcc[ -]by\b", re.IGNORECASE)
_END = re.compile(r"[.?!…][)\"'’”]?(\s|$)")
_FOOT = re.compile(
    r"unsubscribe|opt out|privacy|you (?:get|got|receive|received|are receiving|have received|are getting) this|"
    r"change what you get|manage (?:your )?(?:preferences|subscription)|sent to you",
    re.IGNORECASE,
)
_LINES_APART = 0.005  # what 1.5 may lack when it is written in whole pixels

_GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif",
     "ui-monospace", "ui-rounded")
)  # fmt: skip
# Fonts that come with Windows, macOS, iOS or Android: those that no mail program has to fetch.
_SYSTEM = _GENERIC | frozenset(
    ("-apple-system", "blinkmacsystemfont", "aptos", "arial", "arial black", "arial narrow", "avenir", "avenir next",
     "baskerville", "book antiqua", "bookman old style", "calibri", "cambria", "candara", "century gothic", "charter",
     "comic sans ms", "consolas", "constantia", "corbel", "courier", "courier new", "didot", "droid sans",
     "franklin gothic", "franklin gothic medium", "futura", "garamond", "geneva", "georgia", "gill sans",
     "gill sans mt", "helvetica", "helvetica neue", "hoefler text", "impact", "lucida console", "lucida grande",
     "lucida sans", "lucida sans unicode", "menlo", "monaco", "ms gothic", "ms mincho", "optima", "palatino",
     "palatino linotype", "roboto", "san francisco", "segoe ui", "sf pro", "sf pro text", "symbol", "tahoma", "times",
     "times new roman", "trebuchet ms", "verdana", "wingdings")
)  # fmt: skip


@rule(18, "text-size", ERROR, "text has 16 px, small print 14 px, and lines one and a half times as high")
def _sizes(letter: Letter) -> Iterator[Fault]:
    foot, told = _foot(letter), set[int]()
    for words, look in letter.views:
        for node in texts(letter, look):
            faults = tuple(_size(words, look, node, foot)) + tuple(_height(words, look, node))
            if id(node) not in told and not around(look, node).is_raised and look.size(node) > TINY:  # else rule 52's
                yield from faults
            if faults:
                told.add(id(node))


def _size(words: str, look: Looks, node: Node, foot: frozenset[int]) -> Iterator[Fault]:
    size = look.size(node)
    if size < SMALL:
        yield (
            f"{words} this text has {size:.4g} px: small print needs {SMALL:g} px, all else {BODY:g} px",
            node.own_text,
        )
    elif size < BODY and id(node) not in foot and _is_body(look, node):
        yield f"{words} this text has {size:.4g} px: what people read needs {BODY:g} px", node.own_text


def _height(words: str, look: Looks, node: Node) -> Iterator[Fault]:
    size, height = look.size(node), look.line_height(node)
    need = _HEIGHT_OF_HEADINGS if around(look, node).is_heading else _HEIGHT
    if not look.line(node).is_set:
        yield "nobody sets how high the lines of this text are: give it line-height: 1.5", node.own_text
    elif size > 0 and height < (need - _LINES_APART) * size:
        is_high = f"{height:.4g} px high with letters of {size:.4g} px"
        yield f"{words} the lines of this text are {is_high}: they need {need:g} times the letters", node.own_text


def _is_body(look: Looks, node: Node) -> bool:
    """Whether text is read as such: it has sentences, and is no credit line."""
    return id(node) in _prose(look, around(look, node).block)


@lru_cache(maxsize=1024)
def _prose(look: Looks, top: Node) -> frozenset[int]:
    """The elements of a block whose text is in lines that people read."""
    found: set[int] = set()
    for line in lines(look, top):
        said = " ".join("".join(piece.text for piece in line).split())
        is_sentence = len(said.split()) >= _PROSE and _END.search(said)
        if (is_sentence or len(said) > _LONG) and not _CREDIT.search(said):
            found.update(id(piece.node) for piece in line)
    return frozenset(found)


def _foot(letter: Letter) -> frozenset[int]:
    """The elements of the end of the email, from the cell or the block that says how to leave it."""
    nodes = [node for node in letter.tree.body.iter() if not node.comment]
    first = next((node for node in nodes[len(nodes) // 3 :] if _FOOT.search(node.own_text)), None)
    if first is None:
        return frozenset()
    own = around(letter.light, first).cell
    last_heading = next((node for node in reversed(nodes[: _place(nodes, first)]) if node.tag in HEADINGS), None)
    if own is not None and not any(own.all("h1", "h3")):
        first = own
    elif last_heading is not None and own is not None and any(node is last_heading for node in own.all()):
        first = last_heading if last_heading.tag not in ("h1", "h3") else first
    return frozenset(id(node) for node in nodes[_place(nodes, around(letter.light, first).block) :])


def _place(nodes: list[Node], wanted: Node) -> int:
    return next((at for at, node in enumerate(nodes) if node is wanted), len(nodes))


@rule(19, "text-side", WARNING, "text begins at the left; only the header and buttons stand in the middle")
def _sides(letter: Letter) -> Iterator[Fault]:
    look = letter.light
    header = _header(letter)
    for node in texts(letter, look):
        side = look.align(node)
        is_right = side == "right" and look.value(node, "direction") != "rtl" and not _is_rtl(node)
        if side == "justify":
            yield "this text is justified: rivers of white make it hard to read, so set it left", node.own_text
        elif (side == "center" or is_right) and not (
            id(node) in header or in_data_table(node) or _is_button(look, node)
        ):
            where = "in the middle" if side == "center" else "at the right"
            yield f"this text stands {where}: set it left, for eyes look for the next line there", node.own_text


def _is_rtl(node: Node) -> bool:
    return next((one.get("dir").lower() for one in (node, *node.above()) if one.get("dir")), "") == "rtl"


def _is_button(look: Looks, node: Node) -> bool:
    """Whether it is a button, or a link alone in its block."""
    here = around(look, node)
    if here.link is None:
        return False
    is_alone = around(look, here.block).letters == around(look, here.link).letters
    return is_alone or button(look, here.link) is not None


def _header(letter: Letter) -> frozenset[int]:
    """What stands before the second heading and is no prose: the name of the list, its date, its number."""
    found: set[int] = set()
    seen = 0
    for node in letter.tree.body.iter():
        seen += node.tag in HEADINGS and around(letter.light, node).letters > 0
        if node.tag in HEADINGS - {"h1"} or seen > 1:
            break
        if not node.comment and len(node.own_text.split()) < 2 * _PROSE:
            found.add(id(node))
    return frozenset(found)


@rule(51, "fonts", WARNING, "fonts are those of the reader's own system, and end in a generic one")
def _fonts(letter: Letter) -> Iterator[Fault]:
    for said in dict.fromkeys(_families(letter)):
        names = [name.strip().strip("\"'").strip().lower() for name in said.split(",")]
        strange = [name for name in names if name and name not in _SYSTEM and "emoji" not in name]
        if names in (["inherit"], ["initial"], ["unset"]) or "var(" in said:
            continue
        if names[-1] not in _GENERIC:
            yield "this list of fonts does not end in serif, sans-serif or monospace, so anything may be shown", said
        if strange:
            yield f"{strange[0]} is no font that comes with a computer or telephone: name system fonts only", said


def _families(letter: Letter) -> Iterator[str]:
    for look in letter.looks.values():
        for node in letter.tree.body.iter():
            if "font-family" in look.declared(node):
                yield look.declared(node)["font-family"]


RULES: tuple[Rule, ...] = (_sizes, _sides, _fonts)
