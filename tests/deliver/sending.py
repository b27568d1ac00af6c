"""A newsroom with readers and an approved edition, and the stub that stands for their mail server."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import editing
import newsroom
import pytest

from bulletin import config, jobs
from bulletin.jobs import Desk
from bulletin.model import Config, Pace, Subscriber, Subscription
from bulletin.store.subscribers.people import add_subscriber

STUB = Path(__file__).parents[3] / "shared" / "tools" / "smtp_stub.py"
FREE = Pace(a_minute=0, a_day=0)
BASE = "https://bulletins.example.nhs.uk"
needs_stub = pytest.mark.skipif(not STUB.exists(), reason=f"the scripted mail server is not here: {STUB}")


@dataclass
class Stub:
    """A scripted mail server of its own process; its ledger is the truth about what was taken."""

    port: int
    ledger: Path

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def taken(self) -> list[dict[str, object]]:
        """Each message that it took, in the order in which it did."""
        if not self.ledger.exists():
            return []
        return [json.loads(line) for line in self.ledger.read_text(encoding="utf-8").splitlines()]

    def who(self) -> list[str]:
        """Whose they were, by the local part."""
        return [str(one["rcpt"]).partition("@")[0] for one in self.taken()]

    def most(self) -> int:
        """How often one message came for one recipient, at most."""
        counts = Counter((one["message_id"], one["rcpt"]) for one in self.taken())
        return max(counts.values(), default=0)


@contextmanager
def open_stub(folder: Path, *options: str) -> Iterator[Stub]:
    """Serve while the context lasts."""
    ledger = folder / "stub.jsonl"
    command = [sys.executable, str(STUB), "--port", "0", "--ledger", str(ledger), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield Stub(int(process.stdout.readline()), ledger)
        finally:
            process.kill()


def with_readers(desk: Desk, names: Iterable[str], bulletin: str = "digest", list_id: str = "all") -> None:
    """Put somebody on a list for each of these local parts."""
    with desk.store._database.write() as connection:
        for number, name in enumerate(names, 1):
            places = (Subscription(bulletin, list_id, desk.now()),)
            one = Subscriber(f"{number:016x}", f"{name}@example.org", added_at=desk.now(), subscriptions=places)
            add_subscriber(connection, one, ())


@contextmanager
def open_desk(folder: Path, url: str, *names: str, pace: Pace = FREE, database: str = "") -> Iterator[Desk]:
    """The desk of a newsroom whose digest is approved for readers with these local parts."""
    clock = newsroom.Clock(editing.NOW)
    with editing.open_desk(folder, clock):
        pass
    told = environment(folder, url) | ({"BULLETIN_DATABASE_URL": database} if database else {})
    with jobs.open_desk(replace(config.load(folder, told), pace=pace), clock) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        with_readers(desk, names)
        editing.approve(desk, editing.DIGEST)
        yield desk


def environment(folder: Path, url: str) -> dict[str, str]:
    """The settings of such a newsroom."""
    return newsroom.environment(folder) | {"BULLETIN_SMTP_URL": url, "BULLETIN_BASE_URL": BASE}


def settings(folder: Path, url: str) -> Config:
    return config.load(folder, environment(folder, url))


def deliver(desk: Desk, *, naps: list[float] | None = None, **how: object) -> jobs.deliver.Ran:
    """Run once; whoever has to wait moves the clock instead."""

    def nap(seconds: float) -> None:
        if naps is not None:
            naps.append(seconds)
        desk.now.now += editing.timedelta(seconds=seconds)

    return jobs.deliver.run(desk, how=jobs.deliver.How(**({"patience": 0.0} | how)), nap=nap)


def states(desk: Desk, edition: str = editing.DIGEST) -> dict[str, int]:
    return {state.value: count for state, count in jobs.deliver.states(desk, edition).items()}
