"""Link states: what each address answered when it was asked last, so that nobody is asked twice a day."""

from collections.abc import Collection, Mapping
from hashlib import sha256

from sqlalchemy import delete, insert, select

from bulletin.model import LinkState
from bulletin.store.database import Database
from bulletin.store.linttables import link_state as table
from bulletin.store.rows import chunks


class LinkStates:
    """What links answered; only the last answer of each is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, states: Mapping[str, LinkState]) -> None:
        """Write down what these addresses answered, over what they had answered before."""
        rows = [{"digest": _digest(url), "url": url, **vars(state)} for url, state in states.items()]
        with self._database.write() as connection:
            for some in chunks([row["digest"] for row in rows]):
                connection.execute(delete(table).where(table.c.digest.in_(some)))
            if rows:
                connection.execute(insert(table), rows)

    def of(self, urls: Collection[str]) -> dict[str, LinkState]:
        """Give what is known of those of these addresses that were ever asked."""
        by_digest = {_digest(url): url for url in urls}
        told = table.c.digest, table.c.status, table.c.at, table.c.why
        with self._database.read() as connection:
            rows = [
                row
                for some in chunks(by_digest)
                for row in connection.execute(select(*told).where(told[0].in_(some)))
            ]
        return {by_digest[digest]: LinkState(status, at, why) for digest, status, at, why in rows}


def _digest(url: str) -> str:
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
