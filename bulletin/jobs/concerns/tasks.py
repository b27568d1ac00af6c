"""What runs by itself and fails again and again, or breaks off in the middle."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bulletin.jobs.desk import Desk
from bulletin.model import Concern, Ended
from bulletin.store import Took

_UNDER_WAY = timedelta(hours=1)  # as long as a task may take before another process tries
_OWN = frozenset({"backup", "check"})  # told of by what they look after
_SMALL = frozenset({"ping", "alerts"})  # nothing of the newsroom depends on these


def of(desk: Desk) -> Iterator[Concern]:
    """The tasks whose last turn did not end well; grave from the second one in a row."""
    for name, taken in desk.store.measures.turns(desk.now()).items():
        bad = list(_bad(taken, desk.now())) if name not in _OWN else []
        if bad:
            yield _concern(name, bad)


def _bad(taken: Sequence[Took], now: datetime) -> Iterator[Took]:
    """The newest turns up to the first that ended well, without what somebody has in hand at this moment."""
    busy: set[str] = set()  # one process does one turn of a task at a time: what it left open before that broke off
    for one in taken:
        turn = one.turn
        if turn.is_over and turn.outcome is not Ended.FAILED:
            return
        if turn.is_over:
            yield one
        elif turn.taken_at and one.by not in busy and now - turn.taken_at < _UNDER_WAY:
            busy.add(one.by)
        else:
            yield one


def _concern(name: str, bad: Sequence[Took]) -> Concern:
    last, times = bad[0].turn, f", {len(bad)} times in a row" if len(bad) > 1 else ""
    is_grave = len(bad) > 1 and name not in _SMALL
    if last.is_over:
        advice = "it is tried again by itself; if it goes on, the log tells more (event `task`)"
        return Concern(f"task:{name}", f"{name} failed{times}: {last.words}", advice, bad[-1].turn.due, is_grave)
    advice = "look into the log (event `task failed`), and tell whoever made this program what stands there"
    return Concern(f"task:{name}", f"{name} broke off in the middle{times}", advice, bad[-1].turn.due, is_grave)
