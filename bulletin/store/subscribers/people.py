"""Subscribers: who they are, which lists they are on, and how each of that came about."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, insert, select, true

from bulletin.model import Consent, Rhythm, Subscriber, Subscription
from bulletin.store.database import Database
from bulletin.store.subscribers.tables import consent, subscription
from bulletin.store.subscribers.tables import subscriber as table


class Subscribers:
    """The people who get bulletins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, one: Subscriber, consents: Iterable[Consent]) -> None:
        """Write down a new person with their lists, and what each of that rests on."""
        with self._database.write() as connection:
            add_subscriber(connection, one, consents)

    def get(self, subscriber: str) -> Subscriber | None:
        """Read one person by id."""
        return next(iter(self._read(table.c.id == subscriber)), None)

    def by_email(self, email: str) -> Subscriber | None:
        """Read one person by their normalised address."""
        return next(iter(self._read(table.c.email == email)), None)

    def on(self, bulletin: str, list_id: str) -> list[Subscriber]:
        """Read who is on a list now, by address."""
        here = (subscription.c.bulletin == bulletin) & (subscription.c.list == list_id)
        now = select(subscription.c.subscriber).where(here, subscription.c.left_at.is_(None))
        return self._read(table.c.id.in_(now))

    def all(self) -> list[Subscriber]:
        """Read everybody, by address."""
        return self._read(true())

    def _read(self, condition: ColumnElement[bool]) -> list[Subscriber]:
        with self._database.read() as connection:
            return read_subscribers(connection, condition)


def read_subscribers(connection: Connection, condition: ColumnElement[bool]) -> list[Subscriber]:
    """Read the people who meet a condition on their own row, by address."""
    rows = connection.execute(select(table).where(condition).order_by(table.c.email)).mappings().all()
    whose = subscription.c.subscriber.in_(select(table.c.id).where(condition))
    order = subscription.c.bulletin, subscription.c.list
    places: dict[str, list[Subscription]] = {row["id"]: [] for row in rows}
    for place in connection.execute(select(subscription).where(whose).order_by(*order)).mappings():
        told = {name: value for name, value in place.items() if name not in ("subscriber", "headings")}
        places[place["subscriber"]].append(Subscription(**told, headings=tuple(place["headings"])))
    return [
        Subscriber(**{**row, "rhythm": Rhythm(row["rhythm"])}, subscriptions=tuple(places[row["id"]])) for row in rows
    ]


def add_subscriber(connection: Connection, one: Subscriber, consents: Iterable[Consent]) -> None:
    """Write down a new person with their lists."""
    row = {name: value for name, value in asdict(one).items() if name != "subscriptions"}
    connection.execute(insert(table).values(row))
    write_places(connection, one.id, one.subscriptions)
    write_consents(connection, one.id, consents)


def write_places(connection: Connection, subscriber: str, places: Collection[Subscription]) -> None:
    """Write down new places of a person on lists."""
    if places:
        connection.execute(insert(subscription), [{"subscriber": subscriber, **asdict(one)} for one in places])


def write_consents(connection: Connection, subscriber: str, consents: Iterable[Consent]) -> None:
    """Add lines to what a person's lists rest on."""
    rows = [{"subscriber": subscriber, **asdict(one)} for one in consents]
    if rows:
        connection.execute(insert(consent), rows)
