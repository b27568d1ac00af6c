"""What stands in the Word documents: a whole edition, and the one page that somebody takes to a meeting."""

from collections.abc import Iterator
from itertools import zip_longest
from unicodedata import east_asian_width

from bulletin.export.paper import DRAFT, Paper
from bulletin.export.word import DETAILS, NOTE, NOTICE, POINT, Manuscript, Piece
from bulletin.export.words import (
    EMPTY,
    LICENCE,
    LICENCE_AT,
    cited,
    contacts,
    credit,
    details,
    one_line,
    paragraphs,
    see_also,
)
from bulletin.export.words import NOTE as WHY
from bulletin.model import Heading, Page, Printed

MOST_POINTS = 12
_HEADING_WIDTH, _TITLE_WIDTH, _SOURCE_WIDTH = (
    44,
    100,
    40,
)  # of a talking point, in narrow letters: with the most points still one page


def edition(paper: Paper) -> bytes:
    """The whole paper as a Word document."""
    script = _begin(paper, paper.lead)
    for paragraph in paragraphs(paper.page.intro):
        script.write("Normal", Piece(paragraph))
    _contents(script, paper)
    for number, heading in enumerate(paper.page.headings, 1):
        _group(script, number, heading)
    _close(script, paper.page)
    return script.finish()


def talking_points(paper: Paper) -> bytes:
    """One page for a meeting: the editor's picks and what leads each heading, a line or two each, with the source."""
    script = _begin(paper, f"Talking points, {paper.page.day}", compact=True)
    chosen = _points(paper.page)
    for heading in paper.page.headings:
        here = [item for item in heading.items if item in chosen]
        if here and heading.name:
            script.heading(1, Piece(narrow(heading.name, _HEADING_WIDTH)))
        for item in here:
            title = Piece(narrow(item.title, _TITLE_WIDTH), item.url, language=item.language)
            script.write(POINT, title, Piece(f" ({narrow(item.source, _SOURCE_WIDTH)})" if item.source else ""))
    if not chosen:
        script.write("Normal", Piece(EMPTY))
    return script.finish()


def narrow(text: str, width: int) -> str:
    """At most so many narrow letters of a text, a wide one counting as two; " ..." says that it was cut."""
    text = one_line(text)
    used = 0
    for place, letter in enumerate(text):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > width:
            head = text[: max(place - 4, 1)]
            return f"{head.rpartition(' ')[0] or head} ..."
    return text


def _points(page: Page) -> list[Printed]:
    """The picks, then the first of each heading, then the second of each, as many as a page holds."""
    picks = [item for heading in page.headings for item in heading.items if item.pick]
    rows = zip_longest(*(heading.items for heading in page.headings))
    others = [item for row in rows for item in row if item is not None and not item.pick]
    return [*picks, *others][:MOST_POINTS]


def _begin(paper: Paper, lead: str, *, compact: bool = False) -> Manuscript:
    page = paper.page
    title = f"{'Draft: ' if paper.is_draft else ''}{page.subject}"
    script = Manuscript(title, page.library.name, paper.updated, compact=compact)
    script.running(f"{'Draft: ' if paper.is_draft else ''}{narrow(page.title, 80)}, {page.day}")
    script.heading(0, Piece(narrow(page.title, _TITLE_WIDTH) if compact else page.title))
    script.write("Subtitle", Piece(lead))
    if paper.is_draft:
        script.write(NOTICE, Piece(DRAFT))
    return script


def _contents(script: Manuscript, paper: Paper) -> None:
    if not paper.is_grouped or len(paper.page.headings) < 2:
        return
    for number, heading in enumerate(paper.page.headings, 1):
        count = Piece(f" {len(heading.items)}")
        script.write("List Bullet", Piece(heading.name, f"#heading_{number}"), count)


def _group(script: Manuscript, number: int, heading: Heading) -> None:
    if heading.name:
        script.heading(1, Piece(heading.name), f"heading_{number}")
    if not heading.items:
        script.write("Normal", Piece(EMPTY))
    for item in heading.items:
        script.heading(2 if heading.name else 1, Piece(item.title, item.url, language=item.language))
        _item(script, item)


def _item(script: Manuscript, item: Printed) -> None:
    script.write(DETAILS, Piece(" · ".join(details(item))))
    script.write(DETAILS, Piece(cited(item)))
    script.write("Normal", Piece(item.summary, language=item.language))
    if item.note:
        script.write(NOTE, Piece(WHY, strong=True), Piece(f" {item.note}"))
    script.write(DETAILS, Piece(see_also(item)))


def _close(script: Manuscript, page: Page) -> None:
    script.heading(1, Piece("About this bulletin"))
    script.write("Normal", Piece(page.library.full_text))
    script.write("Normal", *_ways(page))
    before, after = credit(page)
    if before:
        script.write(DETAILS, Piece(before), Piece(LICENCE, LICENCE_AT), Piece(after))


def _ways(page: Page) -> Iterator[Piece]:
    for place, (words, target) in enumerate(contacts(page)):
        if place:
            yield Piece(" · ")
        yield Piece(words, target)
