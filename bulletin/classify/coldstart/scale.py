"""The scale: made from topics and decisions, it says how many points an item has for each topic, and which words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from bulletin.classify.coldstart.reading import Reader, is_whole, spoken
from bulletin.classify.coldstart.vectors import Rows, Vectors, read
from bulletin.classify.coldstart.weighed import Reasons, Weighed
from bulletin.classify.coldstart.weights import topic_weights
from bulletin.classify.text import rest, title
from bulletin.model import Decision, Item, Topic


class Scale:
    """Weighs items against topics; what it says of an item depends on no other item that is weighed with it."""

    def __init__(self, topics: Sequence[Topic], decided: Sequence[tuple[Item, Decision]]) -> None:
        topics = sorted(topics, key=lambda topic: topic.id)
        self._names = names = [topic.id for topic in topics]
        self._reader = Reader(topics)
        self._written = [self._reader.written(topic) for topic in topics]
        lessons = [self._reader.lessons(topic) for topic in topics]
        decided = sorted(decided, key=lambda pair: pair[0].id)
        past = read(self._reader, [item for item, _ in decided])
        under = np.array([[name in decision.topics for name in names] for _, decision in decided], dtype=bool)
        files = [[feature for lesson in file for feature in lesson] for file in lessons]
        seen = (feature for item in past for view in ("", *item.special()) for feature in item.by(view))
        self._vectors = Vectors(names, files, seen)
        self._taught = [frozenset(file) for file in files]
        self._weights = topic_weights(self._vectors, lessons, past, under.reshape(len(past), len(names)))

    def weigh(self, items: Sequence[Item]) -> list[Weighed]:
        """Weigh items."""
        rows = self._vectors.of(read(self._reader, items))
        every = rows.matrix @ self._weights.T
        table = every[rows.row, np.arange(len(self._names))].tolist()
        return [
            Weighed(
                item, dict(zip(self._names, table[number], strict=True)), partial(self._reasons, item, rows, number)
            )
            for number, item in enumerate(items)
        ]

    def _reasons(self, item: Item, rows: Rows, number: int, topic: str) -> Reasons:
        column = self._names.index(topic)
        features, values = rows.vector(number, column)
        points = values * self._weights[column, features]
        as_written = _as_written(item)
        return [
            (self._name(self._vectors.features[feature], column, as_written), float(points[n]))
            for n, feature in enumerate(features)
            if points[n]
        ]

    def _name(self, feature: str, topic: int, as_written: Mapping[str, str]) -> str:
        if is_whole(feature):
            return self._written[topic][feature]
        words = as_written[feature]
        return words if feature in self._taught[topic] else f"{words} (from decisions)"


@lru_cache(maxsize=1)  # an item's suggestions are explained one after the other
def _as_written(item: Item) -> dict[str, str]:
    """The words of an item by feature, as they stand there; the title's spelling before the summary's."""
    return spoken(rest(item)) | spoken(title(item))
