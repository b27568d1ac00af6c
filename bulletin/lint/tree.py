"""The door to tinyhtml5: an email's HTML as a browser would build it, with what it had to mend."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from tinyhtml5.parser import HTMLParser

COMMENT = "!--"  # the tag of a comment
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
     "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul")
)  # fmt: skip
_UNREAD = frozenset({"script", "style", "template", COMMENT})


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


def grow(html: str) -> Tree:
    """Parse a document, whatever is wrong with it."""
    parser = HTMLParser(namespace_html_elements=False)
    document = parser.parse(html, full_tree=True)
    mended = tuple(Mended(what, place[0], str(more.get("name", ""))) for place, what, more in parser.errors)
    roots = [_node(element, None) for element in document]
    root = next((node for node in roots if node.tag == "html"), None) or Node("html", {}, None, document)
    doctype = next((element.text or "" for element in document if element.tag == "<!DOCTYPE>"), "")
    return Tree(root, doctype.lower(), mended, tuple(node for node in roots if node.comment))


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
    return Node(tag, {str(key): value or "" for key, value in element.attrib.items()}, parent, element)
