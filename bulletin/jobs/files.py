"""Files: what editors change in topics, feeds and bulletins from their desk, and how what is there does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bulletin.classify import judge as room
from bulletin.config import feedsfile, filechange, topicfile
from bulletin.config.feedsfile import NewFeed
from bulletin.config.filechange import Change
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk, apart
from bulletin.jobs.people.record import record
from bulletin.jobs.sources import Trial, try_address
from bulletin.jobs.today import LATELY
from bulletin.jobs.whatif import WhatIf, what_if
from bulletin.model import Classification, Decision, Topic, TopicKept

_LONGEST = 4_000  # letters of a change that the record keeps


@dataclass(frozen=True)
class Standing:
    """How a topic does."""

    topic: Topic
    bulletins: tuple[str, ...]  # titles of those that carry it
    suggested: int  # of the items looked at in the last 90 days, as the last look has it
    kept: TopicKept | None  # what editors made of its suggestions in 90 days; None before the first decision


def standings(desk: Desk) -> list[Standing]:
    """How each topic does, by heading."""
    counts = desk.store.suggestions.counts(desk.now() - LATELY)
    kept = {one.topic: one for one in room.by_topic(ruled(desk, desk.now() - LATELY))}
    found = [
        Standing(
            topic,
            tuple(bulletin.title for bulletin in desk.config.bulletins if topic.id in bulletin.headings),
            counts.get(topic.id, 0),
            kept.get(topic.id),
        )
        for topic in desk.config.topics
    ]
    return sorted(found, key=lambda one: one.topic.heading.casefold())


def ruled(desk: Desk, since: datetime | None = None) -> list[tuple[Classification, Decision]]:
    """Every decision with what was suggested before it, or those on items first seen since then.

    Those made before the first look are left out.
    """
    looks = desk.store.suggestions.when_decided(since)
    rulings = desk.store.decisions.latest(None if since is None else looks)
    return [(looks[item], rulings[item]) for item in sorted(rulings) if item in looks]


def would_move(desk: Desk, change: Change) -> WhatIf:
    """What a change to a topic's file, or a new one, would move, of all that a bulletin can still print.

    It takes seconds where there are many items.
    """
    since = desk.now() - max(bulletin.window for bulletin in desk.config.bulletins)
    return what_if(desk, topicfile.topic(change), since=since)


def save(desk: Desk, who: str, did: str, what: str, change: Change) -> None:
    """Make a change to a file, and write into the record who did it and which lines went out and came in.

    A change that changes nothing is passed over. Raises ChangedError and OutputError, and then nothing is written.
    """
    if change.is_nothing:
        return
    filechange.write(change)
    record(desk, who, did, what, *(_lines(change, sign) for sign in "-+"))


def add_feed(desk: Desk, who: str, feed: NewFeed) -> str:
    """Write a feed into feeds.yaml and into the record; gives its id.

    Raises InputError when it is there already or would be a mistake, and what `save` raises.
    """
    new = feedsfile.distinct([feed], desk.config.feeds)
    if not new:
        raise InputError("this address is among the feeds already")
    (feed_id,) = feedsfile.append(desk.config.folder, new)
    record(desk, who, "added the feed", feed_id, after="\n".join(new[0].lines())[:_LONGEST])
    return feed_id


def try_feed(desk: Desk, url: str) -> Sequence[Trial]:
    """What an address would bring, while somebody else may be trying another; raises what `try_address` raises."""
    return try_address(apart(desk), url)


def _lines(change: Change, sign: str) -> str:
    return "\n".join(words for kind, words in change.lines if kind == sign)[:_LONGEST]
