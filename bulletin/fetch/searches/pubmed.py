"""A PubMed search, asked by NCBI's E-utilities.

Parameters and their values are those of "The E-utilities In-Depth" (https://www.ncbi.nlm.nih.gov/books/NBK25499/):
`edat` is the day a record came into PubMed; `mindate` works only together with `maxdate`; the history server keeps
the found set in the order of `sort`, of which `pub_date` is the one that puts new papers first. NCBI's guidelines
(https://www.ncbi.nlm.nih.gov/books/NBK25497/) want `tool` and `email` on every request and at most 3 a second.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bulletin.errors import FetchError
from bulletin.fetch.searches.answer import Answer, in_words, unreadable
from bulletin.fetch.searches.asking import MOST_ITEMS, PAGE, Ask, Found, address, dates, page_or_full
from bulletin.model import Errand, Trouble

_NOTHING = b"<PubmedArticleSet></PubmedArticleSet>"  # efetch has no answer for an empty set
_ADVICE = "try the search on https://pubmed.ncbi.nlm.nih.gov, correct it there and copy it from there"


async def documents(errand: Errand, ask: Ask, contact: str, at: datetime) -> Found:
    """Give what was found as PubmedArticleSet documents (XML), each of up to a hundred articles."""
    url = partial(address, errand.feed.url, db="pubmed", tool="bulletin", email=contact)
    found = Answer.of("PubMed", await ask(_question(url, errand, at))).part("esearchresult")
    count = _count(found)
    articles: list[bytes] = []
    for start in range(0, min(count, MOST_ITEMS), PAGE):
        page = await page_or_full(ask, _page(url, found, start), articles)
        if page is None:
            break
        articles.append(_articles(page))
    return Found(tuple(articles) or (_NOTHING,), max(count - PAGE * len(articles), 0))


def _question(url: Callable[..., str], errand: Errand, at: datetime) -> str:
    first, last = dates(errand, at)
    return url(
        "esearch.fcgi",
        term=errand.feed.search,
        datetype="edat",
        mindate=f"{first:%Y/%m/%d}",
        maxdate=f"{last:%Y/%m/%d}",
        sort="pub_date",
        usehistory="y",
        retmode="json",
        retmax="0",
    )


def _count(found: Answer) -> int:
    """How many were found; raises FetchError when PubMed did not understand the search.

    A word that PubMed does not know is no error while the rest of the search finds something: in a long list of words
    joined by OR, one that nobody has used yet is there on purpose.
    """
    if "ERROR" in found.value:
        raise FetchError(f"PubMed could not search: {in_words(found.value['ERROR'])} ({_ADVICE})", Trouble.SERVER)
    count = found.number("count")
    errors = found.part("errorlist") if "errorlist" in found.value else Answer("PubMed", {})
    unknown = errors.texts("fieldsnotfound") + ([] if count else errors.texts("phrasesnotfound"))
    if unknown:
        words = in_words(", ".join(unknown))
        raise FetchError(f"PubMed does not know {words!r} in this search: {_ADVICE}", Trouble.SERVER)
    return count


def _page(url: Callable[..., str], found: Answer, start: int) -> str:
    return url(
        "efetch.fcgi",
        WebEnv=found.text("webenv"),
        query_key=found.text("querykey"),
        rettype="abstract",
        retmode="xml",
        retstart=str(start),
        retmax=str(PAGE),
    )


def _articles(page: bytes) -> bytes:
    if b"<PubmedArticleSet" not in page[:2000]:
        raise unreadable("PubMed")
    return page
