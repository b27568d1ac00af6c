"""What a service answers about one DOI."""

from dataclasses import replace

from bulletin.model import Fetched, Item, Service
from bulletin.parse import crossref, europepmc, unpaywall
from bulletin.parse.items import build
from bulletin.parse.raw import RawFeed

_READERS = {Service.CROSSREF: crossref.work, Service.EUROPEPMC: europepmc.work}


def work(fetched: Fetched, service: str, doi: str) -> Item | None:
    """Only what the service knows, all else empty; None when it knows nothing of this DOI.

    `service` is one of Service; the item has no keys, because no feed brought it. Raise ParseError when the answer
    is none, which is not the same as knowing nothing.
    """
    if service == Service.UNPAYWALL:
        return unpaywall.work(fetched.body, doi)
    entry = _READERS[Service(service)](fetched.body, doi)
    found = build(RawFeed((entry,)), fetched) if entry else []
    return _bare(found[0], has_title=bool(entry and entry.title.text)) if found else None


def _bare(item: Item, *, has_title: bool) -> Item:
    """Without what stands in where an entry says nothing, and without what holds inside a feed only."""
    return replace(item, title=item.title if has_title else "", guid="", keys=())
