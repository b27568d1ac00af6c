"""What editors did with what stood there when they decided."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bulletin.model import Classification, Decision, MonthKept, TopicKept

Ruled = Sequence[tuple[Classification, Decision]]  # a ruling, with the look that the editor could see


def month(at: datetime) -> str:
    """The month of a moment, in UTC: 2026-11."""
    return f"{at.astimezone(UTC):%Y-%m}"


def by_month(ruled: Ruled) -> tuple[MonthKept, ...]:
    """What was kept, moved, discarded and added in each month of decisions, the newest last."""
    months = defaultdict[str, Counter[str]](Counter)
    for look, decision in ruled:
        months[month(decision.at)].update(_done(look, decision))
    names = ("kept", "moved", "discarded", "added", "exact")
    return tuple(
        MonthKept(one, months[one]["items"], *(months[one][name] for name in names)) for one in sorted(months)
    )


def _done(look: Classification, decision: Decision) -> list[str]:
    """What a decision made of the suggestions of an item."""
    suggested = [suggestion.topic for suggestion in look.suggestions]
    if set(suggested) == set(decision.topics):
        return ["items", "kept", "exact"]
    if not suggested:
        return ["items", "added"]
    if not decision.topics:
        return ["items", "discarded"]
    return ["items", "kept" if suggested[0] in decision.topics else "moved"]


def by_topic(ruled: Ruled) -> tuple[TopicKept, ...]:
    """What was suggested for each topic and what was decided, the most decided first."""
    return topics_kept(({one.topic for one in look.suggestions}, {*decision.topics}) for look, decision in ruled)


def topics_kept(pairs: Iterable[tuple[set[str], set[str]]]) -> tuple[TopicKept, ...]:
    """Count topics from sets that were suggested and sets that were decided."""
    suggested, decided, both = Counter[str](), Counter[str](), Counter[str]()
    for theirs, ours in pairs:
        suggested.update(theirs)
        decided.update(ours)
        both.update(theirs & ours)
    names = sorted({*suggested, *decided}, key=lambda name: (-decided[name], name))
    return tuple(TopicKept(name, suggested[name], decided[name], both[name]) for name in names)
