"""What was missed: a random sample of the items that were put nowhere, and what it says of all of them."""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass

SIZE = 50  # items
_KEY = b"bulletin: the sample of what was put nowhere"
_DOUBT = 0.05  # the interval holds the truth 95 times in 100


@dataclass(frozen=True)
class Estimate:
    """Of `nowhere` items, about `missed` belonged somewhere, with 95 % confidence from `low` to `high`."""

    nowhere: int
    missed: int
    low: int
    high: int


def sample(ids: Iterable[str], size: int = SIZE) -> list[str]:
    """Choose items as if at random, and the same ones each time.

    The items with the smallest hash under a key are chosen, so that nobody can pick, and one more item changes the
    sample by one at most.
    """
    return sorted(ids, key=lambda one: hashlib.blake2b(one.encode("utf-8", "replace"), key=_KEY).digest())[:size]


def estimate(nowhere: int, looked_at: int, belonged: int) -> Estimate:
    """What a sample says of all: of `nowhere` items `looked_at` were judged, and `belonged` of those somewhere.

    The interval is the exact one of Clopper and Pearson (Biometrika 26, 1934, 404-413): the quantiles 0.025 of
    Beta(k, n - k + 1) and 0.975 of Beta(k + 1, n - k), for k of n. It ignores that few items are left to draw from,
    which makes it too wide rather than too narrow; what was judged is counted as it is.
    """
    if not 0 <= belonged <= looked_at <= nowhere or not looked_at:
        raise ValueError(f"a sample cannot have {belonged} of {looked_at} of {nowhere}")
    from scipy.special import betaincinv

    others = looked_at - belonged
    low = float(betaincinv(belonged, others + 1, _DOUBT / 2)) if belonged else 0.0
    high = float(betaincinv(belonged + 1, others, 1 - _DOUBT / 2)) if others else 1.0
    left = nowhere - looked_at
    return Estimate(
        nowhere,
        belonged + round(left * belonged / looked_at),
        belonged + math.floor(left * low),
        belonged + math.ceil(left * high),
    )
