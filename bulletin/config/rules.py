"""What must hold between the parts of a file and between files: what is unique, and what refers to what.

The rules look at the documents and not at the shapes, so that one mistake in a file does not hide another.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from bulletin.config.document import Document, Place, Plain
from bulletin.config.values import nearest, quoted, slug, written
from bulletin.errors import Mistake

TEMPLATE_FILES = ("bulletin.html.j2", "bulletin.txt.j2")

T = TypeVar("T", bound=Hashable)


def topic_rules(documents: Iterable[Document]) -> Iterator[Mistake]:
    """Yield the names of topic files that cannot be ids."""
    for document in documents:
        try:
            slug(document.file.stem)
        except ValueError as error:
            yield Mistake(document.file, 0, f"the name of the file is the topic's id: {error}")


def bulletin_rules(document: Document, topics: Collection[str], templates: Path) -> Iterator[Mistake]:
    """Yield what is wrong between the bulletins, and between them, the topics and the templates."""
    yield from twice(document, readable(document.find("bulletins", "*", "id"), slug), "id")
    headings = readable(document.find("bulletins", "*", "headings", "*"), slug)
    yield from twice(document, _inside_their_bulletin(headings), "topic")
    lists = readable(document.find("bulletins", "*", "lists", "*", "id"), slug)
    yield from twice(document, _inside_their_bulletin(lists), "id")
    yield from no_such_topic(document, topics, "bulletins", "*", "headings", "*")
    yield from _no_such_template(document, templates)


def readable(found: Iterable[tuple[Place, Plain]], read: Callable[[str], T]) -> Iterator[tuple[Place, T]]:
    """Yield what can be read; what cannot is a mistake that the shape has already told."""
    for place, value in found:
        try:
            yield place, read(written(value))
        except ValueError:
            continue


def _inside_their_bulletin(found: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, tuple[Place, str]]]:
    return ((place, (place[:2], value)) for place, value in found)


def twice(document: Document, found: Iterable[tuple[Place, Hashable]], what: str) -> Iterator[Mistake]:
    """Tell every value that stood on a line before; `what` names it in the sentence."""
    first: dict[Hashable, Place] = {}
    for place, value in sorted(found, key=lambda pair: document.line(pair[0])):
        known = first.setdefault(value, place)
        if known != place:
            message = f"{_key(place)}: line {document.line(known)} has the same {what}: change one of them"
            yield document.mistake(place, message)


def no_such_topic(document: Document, topics: Collection[str], *pattern: str) -> Iterator[Mistake]:
    """Tell every topic that no file defines."""
    for place, topic in readable(document.find(*pattern), slug):
        if topic not in topics:
            hint = nearest(topic, topics) or f": write topics/{topic}.yaml, or take it out"
            yield document.mistake(place, f"{_key(place)}: there is no topic {quoted(topic)}{hint}")


def _no_such_template(document: Document, templates: Path) -> Iterator[Mistake]:
    folders = {path.name for path in templates.iterdir() if path.is_dir()}
    for place, name in readable(_templates(document), slug):
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


def _key(place: Place) -> str:
    return next(step for step in reversed(place) if isinstance(step, str))
