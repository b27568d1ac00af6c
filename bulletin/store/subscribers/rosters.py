"""Rosters: many people put on one list in one go, all of what a plan says or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bulletin.model import Consent, Deed, Subscriber, Suppression
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.subscribers.people import Place
from bulletin.store.subscribers.suppressions import read_suppressions
from bulletin.store.subscribers.tables import consent, subscription
from bulletin.store.subscribers.tables import subscriber as table


@dataclass(frozen=True)
class Known:
    """What is known of a person, before a file tells of them."""

    id: str
    name: str
    role: str
    organisation: str
    is_on: bool  # the list
    left_at: datetime | None  # they were on it


@dataclass(frozen=True)
class Standing:
    """What is known before a file is taken in."""

    people: Mapping[str, Known]  # by address
    suppressions: Mapping[str, Suppression]  # by mark


@dataclass(frozen=True)
class Entrant:
    """Somebody whom a file puts on the list, or of whom it tells more."""

    person: Subscriber  # as they will stand; those who join, with their place on the list
    is_new: bool  # nobody has the address yet
    told: Consent | None  # of joining; none: they are on the list already


Plan = Callable[[Standing], tuple[Sequence[Entrant], Deed]]


class Rosters:
    """Takes in files of people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standing(self, place: Place) -> Standing:
        """What is known now."""
        with self._database.read() as connection:
            return _standing(connection, place)

    def take_in(self, place: Place, plan: Plan) -> None:
        """Do what a plan makes of what is known, with nobody writing in between; its line tells of what it did."""
        with self._database.write() as connection:
            entrants, line = plan(_standing(connection, place))
            if entrants:
                _write(connection, entrants)
                append(connection, line)


def _standing(connection: Connection, place: Place) -> Standing:
    here = (subscription.c.bulletin == place[0]) & (subscription.c.list == place[1])
    query = select(subscription.c.subscriber, subscription.c.left_at).where(here)
    places = {row.subscriber: row.left_at for row in connection.execute(query)}
    people = {
        row.email: Known(
            row.id,
            row.name,
            row.role,
            row.organisation,
            is_on=row.id in places and places[row.id] is None,
            left_at=places.get(row.id),
        )
        for row in connection.execute(select(table))
    }
    return Standing(people, read_suppressions(connection))


def _write(connection: Connection, entrants: Sequence[Entrant]) -> None:
    new = [_row(one.person) for one in entrants if one.is_new]
    known = [{f"_{name}": value for name, value in _row(one.person).items()} for one in entrants if not one.is_new]
    if new:
        connection.execute(insert(table), new)
    if known:
        values: dict[str, Any] = {name: bindparam(f"_{name}") for name in ("name", "role", "organisation")}
        connection.execute(update(table).where(table.c.id == bindparam("_id")).values(values), known)
    joining = [(one.person, one.told) for one in entrants if one.told]
    places = [{"subscriber": one.id, **vars(place)} for one, _ in joining for place in one.subscriptions]
    if joining:
        connection.execute(insert(subscription), places)
        connection.execute(insert(consent), [{"subscriber": one.id, **vars(told)} for one, told in joining])


def _row(person: Subscriber) -> dict[str, Any]:
    return {name: value for name, value in vars(person).items() if name != "subscriptions"}
