"""An overview for people: how far each edition is on its way, what was left out, and what is due next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bulletin import timing
from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import Hours, draft_turns, hours, in_words, of_turn
from bulletin.jobs.occasions.case import REMIND, SEND, STEPS, TELL, WAITS, turns_of
from bulletin.model import Bulletin, Edition, Ended, Period, Turn, Unattended

SHOWN = timedelta(days=60)  # as long as it is told that an edition was skipped or missed
_RECENT = timedelta(days=14)  # as long as one whose hour has passed is shown beside a newer one


@dataclass(frozen=True)
class Occasion:
    """One edition on its way."""

    edition: Edition  # in outline
    bulletin: Bulletin
    now: datetime
    is_approved: bool
    hours: Hours | None  # None: it stands on no schedule
    turns: Mapping[str, Turn] = field(default_factory=dict)  # what became of its steps: tell, remind, send, waits

    @property
    def is_late(self) -> bool:
        """Whether nothing ran when its draft was due."""
        return self.hours is not None and self.hours.is_late

    @property
    def goes(self) -> datetime | None:
        """Its hour; None: it goes once it is approved."""
        return self.hours.period.send if self.hours else None

    @property
    def waits(self) -> bool:
        """Whether its hour has passed without anybody's approval."""
        return not self.is_approved and self.goes is not None and self.goes <= self.now

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done and what will be, a clause for each, in the order of time."""
        return tuple(_steps(self))


@dataclass(frozen=True)
class Outlook:
    """A bulletin: its editions on their way, those that were not made, and when the next is due."""

    bulletin: Bulletin
    next: Period | None  # None: its schedule names no day any more
    occasions: tuple[Occasion, ...]  # drafted by itself and not sent yet, the newest first
    passed: tuple[Turn, ...]  # skipped and missed in the last 60 days, the newest first; their words say why


def overview(desk: Desk) -> tuple[Outlook, ...]:
    """Give the outlook of each bulletin, in the order of bulletins.yaml."""
    return tuple(_outlook(desk, one) for one in desk.config.bulletins)


def occasion_of(desk: Desk, edition: Edition) -> Occasion:
    """Give how far an edition is, whoever drafted it; it may be an outline."""
    bulletin = desk.bulletin(edition.bulletin)
    found = hours(desk, bulletin, edition)
    is_approved = edition.id in desk.store.approvals.holding([edition.id])
    period = found.period.name if found and found.drafted else ""
    turns = {step: desk.store.turns.get(turns_of(step, bulletin), period) for step in STEPS} if period else {}
    known = {step: one for step, one in turns.items() if one}
    return Occasion(edition, bulletin, desk.now(), is_approved, found, known)


def _outlook(desk: Desk, bulletin: Bulletin) -> Outlook:
    now = desk.now()
    turns = desk.store.turns.list(draft_turns(bulletin.id), now - SHOWN)
    passed = [one for one in turns if one.outcome in (Ended.SKIPPED, Ended.MISSED)]
    due = timing.next_period(bulletin.schedule, desk.config.holidays, now)
    return Outlook(bulletin, due, tuple(_coming(desk, bulletin, turns)), tuple(passed))


def _coming(desk: Desk, bulletin: Bulletin, turns: Sequence[Turn]) -> Iterator[Occasion]:
    """The newest edition of a schedule unless it is over, and others that have an hour to come or just missed it."""
    drafted = [one for one in turns if one.outcome is Ended.DONE]
    approved = desk.store.approvals.holding([one.edition for one in drafted]) if drafted else {}
    for one in drafted:
        goes = of_turn(bulletin, one).period.send
        is_newest = one is drafted[0]
        until = desk.now() if one.edition in approved else desk.now() - _RECENT
        if (is_newest and one.edition not in approved) or (goes is not None and goes > until):
            edition = desk.store.editions.outline(one.edition)
            if edition:  # nobody took it back
                yield occasion_of(desk, edition)


def _steps(one: Occasion) -> Iterator[str]:
    if one.edition.is_urgent:
        yield "urgent: it goes as soon as it is approved"
    if one.hours:
        yield from _drafted(one, one.hours)
        yield from _told(one, TELL, "that it is drafted")
        yield from _reminded(one, one.hours.period.remind)
        yield from _goes(one)
        yield from _told(one, WAITS, "that it waits")


def _drafted(one: Occasion, hours: Hours) -> Iterator[str]:
    due, drafted = hours.period.due, hours.drafted
    if drafted is None:
        if due > one.now and not one.is_approved:
            yield f"it is brought up to date on {_at(one, due)}"
    elif hours.is_late:
        yield f"drafted late, on {_at(one, drafted.ended_at or due)}: it was due on {_at(one, due)}"
    else:
        yield f"drafted on {_at(one, due)}"


def _told(one: Occasion, step: str, what: str) -> Iterator[str]:
    told = one.turns.get(step)
    if told is None or one.is_approved:
        return
    if not told.is_over:
        yield f"not every editor could be told yet {what}: the mail server refused letters"
    else:
        yield f"{told.words} {what}" if told.outcome is Ended.DONE else told.words


def _reminded(one: Occasion, at: datetime | None) -> Iterator[str]:
    told = one.turns.get(REMIND)
    if at is None or one.is_approved:
        return
    if told and told.outcome is Ended.DONE:
        yield f"reminded on {_at(one, at)}"
    elif at > one.now:
        yield f"editors are reminded on {_at(one, at)}"


def _goes(one: Occasion) -> Iterator[str]:
    if one.goes is None:
        if not one.is_approved:
            yield "it goes as soon as it is approved"
        return
    hour, sent = _at(one, one.goes), one.turns.get(SEND)
    if one.is_approved:
        yield f"its hour is {hour}" if one.goes > one.now else f"its hour was {hour}"
    elif sent and sent.is_over:
        yield f"not sent on {hour}: {sent.words}. It goes as soon as it is approved"
    elif one.goes <= one.now:
        yield f"its hour was {hour}: it goes as soon as it is approved"
    elif one.bulletin.schedule.unattended is Unattended.SEND and not one.is_late:
        yield f"it goes on {hour}, unapproved too if nobody touches it and every check passes"
    else:
        yield f"it goes on {hour} if it is approved by then, and else waits"


def _at(one: Occasion, at: datetime) -> str:
    return in_words(at, one.bulletin.schedule.zone)
