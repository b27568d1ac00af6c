"""A paper as one HTML file that stands alone: it brings its own look, loads nothing and runs nothing."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bulletin.export.elements import Child, as_html, el, link, many
from bulletin.export.paper import DRAFT, Paper
from bulletin.export.style import WEB
from bulletin.export.words import (
    EMPTY,
    LICENCE,
    LICENCE_AT,
    NOTE,
    cited,
    contacts,
    credit,
    details,
    one_line,
    paragraphs,
    see_also,
)
from bulletin.model import Heading, Page, Printed

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
    body = el("body", many("header", _opening(paper)), _contents(paper), many("main", _groups(paper)), _closing(page))
    return f"<!doctype html>\n{as_html(el('html', head, body, lang='en-GB'))}\n"


def summary(item: Printed) -> Iterator[Element]:
    """What is printed below a title."""
    if told := details(item):
        yield el("p", " · ".join(told), class_="details")
    if article := cited(item):
        yield el("p", article, class_="details")
    if item.summary:
        yield el("p", one_line(item.summary), class_="summary", lang=item.language, dir="auto")
    if item.note:
        yield el("p", el("strong", NOTE), f" {one_line(item.note)}", class_="note")
    if others := see_also(item):
        yield el("p", others, class_="small")


def _opening(paper: Paper) -> Iterator[Child]:
    if paper.is_draft:
        yield el("p", DRAFT, class_="draft")
    yield el("h1", one_line(paper.page.title))
    yield el("p", one_line(paper.lead), class_="lead")
    for paragraph in paragraphs(paper.page.intro):
        yield el("p", paragraph)


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
            anchor = f"heading-{number}"
            title = el("h2", one_line(heading.name), id=anchor)
            yield el("section", title, _items(heading, "h3"), aria_labelledby=anchor)
        else:
            yield _items(heading, "h2")


def _items(heading: Heading, level: str) -> Element:
    if not heading.items:
        return el("p", EMPTY)
    return many("ul", (el("li", _title(item, level), *summary(item)) for item in heading.items), class_="items")


def _title(item: Printed, level: str) -> Element:
    return el(level, link(item.title, item.url, lang=item.language, dir="auto"))


def _closing(page: Page) -> Element:
    ways: list[Child] = []
    for words, target in contacts(page):
        ways += [" · " if ways else None, link(words, target) if target else words]
    before, after = credit(page)
    licence = el("p", before, el("a", LICENCE, href=LICENCE_AT), after, class_="small") if before else None
    help_ = one_line(page.library.full_text)
    return el("footer", el("p", help_) if help_ else None, el("p", *ways), licence)
