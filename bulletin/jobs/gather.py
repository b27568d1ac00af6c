"""Gather: one email of all that is due together for one person, made of what was approved and of nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from bulletin import render
from bulletin.errors import RenderError
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import list_of, outline_of
from bulletin.jobs.shares import chosen_of, names_of
from bulletin.model import DistributionList, Edition, Email, Frozen, Page, Rhythm, Subscription
from bulletin.store import Ripe, Together

_RHYTHM = {Rhythm.DAY: "one email a day", Rhythm.WEEK: "one email a week", Rhythm.MONTH: "one email a month"}
Key = tuple[int, str, tuple[str, ...]]  # an approval, a list, and the topics that somebody chose of it


@dataclass(frozen=True)
class Gathered:
    """What was put together, and why something was not."""

    emails: int = 0
    faults: tuple[str, ...] = ()  # what could not be printed: of these, each edition goes by itself


@dataclass(frozen=True)
class _Part:
    """An edition as somebody gets it."""

    edition: Edition  # in outline
    audience: DistributionList
    page: Page


def gather(desk: Desk, now: datetime) -> Gathered:
    """Put together what is due by now for each person who gets several editions; twice is once.

    What cannot be put together goes by itself, as it was approved.
    """
    people = _by_person(desk, now)
    if not people:
        return Gathered()
    press = _Press(desk, now, {one.approval for ripe in people for one in ripe})
    found = [email for ripe in people for email in press.emails(ripe)]
    return Gathered(desk.store.gathering.put_together(found, now), tuple(dict.fromkeys(press.faults)))


def _by_person(desk: Desk, now: datetime) -> list[list[Ripe]]:
    """What is due for each person who gets several, in the order of bulletins.yaml, the oldest edition first."""
    order = {(one.id, each.id): place for place, one in enumerate(desk.config.bulletins) for each in one.lists}
    people = defaultdict[str, list[Ripe]](list)
    for one in desk.store.gathering.ripe(now):
        if (one.bulletin, one.list) in order:  # of a list that is gone, it goes by itself
            people[one.subscriber].append(one)
    return [
        sorted(ripe, key=lambda one: (order[one.bulletin, one.list], one.edition))
        for ripe in people.values()
        if len(ripe) > 1
    ]


class _Press:
    """Prints what goes together: each different email once, however many people get it."""

    def __init__(self, desk: Desk, now: datetime, approvals: set[int]) -> None:
        self.faults: list[str] = []
        self._desk = desk
        self._now = now
        self._house = desk.house
        self._told = desk.store.gathering.pages(approvals)
        self._parts: dict[Key, _Part | None] = {}
        self._made: dict[tuple[Rhythm, tuple[Key, ...]], list[tuple[Frozen, tuple[int, ...]]]] = {}

    def emails(self, ripe: Sequence[Ripe]) -> Iterator[Together]:
        """The emails of several editions for one person: one, or more where one would be too big."""
        there = [(one, part) for one in ripe for part in [self._part(one)] if part]
        key = ripe[0].rhythm, tuple(_key(one) for one, _ in there)
        if key not in self._made:
            self._made[key] = list(self._printed([part for _, part in there], ripe[0].rhythm))
        for message, places in self._made[key]:
            yield Together(message, tuple(there[place][0].delivery for place in places))

    def _part(self, one: Ripe) -> _Part | None:
        key = _key(one)
        if key not in self._parts:
            self._parts[key] = self._read(one)
        return self._parts[key]

    def _read(self, one: Ripe) -> _Part | None:
        """An edition as it was approved, as far as somebody chose it; none when that leaves no item."""
        if (one.approval, one.list) not in self._told:
            return None
        bulletin, edition = self._desk.bulletin(one.bulletin), outline_of(self._desk, one.edition)
        names = names_of(self._desk, bulletin, edition)
        page = render.page_of(self._told[one.approval, one.list])
        place = Subscription(one.bulletin, one.list, self._now, one.headings)
        if chosen := chosen_of(place, names):
            page = render.chosen(page, chosen, len(names))
        return _Part(edition, list_of(bulletin, one.list), page) if page.count else None

    def _printed(self, parts: Sequence[_Part], rhythm: Rhythm) -> Iterator[tuple[Frozen, tuple[int, ...]]]:
        """The emails, and which parts go in each."""
        try:
            for places, email in self._fitting(parts, rhythm):
                yield Frozen(sha256(email.mime).hexdigest(), email.subject, email.mime), places
        except RenderError as error:
            self.faults.append(str(error))

    def _fitting(self, parts: Sequence[_Part], rhythm: Rhythm) -> Iterator[tuple[tuple[int, ...], Email]]:
        """As many parts in one email as fit into it; one that is left alone is its edition's own email."""
        start = 0
        while len(parts) - start > 1:
            end = len(parts)
            email = self._email(parts[start:end], rhythm)
            while len(email.html.encode()) > render.MOST_BYTES and end - start > 2:
                end -= 1
                email = self._email(parts[start:end], rhythm)
            if len(email.html.encode()) > render.MOST_BYTES:
                end = start + 1
            else:
                yield tuple(range(start, end)), email
            start = end

    def _email(self, parts: Sequence[_Part], rhythm: Rhythm) -> Email:
        first = parts[0]
        zone = ZoneInfo(self._desk.bulletin(first.edition.bulletin).schedule.zone)
        lists = "; ".join(dict.fromkeys(f"{one.audience.name} ({one.page.title})" for one in parts))
        asked = _RHYTHM.get(rhythm, "them together")
        why = f"You asked for {asked}. You are on these lists of the library: {lists}."
        page = render.merged([one.page for one in parts], self._now.astimezone(zone).date(), why)
        return render.email_of(page, first.edition, first.audience, self._house)


def _key(one: Ripe) -> Key:
    return one.approval, one.list, one.headings
