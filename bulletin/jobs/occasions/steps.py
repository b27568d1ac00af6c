"""Steps: what follows a draft, each step a turn of its own, so that it comes once whoever looks for it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import of_turn
from bulletin.jobs.occasions.case import REMIND, SEND, STEPS, TELL, WAITS, Case, turns_of
from bulletin.jobs.occasions.letters import write_round
from bulletin.jobs.occasions.unattended import at_the_hour
from bulletin.jobs.turning import Shift
from bulletin.model import Bulletin, Ended, Turn

_REACH = timedelta(days=21)  # beyond the review: a draft may be a week late, and letters be tried for another
_PATIENCE = timedelta(minutes=15)
_Turns = Mapping[str, Turn]  # by step


def take_steps(desk: Desk, shift: Shift, bulletin: Bulletin) -> Iterator[str]:
    """Take each step of the editions of a bulletin whose time has come and that nobody took; says what was done."""
    since = desk.now() - _REACH - (bulletin.schedule.review or timedelta())
    drafted = [one for one in desk.store.turns.list(turns_of("draft", bulletin), since) if _is_drafted(one)]
    if not drafted:
        return
    known = {step: _by_period(desk, step, bulletin, since) for step in STEPS}
    for one in reversed(drafted):
        taken = {step: known[step][one.period] for step in STEPS if one.period in known[step]}
        if case := _case(desk, shift, bulletin, one, taken):
            yield from _steps(case, taken)


def _is_drafted(one: Turn) -> bool:
    return one.outcome is Ended.DONE and bool(one.edition)


def _by_period(desk: Desk, step: str, bulletin: Bulletin, since: datetime) -> dict[str, Turn]:
    return {one.period: one for one in desk.store.turns.list(turns_of(step, bulletin), since)}


def _case(desk: Desk, shift: Shift, bulletin: Bulletin, drafted: Turn, taken: _Turns) -> Case | None:
    """The edition, unless all is done or a person took it back."""
    hours = of_turn(bulletin, drafted)
    over = {step for step, one in taken.items() if one.is_over}
    if not {step for step, due in _due(hours.period.remind, hours.period.send, drafted, taken) if due} - over:
        return None
    edition = desk.store.editions.outline(drafted.edition)
    if edition is None:
        return None
    approval = desk.store.approvals.holding([edition.id]).get(edition.id)
    return Case(desk, shift, bulletin, edition, hours, drafted, approval)


def _due(
    remind: datetime | None, send: datetime | None, drafted: Turn, taken: _Turns
) -> Iterator[tuple[str, datetime | None]]:
    """Each step with when it is due; None: it never is."""
    yield TELL, drafted.ended_at
    yield REMIND, remind
    yield SEND, send
    sent = taken.get(SEND)
    yield WAITS, sent.ended_at if sent and sent.outcome is Ended.SKIPPED else None


def _steps(case: Case, taken: _Turns) -> Iterator[str]:
    period, now = case.hours.period, case.desk.now()
    for step, due in _due(period.remind, period.send, case.drafted, taken):
        found = taken.get(step)
        if due is None or due > now or (found and found.is_over):
            continue
        told = _send(case, due) if step == SEND else write_round(case, step, due, found)
        if told:
            yield told


def _send(case: Case, due: datetime) -> str:
    """The hour has come: what is approved goes by itself, and what is not may be approved by the schedule."""
    if not case.take(SEND, due, _PATIENCE):
        return ""
    outcome, words = at_the_hour(case, due)
    return case.end(SEND, outcome, words)
