"""RIS: "TY  - JOUR" to "ER  - ", the format of Research Information Systems, as databases and managers write it."""

import re

from bulletin import identity
from bulletin.parse import records
from bulletin.parse.raw import RawEntry, Words
from bulletin.parse.taglines import Shape, Values, every, first

SHAPE = Shape(re.compile(r"[ \t]*([A-Z][A-Z0-9]) {1,2}-((?: .*)?)"), begins="TY", ends="ER")
START = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*TY {1,2}- ?[A-Z]")

# Types that say more than "article".
_KINDS = {
    "RPRT": "Report",
    "GOVDOC": "Government document",
    "BOOK": "Book",
    "EBOOK": "Book",
    "CHAP": "Book chapter",
    "ECHAP": "Book chapter",
    "CONF": "Conference paper",
    "CPAPER": "Conference paper",
    "THES": "Thesis",
    "NEWS": "News",
    "STAND": "Standard",
}
_DAY = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?(?:/.*)?)?)?")
_IN_ADDRESSES = re.compile(r"[\s;]+(?=https?://)")


def entry(values: Values) -> RawEntry:
    """One reference, as far as it says anything."""
    start, end = first(values, "SP"), first(values, "EP")
    first_page, last_page = records.pages(f"{start}-{end}" if start and end else start or first(values, "C7"))
    doi = first(values, "DO", "M3") if identity.doi(first(values, "DO", "M3")) else ""
    return RawEntry(
        title=Words(records.title(first(values, "TI", "T1", "CT", "BT", "ST")), literal=True),
        summary=Words(first(values, "AB", "N2"), literal=True),
        # A database's own address often works with its own login only; a DOI works for all.
        links=() if doi else tuple(link for text in every(values, "UR", "LK") for link in _IN_ADDRESSES.split(text)),
        identifiers=(doi,),
        dates=records.dates(*map(_day, every(values, "DA", "PY", "Y1"))),
        authors=tuple(map(records.given_first, every(values, "AU", "A1"))),
        categories=tuple(every(values, "KW")),
        journals=tuple(map(records.journal, every(values, "JF", "JO", "T2", "JA", "J2", "PB"))),
        volume=first(values, "VL"),
        number=first(values, "IS"),
        first_page=first_page,
        last_page=last_page,
        kinds=records.kinds([*every(values, "M3"), _KINDS.get(first(values, "TY").upper(), "")]),
        language=records.language(first(values, "LA")),
    )


def _day(words: str) -> str:
    """ "2026/11/03/online" or "2026///" as a date; a day without a year, as some databases write, is none."""
    found = _DAY.fullmatch(words)
    return "-".join(filter(None, found.groups())) if found else words if re.search(r"\d{4}", words) else ""
