"""Reasons: words and what they add to a score, merged and cut short so that a person can read them."""

from collections.abc import Iterable
from typing import NamedTuple

from bulletin.classify.points import SLIGHT
from bulletin.model import Because, Origin

MOST = 8  # reasons shown; the last may be the sum of all that are left out
AGAINST = 2  # of the words that speak against a heading, so many are shown where they matter at all


class Reason(NamedTuple):
    """Words, what they add, and where that is known from."""

    words: str
    weight: float
    origin: Origin


Reasons = list[Reason]  # in no order


def merged(reasons: Iterable[Reason]) -> Reasons:
    """The same words once: what topic file and decisions say of them is summed, and goes by the weightier one."""
    found: dict[str, Reason] = {}
    for one in sorted(reasons, key=lambda one: (one.words, one.origin, one.weight)):
        key = one.words.casefold()
        other = found.get(key)
        if other is None:
            found[key] = one
        else:
            weightier = max(other, one, key=lambda reason: abs(reason.weight))
            found[key] = weightier._replace(weight=other.weight + one.weight)
    return list(found.values())


def scaled(reasons: Iterable[Reason], factor: float) -> Reasons:
    """Reasons in another measure."""
    return [one._replace(weight=one.weight * factor) for one in reasons]


def origin(reasons: Iterable[Reason]) -> Origin:
    """What weighs more: the words of the topic file, or those that decisions taught."""
    sums = dict.fromkeys(Origin, 0.0)
    for one in reasons:
        sums[one.origin] += one.weight
    return Origin.DECISIONS if sums[Origin.DECISIONS] > sums[Origin.TOPIC_FILE] else Origin.TOPIC_FILE


def because(reasons: Reasons, start: float = 0.0, most: int = MOST, against: int = AGAINST) -> tuple[Because, ...]:
    """The strongest reasons first, some that speak against it among them; what is left stands last, as one sum.

    `start` is the score before any word is read; it goes into that sum, so that all together are the score.
    """
    ordered = sorted(reasons, key=lambda one: (-abs(one.weight), one.words))
    telling = [one for one in ordered if abs(one.weight) >= SLIGHT]
    held_against = [one for one in telling if one.weight < 0][:against]
    rest = [one for one in telling if one not in held_against][: most - 1 - len(held_against)]
    shown = [one for one in ordered if one in held_against or one in rest]
    told = [Because(_told(one), one.weight) for one in shown]
    hidden = len(ordered) - len(shown)
    left = sum(one.weight for one in ordered) - sum(one.weight for one in shown) + start
    if not hidden and not start:
        return tuple(told)
    return (*told, Because(_rest(hidden, bool(start)), left))


def _told(one: Reason) -> str:
    return f"{one.words} (from decisions)" if one.origin is Origin.DECISIONS else one.words


def _rest(hidden: int, started: bool) -> str:
    """What the last sum is called: 3 other words."""
    words = f"{hidden} other word{'s' * (hidden != 1)}" if hidden else ""
    return " and ".join(filter(None, [words, "how often it is chosen" if started else ""]))
