"""How a topic reads a text: its own phrases whole, what it must not read left out, the rest word by word.

What comes out are features, as strings: a whole phrase stands in quotation marks, which no word has; the others are
one or two stems.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from bulletin.classify.coldstart.phrases import Found, Part, Phrase, Phrasebook, phrase
from bulletin.classify.common import GRAMMAR
from bulletin.classify.text import BREAK, Word, stem, words
from bulletin.model import Topic

Features = list[str]


@dataclass(frozen=True)
class Reading:
    """The features of one text: as every topic reads it that finds nothing of its own there, and as the others do."""

    length: int  # in words
    plain: Features
    special: Mapping[str, Features]  # by topic id

    def by(self, topic: str) -> Features:
        """The features that a topic sees."""
        return self.special.get(topic, self.plain)


@dataclass(frozen=True)
class Places:
    """What stands in each place of a text: the stem of a telling word, and its pair with the next one."""

    alone: list[str]
    pairs: list[str]

    @classmethod
    def of(cls, text: Sequence[Word]) -> "Places":
        """The places of a text; a break and a word that tells nothing leave theirs empty."""
        alone = [word.stem if _tells(word.stem) else "" for word in text]
        pairs = [f"{one} {two}" if one and two else "" for one, two in pairwise([*alone, ""])]
        return cls(alone, pairs)

    def without(self, taken: Collection[int]) -> Features:
        """The features that are left when some places are taken."""
        alone, pairs = list(self.alone), list(self.pairs)
        for place in taken:
            # Before the first place comes, by Python's counting, the last: its pair is empty anyway.
            alone[place] = pairs[place] = pairs[place - 1] = ""
        return [feature for feature in chain(alone, pairs) if feature]


class Reader:
    """Reads texts on behalf of topics."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._wanted = {topic.id: {phrase(one): one for one in sorted(topic.phrases)} for topic in topics}
        self._unwanted = {topic.id: frozenset(map(phrase, topic.not_phrases)) for topic in topics}
        self._owners: dict[Phrase, set[str]] = defaultdict(set)
        for topic in topics:
            for one in (*self._wanted[topic.id], *self._unwanted[topic.id]):
                self._owners[one].add(topic.id)
        self._book = Phrasebook(self._owners)

    def read(self, text: Sequence[Word]) -> Reading:
        """The features of a text, for every topic."""
        found = self._book.find(text)
        touched = sorted({topic for one in found for topic in self._owners[one.phrase]})
        places = Places.of(text)
        special = {topic: self._read_for(topic, places, found) for topic in touched}
        return Reading(sum(word is not BREAK for word in text), places.without(()), special)

    def lessons(self, topic: Topic) -> list[Features]:
        """What a topic's own file teaches: the features of each phrase and of each example."""
        phrases = [one for one in self._wanted[topic.id] if one]
        taught = [[whole(one), *Places.of([_as_word(part) for part in one]).without(())] for one in phrases]
        return taught + [self.read(words(example)).by(topic.id) for example in topic.examples]

    def written(self, topic: Topic) -> dict[str, str]:
        """A topic's whole phrases as its file has them, by feature."""
        return {whole(one): written for one, written in self._wanted[topic.id].items()}

    def _read_for(self, topic: str, places: Places, found: Sequence[Found]) -> Features:
        """Take out what the topic must not read, then its phrases, longest first; what is left goes word by word."""
        taken = {place for one in found if one.phrase in self._unwanted[topic] for place in one.places}
        features = []
        for one in sorted(found, key=lambda one: (-len(one.phrase), one.start)):
            if one.phrase in self._wanted[topic] and taken.isdisjoint(one.places):
                taken.update(one.places)
                features.append(whole(one.phrase))
        return features + places.without(taken)


def whole(one: Phrase) -> str:
    """The feature of a whole phrase."""
    return '"' + " ".join(part.text + "*" * part.open for part in one) + '"'


def is_whole(feature: str) -> bool:
    """Whether a feature is a whole phrase."""
    return feature.startswith('"')


def spoken(text: Sequence[Word]) -> dict[str, str]:
    """The features of a text with the words as they are written there."""
    places, written = Places.of(text), [word.written for word in text]
    pairs = {pair: " ".join(written[n : n + 2]) for n, pair in enumerate(places.pairs)}
    return pairs | dict(zip(places.alone, written, strict=True))


def _as_word(part: Part) -> Word:
    return Word(part.text, part.text, stem(part.text))


def _tells(stem: str) -> bool:
    return len(stem) > 1 and stem not in GRAMMAR and not stem.isdigit()
