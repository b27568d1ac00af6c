"""Finding the same thing told twice: `classify.alike` beside the baseline, the same normal title.

On two labelled samples, and on 1,000 new items among 20,000 known ones. `benchmarks/alike.py curve` shows what other
thresholds would do.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "classify"))

from alike_samples import SHARED, Sample, invented, real

from bulletin.classify import alike
from bulletin.classify.same import verdict
from bulletin.identity import normal_title
from bulletin.model import Item

Found = set[frozenset[str]]
NEW, KNOWN = 1_000, 20_000
WORDS_OF_TITLE, WORDS_OF_TEXT = 10, 70


def ours(items: tuple[Item, ...]) -> Found:
    """Pairs that the classify room finds."""
    return {frozenset((pair.a, pair.b)) for pair in alike(items, [])}


def by_title(items: tuple[Item, ...]) -> Found:
    """Pairs of the same normal title."""
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(normal_title(item.title), []).append(item.id)
    return {frozenset(pair) for ids in groups.values() for pair in combinations(ids, 2)}


def judge(name: str, sample: Sample, find: Callable[[tuple[Item, ...]], Found]) -> None:
    """Print recall and false merges, and how many pairs were found in all."""
    began = time.perf_counter()
    found = find(sample.items)
    seconds = time.perf_counter() - began
    hits: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for pair in sample.pairs:
        kind = "false" if pair.label == "different" else "retold" if pair.kind == "retold" else "same"
        all_[kind] += 1
        hits[kind] += frozenset((pair.one, pair.other)) in found
    told = "  ".join(f"{kind} {hits[kind]:3} of {all_[kind]:3}" for kind in ("same", "retold", "false"))
    print(f"  {name:12} {told}  in all {len(found):4}  {seconds:5.1f} s")


def crowd(sample: Sample) -> tuple[Item, ...]:
    """Items that nobody wrote, out of the words of the sample, over sixty days."""
    chance = random.Random(3)
    words = " ".join(f"{item.title} {item.summary}" for item in sample.items).replace("<p>", "").split()
    start = sample.items[0].date
    return tuple(
        Item(
            " ".join(chance.choices(words, k=WORDS_OF_TITLE)),
            id=f"{number}",
            summary=" ".join(chance.choices(words, k=WORDS_OF_TEXT)),
            first_seen=start + timedelta(hours=chance.randrange(60 * 24)),
            feeds=(f"feed {number % 300}",),
        )
        for number in range(NEW + KNOWN)
    )


def race(items: tuple[Item, ...]) -> None:
    """Print how long 1,000 new items among 20,000 known ones take, of which 100 are copies."""
    copies = [
        replace(item, id=f"copy {item.id}", feeds=("copyist",), title=f"Today: {item.title}") for item in items[:100]
    ]
    new = (*items[KNOWN:-100], *copies)
    began = time.perf_counter()
    pairs = alike(new, items[:KNOWN])
    print(f"{len(new):,} new among {KNOWN:,} known: {time.perf_counter() - began:.1f} s, {len(pairs)} pairs of 100")


def main() -> None:
    """Measure both samples, then speed; or the samples at other thresholds."""
    samples = {"invented": invented()} | ({"real feeds": real()} if SHARED.is_dir() else {})
    thresholds = [step / 20 for step in range(8, 19)] if sys.argv[1:] == ["curve"] else [verdict.SAME]
    for name, sample in samples.items():
        print(f"{name}: {len(sample.items):,} items, {len(sample.pairs)} labelled pairs")
        judge("same title", sample, by_title)
        for threshold in thresholds:
            verdict.SAME = threshold
            judge(f"ours, {threshold:.2f}", sample, ours)
    if len(thresholds) == 1:
        race(crowd(samples["invented"]))


if __name__ == "__main__":
    main()
