"""Subscribers: who they are, which lists they are on, and how each of that came about."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, or_, select, true

from bulletin.model import Consent, Delivery, Did, Rhythm, Subscriber, Subscription, Way
from bulletin.store.database import Database
from bulletin.store.outbox.reading import brought_to
from bulletin.store.subscribers.tables import consent, subscription
from bulletin.store.subscribers.tables import subscriber as table

Place = tuple[str, str]  # ids of a bulletin and of one of its lists


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

    def some(self, ids: Collection[str]) -> list[Subscriber]:
        """Read the people of these ids who are there, by address."""
        return self._read(table.c.id.in_([*ids]))

    def page(self, words: str, place: Place | None, most: int, offset: int = 0) -> tuple[list[Subscriber], int]:
        """Read some of those whose address, name, role or organisation holds the words, and how many they are.

        Of a list, who is on it now or was; by address.
        """
        condition = _holds(words)
        if place:
            here = (subscription.c.bulletin == place[0]) & (subscription.c.list == place[1])
            condition &= table.c.id.in_(select(subscription.c.subscriber).where(here))
        shown = select(table.c.id).where(condition).order_by(table.c.email).limit(most).offset(offset)
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(table).where(condition)).scalar() or 0
            ids = [*connection.execute(shown).scalars()]
            return read_subscribers(connection, table.c.id.in_(ids)), total

    def counts(self) -> dict[Place, tuple[int, int]]:
        """How many people are on each list, and how many left it."""
        left = func.count(subscription.c.left_at)
        where = subscription.c.bulletin, subscription.c.list
        query = select(*where, func.count() - left, left).group_by(*where).order_by(*where)
        with self._database.read() as connection:
            return {(bulletin, list_id): (on, gone) for bulletin, list_id, on, gone in connection.execute(query)}

    def total(self) -> int:
        """How many people there are."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar() or 0

    def consents(self, subscriber: str) -> list[Consent]:
        """Read what somebody's lists rest on, the newest first."""
        mine = consent.c.subscriber == subscriber
        query = select(consent).where(mine).order_by(consent.c.id.desc())
        with self._database.read() as connection:
            return [_consent(row) for row in connection.execute(query).mappings()]

    def brought(self, subscriber: str, most: int) -> list[Delivery]:
        """Read what was to be brought to somebody and how it ended, the newest first."""
        with self._database.read() as connection:
            return brought_to(connection, subscriber, most)

    def _read(self, condition: ColumnElement[bool]) -> list[Subscriber]:
        with self._database.read() as connection:
            return read_subscribers(connection, condition)


def _holds(words: str) -> ColumnElement[bool]:
    """Whether each word stands somewhere in what is known of a person."""
    fields = table.c.email, table.c.name, table.c.role, table.c.organisation
    found = [
        or_(*(func.lower(one).contains(word, autoescape=True) for one in fields)) for word in words.lower().split()
    ]
    return and_(true(), *found)


def _consent(row: RowMapping) -> Consent:
    told = {name: value for name, value in row.items() if name not in ("id", "subscriber")}
    return Consent(**told | {"did": Did(told["did"]), "way": Way(told["way"])})


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
