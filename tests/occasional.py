"""A desk on which editions happen by themselves: a schedule with every step, editors, and a letter box."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from pathlib import Path

import editing
import newsroom

from bulletin.errors import SendError
from bulletin.jobs import Desk, occasions, people
from bulletin.jobs.turning import Shift, new_beat
from bulletin.model import Turn, Unattended

DUE = datetime(2026, 12, 7, 9, tzinfo=UTC)  # the first Monday of December, 09:00 in London
REMINDED = datetime(2026, 12, 8, 9, 30, tzinfo=UTC)
HOUR = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
EDITION = "digest-2026-12-07"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEPS = {"review": 2 * DAY, "send_at": time(9, 30), "remind": DAY}
TWO = tuple(Shift(new_beat("schedule", editing.NOW)) for _ in range(2))
SENDS = STEPS | {"unattended": Unattended.SEND}


@dataclass
class Box:
    """Stands for the mail server; refuses letters to some, or to all."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    is_away: bool = False

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        if self.is_away or recipient in self.refuses:
            raise SendError("the mail server is away")
        self.letters.append((recipient, message))

    @property
    def told(self) -> list[tuple[str, str]]:
        """To whom, and the beginning of the subject."""
        return [(to.partition("@")[0], _subject(message).partition(":")[0]) for to, message in self.letters]

    def text(self, number: int = -1) -> str:
        """A letter in one line."""
        return " ".join(message_from_bytes(self.letters[number][1]).get_payload(decode=True).decode().split())


def _subject(message: bytes) -> str:
    return str(message_from_bytes(message)["Subject"])


@contextmanager
def open_desk(folder: Path, clock: newsroom.Clock, **steps: object) -> Iterator[Desk]:
    """The digest alone, with an item to print and two who approve; its schedule begins now."""
    with editing.open_desk(folder, clock) as desk:
        editing.shelve(desk, "Gowns", -14.9, greener=0.9)
        for name, role in (("eve", "approver"), ("bob", "approver:digest"), ("ann", "editor"), ("vic", "viewer")):
            people.add_editor(desk, "", f"{name}@example.nhs.uk", name, people.grants_from([role]))
        ours = scheduled(replace(desk, post=Box()), **steps)
        tick(ours)
        yield ours


def scheduled(desk: Desk, **steps: object) -> Desk:
    """The desk with these steps in the schedule of the digest."""
    one = desk.bulletin("digest")
    changed = replace(one, schedule=replace(one.schedule, **steps))
    return replace(desk, config=replace(desk.config, bulletins=(changed,)))


def tick(desk: Desk) -> list[str]:
    """Two processes, which show that they are there, come for what is due, each twice; gives what they did."""
    for one in TWO:
        desk.store.beats.show(replace(one.me, seen=desk.now()))
    done = [occasions.hold(desk, one) for one in (*TWO, *TWO)]
    return [one.words for one in done if one]


def at(desk: Desk, when: datetime) -> list[str]:
    """Set the clock and tick."""
    desk.now.now = when
    return tick(desk)


def turn(desk: Desk, step: str, period: str = "2026-12-07") -> Turn | None:
    return desk.store.turns.get(f"{step}:digest", period)


def drafted(desk: Desk) -> list[str]:
    """The editions that there are, the newest first."""
    return [row.id for row in desk.store.editions.list()]
