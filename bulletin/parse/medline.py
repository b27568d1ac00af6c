"""PubMed's nbib, which is the MEDLINE format: "PMID- 1" and what follows up to the next one.

Tags are those of https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format.
"""

import re
from collections.abc import Iterator

from bulletin.parse import records
from bulletin.parse.raw import RawEntry, Words
from bulletin.parse.taglines import Shape, Values, every, first

SHAPE = Shape(re.compile(r"([A-Z]{2,4}) {0,2}-((?: .*)?)"), begins="PMID")
START = re.compile(r"(?:^|(?<=[\r\n]))PMID- ?\d")

_RELATIONS = {
    "ROF": "RetractionOf",
    "RIN": "RetractionIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
}
_NUMBER = re.compile(r"[1-9]\d{0,11}")  # 0 is written for what is not in PubMed
_DOI_MARK = "[doi]"


def entry(values: Values) -> RawEntry:
    """One reference, as far as it says anything."""
    pmid = first(values, "PMID")
    first_page, last_page = records.pages(first(values, "PG"))
    notices, noticed = records.relations(
        (word, text) for tag, word in _RELATIONS.items() for text in every(values, tag)
    )
    return RawEntry(
        title=Words(records.title(first(values, "TI", "BTI", "TT")), literal=True),
        summary=Words(first(values, "AB"), literal=True),
        links=(
            *_at_pubmed(pmid),
            *(text for text in every(values, "LID") if text.startswith(("http://", "https://"))),
        ),
        identifiers=tuple(text for text in every(values, "LID", "AID") if text.endswith(_DOI_MARK)),
        dates=records.dates(*_dates(values)),
        authors=tuple(map(records.given_first, _people(values))),
        categories=tuple(text.partition("/")[0].strip("* ") for text in every(values, "OT", "MH")),
        journals=tuple(map(records.journal, every(values, "JT", "TA", "BTI"))),
        volume=first(values, "VI"),
        number=first(values, "IP"),
        first_page=first_page,
        last_page=last_page,
        kinds=records.kinds(every(values, "PT")),
        rights=tuple(every(values, "CI")),
        language=records.language(first(values, "LA")),
        notices=notices,
        noticed=noticed,
    )


def _at_pubmed(pmid: str) -> Iterator[str]:
    if _NUMBER.fullmatch(pmid):
        yield f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def _dates(values: Values) -> Iterator[str]:
    """Online, in print, and the day that PubMed took it in."""
    yield first(values, "DEP")
    yield records.medline_date(first(values, "DP"))
    yield first(values, "EDAT", "CRDT")


def _people(values: Values) -> Iterator[str]:
    """Names in full where the record has them, and groups."""
    yield from every(values, "FAU" if first(values, "FAU") else "AU")
    yield from every(values, "CN")
