"""A Europe PMC search, asked by the Articles RESTful API.

Parameters are those of https://europepmc.org/RestfulWebService: the next page is asked for with `nextCursorMark`,
which is absent, or the same again, at the end; `sort` takes a single-valued field and a direction; a question that it
does not understand is answered with 200 and `errMsg`. The fields are those that its own list names (/fields):
`FIRST_IDATE` is the day a record was first indexed, `FIRST_IDATE_D` the same to sort by. `synonym` is on because the
search page's is: what a librarian tried there is what this finds. The `email` it also takes is for its newsletter.
"""

from datetime import datetime

from bulletin.errors import FetchError
from bulletin.fetch.searches.answer import Answer, in_words
from bulletin.fetch.searches.asking import PAGE, Ask, Found, Page, address, dates, follow
from bulletin.model import Errand, Trouble


async def documents(
    errand: Errand,
    ask: Ask,
    contact: str,  # noqa: ARG001 - the User-Agent names it; this service wants it nowhere else
    at: datetime,
) -> Found:
    """Give what was found as the JSON of /search, each document of up to a hundred results."""
    first, last = dates(errand, at)

    def url(cursor: str) -> str:
        return address(
            errand.feed.url,
            "search",
            query=f"({errand.feed.search}) AND (FIRST_IDATE:[{first} TO {last}])",
            resultType="core",
            synonym="true",
            format="json",
            pageSize=str(PAGE),
            sort="FIRST_IDATE_D desc",
            cursorMark=cursor,
        )

    return await follow(ask, url, _read)


def _read(page: bytes, cursor: str) -> Page:
    answer = Answer.of("Europe PMC", page)
    if "errMsg" in answer.value:
        raise FetchError(
            f"Europe PMC could not search: {in_words(answer.value['errMsg'])} "
            "(try the search on https://europepmc.org, correct it there and copy it from there)",
            Trouble.SERVER,
        )
    count, following = answer.part("resultList").size("result"), answer.text("nextCursorMark")
    total = answer.number("hitCount") if "hitCount" in answer.value else count
    return Page(count, following if count and following != cursor else "", total)
