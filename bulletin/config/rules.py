"""What must hold between the parts of a file and between files: what is unique, and what refers to what.

The rules look at the documents and not at the shapes, so that one mistake in a file does not hide another.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from bulletin.config.addresses import web_address
from bulletin.config.document import Document, Place, Plain
from bulletin.config.values import line, nearest, quoted, slug, slugify, written
from bulletin.errors import Mistake
from bulletin.identity import canonical_url

TEMPLATE_FILES = ("bulletin.html.j2", "bulletin.txt.j2")

T = TypeVar("T", bound=Hashable)


def feed_rules(document: Document, topics: Collection[str]) -> Iterator[Mistake]:
    """Yield what is wrong between the feeds, and between them and the topics."""
    names = list(_readable(document.find("feeds", "*", "name"), lambda value: line(value).casefold()))
    urls = _readable(document.find("feeds", "*", "url"), _comparable)
    written_ids = _readable(document.find("feeds", "*", "id"), slug)
    made_ids = list(_ids_made_of_names(document))
    yield from _twice(document, names, "name")
    yield from _twice(document, urls, "address")
    yield from _twice(document, [*written_ids, *made_ids], "id (the name makes it where none is written)")
    yield from _no_id(document, made_ids)
    yield from _no_such_topic(document, topics, "feeds", "*", "topics", "*")


def topic_rules(documents: Iterable[Document]) -> Iterator[Mistake]:
    """Yield the names of topic files that cannot be ids."""
    for document in documents:
        try:
            slug(document.file.stem)
        except ValueError as error:
            yield Mistake(document.file, 0, f"the name of the file is the topic's id: {error}")


def bulletin_rules(document: Document, topics: Collection[str], templates: Path) -> Iterator[Mistake]:
    """Yield what is wrong between the bulletins, and between them, the topics and the templates."""
    yield from _twice(document, _readable(document.find("bulletins", "*", "id"), slug), "id")
    headings = _readable(document.find("bulletins", "*", "headings", "*"), slug)
    yield from _twice(document, _inside_their_bulletin(headings), "topic")
    lists = _readable(document.find("bulletins", "*", "lists", "*", "id"), slug)
    yield from _twice(document, _inside_their_bulletin(lists), "id")
    yield from _no_such_topic(document, topics, "bulletins", "*", "headings", "*")
    yield from _no_such_template(document, templates)


def _comparable(url: str) -> str:
    return canonical_url(web_address(url)) or url


def _readable(found: Iterable[tuple[Place, Plain]], read: Callable[[str], T]) -> Iterator[tuple[Place, T]]:
    """Yield what can be read; what cannot is a mistake that the shape has already told."""
    for place, value in found:
        try:
            yield place, read(written(value))
        except ValueError:
            continue


def _inside_their_bulletin(found: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, tuple[Place, str]]]:
    return ((place, (place[:2], value)) for place, value in found)


def _twice(document: Document, found: Iterable[tuple[Place, Hashable]], what: str) -> Iterator[Mistake]:
    first: dict[Hashable, Place] = {}
    for place, value in sorted(found, key=lambda pair: document.line(pair[0])):
        known = first.setdefault(value, place)
        if known != place:
            message = f"{_key(place)}: line {document.line(known)} has the same {what}: change one of them"
            yield document.mistake(place, message)


def _no_such_topic(document: Document, topics: Collection[str], *pattern: str) -> Iterator[Mistake]:
    for place, topic in _readable(document.find(*pattern), slug):
        if topic not in topics:
            hint = nearest(topic, topics) or f": write topics/{topic}.yaml, or take it out"
            yield document.mistake(place, f"{_key(place)}: there is no topic {quoted(topic)}{hint}")


def _no_such_template(document: Document, templates: Path) -> Iterator[Mistake]:
    folders = {path.name for path in templates.iterdir() if path.is_dir()}
    for place, name in _readable(_templates(document), slug):
        if name not in folders:
            hint = nearest(name, folders) or ": make it, or name another"
            yield document.mistake(place, f"template: there is no folder {quoted(name)} in templates{hint}")
            continue
        for file in TEMPLATE_FILES:
            if not (templates / name / file).is_file():
                yield document.mistake(place, f"template: the folder templates/{name} has no {file}: write one")


def _templates(document: Document) -> Iterator[tuple[Place, Plain]]:
    for place, one in document.find("bulletins", "*", "lists", "*"):
        if isinstance(one, dict):
            yield (*place, "template"), one.get("template") or "default"


def _ids_made_of_names(document: Document) -> Iterator[tuple[Place, str]]:
    """Yield them for feeds without an id; a name that came before is told as such, and not once more as an id."""
    known = set()
    for place, feed in document.find("feeds", "*"):
        name = feed.get("name") if isinstance(feed, dict) and feed.get("id") is None else None
        for at, value in _readable([((*place, "name"), name)], line):
            if value.casefold() not in known:
                known.add(value.casefold())
                yield at, slugify(value)


def _no_id(document: Document, made: Iterable[tuple[Place, str]]) -> Iterator[Mistake]:
    for place, value in made:
        try:
            slug(value)
        except ValueError:
            yield document.mistake(place, "name: no id can be made of it: add one, such as id: my-feed")


def _key(place: Place) -> str:
    return next(step for step in reversed(place) if isinstance(step, str))
