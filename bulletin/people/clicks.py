"""Whose clicks count: people's, and not those of programs that open every link of an email to look for evil."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bulletin.model.outcomes import Click

_BURST, _BURST_WITHIN = 5, timedelta(seconds=10)  # different items
_SWEEP_WITHIN = timedelta(minutes=1)  # for more than half of an edition
_LEAST_SWEEP = 3  # of an edition with two items a person reads both


def people_only(clicks: Iterable[Click], size: int) -> Counter[tuple[str, date]]:
    """Count the clicks on each item, by day in UTC; `size` is the number of items that the edition prints.

    A mark that asked for five items within ten seconds, or for more than half of the edition within a minute, is a
    machine's, and nothing of it counts. One mark counts an item once a day.
    """
    by_mark: dict[tuple[str, date], dict[str, Click]] = defaultdict(dict)
    for click in sorted(clicks, key=lambda one: one.at):
        by_mark[click.mark, click.at.date()].setdefault(click.item, click)
    sweep = max(_LEAST_SWEEP, size // 2 + 1)
    found = Counter[tuple[str, date]]()
    for (_, day), asked in by_mark.items():
        times = [click.at for click in asked.values()]
        if not (_within(times, _BURST, _BURST_WITHIN) or _within(times, sweep, _SWEEP_WITHIN)):
            found.update((item, day) for item in asked)
    return found


def _within(times: Sequence[datetime], number: int, span: timedelta) -> bool:
    """Whether so many of these times, which are in order, lie within a span."""
    return any(last - first <= span for first, last in zip(times, times[number - 1 :], strict=False))
