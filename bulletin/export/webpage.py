"""A paper as one HTML file that stands alone: it brings its own look, loads nothing and runs nothing."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from bulletin.export import blocks
from bulletin.export.elements import Child, as_html, el, link, many
from bulletin.export.paper import DRAFT, Paper
from bulletin.export.style import WEB
from bulletin.export.words import ABSTRACT, NOTE, cited, closing, details, empty, one_line, printed_in, see_also
from bulletin.model import Heading, Page, Paragraph, Piece, Printed, PrintedBlock

# Not even a label that broke out of its place could load or run anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def web_page(paper: Paper) -> bytes:
    """The page that readers can keep, send on or put onto an intranet."""
    return document(paper, WEB).encode()


def document(paper: Paper, style: str) -> str:
    """The whole document in one look or another."""
    page = paper.page
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="author", content=page.library.name),
        el("title", one_line(f"{'Draft: ' if paper.is_draft else ''}{page.subject}")),
        el("style", style),
    )
    main = many("main", (*_groups(paper), *_blocks(page), *_corrections(page)))
    footer = many("footer", (_line(pieces) for pieces in closing(page)))
    body = el("body", many("header", _opening(paper)), _contents(paper), main, footer)
    return f"<!doctype html>\n{as_html(el('html', head, body, lang=paper.language))}\n"


def _opening(paper: Paper) -> Iterator[Child]:
    if paper.is_draft:
        yield el("p", DRAFT, class_="draft")
    yield el("h1", one_line(paper.page.title))
    yield el("p", one_line(paper.lead), class_="lead")
    yield from _words(blocks.intro(paper.page))


def _contents(paper: Paper) -> Child:
    headings = paper.page.headings
    if not paper.is_grouped or len(headings) < 2:
        return None
    lines = (
        el("li", link(heading.name, f"#heading-{number}"), f" {len(heading.items)}")
        for number, heading in enumerate(headings, 1)
    )
    return el("nav", many("ul", lines), aria_label="Headings")


def _groups(paper: Paper) -> Iterator[Element]:
    for number, heading in enumerate(paper.page.headings, 1):
        if heading.name:
            yield _section(heading.name, f"heading-{number}", _items(paper.page, heading, "h3"))
        else:
            yield _items(paper.page, heading, "h2")


def _section(name: str, anchor: str, *children: Child) -> Element:
    return el("section", el("h2", one_line(name), id=anchor), *children, aria_labelledby=anchor)


def _items(page: Page, heading: Heading, level: str) -> Element:
    if not heading.items:
        return el("p", empty(page))
    return many("ul", (el("li", *_item(item, level)) for item in heading.items), class_="items")


def _item(item: Printed, level: str) -> Iterator[Child]:
    yield el(level, link(item.title, item.url, lang=item.language, dir="auto"))
    yield _line(details(item), "details")
    yield _line([Piece(cited(item))], "details")
    if item.summary:
        label = el("b", ABSTRACT, lang="en-GB" if item.language else None) if item.abstract else None
        words = f" {one_line(item.summary)}" if label is not None else one_line(item.summary)
        yield el("p", label, words, class_="summary", lang=item.language, dir="auto")
    yield _line([Piece(item.credit)], "small")
    if item.note:
        yield el("p", el("strong", NOTE), f" {one_line(item.note)}", class_="note")
    yield _line([Piece(see_also(item))], "small")


def _blocks(page: Page) -> Iterator[Element]:
    for number, (name, found) in enumerate(blocks.groups(page), 1):
        told = (el("li", *_block(block)) for block in found)
        yield _section(name, f"more-{number}", many("ul", told, class_="items"))


def _block(block: PrintedBlock) -> Iterator[Child]:
    if block.title:
        yield el("h3", link(block.title, block.url))
    yield _line(blocks.facts(block), "details")
    yield from _words(block.paragraphs)


def _corrections(page: Page) -> Iterator[Element]:
    if page.corrections:
        told = (
            el("li", el("h3", link(one.title, one.url, dir="auto")), el("p", printed_in(one)))
            for one in page.corrections
        )
        yield _section("Corrections", "corrections", many("ul", told, class_="items"))


def _words(paragraphs: Iterable[Paragraph]) -> Iterator[Element]:
    for paragraph in paragraphs:
        if paragraph.is_list:
            yield many("ul", (many("li", map(_piece, line.pieces)) for line in paragraph.lines))
        else:
            yield many("p", _lines(paragraph))


def _lines(paragraph: Paragraph) -> Iterator[Child]:
    for place, line in enumerate(paragraph.lines):
        if place:
            yield el("br")
        yield from map(_piece, line.pieces)


def _line(pieces: Iterable[Piece], style: str = "") -> Child:
    """A paragraph of pieces; nothing when there are none that say anything."""
    told = [piece for piece in pieces if piece.text.strip()]
    return many("p", map(_piece, told), class_=style) if told else None


def _piece(piece: Piece) -> Child:
    if piece.url:
        return link(piece.text, piece.url)
    return el("strong", piece.text) if piece.strong else piece.text
