"""What stands in the Word documents: a whole edition, and the one page that somebody takes to a meeting."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from unicodedata import east_asian_width

from bulletin.export import blocks
from bulletin.export.paper import DRAFT, Paper
from bulletin.export.word import DETAILS, NOTICE, POINT, REASON, Manuscript, Words
from bulletin.export.words import ABSTRACT, NOTE, cited, closing, details, empty, one_line, printed_in, see_also
from bulletin.model import Heading, Page, Paragraph, Piece, Printed, PrintedBlock

MOST_POINTS = 12
_CUT = " ..."
# Of talking points, in narrow letters: so that the most points, all of the widest letters, are still one page.
_RUNNING_WIDTH, _HEADING_WIDTH, _TITLE_WIDTH, _SOURCE_WIDTH = 36, 44, 100, 40


def edition(paper: Paper) -> bytes:
    """The whole paper as a Word document."""
    script = _begin(paper, paper.lead)
    _write(script, blocks.intro(paper.page))
    _contents(script, paper)
    for number, heading in enumerate(paper.page.headings, 1):
        _group(script, paper.page, number, heading)
    for name, found in blocks.groups(paper.page):
        script.heading(1, Words(name))
        for block in found:
            _block(script, block)
    _corrections(script, paper.page)
    script.heading(1, Words("About this bulletin" if paper.page.number else "About this list"))
    for pieces in closing(paper.page):
        script.write("Normal", *_words(pieces))
    return script.finish()


def talking_points(paper: Paper) -> bytes:
    """One page for a meeting: the editor's picks and what leads each heading, a line or two each, with the source."""
    script = _begin(paper, f"Talking points, {paper.page.day}", compact=True)
    chosen = _points(paper.page)
    for heading, here in zip(paper.page.headings, chosen, strict=True):
        if here and heading.name:
            script.heading(1, Words(narrow(heading.name, _HEADING_WIDTH)))
        for item in here:
            title = Words(narrow(item.title, _TITLE_WIDTH), item.url, language=item.language)
            script.write(POINT, title, Words(f" ({narrow(item.source, _SOURCE_WIDTH)})" if item.source else ""))
    if not any(chosen):
        script.write("Normal", Words(empty(paper.page)))
    return script.finish()


def narrow(text: str, width: int) -> str:
    """At most so many narrow letters of a text, a wide one counting as two; " ..." says that it was cut."""
    text = one_line(text)
    ends = list(accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in text))
    if not ends or ends[-1] <= width:
        return text
    head = text[: max(bisect_right(ends, width - len(_CUT)), 1)]
    return f"{head.rpartition(' ')[0] or head}{_CUT}"


def _points(page: Page) -> list[list[Printed]]:
    """For each heading what is told of it: the picks, then the first of each heading, then the second of each.

    As many in all as a page holds.
    """
    placed = [(number, place) for number, heading in enumerate(page.headings) for place in range(len(heading.items))]

    def rank(where: tuple[int, int]) -> tuple[bool, int, int]:
        number, place = where
        is_pick = page.headings[number].items[place].pick
        return (False, number, place) if is_pick else (True, place, number)

    chosen = set(sorted(placed, key=rank)[:MOST_POINTS])
    return [
        [item for place, item in enumerate(heading.items) if (number, place) in chosen]
        for number, heading in enumerate(page.headings)
    ]


def _begin(paper: Paper, lead: str, *, compact: bool = False) -> Manuscript:
    page = paper.page
    draft = "Draft: " if paper.is_draft else ""
    title = f"{draft}{page.subject}"
    script = Manuscript(title, page.library.name, paper.language, paper.updated, compact=compact)
    script.running(f"{draft}{narrow(page.title, _RUNNING_WIDTH if compact else _TITLE_WIDTH)}, {page.day}")
    script.heading(0, Words(narrow(page.title, _HEADING_WIDTH) if compact else page.title))
    script.write("Subtitle", Words(lead))
    if paper.is_draft:
        script.write(NOTICE, Words(DRAFT))
    return script


def _contents(script: Manuscript, paper: Paper) -> None:
    if not paper.is_grouped or len(paper.page.headings) < 2:
        return
    for number, heading in enumerate(paper.page.headings, 1):
        count = Words(f" {len(heading.items)}")
        script.write("List Bullet", Words(heading.name, f"#heading_{number}"), count)


def _group(script: Manuscript, page: Page, number: int, heading: Heading) -> None:
    if heading.name:
        script.heading(1, Words(heading.name), f"heading_{number}")
    if not heading.items:
        script.write("Normal", Words(empty(page)))
    for item in heading.items:
        script.heading(2 if heading.name else 1, Words(item.title, item.url, language=item.language))
        _item(script, item)


def _item(script: Manuscript, item: Printed) -> None:
    script.write(DETAILS, *_words(details(item)))
    script.write(DETAILS, Words(cited(item)))
    if item.summary:
        label = Words(f"{ABSTRACT} " if item.abstract else "", strong=True)
        script.write("Normal", label, Words(item.summary, language=item.language))
    script.write(DETAILS, Words(item.credit))
    if item.note:
        script.write(REASON, Words(NOTE, strong=True), Words(f" {item.note}"))
    script.write(DETAILS, Words(see_also(item)))


def _block(script: Manuscript, block: PrintedBlock) -> None:
    if block.title:
        script.heading(2, Words(block.title, block.url))
    script.write(DETAILS, *_words(blocks.facts(block)))
    _write(script, block.paragraphs)


def _corrections(script: Manuscript, page: Page) -> None:
    for place, one in enumerate(page.corrections):
        if not place:
            script.heading(1, Words("Corrections"))
        script.heading(2, Words(one.title, one.url))
        script.write(DETAILS, Words(printed_in(one)))


def _write(script: Manuscript, paragraphs: Iterable[Paragraph]) -> None:
    """Write what editors wrote; where they broke a line, a paragraph begins."""
    for paragraph in paragraphs:
        for line in paragraph.lines:
            script.write("List Bullet" if paragraph.is_list else "Normal", *_words(line.pieces))


def _words(pieces: Iterable[Piece]) -> list[Words]:
    return [Words(piece.text, piece.url, strong=piece.strong) for piece in pieces]
