"""A file of references as items: RIS or nbib, told apart by what is in it."""

from collections.abc import Iterator

from bulletin.errors import ParseError
from bulletin.model import Fetched, Trouble
from bulletin.parse import medline, ris
from bulletin.parse.charset import text_of
from bulletin.parse.items import build
from bulletin.parse.parsed import Parsed
from bulletin.parse.raw import RawEntry, RawFeed
from bulletin.parse.taglines import Cut, cut

_MOST = 2_000  # records of a file
_LONGEST = 10_000_000  # bytes
_TOLD = 10  # line numbers in a warning
_FORMATS = (ris, medline)


def references(fetched: Fetched) -> Parsed:
    """Read a file of references, of which the first 2,000 count; its name is that of the feed.

    Raise ParseError when it is no such file, or too big. What of it cannot be read is counted in the warning.
    """
    name = fetched.feed.name
    if len(fetched.body) > _LONGEST:
        raise ParseError(f"{name} has more than {_LONGEST // 1_000_000} MB: export the search in parts")
    text = text_of(fetched.body, "")[0].lstrip("\ufeff")
    starts = {shape: found.start() for shape in _FORMATS if (found := shape.START.search(text))}
    if not starts:
        raise ParseError(
            f"{name} holds no references in RIS or nbib: export the search again as RIS, or from PubMed by Send to, "
            "Citation manager",
            Trouble.NOT_A_FEED,
        )
    shape = min(starts, key=starts.__getitem__)
    found = cut(text, shape.SHAPE, _MOST)
    entries = {record.line: shape.entry(record.values) for record in found.records}
    silent = [line for line, entry in entries.items() if not _says_what(entry)]
    said = tuple(entry for line, entry in entries.items() if line not in silent)
    warnings = _warnings(found, sorted([*found.strays, *silent]), ends=bool(shape.SHAPE.ends))
    return Parsed(tuple(build(RawFeed(said), fetched)), "; ".join(warnings))


def _says_what(entry: RawEntry) -> bool:
    """Whether it says what it refers to."""
    return any((entry.title.text, *entry.links, *entry.identifiers))


def _warnings(found: Cut, unread: list[int], *, ends: bool) -> Iterator[str]:
    if found.count > _MOST:
        yield f"the file has {found.count:,} references; the first {_MOST:,} were read"
    if unread:
        more = ", ..." if len(unread) > _TOLD else ""
        lines = ", ".join(map(str, unread[:_TOLD]))
        yield f"{len(unread):,} places could not be read as references (at line {lines}{more})"
    if ends and found.records and found.records[-1].is_open and found.count <= _MOST:
        yield "the file ends in the middle of its last reference: it may have been cut short"
