"""One person, as the desk sees them: who they are, what their lists rest on, what was sent and what came back."""

from dataclasses import dataclass

from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.people.record import deed
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.model import Consent, Delivery, Subscriber, Suppression
from bulletin.people import addresses, rosterfile
from bulletin.store import BounceRow

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
