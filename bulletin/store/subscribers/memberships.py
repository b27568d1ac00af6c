"""Memberships: joining lists, leaving them and coming back, each with the consent that it rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, update

from bulletin.model import Consent, Deed, Did, Rhythm, Subscriber, Subscription, Suppression, Why
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.subscribers.people import Place, add_subscriber, read_subscribers, write_consents, write_places
from bulletin.store.subscribers.suppressions import lift, suppress, suppressed
from bulletin.store.subscribers.tables import subscriber as table
from bulletin.store.subscribers.tables import subscription


@dataclass(frozen=True)
class Left:
    """What came of leaving."""

    subscriber: Subscriber  # as they stand now
    ended: tuple[Subscription, ...] = ()  # by this very act
    earlier: tuple[Subscription, ...] = ()  # of those that were to be left, what had ended before
    is_stopped: bool = False  # whether this very act also keeps them off every further list

    @property
    def is_change(self) -> bool:
        """Whether anything is other than before; who is told of success although nothing was done is misled."""
        return bool(self.ended) or self.is_stopped


@dataclass(frozen=True)
class Joined:
    """What came of joining."""

    subscriber: Subscriber | None  # as they stand now; none: a stranger, who was not let in
    joined: tuple[Subscription, ...] = ()  # by this very act, those included that were come back to
    left: tuple[Subscription, ...] = ()  # they left these lists, and so were not put back
    stopped: Suppression | None = None  # why nothing may go to the address, so that nothing was done


class Memberships:
    """Who is on which list. `told` is the consent to write down, its list left open; `deed` likewise its person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def leave(
        self,
        subscriber: str,
        places: Collection[Place] | None,
        told: Consent,
        deed: Deed,
        marks: Sequence[str] = (),
        stop: Suppression | None = None,
    ) -> Left | None:
        """End these places of a person, or all, and suppress their address with `stop`; None: no such person.

        What had ended before stays as it was; where nothing changes, nothing is written.
        """
        with self._database.write() as connection:
            one = _person(connection, subscriber)
            if one is None:
                return None
            meant = [own for own in one.subscriptions if places is None or own.place in places]
            ended = tuple(own for own in meant if own.left_at is None)
            _end(connection, subscriber, ended, told)
            is_stopped = stop is not None and suppress(connection, marks, stop)
            now = _person(connection, subscriber) or one
            earlier = tuple(own for own in meant if own.left_at is not None)
            left = Left(now, tuple(replace(own, left_at=told.at) for own in ended), earlier, is_stopped)
            if left.is_change:
                append(connection, deed)
            return left

    def come_back(
        self, subscriber: str, places: Collection[Place], told: Consent, deed: Deed, marks: Sequence[str]
    ) -> Joined | None:
        """Undo having left; None: there is no such person. Having left everything is undone with it, and no more."""
        with self._database.write() as connection:
            one = _person(connection, subscriber)
            if one is None:
                return None
            if stopped := _not_let_in(connection, marks, frozenset({Why.LEFT_ALL})):
                return Joined(one, stopped=stopped)
            left = [own for own in one.subscriptions if own.left_at and own.place in places]
            return _let_in(connection, one, left, told, deed)

    def join(
        self,
        candidate: Subscriber,
        told: Consent,
        deed: Deed,
        marks: Sequence[str],
        lifts: frozenset[Why] = frozenset(),
        *,
        again: bool = False,
    ) -> Joined:
        """Put somebody on the lists of `candidate.subscriptions`: a known person of that address, or the candidate.

        `lifts`: what may stand against the address and is lifted by this. Lists that the person left take them back
        with `again` alone.
        """
        with self._database.write() as connection:
            one = next(iter(read_subscribers(connection, table.c.email == candidate.email)), None)
            if stopped := _not_let_in(connection, marks, lifts):
                return Joined(one, stopped=stopped)
            if one is None:
                one = replace(candidate, subscriptions=())
                add_subscriber(connection, one, ())
            known = {own.place: own for own in one.subscriptions}
            new = [own for own in candidate.subscriptions if own.place not in known]
            meant = [known[own.bulletin, own.list] for own in candidate.subscriptions if own not in new]
            left = [own for own in meant if own.left_at]
            joined = _let_in(connection, one, [*new, *left] if again else new, told, deed)
            return joined if again else replace(joined, left=tuple(left))

    def choose(
        self,
        subscriber: str,
        rhythm: Rhythm,
        paused_until: date | None,
        headings: Mapping[Place, Sequence[str]],
        deed: Deed,
    ) -> Subscriber | None:
        """Write down how often somebody wants email, and which headings of each list; None: no such person."""
        with self._database.write() as connection:
            one = _person(connection, subscriber)
            if one is None:
                return None
            values = {"rhythm": rhythm, "paused_until": paused_until}
            connection.execute(update(table).where(table.c.id == subscriber).values(values))
            for place, chosen in headings.items():
                connection.execute(update(subscription).where(_at(subscriber, place)).values(headings=[*chosen]))
            now = _person(connection, subscriber)
            if now != one:
                append(connection, deed)
            return now

    def describe(self, subscriber: str, name: str, role: str, organisation: str, deed: Deed) -> None:
        """Write down who somebody is."""
        with self._database.write() as connection:
            values = {"name": name, "role": role, "organisation": organisation}
            connection.execute(update(table).where(table.c.id == subscriber).values(values))
            append(connection, deed)


def _person(connection: Connection, subscriber: str) -> Subscriber | None:
    return next(iter(read_subscribers(connection, table.c.id == subscriber)), None)


def _at(subscriber: str, place: Place) -> ColumnElement[bool]:
    mine = subscription.c.subscriber == subscriber
    return mine & (subscription.c.bulletin == place[0]) & (subscription.c.list == place[1])


def _tell(connection: Connection, subscriber: str, places: Collection[Subscription], told: Consent) -> None:
    """Write down what was done about these lists."""
    lines = [replace(told, bulletin=one.bulletin, list=one.list) for one in places]
    write_consents(connection, subscriber, lines)


def _end(connection: Connection, subscriber: str, places: Collection[Subscription], told: Consent) -> None:
    for one in places:
        here = _at(subscriber, one.place)
        connection.execute(update(subscription).where(here).values(left_at=told.at))
    _tell(connection, subscriber, places, told)


def _not_let_in(connection: Connection, marks: Sequence[str], lifts: frozenset[Why]) -> Suppression | None:
    """What stands against an address and stays; what may be lifted is."""
    stopped = suppressed(connection, marks)
    if stopped and stopped.why in lifts:
        lift(connection, marks)
        return None
    return stopped


def _let_in(
    connection: Connection, one: Subscriber, places: Sequence[Subscription], told: Consent, deed: Deed
) -> Joined:
    """Put a person on lists: those that they left are theirs again as they were."""
    back = [own for own in places if own.left_at]
    new = [own for own in places if not own.left_at]
    for own in back:
        connection.execute(update(subscription).where(_at(one.id, own.place)).values(left_at=None))
    write_places(connection, one.id, new)
    _tell(connection, one.id, back, replace(told, did=Did.CAME_BACK))
    _tell(connection, one.id, new, replace(told, did=Did.JOINED))
    if places:
        append(connection, replace(deed, what=one.id))
    now = _person(connection, one.id)
    return Joined(now, tuple(replace(own, left_at=None) for own in places))
