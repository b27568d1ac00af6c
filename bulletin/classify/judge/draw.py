"""A few examples a label, drawn by a seed."""

from collections.abc import Sequence

import numpy as np

from bulletin.model import Example

_NOWHERE = ""


def draw(examples: Sequence[Example], shots: int, seed: int) -> list[Example]:
    """Draw so many examples of each label, without replacement, or all that there are; in the order given.

    Where a text has several labels it counts for each of them: the rarest label chooses first, and a later one draws
    only what it still lacks. Texts without labels are drawn as if that were one, or nothing would tell what belongs
    nowhere.
    """
    rng = np.random.default_rng(seed)
    with_label: dict[str, list[int]] = {}
    for place, example in enumerate(examples):
        for label in example.labels or (_NOWHERE,):
            with_label.setdefault(label, []).append(place)
    drawn = set[int]()
    for label in sorted(with_label, key=lambda label: (len(with_label[label]), label)):
        places = with_label[label]
        lacking = shots - sum(place in drawn for place in places)
        free = [place for place in rng.permutation(places).tolist() if place not in drawn]
        drawn.update(free[: max(0, lacking)])
    return [examples[place] for place in sorted(drawn)]


def part(examples: Sequence[Example], share: float, seed: int = 0) -> list[Example]:
    """A random part of the examples, at least one; a greater part holds every smaller one."""
    order = np.random.default_rng(seed).permutation(len(examples))
    return [examples[place] for place in sorted(order[: max(1, round(share * len(examples)))].tolist())]
