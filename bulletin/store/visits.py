"""Visits: one row for each fetch of a feed, with what the server gave to ask it again with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from bulletin.model import Activity, Outcome, Past, Trouble, Validators, Visit
from bulletin.store import tables
from bulletin.store.activity import activity, followed
from bulletin.store.database import Database
from bulletin.store.runs import BROUGHT, GOOD, last_ids, run_ends, worth_keeping
from bulletin.store.tables import EMPTY
from bulletin.store.tables import visit as table

AHEAD = timedelta(days=1)  # a visit that lies further ahead was made under a clock that was wrong

_move = tables.move
_FEEDS_AT_ONCE = 200  # of one query, most with one address and few with more; old builds of SQLite take 999 values


class Visits:
    """What came of going to the feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, visit: Visit) -> None:
        """Write down a visit that brought no items: it failed, or nothing had changed."""
        self.record_all([visit])

    def record_all(self, visits: Sequence[Visit]) -> None:
        """Write down several such visits: all of them, or none."""
        if visits:
            with self._database.write() as connection:
                add_visits(connection, visits)

    def latest(self) -> dict[str, Visit]:
        """Give the last visit to each feed, by feed id."""
        last = select(func.max(table.c.id)).group_by(table.c.feed)
        with self._database.read() as connection:
            rows = connection.execute(select(table).where(table.c.id.in_(last))).mappings()
            return {row["feed"]: _visit(row) for row in rows}

    def known(self, feeds: Collection[str] | None = None) -> dict[tuple[str, str], tuple[Validators, str]]:
        """Give validators and digest to ask with, by feed id and address, both from the last good visit with any.

        A visit that failed never counts: what it brought was not shelved. `feeds` may leave others out, and does
        where they are few.
        """
        some = feeds if feeds is not None and len(feeds) <= _FEEDS_AT_ONCE else None
        with self._database.read() as connection:
            rows = connection.execute(select(table).where(table.c.id.in_(last_ids(BROUGHT, some)))).mappings()
            return {(visit.feed, visit.url): (visit.validators, visit.digest) for visit in map(_visit, rows)}

    def pasts(self, addresses: Mapping[str, Collection[str]]) -> dict[str, Past]:
        """Tell the past of each feed, by id, from its visits to the addresses that are given for it.

        A feed that was never visited there is absent.
        """
        pasts: dict[str, Past] = {}
        feeds = list(addresses)
        with self._database.read() as connection:
            for start in range(0, len(feeds), _FEEDS_AT_ONCE):
                some = feeds[start : start + _FEEDS_AT_ONCE]
                pasts |= _pasts(connection, [(feed, url) for feed in some for url in addresses[feed]])
        return pasts

    def recent(self, feed: str, url: str, most: int = 20) -> list[Visit]:
        """Give the last visits to a feed at an address that did not fail, the newest first."""
        here = select(table).where(table.c.feed == feed, table.c.url == url, GOOD)
        with self._database.read() as connection:
            rows = connection.execute(here.order_by(table.c.id.desc()).limit(most)).mappings()
            return [_visit(row) for row in rows]

    def holds(self, now: datetime) -> dict[str, datetime]:
        """Give the hosts (host:port) that asked for no visit yet, and until when."""
        until = func.max(table.c.wait_until)
        held = select(table.c.held_host, until).where(table.c.held_host != EMPTY, table.c.wait_until > now)
        held = held.where(table.c.at <= now + AHEAD)
        with self._database.read() as connection:
            return dict(connection.execute(held.group_by(table.c.held_host)).all())

    def move(self, feed: str, url: str, new_url: str, at: datetime) -> None:
        """Write down that an address of a feed has moved for good; where it had moved to before is forgotten."""
        with self._database.write() as connection:
            connection.execute(delete(_move).where(_move.c.feed == feed, _move.c.url == url))
            connection.execute(insert(_move).values(feed=feed, url=url, new_url=new_url, at=at))

    def moves(self) -> dict[tuple[str, str], str]:
        """Give the new addresses by feed id and old address."""
        with self._database.read() as connection:
            return {(row.feed, row.url): row.new_url for row in connection.execute(select(_move))}

    def prune(self, before: datetime) -> int:
        """Delete visits from before an instant, and say how many; nothing that this class tells changes by it.

        Only the number of failures shrinks, when a feed has been failing since before then.
        """
        with self._database.write() as connection:
            old = (table.c.at < before) & table.c.id.not_in(worth_keeping())
            gone = connection.execute(delete(table).where(old).returning(table.c.id))
            return len(gone.all())  # sqlite3 counts no rows of a statement that begins with WITH

    def followed(self) -> dict[str, datetime]:
        """Say since when each feed has brought something, by feed id."""
        with self._database.read() as connection:
            return followed(connection)

    def activity(self, now: datetime) -> dict[str, Activity]:
        """Say what each feed has brought in a year, by feed id; one that has never brought anything is absent."""
        with self._database.read() as connection:
            return activity(connection, now)


def add_visits(connection: Connection, visits: Sequence[Visit]) -> None:
    """Write visits inside a transaction that has already written what they brought."""
    rows = [asdict(visit) for visit in visits]
    connection.execute(insert(table), [row.pop("validators") | row for row in rows])


def _pasts(connection: Connection, asked: Sequence[tuple[str, str]]) -> dict[str, Past]:
    if not asked:
        return {}
    runs = connection.execute(run_ends(asked)).all()
    wanted = {id_ for run in runs for id_ in (run.last, run.good) if id_ is not None}
    rows = connection.execute(select(table).where(table.c.id.in_(wanted))).mappings()
    visits = {row["id"]: _visit(row) for row in rows}
    return {
        run.feed: Past(
            visits[run.last],
            visits[run.good].at if run.good else None,
            run.failures,
            run.failing_since,
            run.gone_since,
        )
        for run in runs
        if run.last
    }


def _visit(row: RowMapping) -> Visit:
    return Visit(
        feed=row["feed"],
        at=row["at"],
        outcome=Outcome(row["outcome"]),
        url=row["url"],
        validators=Validators(row["etag"], row["last_modified"]),
        message=row["message"],
        seen=row["seen"],
        new=row["new"],
        trouble=Trouble(row["trouble"]),
        digest=row["digest"],
        wait_until=row["wait_until"],
        held_host=row["held_host"],
        moved_to=row["moved_to"],
    )
