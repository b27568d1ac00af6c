"""How long `bulletin classify` takes in a newsroom that has decided much.

10,000 decisions, 40 headings, 500 new items, all of it generated.
`benchmarks/learning.py 2000` takes another number of decisions.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bulletin import config, jobs
from bulletin.model import Decision, Item, Outcome, Topic, Visit

HEADINGS, NEW, WORDS = 40, 500, 130
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SYLLABLES = [consonant + vowel for consonant in "bdfklmnprstv" for vowel in "aeiou"]


class World:
    """Headings with words of their own, and items out of these and of words that everybody uses."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.common = [self.word() for _ in range(20_000)]
        self.often = [1 / (rank + 10) for rank in range(len(self.common))]  # Zipf's law
        self.own = [[self.word() for _ in range(60)] for _ in range(HEADINGS)]
        self.topics = tuple(
            Topic(f"topic-{number:02}", f"Topic {number}", tuple(own[:12]), examples=(" ".join(own[12:20]),))
            for number, own in enumerate(self.own)
        )

    def word(self) -> str:
        """A word that nobody knows."""
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def items(self, first: int, number: int) -> Iterator[tuple[Item, tuple[str, ...]]]:
        """Items with the headings that they belong under: mostly one, sometimes two or none."""
        for name in range(first, first + number):
            chosen = self.random.sample(range(HEADINGS), k=self.random.choice((0, 0, 0, 1, 1, 1, 1, 1, 1, 2)))
            words = self.random.choices(self.common, self.often, k=WORDS - 12 * len(chosen))
            words += [word for topic in chosen for word in self.random.choices(self.own[topic], k=12)]
            self.random.shuffle(words)
            item = Item(title=" ".join(words[:10]), summary=" ".join(words[10:]), url=f"https://example.org/{name}")
            yield item, tuple(f"topic-{topic:02}" for topic in chosen)


def shelve(desk: jobs.Desk, made: list[tuple[Item, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Shelve items; gives their headings by id."""
    new = desk.store.items.shelve(Visit("generated", NOON, Outcome.OK), [item for item, _ in made]).new
    return dict(zip(new, (topics for _, topics in made), strict=True))


def timed(what: str, desk: jobs.Desk) -> None:
    """Classify, and print how long it took."""
    began = time.perf_counter()
    tally = jobs.classify(desk)
    seconds = time.perf_counter() - began
    print(f"  {what:40} {seconds:6.1f} s for {tally.looked_at} items, {tally.suggested} with a heading", flush=True)


def main(decisions: int) -> None:
    """Run it in a newsroom that is thrown away."""
    world = World()
    with tempfile.TemporaryDirectory() as folder:
        config.init(Path(folder) / "newsroom")
        made = replace(config.load(Path(folder) / "newsroom", {}), topics=world.topics, feeds=())
        with jobs.open_desk(made) as desk:
            print(f"{decisions} decisions, {HEADINGS} headings, items of {WORDS} words")
            known = shelve(desk, list(world.items(0, decisions)))
            timed("on the first day, without decisions", desk)
            for number, (item, topics) in enumerate(known.items()):
                desk.store.decisions.add(Decision(item, topics, "generated", NOON + timedelta(seconds=number)))
            shelve(desk, list(world.items(decisions, NEW)))
            timed("learning, and looking at what is new", desk)
            shelve(desk, list(world.items(decisions + NEW, NEW)))
            timed("the same again, from what was kept", desk)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
