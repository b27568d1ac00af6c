"""Editions that were missed, drafted late or not at all, or wait for a yes past their hour."""

from collections.abc import Iterator
from datetime import timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import PATIENT, is_late
from bulletin.model import Bulletin, Concern, Ended, Turn
from bulletin.render.words import many

_LATELY = timedelta(days=14)  # after which nobody makes up for it any more


def of(desk: Desk) -> Iterator[Concern]:
    """What the newest turns of each bulletin's editions tell."""
    names = [f"{step}:{one.id}" for one in desk.config.bulletins for step in ("draft", "send")]
    turns = {name: one for name, one in desk.store.turns.newest(names).items() if one.due > desk.now() - _LATELY}
    for bulletin in desk.config.bulletins:
        if drafted := turns.get(f"draft:{bulletin.id}"):
            yield from _undrafted(desk, bulletin, drafted)
        if sent := turns.get(f"send:{bulletin.id}"):
            yield from _unsent(desk, bulletin, sent, drafted)


def _undrafted(desk: Desk, bulletin: Bulletin, turn: Turn) -> Iterator[Concern]:
    draft = f"`bulletin compose {bulletin.id}` drafts one now"
    if turn.outcome is Ended.MISSED:
        words = f"{bulletin.title} of {turn.period} was missed: {turn.words}"
        yield Concern(f"missed:{bulletin.id}", words, f"if it should come out all the same, {draft}", turn.due)
    elif not turn.is_over and desk.now() - turn.due > PATIENT:  # what goes wrong in words leaves it open
        words = (
            f"{bulletin.title} of {turn.period} could not be drafted so far: it was tried {many(turn.tries, 'time')}"
        )
        advice = (
            f"it is tried again by itself; `bulletin compose {bulletin.id}` says what is wrong, or drafts one now"
        )
        yield Concern(f"draft:{bulletin.id}", words, advice, turn.due)
    elif turn.edition and is_late(turn) and _is_open(desk, turn.edition):
        words = f"{bulletin.title} of {turn.period} was drafted late, since nothing ran when it was due"
        yield Concern(f"late:{bulletin.id}", words, _review(turn.edition), turn.due, is_grave=False)


def _unsent(desk: Desk, bulletin: Bulletin, turn: Turn, drafted: Turn | None) -> Iterator[Concern]:
    """An edition that came to its hour without a yes; one that was approved since then is on its way."""
    edition = turn.edition or (drafted.edition if drafted and drafted.period == turn.period else "")
    is_left = turn.outcome in (Ended.SKIPPED, Ended.FAILED, Ended.MISSED)
    if is_left and edition and _is_open(desk, edition):
        words = f"{bulletin.title} of {turn.period} was to be sent and waits: {turn.words}"
        yield Concern(f"send:{bulletin.id}", words, _review(edition), turn.due)


def _is_open(desk: Desk, edition: str) -> bool:
    """Whether nobody has approved an edition."""
    return not desk.store.approvals.holding([edition])


def _review(edition: str) -> str:
    return f"review it, then `bulletin approve {edition} --by EDITOR`"
