"""Add: what a person brings by hand: a link, a DOI, or a file of references."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bulletin import identity
from bulletin.errors import FeedError, InputError
from bulletin.fetch import Fetcher
from bulletin.fetch.searches import by_doi
from bulletin.jobs.desk import FROM_FILE, Desk
from bulletin.jobs.enrich import ask
from bulletin.model import BY_HAND, Feed, Fetched, Item, Outcome, Service, Validators, Visit
from bulletin.parse import Parsed

_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
MOST_BYTES = 10_000_000  # of a file of references


@dataclass(frozen=True)
class Brought:
    """What a person brought, as it stands on the shelves now."""

    items: tuple[Item, ...]
    new: int  # of those, the ones that nobody had brought before
    warning: str = ""


def add(desk: Desk, what: str) -> Brought:
    """Bring in one link or DOI.

    A DOI is asked of Crossref, then of Europe PMC, then of the page that it leads to. Raises FetchError or ParseError
    when nothing can be found out, and InputError when it is neither a link nor a DOI.
    """
    what = what.strip()
    doi = identity.doi(what)
    is_link = what.lower().startswith(("http://", "https://"))
    if not (is_link or doi):
        raise InputError(f"{what[:80]!r} is neither a web address nor a DOI: give https://... or 10.1234/...")
    with desk.fetcher as fetcher:
        if is_link and not _RESOLVER.match(what):
            item = _from_page(desk, fetcher, what)  # whose address may hold another's DOI
        else:
            item = _by_doi(desk, fetcher, doi) or _from_page(desk, fetcher, f"https://doi.org/{quote(doi)}")
    brought = _shelve(desk, BY_HAND, what, [item])
    ask(desk, [(item, Service.UNPAYWALL) for item in brought.items if item.doi])
    return brought


def bring(desk: Desk, file: Path) -> Brought:
    """Bring in a file of references, RIS or nbib: an evidence search, say."""
    if file.stat().st_size > MOST_BYTES:
        raise InputError(f"{file}: more than {MOST_BYTES // 1_000_000} MB: export the search in parts")
    feed = Feed(FROM_FILE + file.name, file.name, "")
    fetched = Fetched(feed, "", "", file.read_bytes(), Validators(), desk.now())
    parsed = desk.readers.call("references", Parsed, fetched).result()
    return _shelve(desk, feed, file.name, parsed.items, parsed.warning)


def _by_doi(desk: Desk, fetcher: Fetcher, doi: str) -> Item | None:
    for service in (Service.CROSSREF, Service.EUROPEPMC) if doi else ():
        base = getattr(desk.config.services, service.name.lower())
        try:
            answer = fetcher.document(by_doi(service, base, doi, desk.config.library.email))
            found: Item | None = desk.readers.call("work", Item | None, answer, service=service, doi=doi).result()
        except FeedError:
            continue  # the next one may know it, and the page has the last word
        if found and found.title:
            return found
    return None


def _from_page(desk: Desk, fetcher: Fetcher, url: str) -> Item:
    """What a page says of itself; an article's page that names its DOI is asked of the services first."""
    item: Item = desk.readers.call("landing", Item, fetcher.document(url)).result()
    return (_by_doi(desk, fetcher, item.doi) or item) if item.doi else item


def _shelve(desk: Desk, feed: Feed, what: str, items: Sequence[Item], warning: str = "") -> Brought:
    visit = Visit(feed.id, desk.now(), Outcome.OK, what, message=warning)
    intake = desk.store.items.shelve(visit, items)
    shelved = desk.store.items.list(ids=intake.all)
    return Brought(tuple(shelved), len(intake.new), warning)
