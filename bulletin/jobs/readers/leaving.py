"""Leaving by a link in an email, and undoing it."""

from datetime import datetime

from bulletin.jobs import subscribers
from bulletin.jobs.desk import Desk
from bulletin.model import Subscriber, Way
from bulletin.store import Joined, Left, Place

_WORDS = {
    Way.ONE_CLICK: "the mail program's own button (RFC 8058)",
    Way.LINK: "the button of the page that a link in an email leads to",
    Way.MAIL: "an email to the address that mail programs find in ours (List-Unsubscribe)",
    Way.PREFERENCES: "the button on the page of their choices",
}


def leave(desk: Desk, person: Subscriber, about: Place | None, way: Way) -> Left:
    """Take somebody off one list, or off everything; it counts for waiting mail at once.

    `Left.is_change` is False where they had left before.
    """
    return subscribers.leave(desk, person.id, None if about is None else (about,), way, _WORDS[way])


def ended_at(person: Subscriber, at: datetime | None) -> tuple[Place, ...]:
    """The lists that somebody left at one moment, by one act."""
    return tuple(one.place for one in person.subscriptions if one.left_at and one.left_at == at)


def undo(desk: Desk, person: Subscriber, at: datetime | None) -> Joined:
    """Bring somebody back to exactly the lists that they left at that moment.

    Raises InputError where email to them was stopped for another reason.
    """
    words = "the button to undo having left"
    return subscribers.come_back(desk, person.id, ended_at(person, at), Way.LINK, words)


def come_back(desk: Desk, person: Subscriber, place: Place) -> Joined:
    """Bring somebody back to a list that they left, by the page of their choices; raises InputError as `undo`."""
    return subscribers.come_back(desk, person.id, (place,), Way.PREFERENCES, _WORDS[Way.PREFERENCES])
