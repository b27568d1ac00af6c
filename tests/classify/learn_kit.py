"""A small world of invented texts for the estimator's tests: each label has words of its own among those of all."""

from collections.abc import Sequence

import numpy as np

WORDS = {
    "bread": ["oven", "yeast", "crust", "loaf", "flour", "knead", "sourdough", "baker", "rye", "starter"],
    "boats": ["keel", "rudder", "sail", "mast", "harbour", "tide", "anchor", "hull", "rigging", "skipper"],
    "bees": ["hive", "queen", "swarm", "honey", "nectar", "comb", "drone", "pollen", "apiary", "smoker"],
}
COMMON = [
    "the",
    "of",
    "new",
    "report",
    "about",
    "spring",
    "small",
    "this",
    "and",
    "with",
    "year",
    "people",
    "from",
    "work",
    "long",
]


def texts(labels: Sequence[str], seed: int = 0, own: int = 3, length: int = 12) -> list[str]:
    """One text a label: `own` of the label's words, the rest common."""
    random = np.random.default_rng(seed)
    made = []
    for label in labels:
        words = [*random.choice(WORDS[label], own), *random.choice(COMMON, length - own)]
        made.append(" ".join(random.permutation(words)))
    return made


def singles(number: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Texts with one label each."""
    labels = list(np.random.default_rng(seed + 100).choice(sorted(WORDS), number))
    return texts(labels, seed), labels


def several(number: int, seed: int = 0) -> tuple[list[str], list[frozenset[str]]]:
    """Texts with two labels, one or none."""
    random = np.random.default_rng(seed + 200)
    sets = [
        frozenset(random.choice(sorted(WORDS), random.integers(0, 3), replace=False).tolist()) for _ in range(number)
    ]
    made = [" ".join([*texts(sorted(labels), seed + n), *random.choice(COMMON, 6)]) for n, labels in enumerate(sets)]
    return made, sets
