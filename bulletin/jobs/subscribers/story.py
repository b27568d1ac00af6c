"""One person, as the desk sees them: who they are, what their lists rest on, what was sent and what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.people.record import deed
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.jobs.subscribers.stopping import stopped_among
from bulletin.model import Consent, Delivery, Subscriber, Suppression
from bulletin.people import addresses, rosterfile
from bulletin.store import BounceRow

_LATELY = timedelta(days=31)
_LATEST = 50  # deliveries
_MOST_NAMES = 2000  # people among whom the nearest address is looked for


@dataclass(frozen=True)
class Story:
    """All that an editor needs to answer somebody who asks why they get something, or do not."""

    person: Subscriber
    stopped: Suppression | None  # why nothing goes to them
    consents: tuple[Consent, ...]  # the newest first, and so are the others
    brought: tuple[Delivery, ...]
    came_back: tuple[BounceRow, ...]


@dataclass(frozen=True)
class Returned:
    """Somebody to whom email was stopped because of what came back."""

    person: Subscriber
    at: datetime


def stopped_lately(desk: Desk) -> list[Returned]:
    """To whom email was stopped within a month because of what came back, and still is; the latest first."""
    since = desk.now() - _LATELY
    stopped = desk.store.bounces.stopped(since)
    people = {one.id: one for one in desk.store.subscribers.some(stopped)}
    stands = stopped_among(desk, [one.email for one in people.values()])
    return [Returned(people[id_], at) for id_, at in stopped.items() if id_ in people and people[id_].email in stands]


def find(desk: Desk, typed: str) -> Subscriber:
    """The person with this id or address; raises UnknownError."""
    found = desk.store.subscribers.get(typed) or desk.store.subscribers.by_email(addresses.of_reader(typed))
    if found is None:
        some, _ = desk.store.subscribers.page(typed.rpartition("@")[2], None, _MOST_NAMES)
        raise UnknownError(f"no reader has the address {typed}{nearest(typed, [one.email for one in some])}")
    return found


def story(desk: Desk, person: Subscriber) -> Story:
    """All of one person."""
    store = desk.store
    return Story(
        person,
        store.suppressions.of(marks_of(desk, person.email)),
        tuple(store.subscribers.consents(person.id)),
        tuple(store.subscribers.brought(person.id, _LATEST)),
        tuple(store.bounces.of(person.id)),
    )


def describe(desk: Desk, person: Subscriber, name: str, role: str, organisation: str, by: str) -> None:
    """Write down who somebody is; raises InputError for what is too long."""
    kept = rosterfile.described(name, role, organisation)
    line = deed(desk, by, "changed what is known of a reader", person.id)
    desk.store.memberships.describe(person.id, *kept, line)
