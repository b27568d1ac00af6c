"""Europe PMC's JSON (/search?resultType=core&format=json) as raw entries.

Fields are those of https://europepmc.org/RestfulWebService; any of them may be missing or of another type.
"""

import re
from typing import Any
from urllib.parse import quote

from bulletin import identity
from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse import loose, records
from bulletin.parse.pages import joined
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.text import plain

_NAME = "Europe PMC"
_SOURCE = re.compile(r"[A-Z]{2,4}")
_WORDS = 200  # characters of the service's own words in a message


def read(fetched: Fetched) -> RawFeed:
    """Read what a search found. Raise ParseError for anything that is no answer to a search."""
    return joined(fetched, lambda body: RawFeed(tuple(map(_entry, _results(body)))))


def work(body: bytes, doi: str) -> RawEntry | None:
    """What a search for a DOI found: the hit with this very DOI, or None. Raise ParseError as `read` does."""
    hits = (result for result in _results(body) if identity.doi(loose.text(result, "doi")) == doi)
    return next(map(_entry, hits), None)


def _results(body: bytes) -> list[dict[str, Any]]:
    answer = loose.load(body, _NAME)
    found = answer.get("resultList")
    if not isinstance(found, dict):
        words = plain(loose.text(answer, "errMsg", "error"), _WORDS) or "nothing that was asked for"
        raise ParseError(f"{_NAME} could not search, and says: {words}")
    return loose.objects(found, "result")


def _entry(result: dict[str, Any]) -> RawEntry:
    journal = loose.inside(result, "journalInfo")
    source, number = loose.text(result, "source"), loose.text(result, "id")
    first_page, last_page = records.pages(loose.text(result, "pageInfo"))
    corrections = loose.objects(loose.inside(result, "commentCorrectionList"), "commentCorrection")
    notices, noticed = records.relations(
        (loose.text(one, "type"), loose.text(one, "reference", "note")) for one in corrections
    )
    types = loose.texts(loose.inside(result, "pubTypeList"), "pubType")
    return RawEntry(
        title=Words(records.title(loose.text(result, "title"))),
        summary=Words(loose.text(result, "abstractText")),
        links=(_address(source, number),) if number and _SOURCE.fullmatch(source) else (),
        guid=f"{source}:{number}" if number else "",
        permalink=False,
        identifiers=(loose.text(result, "doi"),),
        dates=_dates(result, journal),
        authors=_authors(result),
        categories=tuple(_categories(result)),
        journals=_journals(result, journal),
        volume=loose.text(journal, "volume"),
        number=loose.text(journal, "issue"),
        first_page=first_page,
        last_page=last_page,
        kinds=records.kinds(["Preprint", *types] if source == "PPR" else types),
        rights=("open access",) if loose.text(result, "isOpenAccess") == "Y" else (),
        language=records.language(loose.text(result, "language")),
        notices=notices,
        noticed=noticed,
    )


def _address(source: str, number: str) -> str:
    return f"https://europepmc.org/article/{source}/{quote(number, safe='', errors='replace')}"


def _dates(result: dict[str, Any], journal: dict[str, Any]) -> records.Dates:
    return records.dates(
        loose.text(result, "electronicPublicationDate"),
        loose.text(result, "firstPublicationDate"),
        loose.text(journal, "printPublicationDate"),
        records.medline_date(loose.text(journal, "dateOfPublication")),
        loose.text(result, "firstIndexDate"),
        loose.text(result, "pubYear"),
    )


def _authors(result: dict[str, Any]) -> tuple[str, ...]:
    """Names in full where the record has them: `authorString` has "Chan B, Grey A." """
    people = loose.objects(loose.inside(result, "authorList"), "author")
    named = (
        " ".join(filter(None, (loose.text(one, "firstName"), loose.text(one, "lastName"))))
        if loose.text(one, "lastName")
        else loose.text(one, "collectiveName", "fullName")
        for one in people
    )
    return tuple(filter(None, named)) or tuple(loose.text(result, "authorString").removesuffix(".").split(", "))


def _categories(result: dict[str, Any]) -> list[str]:
    headings = loose.objects(loose.inside(result, "meshHeadingList"), "meshHeading")
    return [
        *loose.texts(loose.inside(result, "keywordList"), "keyword"),
        *(loose.text(heading, "descriptorName") for heading in headings),
    ]


def _journals(result: dict[str, Any], journal: dict[str, Any]) -> tuple[str, ...]:
    """The journal; of a preprint the server that holds it, of a report the body that gave it out."""
    return (
        records.journal(loose.text(loose.inside(journal, "journal"), "title", "isoabbreviation")),
        loose.text(loose.inside(result, "bookOrReportDetails"), "publisher"),
    )
