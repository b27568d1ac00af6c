"""A desk from which editions were sent to three readers, and emails that come back to its folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from os import utime
from pathlib import Path

import newsroom
from sqlalchemy import insert, select

from bulletin import config, jobs
from bulletin.jobs import Desk
from bulletin.model import Frozen, Laid, Laying, State, Subscriber, Subscription
from bulletin.store.desktables import approval
from bulletin.store.outbox import tables
from bulletin.store.outbox.laying import lay
from bulletin.store.tables import metadata

SAMPLES = Path(__file__).with_name("returned")
ALEX, BILL, CARA = (f"{number:016x}" for number in (1, 2, 3))
BOX = "bounces@example.nhs.uk"
MIME = b"From: Library <library@example.nhs.uk>\r\nSubject: Hello\r\n\r\nHello.\r\n"
_MESSAGE = "update-2026-12.managers.0123456789abcdef0123@example.nhs.uk"  # of the samples
_TAG = "7-0123456789abcdef"


@contextmanager
def open_desk(folder: Path, clock: newsroom.Clock, **more: str) -> Iterator[Desk]:
    """The desk of a newsroom whose mail comes back to the folder `back`."""
    if not (folder / "bulletins.yaml").exists():
        newsroom.workspace(folder, "http://127.0.0.1:9/a")
        (folder / "back").mkdir()
    told = {"BULLETIN_BOUNCES": f"file://{(folder / 'back').as_posix()}", "BULLETIN_BOUNCE_ADDRESS": BOX, **more}
    with jobs.open_desk(config.load(folder, newsroom.environment(folder) | told), clock) as desk:
        yield desk


def readers(desk: Desk) -> None:
    """Alex, Bill and Cara, on the list of managers and on one of nurses."""
    for id_, name in ((ALEX, "alex"), (BILL, "bill"), (CARA, "cara")):
        places = tuple(Subscription("update", list_id, desk.now()) for list_id in ("managers", "nurses"))
        desk.store.subscribers.add(
            Subscriber(id_, f"{name}@trust.example", added_at=desk.now(), subscriptions=places), ()
        )


def lay_edition(desk: Desk, edition: str, *recipients: str) -> None:
    """Approve an edition and lay it for these subscribers, or lists (@all)."""
    people = {one.id: one.email for one in desk.store.subscribers.all()}
    laid = tuple(
        Laid("managers", to, people.get(to, "all@trust.example"), "", "m", message_id(edition, to), desk.now())
        for to in recipients or (ALEX, BILL, CARA)
    )
    with desk.store._database.write() as connection:
        values = {"edition": edition, "digest": "d", "editor": "eve", "at": desk.now()}
        (yes,) = connection.execute(insert(approval).values(values)).inserted_primary_key
        lay(connection, yes, edition, "update", Laying((Frozen("m", "Hello", MIME),), laid), desk.now())


def message_id(edition: str, recipient: str = ALEX) -> str:
    return f"{edition}.{recipient.strip('@')}@example.nhs.uk"


@dataclass(frozen=True)
class Taken:
    """A delivery that somebody has in hand."""

    delivery: int
    bulletin: str = "update"
    list: str = "managers"


def hand(desk: Desk) -> Taken:
    """Take what was laid first in hand, and give it away."""
    now = desk.now()
    with desk.store._database.write() as connection:
        number = connection.execute(
            select(tables.due.c.delivery).order_by(tables.due.c.delivery).limit(1)
        ).scalar_one()
        connection.execute(tables.due.delete().where(tables.due.c.delivery == number))
        opened = {"delivery": number, "number": 1, "sender": "s1", "claimed_at": now, "handed_at": now, "since": now}
        connection.execute(insert(tables.attempt).values(**opened, reply="", code=0, status="", words=""))
    return Taken(number)


def send(desk: Desk, edition: str, *recipients: str, state: State = State.SENT) -> list[Taken]:
    """Send an edition to all of them, or let it end otherwise."""
    lay_edition(desk, edition, *recipients)
    taken = [hand(desk) for _ in recipients or (ALEX, BILL, CARA)]
    with desk.store._database.write() as connection:
        for one in taken:
            this = tables.attempt.c.delivery == one.delivery
            connection.execute(tables.attempt.update().where(this).values(ended_at=desk.now()))
            over = {"delivery": one.delivery, "state": state, "at": desk.now(), "words": "", "by": ""}
            connection.execute(insert(tables.ending).values(over))
    return taken


def comes_back(
    desk: Desk, sample: str, edition: str = "e1", name: str = "", *, tag: str = _TAG, to: str = ALEX
) -> bytes:
    """Put a sample into the folder as if it were about this edition; gives it."""
    letter = (SAMPLES / f"{sample}.eml").read_bytes()
    letter = letter.replace(_MESSAGE.encode(), message_id(edition, to).encode())
    letter = letter.replace(_TAG.encode(), tag.encode()).replace(_TAG.upper().encode(), tag.upper().encode())
    puts(desk, letter, name or f"{sample}-{edition}-{to}")
    return letter


def puts(desk: Desk, letter: bytes, name: str = "letter") -> None:
    path = desk.config.folder / "back" / f"{name}.eml"
    path.write_bytes(letter)
    at = int(desk.now().timestamp())
    utime(path, (at, at))


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with desk.store._database.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


def later(clock: newsroom.Clock, **more: float) -> datetime:
    clock.now += timedelta(**more)
    return clock.now
