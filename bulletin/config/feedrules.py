"""What must hold inside a feed, between the feeds, and between them and the topics."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from pathlib import Path

from bulletin.config.addresses import web_address
from bulletin.config.asked import SELECTORS, SOURCES, is_folder, issn, mail_folder, search
from bulletin.config.document import Document, Place, Plain
from bulletin.config.rules import no_such_topic, readable, twice
from bulletin.config.values import line, listed, slug, slugify
from bulletin.errors import Mistake
from bulletin.identity import canonical_url
from bulletin.model import BY_HAND

NO_MAILBOX = (
    "mail: there is no mailbox to look in: set BULLETIN_IMAP_URL=imaps://user:password@host, "
    "or end the name with / if it is a folder of .eml files"
)


def feed_rules(document: Document, topics: Collection[str], workspace: Path, mailbox: bool) -> Iterator[Mistake]:
    """Yield what is wrong with the feeds; `mailbox` tells whether the environment names one."""
    names = readable(document.find("feeds", "*", "name"), lambda value: line(value).casefold())
    written_ids = list(readable(document.find("feeds", "*", "id"), slug))
    made_ids = list(_ids_made_of_names(document))
    yield from twice(document, names, "name")
    yield from _asked_twice(document)
    yield from twice(document, [*written_ids, *made_ids], "id (the name makes it where none is written)")
    yield from _no_id(document, made_ids)
    yield from _taken_ids(document, [*written_ids, *made_ids])
    yield from no_such_topic(document, topics, "feeds", "*", "topics", "*")
    for place, feed in document.find("feeds", "*"):
        if isinstance(feed, dict):
            yield from _source_rules(document, place, feed)
            yield from _page_rules(document, place, feed)
    if not mailbox:
        yield from _no_mailbox(document, workspace)


def _source_rules(document: Document, place: Place, feed: dict[str, Plain]) -> Iterator[Mistake]:
    """Every feed says in exactly one way where to look."""
    there = [key for key in feed if key in SOURCES]
    first, *others = [key for key in there if feed[key] is not None] or [""]
    for key in others:
        line_of_first = document.line((*place, first))
        message = f"{key}: a feed is asked in one way, and line {line_of_first} says {first}: keep one of them"
        yield document.mistake((*place, key), message)
    if there and not first:
        yield document.mistake((*place, there[0]), f"{there[0]}: has no value: write one after the colon")
    elif not first:
        yield document.mistake(place, f"a feed must say where to look: write one of {listed(SOURCES)}")


def _page_rules(document: Document, place: Place, feed: dict[str, Plain]) -> Iterator[Mistake]:
    """A page says where its items stand, and nothing else does."""
    asked = [key for key in SOURCES if feed.get(key) is not None]
    given = [key for key in SELECTORS if feed.get(key) is not None]
    if "page" in asked and "items" not in given:
        at = "items" if "items" in feed else "page"
        message = 'items is missing: a page needs it: type "bulletin feeds try ADDRESS", which proposes it'
        yield document.mistake((*place, at), message)
    elif "page" not in asked and (asked or "page" not in feed):
        for key in given:
            message = f"{key}: says where something stands on a web page, and this feed has no page: take it out"
            yield document.mistake((*place, key), message)


def _no_mailbox(document: Document, workspace: Path) -> Iterator[Mistake]:
    for place, folder in readable(document.find("feeds", "*", "mail"), mail_folder):
        if not is_folder(workspace, folder):
            yield document.mistake(place, NO_MAILBOX)


def _asked_twice(document: Document) -> Iterator[Mistake]:
    """Tell what would be asked twice; the same page may hold two lists of items."""
    found = document.find
    yield from twice(document, readable(found("feeds", "*", "url"), _comparable), "address")
    yield from twice(document, _pages(document), "address and items")
    for key, read, what in _ASKED:
        yield from twice(document, readable(found("feeds", "*", key), read), what)


def _pages(document: Document) -> Iterator[tuple[Place, Hashable]]:
    items = dict(readable(document.find("feeds", "*", "items"), line))
    for place, address in readable(document.find("feeds", "*", "page"), _comparable):
        yield place, (address, items.get((*place[:-1], "items")))


def _comparable(url: str) -> str:
    return canonical_url(web_address(url)) or url


_ASKED: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("pubmed", lambda value: search(value).casefold(), "search"),
    ("europepmc", lambda value: search(value).casefold(), "search"),
    ("crossref", issn, "journal"),
    ("mail", lambda value: mail_folder(value).rstrip("/"), "folder"),
)


def _ids_made_of_names(document: Document) -> Iterator[tuple[Place, str]]:
    """Yield them for feeds without an id; a name that came before is told as such, and not once more as an id."""
    known = set()
    for place, feed in document.find("feeds", "*"):
        name = feed.get("name") if isinstance(feed, dict) and feed.get("id") is None else None
        for at, value in readable([((*place, "name"), name)], line):
            if value.casefold() not in known:
                known.add(value.casefold())
                yield at, slugify(value)


def _no_id(document: Document, made: Iterable[tuple[Place, str]]) -> Iterator[Mistake]:
    for place, value in made:
        try:
            slug(value)
        except ValueError:
            yield document.mistake(place, "name: no id can be made of it: add one, such as id: my-feed")


def _taken_ids(document: Document, ids: Iterable[tuple[Place, str]]) -> Iterator[Mistake]:
    for place, value in ids:
        if value == BY_HAND.id:
            message = f"the id {value} is kept for what people add one by one: write another, such as id: my-feed"
            yield document.mistake(place, f"{place[-1]}: {message}")
