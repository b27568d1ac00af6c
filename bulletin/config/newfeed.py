"""A feed that is not in feeds.yaml yet, and how it is written there."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from urllib.parse import urlsplit

from bulletin.config.asked import SELECTORS, SOURCES
from bulletin.config.scalar import scalar
from bulletin.config.values import slug, slugify
from bulletin.identity import canonical_url
from bulletin.model import BY_HAND, Access, Feed, FeedKind, Rights, Selectors

_KEYS = {kind: key for key, kind in SOURCES.items()}
_LONGEST_NAME = 200
_LONGEST_HOST = 40  # in an id, which has room for 64 letters


@dataclass(frozen=True)
class NewFeed:
    """A feed to be added; what is empty is not written, and so has the file's usual default."""

    name: str
    asked: str  # what stands after the key of its kind: an address, a search, an ISSN, a mail folder
    kind: FeedKind = FeedKind.FEED
    selectors: Selectors | None = None
    id: str = ""
    every: str = ""  # as in the file: 6h, 1d
    rights: Rights | None = None
    access: Access | None = None
    topics: tuple[str, ...] = ()
    agent: str = ""

    def lines(self) -> list[str]:
        """Return its keys and values in the order of the documentation, without dash and indentation."""
        return [f"{key}: {value}" for key, value in self._values() if value]

    def _values(self) -> Iterator[tuple[str, str]]:
        yield "name", scalar(self.name)
        yield _KEYS[self.kind], scalar(self.asked)
        for key, field in SELECTORS.items():
            yield key, _if_any(getattr(self.selectors, field, ""))
        yield "id", _if_any(self.id)
        yield "every", _if_any(self.every)
        yield "rights", self.rights or ""
        yield "access", self.access or ""
        yield "topics", f"[{', '.join(map(scalar, self.topics))}]" if self.topics else ""
        yield "agent", _if_any(self.agent)


def distinct(feeds: Iterable[NewFeed], known: Iterable[Feed]) -> tuple[NewFeed, ...]:
    """Return those feeds that are not known yet, with names and ids that nobody has; for lists made elsewhere.

    A name that is taken is told apart by the host of its address. Names lose their control characters, and what is
    too long.
    """
    known = list(known)
    asked = {_comparable(feed.kind, feed.search or feed.url) for feed in known}
    names, ids = {feed.name.casefold() for feed in known}, {BY_HAND.id, *(feed.id for feed in known)}
    found = []
    for feed in feeds:
        if (key := _comparable(feed.kind, feed.asked)) in asked:
            continue
        asked.add(key)
        found.append(_named(feed, names, ids))
        names.add(found[-1].name.casefold())
        ids.add(found[-1].id or slugify(found[-1].name))
    return tuple(found)


def _if_any(value: str) -> str:
    return scalar(value) if value else ""


def _comparable(kind: FeedKind, asked: str) -> tuple[FeedKind, str]:
    return kind, canonical_url(asked) or " ".join(asked.split())


def _named(feed: NewFeed, names: Collection[str], ids: Collection[str]) -> NewFeed:
    host = _host(feed)
    name = _clean(feed.name) or host
    name = next(one for one in chain([name], _numbered(f"{name} ({host})")) if one.casefold() not in names)
    if feed.id or _is_free(slugify(name), ids):
        return replace(feed, name=name)
    made = (slugify(one) for one in _numbered(host[:_LONGEST_HOST]))
    return replace(feed, name=name, id=next(one for one in made if _is_free(one, ids)))


def _numbered(words: str) -> Iterator[str]:
    yield words
    yield from (f"{words} {number}" for number in count(2))


def _is_free(feed_id: str, ids: Collection[str]) -> bool:
    try:
        return slug(feed_id) not in ids
    except ValueError:
        return False


def _clean(name: str) -> str:
    kept = "".join(c for c in " ".join(name.split()) if unicodedata.category(c) not in {"Cc", "Cs"})
    return kept[:_LONGEST_NAME].strip()


def _host(feed: NewFeed) -> str:
    try:
        host = urlsplit(feed.asked).hostname
    except ValueError:  # a bracket that never closes; the address is refused later
        host = None
    return (host or str(feed.kind)).removeprefix("www.")
