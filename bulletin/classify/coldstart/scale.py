"""The scale: made from topics and decisions, it says how many points an item has for each topic, and which words."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.coldstart.reading import Reader, is_whole, spoken
from bulletin.classify.coldstart.vectors import Rows, Vectors, read
from bulletin.classify.coldstart.weighed import Weighed
from bulletin.classify.coldstart.weights import topic_weights
from bulletin.classify.reasons import Reason, Reasons
from bulletin.classify.text import rest, title
from bulletin.model import Decision, Item, Origin, Topic


class Scale:
    """Weighs items against topics; what it says of an item depends on no other item that is weighed with it."""

    def __init__(self, topics: Sequence[Topic], decided: Sequence[tuple[Item, Decision]]) -> None:
        topics = sorted(topics, key=lambda topic: topic.id)
        self._names = names = [topic.id for topic in topics]
        self._reader = Reader(topics)
        self._written = [self._reader.written(topic) for topic in topics]
        lessons = [self._reader.lessons(topic) for topic in topics]
        past = read(self._reader, [item for item, _ in decided])
        under = np.array([[name in decision.topics for name in names] for _, decision in decided], dtype=bool)
        files = [[feature for lesson in file for feature in lesson] for file in lessons]
        self._vectors = Vectors(names, files, (item.by(view) for item in past for view in ("", *item.special())))
        self._taught = [frozenset(file) for file in files]
        self._past = self._vectors.of(past)
        self._lessons = lessons
        self._weights = topic_weights(self._vectors, lessons, self._past, under.reshape(len(past), len(names)))

    @cached_property
    def _by_file(self) -> NDArray[np.float64]:
        nothing = np.zeros((0, len(self._names)), dtype=bool)
        return topic_weights(self._vectors, self._lessons, self._vectors.of(()), nothing)

    def rely_on_files(self, topics: Collection[str]) -> None:
        """Count no decisions for these topics from now on: something else has learned from them."""
        for column, name in enumerate(self._names):
            if name in topics:
                self._weights[column] = self._by_file[column]

    def past(self) -> NDArray[np.float64]:
        """The points of the decided items by what the files say alone: decided × topics, these sorted by id."""
        return self._points(self._past, self._by_file)

    def weigh(self, items: Sequence[Item]) -> list[Weighed]:
        """Weigh items."""
        rows = self._vectors.of(read(self._reader, items))
        table = self._points(rows, self._weights).tolist()
        return [
            Weighed(
                item, dict(zip(self._names, table[number], strict=True)), partial(self._reasons, item, rows, number)
            )
            for number, item in enumerate(items)
        ]

    def _points(self, rows: Rows, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        every = rows.matrix @ weights.T
        return np.asarray(every[rows.row, np.arange(len(self._names))])

    def _reasons(self, item: Item, rows: Rows, number: int, topic: str) -> Reasons:
        column = self._names.index(topic)
        features, values = rows.vector(number, column)
        points = values * self._weights[column, features]
        as_written = _as_written(item)
        return [
            self._reason(self._vectors.features[feature], column, as_written, float(points[n]))
            for n, feature in enumerate(features)
            if points[n]
        ]

    def _reason(self, feature: str, topic: int, as_written: Mapping[str, str], points: float) -> Reason:
        words = self._written[topic][feature] if is_whole(feature) else as_written[feature]
        return Reason(words, points, Origin.TOPIC_FILE if feature in self._taught[topic] else Origin.DECISIONS)


@lru_cache(maxsize=1)  # an item's suggestions are explained one after the other
def _as_written(item: Item) -> dict[str, str]:
    """The words of an item by feature, as they stand there; the title's spelling before the summary's."""
    return spoken(rest(item)) | spoken(title(item))
