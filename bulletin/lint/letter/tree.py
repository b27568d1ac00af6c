"""The door to tinyhtml5: an email's HTML as a browser would build it, with what it had to mend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from io import StringIO
from xml.etree import ElementTree as Xml

from tinyhtml5.parser import HTMLParser

COMMENT = "!--"  # the tag of a comment
VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
     "meta", "param", "source", "track", "wbr")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
     "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul")
)  # fmt: skip
_ROWS = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
_UNREAD = frozenset({"script", "style", "template", COMMENT})
_RAW = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"})  # no entities in these
_XLINK = "{http://www.w3.org/1999/xlink}"

DEEPEST = 256  # elements in one another; browsers give up at 512, and no honest email comes near
_OPEN_AGAIN = 64  # formatting that was never closed, which a browser repeats in every paragraph after
_ATTRIBUTES = 256  # of one element; each is compared with all before it
_ELEMENTS = 25_000  # a bulletin of 500 items has 8,000; a few kB of <b><p> make a hundred thousand
_LONGEST = 1_000_000  # letters; ten times what any mail program shows
_AT_ONCE = 2_048  # letters between two looks at how deep it is

CONDITION = re.compile(r"\[(?:if\b[^\]]*|endif)\]", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*)(;?)")
_HARMLESS = frozenset(
    # The doctype is judged by itself, and letters that are none by the rule for broken letters.
    ("unknown-doctype", "expected-doctype-but-got-chars", "expected-doctype-but-got-start-tag",
     "expected-doctype-but-got-end-tag", "expected-doctype-but-got-eof", "invalid-codepoint",
     # Dashes in a comment, as in <!--[if !mso]><!---->, which every email of Mailchimp has.
     "unexpected-char-in-comment", "unexpected-dash-after-double-dash-in-comment")
)  # fmt: skip


@dataclass(eq=False)
class Node:
    """An element, or a comment; attributes and tags in lower case."""

    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = field(repr=False)
    element: Xml.Element = field(repr=False)
    children: "list[Node | str]" = field(default_factory=list, repr=False)

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or what stands in for it."""
        return self.attributes.get(name, default)

    def iter(self) -> "Iterator[Node]":
        """Itself and all elements in it, comments too, in the order of the source."""
        waiting = [self]  # no recursion: an email may be nested deeper than Python likes
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def all(self, *tags: str) -> "Iterator[Node]":
        """The elements in it of these tags, or all of them but comments."""
        return (node for node in self.iter() if node is not self and (node.tag in tags if tags else not node.comment))

    def above(self) -> "Iterator[Node]":
        """What it stands in, from its parent to the root."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def comment(self) -> bool:
        """Whether it is a comment."""
        return self.tag == COMMENT

    @property
    def words(self) -> str:
        """What a comment says; empty for an element."""
        return (self.element.text or "") if self.comment else ""

    @property
    def text(self) -> str:
        """What can be read of it, in one line; blocks and cells are kept apart."""
        return " ".join("".join(self.pieces()).split())

    @property
    def own_text(self) -> str:
        """What can be read that stands in itself, and not in an element in it."""
        return " ".join("".join(child for child in self.children if isinstance(child, str)).split())

    def pieces(self) -> Iterator[str]:
        """Its text in the order of the source."""
        waiting: list[Node | str] = [self]
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, str):
                yield piece
            elif piece.tag not in _UNREAD:
                around = " " if piece.tag in _BLOCKS else ""
                waiting.extend((around, *reversed(piece.children), around))

    @property
    def start(self) -> str:
        """Its start tag, to show where something is."""
        return f"<{self.tag}{''.join(_attribute(name, value) for name, value in self.attributes.items())}>"


@dataclass(frozen=True)
class Mended:
    """A place where the HTML was not well-formed; `what` is the parser's name for it."""

    what: str
    line: int
    tag: str = ""


@dataclass(frozen=True)
class Tree:
    """A document: `root` is its html element, made up where there was none."""

    root: Node
    doctype: str  # html, or another one; empty when there is none
    mended: tuple[Mended, ...]
    outside: tuple[Node, ...]  # comments before and after the html element
    is_cut: bool = False  # too long or too deep: only its beginning was read

    @property
    def head(self) -> Node:
        """The head, which the parser makes where there is none."""
        return next(self.root.all("head"), self.root)

    @property
    def body(self) -> Node:
        """The body; of a frameset, all of it."""
        return next(self.root.all("body"), self.root)

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements of these tags, in the order of the source."""
        return self.root.all(*tags)

    @property
    def comments(self) -> Iterator[Node]:
        """All comments, in the document and around it."""
        yield from self.outside
        yield from (node for node in self.root.iter() if node.comment)


class _Source(StringIO):
    """Gives a parser its document, and ends where that would cost more than any honest email does.

    A stream and no text, for tinyhtml5 opens a file that is called like a short text.
    """

    def __init__(self, html: str, parser: "_Parser") -> None:
        super().__init__(html)
        self._parser = parser
        self.is_cut = False

    def read(self, size: int | None = -1, /) -> str:
        """Give the next letters; none when it is too much."""
        self.is_cut = self.is_cut or self.tell() > _LONGEST or self._is_too_much()
        return "" if self.is_cut else super().read(min(size or 0, _AT_ONCE))

    def _is_too_much(self) -> bool:
        tree, tokenizer = self._parser.tree, getattr(self._parser, "tokenizer", None)
        token = (tokenizer and tokenizer.current_token) or {}
        return (
            len(tree.open_elements) > DEEPEST
            or len(tree.active_formatting_elements) > _OPEN_AGAIN
            or self._parser.elements > _ELEMENTS
            or (isinstance(token.get("data"), list) and len(token["data"]) > _ATTRIBUTES)
        )


class _Parser(HTMLParser):  # type: ignore[misc]
    """Counts elements, and tells of text between the cells of a table, which the parser moves without a word."""

    def __init__(self) -> None:
        super().__init__(namespace_html_elements=False)
        self.elements = 0
        insert, element = self.tree.insert_text, self.tree.insert_element_normal

        def counted(token: object) -> object:
            self.elements += 1
            return element(token)

        def told(data: str, parent: object = None) -> None:
            if self.tree.insert_from_table and data.strip() and self.tree.open_elements[-1].name in _ROWS:
                self.parse_error("text-in-table")
            insert(data, parent)

        self.tree.insert_text = told
        self.tree.insert_element_normal = counted


def grow(html: str) -> Tree:
    """Parse a document, whatever is wrong with it."""
    parser = _Parser()
    source = _Source(html.removeprefix("\ufeff"), parser)
    document = parser.parse(source, full_tree=True)
    roots = [_node(element, None) for element in document]
    root = next((node for node in roots if node.tag == "html"), None) or Node("html", {}, None, document)
    doctype = next((element.text or "" for element in document if element.tag == "<!DOCTYPE>"), "")
    outside = tuple(node for node in roots if node.comment)
    return Tree(root, doctype.lower(), tuple(_mended(parser, html)), outside, source.is_cut)


def written(node: Node) -> str:
    """An element as HTML, as browsers write it (HTML, 13.3)."""
    pieces: list[str] = []
    waiting: list[Node | str | tuple[str]] = [node]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, tuple):  # markup that is complete
            pieces.append(piece[0])
        elif isinstance(piece, str):
            pieces.append(_escaped(piece))
        elif piece.comment:
            pieces.append(f"<!--{piece.words}-->")
        else:
            pieces.append(piece.start)
            waiting.extend(reversed(_inside(piece)))
    return "".join(pieces)


def _inside(node: Node) -> "list[Node | str | tuple[str]]":
    """What an element holds and its end tag."""
    if node.tag in VOID:
        return []
    content: list[Node | str | tuple[str]] = [
        (one,) if node.tag in _RAW and isinstance(one, str) else one for one in node.children
    ]
    first = node.children[0] if node.children else ""
    if node.tag in ("pre", "textarea", "listing") and isinstance(first, str) and first.startswith("\n"):
        content.insert(0, ("\n",))  # the first line end is lost in reading
    return [*content, (f"</{node.tag}>",)]


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def same(one: Node, other: Node) -> bool:
    """Whether two elements hold the same, all the way down."""
    waiting: list[tuple[Node | str, Node | str]] = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if isinstance(left, str) or isinstance(right, str):
            if left != right:
                return False
            continue
        if (left.tag, left.attributes, left.words) != (right.tag, right.attributes, right.words):
            return False
        if len(left.children) != len(right.children):
            return False
        waiting.extend(zip(left.children, right.children, strict=True))
    return True


def _mended(parser: HTMLParser, html: str) -> Iterator[Mended]:
    lines = html.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for (line, column), what, more in parser.errors:
        there = lines[line - 1] if line <= len(lines) else ""
        if not _is_harmless(what, there, column):
            yield Mended(what, line, str(more.get("name", "")))


def _is_harmless(what: str, line: str, column: int) -> bool:
    """Whether the parser complains of what no browser minds, or what every mail program knows."""
    if what == "expected-dashes-or-doctype":
        # <![if !mso]> hides nothing and is a comment to all but Word, so templates for Outlook are full of it.
        return bool(CONDITION.match(line, column))
    if what in ("expected-named-entity", "named-entity-without-semicolon"):
        return not _is_broken_entity(line, column)
    return what in _HARMLESS


def _is_broken_entity(line: str, column: int) -> bool:
    """Whether an ampersand stands for a letter that there is not, or not rightly: of AT&T and ?a=1&copy=2 neither."""
    match = _ENTITY.match(line, line.rfind("&", 0, column + 1)) if "&" in line[: column + 1] else None
    if not match:
        return False
    name, semicolon = match.groups()
    if semicolon:
        return f"{name};" not in html5
    return name in html5 and line[match.end() : match.end() + 1] != "="


def _node(element: Xml.Element, parent: Node | None) -> Node:
    top = _bare(element, parent)
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.element.text:
            node.children.append(node.element.text)
        if node.comment:
            continue
        for child in node.element:
            made = _bare(child, node)
            node.children.append(made)
            waiting.append(made)
            if child.tail:
                node.children.append(child.tail)
    return top


def _bare(element: Xml.Element, parent: Node | None) -> Node:
    name: object = element.tag  # of a comment a function, whatever the types say
    tag = name.rpartition("}")[2].lower() if isinstance(name, str) else COMMENT
    attributes = {_name(str(key)): value or "" for key, value in element.attrib.items()}
    return Node(tag, attributes, parent, element)


def _name(key: str) -> str:
    """The name of an attribute; tinyhtml5 writes those of other languages in braces."""
    return key.replace(_XLINK, "xlink:").rpartition("}")[2].lower()
