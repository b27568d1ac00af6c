"""The ledger of what goes out: who waits, who was tried, and how each of them ended."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bulletin.model import (
    Answer,
    Claim,
    Deed,
    Delivery,
    Halt,
    Recovered,
    Reply,
    Sender,
    State,
    Upshot,
    Wait,
)
from bulletin.store.database import Database
from bulletin.store.deeds import append
from bulletin.store.outbox import claims, halts, handing, outcomes, reading, recovery
from bulletin.store.outbox.claims import Terms
from bulletin.store.outbox.tables import attempt, delivery, delivery_state, due, member, message
from bulletin.store.outbox.together import part

_MOST = 10_000  # deliveries read at once


class Outbox:
    """Every delivery is in exactly one state at all times; the sum of all states is the number of recipients.

    All that is written compares before it sets, in a transaction alone in writing: two senders, two machines and a
    sender that was given up too early do no harm to each other.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self, edition: str) -> Counter[State]:
        """Count the deliveries of an edition by their states."""
        return self.tallies(edition).get(edition, Counter())

    def tallies(self, edition: str = "") -> dict[str, Counter[State]]:
        """Count deliveries by their states for each edition, or for one."""
        view = delivery_state.c
        query = select(view.edition, view.state, func.count()).group_by(view.edition, view.state)
        if edition:
            query = query.where(view.edition == edition)
        found: dict[str, Counter[State]] = defaultdict(Counter)
        with self._database.read() as connection:
            for name, state, count in connection.execute(query.order_by(view.edition)):
                found[name][State(state)] = count
        return dict(found)

    def deliveries(self, edition: str, *states: State, most: int = _MOST) -> list[Delivery]:
        """Read deliveries in some states or in all, of one edition or of all when its name is empty."""
        with self._database.read() as connection:
            return reading.stands(connection, edition, states or tuple(State), most)

    def get(self, number: int) -> Delivery | None:
        """Read one delivery."""
        with self._database.read() as connection:
            return reading.stand(connection, number)

    def mime(self, digest: str) -> bytes:
        """Read a frozen message."""
        with self._database.read() as connection:
            found: bytes = connection.execute(select(message.c.mime).where(message.c.digest == digest)).scalar_one()
            return found

    def next_due(self, edition: str = "") -> datetime | None:
        """When something is due next that is not held; of one edition, or of all."""
        with self._database.read() as connection:
            return reading.next_due(connection, edition)

    def halts(self, edition: str | None = None) -> list[Halt]:
        """Read what holds an edition, everything's halts with it; without one, every halt that is open."""
        with self._database.read() as connection:
            return halts.open_halts(connection, edition)

    # What a sender does.

    def enter(self, sender: Sender) -> None:
        """Write down that a process begins to send."""
        with self._database.write() as connection:
            recovery.enter(connection, sender)

    def see(self, sender: Sender) -> None:
        """Write down that a sender is still there."""
        with self._database.write() as connection:
            recovery.see(connection, sender)

    def senders(self) -> list[Sender]:
        """Read who sends, and who left something open."""
        with self._database.read() as connection:
            return recovery.senders(connection)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Let no sender begin, and nothing be claimed, while this lasts; gives whether none is there."""
        with self._database.write() as connection:
            yield not recovery.senders(connection)

    def recover(self, gone: Collection[str], now: datetime) -> Recovered:
        """End what these senders left open: it waits again when nothing of it was given away, else it is in doubt."""
        with self._database.write() as connection:
            return recovery.recover(connection, gone, now)

    def claim(self, terms: Terms, now: datetime) -> tuple[Claim, ...] | Wait | None:
        """Take what has been due longest, or say when to ask again; None: nothing is due."""
        with self._database.write() as connection:
            return claims.claim(connection, terms, now)

    def hand(self, claim: Claim, now: datetime) -> bool:
        """Write down, before anything is given away, that it is about to be; False when it must not be any more."""
        with self._database.write() as connection:
            return handing.hand(connection, claim, now)

    def end(
        self, claim: Claim, answer: Answer, upshot: Upshot, now: datetime, terms: Terms | None = None
    ) -> tuple[Claim, ...] | Wait | None:
        """Write down what came of an attempt and, on these terms, take what is next in the same transaction."""
        with self._database.write() as connection:
            outcomes.end(connection, claim, answer, upshot, now)
            return claims.claim(connection, terms, now) if terms else None

    def give_back(self, taken: Collection[Claim], now: datetime) -> None:
        """Let what a sender has in hand, but did not hand over, wait as before."""
        with self._database.write() as connection:
            for one in taken:
                upshot = Upshot(State.WAITING, one.due)
                outcomes.end(connection, one, Answer(Reply.ABANDONED), upshot, now)

    def gathered(self, now: datetime) -> None:
        """Let go by themselves what was due by then and could be put together with others: that is done."""
        ripe = select(due.c.delivery).where(due.c.at <= now)
        with self._database.write() as connection:
            here = delivery.c.gathers, delivery.c.id.in_(ripe)
            connection.execute(update(delivery).where(*here).values(gathers=False))

    # What people do about it.

    def hold(self, halt: Halt) -> bool:
        """Hold an edition, or everything; False when it is held for the same reason already."""
        with self._database.write() as connection:
            return halts.add_halt(connection, halt)

    def resume(self, edition: str, by: str, at: datetime) -> int:
        """Let an edition go on, or end what holds everything; gives how many halts that ended."""
        with self._database.write() as connection:
            return halts.end_halts(connection, edition, by, at)

    def cancel(self, edition: str, by: str, at: datetime) -> int:
        """End all that waits of an edition, for good, and say how many; what is in flight ends by itself."""
        with self._database.write() as connection:
            ours = select(delivery.c.id).where(delivery.c.edition == edition)
            leads = select(member.c.lead).where(member.c.delivery.in_(ours) | member.c.lead.in_(ours))
            waits = select(due.c.delivery)
            for lead in connection.execute(leads.where(member.c.lead.in_(waits)).distinct()).scalars().all():
                part(connection, lead, at)
            gone = delete(due).where(due.c.delivery.in_(ours)).returning(due.c.delivery)
            numbers = connection.execute(gone).scalars().all()
            for number in numbers:
                outcomes.finish(connection, number, State.CANCELLED, at, f"cancelled by {by}", by)
            halts.add_halt(connection, Halt(0, edition, at, by, f"cancelled by {by}", is_final=True))
            return len(numbers)

    def settle(self, number: int, state: State, deed: Deed, *, again: bool) -> bool:
        """End a doubt or a failure as a person says: it goes again, or counts as sent; False: it stands otherwise."""
        with self._database.write() as connection:
            is_done = outcomes.settle(connection, number, state, again=again, by=deed.who, at=deed.at)
            if is_done:
                append(connection, deed)
            return is_done

    def release(self, edition: str, deed: Deed) -> int:
        """Make due what waits for the hour of its edition alone, and write down who wants that; gives how many.

        Readers who get several editions together keep their morning, and what was tried keeps its next try.
        """
        untried = ~select(attempt.c.delivery).where(attempt.c.delivery == delivery.c.id).exists()
        ours = select(delivery.c.id).where(delivery.c.edition == edition, ~delivery.c.gathers, untried)
        query = update(due).where(due.c.at > deed.at, due.c.delivery.in_(ours)).values(at=deed.at)
        with self._database.write() as connection:
            released = connection.execute(query).rowcount
            if released:
                append(connection, deed)
            return released

    def hasten(self, edition: str, now: datetime) -> int:
        """Make due at once what waits for another try, of one edition or of all; gives how many."""
        put_off = select(attempt.c.delivery).where(attempt.c.reply == Reply.LATER)
        query = update(due).where(due.c.at > now, due.c.delivery.in_(put_off)).values(at=now)
        if edition:
            query = query.where(due.c.delivery.in_(select(delivery.c.id).where(delivery.c.edition == edition)))
        with self._database.write() as connection:
            return connection.execute(query).rowcount
