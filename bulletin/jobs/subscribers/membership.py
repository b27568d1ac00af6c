"""Joining lists, leaving them, coming back to them, and choosing what comes of them and how often."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.jobs.subscribers.consenting import consent_of
from bulletin.jobs.subscribers.lists import refuse_unknown
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.model import Consent, Did, Rhythm, Subscriber, Subscription, Suppression, Way, Why
from bulletin.people import addresses, rosterfile
from bulletin.render.words import day
from bulletin.store import Joined, Left, Place

THEMSELVES = "themselves"  # who did it, where a reader did

# What a person may lift by a sign-up that they confirmed from their own inbox. That somebody called it spam, or that
# an editor stopped it, only an editor takes back (`release`): no page that anybody can fill in may do so silently.
LIFTED_BY_SIGN_UP = frozenset({Why.LEFT_ALL, Why.ERASED, Why.BOUNCED})


_ASKED = "if they asked you to put them back, say so (--again at the command line)"
_ITSELF = "they can sign up themselves, or release it first"
_WAYS_BACK = dict.fromkeys(Why, "release it first, if they want it again") | {
    Why.LEFT_ALL: _ASKED,
    Why.ERASED: _ITSELF,
    Why.BOUNCED: _ITSELF,
}


def leave(
    desk: Desk, subscriber: str, lists: Collection[Place] | None, way: Way, words: str = "", by: str = THEMSELVES
) -> Left:
    """End somebody's places on these lists (pairs of ids of a bulletin and a list), or with None everything.

    `subscriber` is an id. Who leaves everything is kept off further lists too. `Left.is_change` is False where
    nothing was done, as it was done before. Raises UnknownError for who is not there, as after being erased.
    """
    one = _person(desk, subscriber)
    marks, now = marks_of(desk, one.email), desk.now()
    stop = Suppression(marks[0], Why.LEFT_ALL, now, by) if lists is None else None
    told = Consent("", "", Did.LEFT, way, by, words, now)
    off = "everything" if lists is None else "lists"
    did = f"left {off}" if by == THEMSELVES else f"took a reader off {off}"
    line = deed(desk, by, did, one.id, after=f"{_named(lists)} ({way})" if lists else str(way))
    left = desk.store.memberships.leave(one.id, lists, told, line, marks, stop)
    return left or Left(one)


def come_back(
    desk: Desk, subscriber: str, lists: Collection[Place], way: Way, words: str = "", by: str = THEMSELVES
) -> Joined:
    """Undo having left these lists; with it goes what leaving everything put against the address, and nothing else.

    Raises UnknownError for who is not there, and InputError where email to them was stopped for another reason.
    """
    one = _person(desk, subscriber)
    told = Consent("", "", Did.CAME_BACK, way, by, words, desk.now())
    line = deed(desk, by, "came back to lists", one.id, after=f"{_named(lists)} ({way})")
    joined = desk.store.memberships.come_back(one.id, lists, told, line, marks_of(desk, one.email))
    if joined and joined.stopped:
        library = desk.config.library.email
        raise InputError(f"email to this address was stopped ({joined.stopped.why}): write to {library}")
    return joined or Joined(None)


def join(
    desk: Desk,
    email: str,
    lists: Collection[Place],
    way: Way,
    words: str,
    by: str = THEMSELVES,
    *,
    name: str = "",
    role: str = "",
    organisation: str = "",
    again: bool = False,
) -> Joined:
    """Put an address on lists, as a new person if nobody has it; `words`: what the consent rests on.

    A confirmed sign-up (Way.SIGN_UP) also takes back what the person left, and lifts that they left everything, were
    erased, or that emails came back; `again` lets an editor take back what was left, everything too.
    `Joined.stopped` says why nothing was done. Raises InputError for what is no address, and UnknownError for a list
    that is not there.
    """
    refuse_unknown(desk, lists)
    is_own = way is Way.SIGN_UP
    now = desk.now()
    places = tuple(Subscription(bulletin, list_id, now) for bulletin, list_id in dict.fromkeys(lists))
    address = addresses.of_reader(email)
    about = rosterfile.described(name, role, organisation)
    candidate = Subscriber(secrets.token_hex(8), address, *about, added_at=now, subscriptions=places)
    told = Consent("", "", Did.JOINED, way, by, words, now)
    did = "joined lists" if by == THEMSELVES else "put a reader on lists"
    line = deed(desk, by, did, "", after=f"{_named(lists)} ({way})")
    lifts = LIFTED_BY_SIGN_UP if is_own else frozenset({Why.LEFT_ALL} if again else ())
    return desk.store.memberships.join(candidate, told, line, marks_of(desk, address), lifts, again=again or is_own)


def add(
    desk: Desk,
    email: str,
    place: Place,
    words: str,
    by: str,
    *,
    name: str = "",
    role: str = "",
    organisation: str = "",
    again: bool = False,
) -> Joined:
    """Put an address on a list at the desk; raises InputError, which says why it cannot be.

    Who left the list, or everything, is put back with `again` alone; an address that was stopped otherwise is to be
    released first.
    """
    about = {"name": name, "role": role, "organisation": organisation}
    joined = join(desk, email, (place,), Way.DESK, consent_of(words), by, again=again, **about)
    if stopped := joined.stopped:
        raise InputError(
            f"this address gets no email since {day(stopped.at)} ({stopped.why}): {_WAYS_BACK[stopped.why]}"
        )
    if joined.left and joined.left[0].left_at:
        raise InputError(f"they left this list on {day(joined.left[0].left_at)}: {_ASKED}")
    return joined


def choose(
    desk: Desk,
    subscriber: str,
    rhythm: Rhythm,
    paused_until: date | None,
    headings: Mapping[Place, Sequence[str]],
    by: str = THEMSELVES,
) -> Subscriber:
    """Write down how often somebody wants email, until when none, and which headings (topic ids) of each list.

    No headings mean all of them, and so do all of them. Raises UnknownError for who is not there, for a list that is
    not theirs and for a heading that its bulletin has not.
    """
    one = _person(desk, subscriber)
    chosen = {place: _headings(desk, one, place, wanted) for place, wanted in headings.items()}
    paused = f", none before {paused_until}" if paused_until else ""
    line = deed(desk, by, "chose how often and what", one.id, after=f"{rhythm}{paused}")
    changed = desk.store.memberships.choose(one.id, rhythm, paused_until, chosen, line)
    return changed or one


def _person(desk: Desk, subscriber: str) -> Subscriber:
    found = desk.store.subscribers.get(subscriber)
    if found is None:
        raise UnknownError("there is no such reader: perhaps they were erased")
    return found


def _headings(desk: Desk, one: Subscriber, place: Place, wanted: Sequence[str]) -> list[str]:
    """The chosen headings in print order."""
    if one.place(*place) is None:
        raise UnknownError("somebody chooses headings of their own lists only")
    printed = desk.bulletin(place[0]).headings
    if unknown := [heading for heading in wanted if heading not in printed]:
        raise UnknownError(f"{place[0]} has no heading {unknown[0][:60]!r}")
    chosen = [heading for heading in printed if heading in wanted]
    return [] if len(chosen) == len(printed) else chosen


def _named(lists: Collection[Place] | None) -> str:
    return ", ".join(f"{bulletin}/{list_id}" for bulletin, list_id in lists or ())
