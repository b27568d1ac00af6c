"""Drafts, items and standings as small as they can be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bulletin.model import Bulletin, Edition, Item, Placed, Schedule, Section, Standing, Topic
from bulletin.review import Around

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOPICS = {name: Topic(name, name.title()) for name in ("policy", "finance", "greener", "elsewhere")}
HEADINGS = ("policy", "finance", "greener")
BULLETIN = Bulletin("update", "Update", HEADINGS, Schedule("0 9 * * mon", "UTC"), timedelta(days=30), 3, False, ())  # noqa: FBT003
KEEPING = replace(BULLETIN, keep_empty=True)


def item(name: str) -> Item:
    return Item(name.upper(), id=name, first_seen=NOON)


def draft(held_over: str = "", **sections: str) -> Edition:
    """A draft with an item for each letter, by topic, and items of `greener` that are held over."""
    inside = {topic: tuple(Placed(item(name)) for name in sections.get(topic, "")) for topic in HEADINGS}
    waiting = {"greener": tuple(map(item, held_over))}
    shown = tuple(
        Section(topic, topic.title(), items, waiting.get(topic, ()))
        for topic, items in inside.items()
        if items or waiting.get(topic)
    )
    return Edition("update-2026-11-22", "update", 1, date(2026, 11, 22), date(2026, 10, 23), shown)


def letters(edition: Edition) -> dict[str, str]:
    """What a draft prints: the letters under each topic, in order."""
    return {section.topic: "".join(placed.item.id for placed in section.items) for section in edition.sections}


def around(suggested: tuple[str, ...] = (), **places: str) -> Around:
    return Around(HEADINGS, suggested, {topic: tuple(names) for topic, names in places.items()})


def at(place: str, position: int = 0, **more) -> Standing:
    return Standing(place=place, position=position, **more)
