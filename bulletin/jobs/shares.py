"""Shares: who gets what of an edition, when, and in how many words an approver is told."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bulletin import render
from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import begins
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.model import Bulletin, DistributionList, Edition, Page, Rhythm, Subscriber, Subscription
from bulletin.render.words import day as in_words
from bulletin.render.words import weekday

_MORNING = time(7)  # when what falls together goes out, in the zone of its bulletin
_FALLS: dict[Rhythm, Callable[[date], bool]] = {
    Rhythm.DAY: lambda _: True,
    Rhythm.WEEK: lambda day: day.weekday() == 0,
    Rhythm.MONTH: lambda day: day.day == 1,
}


@dataclass(frozen=True)
class Share:
    """What one recipient gets of an edition, and from when on; or why they get nothing."""

    audience: DistributionList
    recipient: str  # a subscriber's id, or @ and the id of a list that has one address for all
    address: str
    name: str
    due: datetime
    headings: tuple[str, ...] = ()  # the names of those they chose, in print order; none: all
    gathers: bool = False
    suppressed: str = ""  # why they get nothing, in words
    told: tuple[str, str] = ("", "")  # the same as it is counted for an approver, of one and of several


@dataclass(frozen=True)
class _Around:
    """What is the same for all recipients of an edition."""

    bulletin: Bulletin
    begins: datetime  # nothing of it goes before
    names: Mapping[str, str]
    stopped: Callable[[str], str]  # why nothing may go to an address; empty: it may
    has_any: Callable[[str, tuple[str, ...]], bool]  # whether a list's page has items under these headings


def shares(desk: Desk, bulletin: Bulletin, edition: Edition, pages: Mapping[str, Page]) -> list[Share]:
    """Give everybody who is on a list of a bulletin, in the order of its lists, each once, with what they get.

    `pages` holds the edition in words, by list.
    """
    names = names_of(desk, bulletin, edition)

    @cache
    def has_any(list_id: str, chosen: tuple[str, ...]) -> bool:
        return not chosen or render.chosen(pages[list_id], chosen, len(names)).count > 0

    around = _Around(bulletin, begins(desk, bulletin, edition), names, _stopped(desk), has_any)
    found: dict[str, Share] = {}
    for audience in bulletin.lists:
        for one in _of_list(desk, around, audience):
            found.setdefault(one.recipient, one)
    return list(found.values())


def names_of(desk: Desk, bulletin: Bulletin, edition: Edition) -> dict[str, str]:
    """Give the headings that a reader of an edition can choose from, by topic, in print order."""
    own = {section.topic: section.heading for section in edition.sections}
    standing = {name: desk.topics[name].heading for name in bulletin.headings if name in desk.topics}
    return {**standing, **own}


def chosen_of(place: Subscription, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name the headings that somebody chose of those that there are; none stands for all of them.

    Who chose only headings that are gone gets everything: rather too much than nothing for ever.
    """
    found = tuple(name for topic, name in names.items() if topic in place.headings)
    return () if len(found) == len(names) else found


def falls(rhythm: Rhythm, zone: str, goes: datetime) -> datetime:
    """When somebody with this rhythm gets what goes at an instant: then, or on the next morning that it names."""
    if rhythm is Rhythm.EVERY:
        return goes
    there = ZoneInfo(zone)
    days = (goes.astimezone(there).date() + timedelta(number) for number in range(33))
    mornings = (datetime.combine(day, _MORNING, there).astimezone(UTC) for day in days if _FALLS[rhythm](day))
    return next(morning for morning in mornings if morning >= goes)


def steps(audience: DistributionList, shared: list[Share], zone: str) -> str:
    """Say in words what approving does for the people of one list."""
    own = [one for one in shared if one.audience.id == audience.id]
    if audience.delivery == "address":
        stopped = "".join(f": {one.suppressed}" for one in own if one.suppressed)
        return f"one email goes to the list's own address, {audience.address}{stopped}"
    return "; ".join(_steps(own, ZoneInfo(zone)))


def _steps(own: list[Share], zone: ZoneInfo) -> Iterator[str]:
    goes = [one for one in own if not one.suppressed]
    yield f"an email goes to each of {len(goes):,} people" if len(goes) > 1 else _few(len(goes))
    days = Counter(one.due.astimezone(zone).date() for one in goes if one.gathers)
    for day, count in sorted(days.items()):
        yield f"{count:,} of them on {weekday(day)}, together with what else they get by then"
    for told, count in sorted(Counter(one.told for one in own if one.suppressed).items()):
        yield f"{count:,} {told[count > 1]}"


def _few(count: int) -> str:
    return "an email goes to one person" if count else "an email goes to nobody"


def _of_list(desk: Desk, around: _Around, audience: DistributionList) -> Iterator[Share]:
    if audience.delivery == "individual":
        for one in desk.store.subscribers.on(around.bulletin.id, audience.id):
            place = one.place(around.bulletin.id, audience.id)
            if place:
                yield _share(around, audience, one, place)
    elif audience.delivery == "address":
        why = around.stopped(audience.address)
        yield Share(audience, f"@{audience.id}", audience.address, audience.name, around.begins, suppressed=why)


def _share(around: _Around, audience: DistributionList, one: Subscriber, place: Subscription) -> Share:
    zone = around.bulletin.schedule.zone
    due, chosen = falls(one.rhythm, zone, around.begins), chosen_of(place, around.names)
    why, told = _why_not(around, audience, one, chosen, due.astimezone(ZoneInfo(zone)).date())
    return Share(audience, one.id, one.email, one.name, due, chosen, one.rhythm is not Rhythm.EVERY, why, told)


def _why_not(
    around: _Around, audience: DistributionList, one: Subscriber, chosen: tuple[str, ...], day: date
) -> tuple[str, tuple[str, str]]:
    """Why somebody gets nothing, of them alone and as one and several of them are told of."""
    if stopped := around.stopped(one.email):
        return stopped, ("gets nothing any more", "get nothing any more")
    if one.paused_until and one.paused_until > day:
        return f"wants nothing before {in_words(one.paused_until)}", ("is paused", "are paused")
    if not around.has_any(audience.id, chosen):
        nothing = "nothing under the headings they chose"
        return nothing, (f"finds {nothing}", f"find {nothing}")
    return "", ("", "")


def _stopped(desk: Desk) -> Callable[[str], str]:
    known = desk.store.suppressions.all()

    def why(address: str) -> str:
        marks = marks_of(desk, address) if known else ()
        found = next((known[mark] for mark in marks if mark in known), None)
        return f"gets nothing any more: {found.why}" if found else ""

    return why
