"""Rules for what no email may hold: what acts, comments, and items that break out of their cell."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin.lint.letter import Letter
from bulletin.lint.letter.places import Spot, is_sheet, marked, name, plain, spots, way_out
from bulletin.lint.letter.tree import Node, grow, same, written
from bulletin.lint.page import comments
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule

_ELEMENTS = frozenset(
    ("script", "link", "base", "form", "input", "button", "select", "textarea", "iframe", "object", "embed", "applet",
     "svg", "math", "video", "audio", "noscript", "template", "frameset", "frame", "noembed", "noframes", "xmp",
     "plaintext", "listing", "canvas", "dialog", "portal", "keygen", "bgsound", "layer", "ilayer", "param", "source",
     "track", "isindex")
)  # fmt: skip
_ATTRIBUTES = frozenset({"srcdoc", "formaction", "ping", "contenteditable", "autofocus"})
_RUNNING = re.compile(r"expression\s*\(|behavior\s*:|-moz-binding|(java|vb)script\s*:", re.IGNORECASE)
_STYLE = 10_000  # letters of a style that are looked at; no honest one is so long
_WITHIN = {"td": ("table", "tbody", "tr"), "th": ("table", "tbody", "tr"), "tr": ("table", "tbody"), "li": ("ul",)}


@rule(40, "forbidden-elements", ERROR, "no element that acts, asks, or brings another document")
def _forbidden_elements(letter: Letter) -> Iterator[Fault]:
    for node in letter.tree.all():
        if _is_forbidden(node):
            yield f"<{node.tag}> may not be in an email: mail programs drop it, or it is an attack", node.start
    for node in letter.tree.body.all("style"):
        yield "a style element stands in the body: Gmail drops it, and a feed may have brought it", node.start


def _is_forbidden(node: Node) -> bool:
    acts = node.tag == "meta" and node.get("http-equiv").strip().lower() in ("refresh", "set-cookie")
    return acts or node.tag in _ELEMENTS


@rule(41, "forbidden-attributes", ERROR, "no attribute that acts or tells others that the email is read")
def _forbidden_attributes(letter: Letter) -> Iterator[Fault]:
    for node in letter.tree.root.iter():
        for one in _acting(node):
            yield f"the attribute {one} may not be in an email: it acts, or tells others that it is read", node.start


def _acting(node: Node) -> Iterator[str]:
    """The names of the attributes of an element that do more than show it."""
    for one, value in node.attributes.items():
        is_remote = one == "background" and value.strip() and not value.strip().lower().startswith("cid:")
        is_code = one == "style" and _RUNNING.search(_bare(value[:_STYLE]))
        if one in _ATTRIBUTES or one.startswith(("on", "xlink:")) or is_remote or is_code:
            yield one


def _bare(style: str) -> str:
    """A style without the comments and escapes that hide words in it."""
    unescaped = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda match: _letter(match[1]), style)
    return re.sub(r"/\*.*?\*/", "", unescaped, flags=re.DOTALL).replace("\\", "")


def _letter(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


@rule(42, "comments", ERROR, "no comment from a feed; those for Outlook only from our template")
def _comments(letter: Letter) -> Iterator[Fault]:
    cells = [spot.cell for spot in spots(letter) if not is_sheet(spot.cell)]
    inside = {id(node) for cell in cells for node in cell.iter() if node.comment}
    for comment in letter.tree.comments:
        fault = comments.fault_of(comment)
        if fault:
            yield fault, comment.words
        elif id(comment) in inside:
            yield "a comment stands in an item: it came from a feed, and what it hides nobody has read", comment.words
        elif letter.known and comments.is_condition(comment) and not comments.is_ours(comment):
            # A library may have templates of its own. Where there is nothing but bare bones, a person decides.
            yield "a comment for Outlook is not one of our templates'", comment.words, WARNING


@rule(43, "own-cell", ERROR, "every item ends in its own cell: nothing that follows stands in it")
def _own_cell(letter: Letter) -> Iterator[Fault]:
    found = spots(letter)
    cells = {id(spot.cell): spot for spot in found}
    leaving = way_out(letter)
    around = {id(node) for node in leaving.above()} if leaving else set()
    for spot in cells.values():
        if id(spot.cell) in around and not is_sheet(spot.cell):
            yield "the end of the email stands in an item's cell, for something in the item is not closed", _of(spot)
    yield from _swallowed(letter, found)
    whole = plain(letter.tree.body.text)
    texts = {id(spot.cell): spot.cell for spot in found if spot.item and spot.item.summary}
    inside = {key: plain(cell.text) for key, cell in texts.items()}  # once, for many items may stand in one cell
    for spot in found:
        summary = plain(spot.item.summary) if spot.item else ""
        if summary and summary in whole and summary not in inside[id(spot.cell)]:
            yield "the summary of an item stands outside its cell, for something in it closes the cell", _of(spot)


def _swallowed(letter: Letter, found: Sequence[Spot]) -> Iterator[Fault]:
    """Items that stand in others, or outside of the table of the one before."""
    single = {id(spot.cell) for spot in found} | {id(node) for node in marked(letter)}
    for cell in {id(one): one for one in (*(spot.cell for spot in found), *marked(letter))}.values():
        if any(id(node) in single and not is_sheet(node) for node in cell.above()):
            yield "an item stands in the cell of another, for something in that one is not closed", cell.text
    for before, after in pairwise(found):
        outer = _table(after.cell)
        if outer and outer is not _table(before.cell) and any(node is outer for node in before.cell.above()):
            yield "an item closes the table that it stands in, so that the next one stands outside of it", _of(before)


def _table(cell: Node) -> Node | None:
    """The table that a cell stands in; none for what is no cell of a table."""
    return next((node for node in cell.above() if node.tag == "table"), None) if cell.tag in ("td", "th") else None


def _of(spot: Spot) -> str:
    return name(spot.title) or spot.title.start


@rule(44, "fixed-point", ERROR, "every item stays what it is when it is written and read again")
def _fixed_point(letter: Letter) -> Iterator[Fault]:
    if letter.tree.is_cut:
        return
    found = {id(spot.cell): spot for spot in spots(letter)}.values()
    for spot in found:
        if not is_sheet(spot.cell):
            yield from _acts(spot)
    if _stays(letter.tree.body, letter):
        return  # and with it every item
    changing = [spot for spot in found if not _stays(spot.cell, letter)]
    for spot in changing:
        yield "an item changes when mail programs write it and read it again, which attackers use", _of(spot)
    if not changing:
        yield "the email changes when mail programs write it and read it again, which attackers use", ""


def _acts(spot: Spot) -> Iterator[Fault]:
    """What a sanitiser would take out of an item."""
    for node in spot.cell.all():
        if _is_forbidden(node) or node.tag == "style" or any(True for _ in _acting(node)):
            yield "an item holds what no sanitiser leaves in it", node.start


def _stays(node: Node, letter: Letter) -> bool:
    """Whether an element is the same after it was written and parsed again, in the same kind of document."""
    within = _WITHIN.get(node.tag, () if node.tag == "body" else ("body",))
    opened, closed = "".join(f"<{tag}>" for tag in within), "".join(f"</{tag}>" for tag in reversed(within))
    again = grow(f"{_doctype(letter.html)}{opened}{written(node)}{closed}")
    return same(node, next(again.all(node.tag), again.root))


def _doctype(html: str) -> str:
    match = re.match(r"\ufeff?\s*(<!doctype[^>]*>)", html, re.IGNORECASE)
    return match[1] if match else ""


RULES: tuple[Rule, ...] = (_forbidden_elements, _forbidden_attributes, _comments, _own_cell, _fixed_point)
