"""The ledger of what goes out: who waits, who was tried, and how each of them ended."""

from collections import Counter

from sqlalchemy import func, select

from bulletin.model import State
from bulletin.store.database import Database
from bulletin.store.outbox.tables import delivery_state


class Outbox:
    """Every delivery is in exactly one state at all times; the sum of all states is the number of recipients."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self, edition: str) -> Counter[State]:
        """Count the deliveries of an edition by their states."""
        state = delivery_state.c.state
        query = select(state, func.count()).where(delivery_state.c.edition == edition).group_by(state)
        with self._database.read() as connection:
            return Counter({State(name): count for name, count in connection.execute(query)})
