"""What an opinion is made with, as a short hash: when it changes, undecided items deserve another look."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from bulletin.classify.past import recent
from bulletin.model import Decision, Item, Topic

VERSION = 3  # raise it with every change to the classifier that can change an opinion


def recipe(
    topics: Sequence[Topic],
    decided: Sequence[tuple[Item, Decision]],
    hints: Mapping[str, tuple[str, ...]] | None = None,
) -> str:
    """The hash of classifier, topics, decisions and hints, whatever their order: 12 hexadecimal digits.

    A heading, an editor and the time of a decision change no opinion, so they do not count; but time tells which
    decisions are the newest, where there are more than topics are weighed on.
    """
    newest = {decided[place][0].id for place in recent(decided)}
    made_with = {
        "version": VERSION,
        "topics": sorted(_topic(topic) for topic in topics),
        "decided": sorted((*_decision(item, decision), item.id in newest) for item, decision in decided),
        "hints": sorted((feed, sorted(ids)) for feed, ids in (hints or {}).items()),
    }
    return hashlib.sha256(json.dumps(made_with).encode("ascii")).hexdigest()[:12]


def _topic(topic: Topic) -> tuple[object, ...]:
    threshold = "" if topic.threshold is None else repr(topic.threshold)
    return topic.id, sorted(topic.phrases), sorted(topic.not_phrases), sorted(topic.examples), threshold, topic.aim


def _decision(item: Item, decision: Decision) -> tuple[object, ...]:
    return item.id, item.title, item.summary, item.kind, item.categories, sorted(decision.topics)
