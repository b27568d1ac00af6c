"""What is printed of an item beside its title, and text that any format can hold."""

import re
from collections.abc import Iterator

from bulletin.model import Citation, Page, Printed

LICENCE = "Open Government Licence v3.0"
LICENCE_AT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
EMPTY = "No items this time."
NOTE = "Why this matters here:"

_JOINERS = "\u200c\u200d"  # invisible, but Persian, Hindi and emoji need them
_PARAGRAPH = re.compile(r"\n\s*\n")
_FEW = 6  # authors that are named before "et al."


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


def details(item: Printed) -> list[str]:
    """What stands in one line below the title, in its parts."""
    also = f"Also from {', '.join(item.also_from)}" if item.also_from else ""
    pick = "Editor’s pick" if item.pick else ""
    return [one_line(part) for part in (pick, item.source, item.date, item.kind, item.access, also) if part]


def cited(item: Printed) -> str:
    """Who wrote an article and where it stands, as far as is known: Chan B, Roy A. Journal 2026;14(4):201-213."""
    authors = ", ".join([*item.authors[:_FEW], *(["et al"] if len(item.authors) > _FEW else [])])
    doi = f"doi:{item.doi}" if item.doi else ""
    parts = (part.rstrip(".") for part in (authors, _place(item.citation, item.published[:4]), doi) if part)
    return one_line(". ".join(parts))


def see_also(item: Printed) -> str:
    """The other headings that it belongs under."""
    return one_line(f"See also: {', '.join(item.see_also)}") if item.see_also else ""


def credit(page: Page) -> tuple[str, str]:
    """What the Open Government Licence asks to be said, before and after its name; empty when it asks nothing."""
    if not page.credits:
        return "", ""
    return "Contains public sector information licensed under the ", f", from: {'; '.join(page.credits)}."


def contacts(page: Page) -> Iterator[tuple[str, str]]:
    """Yield how to reach the library: words, and where they lead if anywhere."""
    library = page.library
    yield one_line(library.name), page.web_link
    if library.email:
        yield one_line(library.email), page.library_link
    if library.phone:
        yield one_line(library.phone), ""


def _place(citation: Citation, year: str) -> str:
    """Journal 2026;14(4):201-213, without what is not known."""
    if not citation.journal:
        return ""
    number = f"({citation.number})" if citation.number else ""
    volume = f"{citation.volume}{number}"
    pages = f":{citation.pages}" if citation.pages else ""
    told = f"{volume}{pages}"
    return f"{citation.journal} {year}{';' if year and told else ''}{told}".strip()
