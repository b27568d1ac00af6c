"""Searches that stand in for feeds: PubMed, Europe PMC, and a journal at Crossref; one module each.

A search asks through `Ask`, which is the fetcher's one client with its guard, limits and manners; so nothing here
opens a connection or waits, and the second between two requests to one host keeps every service's own rule.
"""

from datetime import datetime

from bulletin.fetch.searches import crossref, europepmc, pubmed
from bulletin.fetch.searches.asking import Ask, Found
from bulletin.fetch.searches.lookup import by_doi
from bulletin.model import Errand, FeedKind

__all__ = ["Ask", "Found", "by_doi", "search"]

_SEARCHES = {
    FeedKind.PUBMED: pubmed.documents,
    FeedKind.EUROPEPMC: europepmc.documents,
    FeedKind.CROSSREF: crossref.documents,
}


async def search(errand: Errand, ask: Ask, contact: str, at: datetime) -> Found:
    """Ask one service for what is new; gives its documents, at least one, the newest items first.

    `contact` is the email address that the services want to know us by, `at` the present time. Raises FetchError,
    also when a later page fails: half an answer would pass for the whole, and nobody would ask for the rest again.
    """
    return await _SEARCHES[errand.feed.kind](errand, ask, contact, at)
