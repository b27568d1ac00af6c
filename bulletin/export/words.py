"""What is printed of an item beside its title, and text that any format can hold."""

import re
from collections.abc import Iterable, Iterator

from bulletin.model import Citation, Page, Piece, Printed, PrintedCorrection

LICENCE = "Open Government Licence v3.0"
LICENCE_AT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
NOTE = "Why this matters here:"
ABSTRACT = "Abstract:"

_JOINERS = "\u200c\u200d"  # invisible, but Persian, Hindi and emoji need them
_PARAGRAPH = re.compile(r"\n\s*\n")
_ASK = "Ask the library"
_FEW = 6  # authors that are named before "et al"


def one_line(text: str) -> str:
    """The text as one line that XML, RIS and a spreadsheet can hold: no line end, no control character."""
    return " ".join(legible(" ".join(text.split())).split())


def legible(text: str) -> str:
    """The text without what nobody can see: control characters, halves of characters, what turns the order round."""
    if text.isprintable():
        return text
    return "".join(one for one in text if one.isprintable() or one in _JOINERS)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines part."""
    return list(filter(None, map(one_line, _PARAGRAPH.split(text.replace("\r\n", "\n")))))


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with a dot between them, without those that say nothing."""
    told = [piece for piece in pieces if one_line(piece.text)]
    return [part for place, piece in enumerate(told) for part in ((Piece(" · "), piece) if place else (piece,))]


def details(item: Printed) -> list[Piece]:
    """What stands in one line below the title: whose it is, what it is, and how to get it."""
    also = f"Also from {', '.join(item.also_from)}" if item.also_from else ""
    return joined(
        [
            Piece("Editor’s pick" if item.pick else "", strong=True),
            *map(Piece, (item.source, item.date, item.kind)),
            *(Piece(flag, strong=True) for flag in item.flags),
            Piece(item.access, "" if item.free else item.access_link),
            Piece(_ASK if item.ask_link else "", item.ask_link),
            Piece(also),
        ]
    )


def cited(item: Printed) -> str:
    """Who wrote an article and where it stands, as far as is known: Chan B, Roy A. Journal 2026;14(4):201-213."""
    authors = ", ".join([*item.authors[:_FEW], *(["et al"] if len(item.authors) > _FEW else [])])
    doi = f"doi:{item.doi}" if item.doi else ""
    parts = (part.rstrip(".") for part in (authors, _place(item.citation, item.published[:4]), doi) if part)
    return one_line(". ".join(parts))


def see_also(item: Printed) -> str:
    """The other headings that it belongs under."""
    return one_line(f"See also: {', '.join(item.see_also)}") if item.see_also else ""


def empty(page: Page) -> str:
    """What stands under a heading without items."""
    return one_line(page.nothing) or "No items this time"


def printed_in(correction: PrintedCorrection) -> str:
    """Which edition printed what must be corrected."""
    return f"In our edition of {correction.day}"


def credit(page: Page) -> list[Piece]:
    """What the Open Government Licence asks to be said; nothing when it asks nothing."""
    if not page.credits:
        return []
    before, after = "Contains public sector information licensed under the ", f", from: {'; '.join(page.credits)}."
    return [Piece(before), Piece(LICENCE, LICENCE_AT), Piece(after)]


def contacts(page: Page) -> list[Piece]:
    """How to reach the library, in one line."""
    library = page.library
    return joined(
        [
            Piece(library.name, page.web_link),
            Piece(library.address),
            Piece(library.email, page.library_link),
            Piece(library.phone),
            Piece(library.hours),
        ]
    )


def closing(page: Page) -> Iterator[list[Piece]]:
    """Yield the lines at the end of a paper: help with full texts, the library, and what must be said."""
    yield [Piece(page.library.full_text)]
    yield contacts(page)
    yield joined(
        [
            Piece("Read this on the web" if page.archive_link else "", page.archive_link),
            Piece("Suggest an item or a heading" if page.suggest_link else "", page.suggest_link),
        ]
    )
    yield credit(page)
    yield [Piece(page.library.disclaimer)]
    yield [Piece(page.brand.footer)]


def _place(citation: Citation, year: str) -> str:
    """Journal 2026;14(4):201-213, without what is not known."""
    if not citation.journal:
        return ""
    number = f"({citation.number})" if citation.number else ""
    volume = f"{citation.volume}{number}"
    pages = f":{citation.pages}" if citation.pages else ""
    told = f"{volume}{pages}"
    return f"{citation.journal} {year}{';' if year and told else ''}{told}".strip()
