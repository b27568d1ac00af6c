"""The works of one journal at Crossref, asked by its ISSN.

Parameters are those of https://api.crossref.org (Journals, /journals/{issn}/works): `from-created-date` is the day a
DOI was first deposited; `sort` may stand beside `cursor` (only `offset` and `sample` may not); a page of fewer than
`rows` works is the last, and a cursor may be the same for every page. `mailto` brings us into the polite pool
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/).
"""

from datetime import datetime
from urllib.parse import quote

from bulletin.errors import FetchError
from bulletin.fetch.searches.answer import Answer, in_words
from bulletin.fetch.searches.asking import PAGE, Ask, Found, Page, address, dates, follow
from bulletin.model import Errand, Trouble


async def documents(errand: Errand, ask: Ask, contact: str, at: datetime) -> Found:
    """Give what was found as the JSON of /journals/{issn}/works, each document of up to a hundred works."""
    first, _ = dates(errand, at)

    def url(cursor: str) -> str:
        return address(
            errand.feed.url,
            f"journals/{quote(errand.feed.search, safe='', errors='replace')}/works",
            filter=f"from-created-date:{first}",
            sort="created",
            order="desc",
            rows=str(PAGE),
            cursor=cursor,
            mailto=contact,
        )

    try:
        return await follow(ask, url, _read)
    except FetchError as error:
        if error.trouble is not Trouble.NOT_FOUND:
            raise
        raise FetchError(
            f"Crossref knows no journal with the ISSN {in_words(errand.feed.search)}: check it at "
            "https://portal.issn.org, or take the journal's other one (print or electronic)",
            Trouble.NOT_FOUND,
            error.advice,
        ) from error


def _read(page: bytes, _: str) -> Page:
    message = Answer.of("Crossref", page).part("message")
    count = message.size("items")
    total = message.number("total-results") if "total-results" in message.value else count
    return Page(count, message.text("next-cursor") if count >= PAGE else "", total)
