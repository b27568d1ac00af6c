"""The links that readers have in their emails: whose they are, and what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.visitor import Visitor
from bulletin.jobs.readers.counting import WRONG_LINKS, count, refuse
from bulletin.model import Subscriber
from bulletin.people.personal import found_in, is_for, reader_of
from bulletin.people.personal import token as made
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE
from bulletin.store import Place

LEAVE, CHOICES = "leave", "choices"
EVERYTHING: Place = ("", "")  # what the link of an email is about in which several bulletins are merged
_FRESH = timedelta(minutes=5)  # so long after it was sent, scanners look at an email (reference bar E11)
_WRONG = "this link is not one of ours, or a part of it is missing: open it from the email itself"


@dataclass(frozen=True)
class Reader:
    """Whom a link names; nobody when it is the one of a sample copy, or when the person was erased."""

    token: str  # as we made it, whatever became of the link
    person: Subscriber | None = None
    about: Place | None = None  # the list that it leaves; none: everything
    is_sample: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """The lists that the link is about and the person is on now."""
        on = tuple(one.place for one in self.person.places) if self.person else ()
        return on if self.about is None else tuple(one for one in on if one == self.about)


@dataclass(frozen=True)
class Named:
    """A list as its readers know it."""

    bulletin: str  # id
    list: str  # id
    title: str  # of the bulletin
    name: str  # of the list; empty when bulletins.yaml has it no longer
    language: str

    @property
    def place(self) -> Place:
        """The ids of both."""
        return self.bulletin, self.list


def leaver(desk: Desk, visitor: Visitor, given: str) -> Reader:
    """Whose link to leave this is, and of which list.

    Raises UnknownError for what is no such link, and WaitError for that after too many from one network address. A
    right link never waits: whoever shares the address of a whole hospital can always leave.
    """
    token = found_in(given)
    if token == SAMPLE_LEAVE:
        return Reader(token, is_sample=True)
    found = whose(desk, token)
    if found is None:
        raise _wrong(desk, visitor)
    return found


def whose(desk: Desk, token: str) -> Reader | None:
    """Whose token to leave this is, and of which list; None for one that we did not make."""
    person, keys = desk.store.subscribers.get(reader_of(token)), desk.keys
    for place in (EVERYTHING, *_lists(desk, person)):
        if is_for(keys, token, LEAVE, *place):
            return Reader(token, person, None if place == EVERYTHING else place)
    return None


def chooser(desk: Desk, visitor: Visitor, given: str) -> Reader:
    """Whose link to their choices this is; raises UnknownError when it is none.

    Raises WaitError after too many wrong links from one network address, then for right ones too: this page tells
    what we know of somebody (reference bar W6).
    """
    token, keys = found_in(given), desk.keys
    refuse(desk, visitor, WRONG_LINKS)
    if token == SAMPLE_CHOICES:
        return Reader(token, is_sample=True)
    if is_for(keys, token, CHOICES):
        return Reader(token, desk.store.subscribers.get(reader_of(token)))
    raise _wrong(desk, visitor)


def choices_token(desk: Desk, person: Subscriber) -> str:
    """What leads somebody to the page of their choices."""
    return made(desk.keys, CHOICES, person.id)


def is_fresh(desk: Desk, person: Subscriber) -> bool:
    """Whether the last email to somebody is so new that a scanner may be at it."""
    last = desk.store.mailed.last(person.id)
    return last is not None and desk.now() < last + _FRESH


def named(desk: Desk, places: Iterable[Place]) -> tuple[Named, ...]:
    """Give lists the names that readers know, in the order of bulletins.yaml; what is no longer there comes last."""
    known = {
        (bulletin.id, one.id): Named(bulletin.id, one.id, bulletin.title, one.name, one.language)
        for bulletin in desk.config.bulletins
        for one in bulletin.lists
    }
    wanted = set(places)
    gone = (Named(*place, title=place[0], name="", language="en-GB") for place in sorted(wanted - set(known)))
    return (*(one for place, one in known.items() if place in wanted), *gone)


def _lists(desk: Desk, person: Subscriber | None) -> list[Place]:
    """Every list that a link may be about: the person's own, and those of the files for who was erased."""
    own = [one.place for one in person.subscriptions] if person else []
    files = [(bulletin.id, one.id) for bulletin in desk.config.bulletins for one in bulletin.lists]
    return own if person else files


def _wrong(desk: Desk, visitor: Visitor) -> UnknownError:
    """Count a wrong link against the network address that it came from; raises WaitError when that is too many."""
    count(desk, visitor, WRONG_LINKS)
    return UnknownError(_WRONG)
