"""Workers as processes, and a publisher with many hosts."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import newsroom
import psycopg
from sqlalchemy import make_url

PROCESS = Path(__file__).with_name("worker_process.py")
LONGEST = 40  # seconds until something has happened that has to


@dataclass
class Workers:
    """Two or more workers of one workspace."""

    environ: dict[str, str]
    folder: Path
    log: Path
    running: list[subprocess.Popen] = field(default_factory=list)

    def start(self, count: int) -> None:
        """Start so many more."""
        for _ in range(count):
            with self.log.open("a", encoding="utf-8") as log:
                command = [sys.executable, str(PROCESS), str(self.folder), "fetch", "deliver"]
                self.running.append(subprocess.Popen(command, env=self.environ, stderr=log))

    def kill(self, number: int) -> None:
        """Kill the worker with this process number, as a power cut would."""
        (one,) = [one for one in self.running if one.pid == number]
        one.kill()
        one.wait(10)

    def end(self) -> list[int]:
        """Ask all to end, and give the exit codes of those that were there."""
        there = [one for one in self.running if one.poll() is None]
        for one in there:
            one.terminate()
        return [one.wait(30) for one in there]

    def events(self) -> list[dict]:
        """What they logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def asked(self, query: str) -> list[tuple]:
        """What the database answers; nothing while it cannot."""
        address = make_url(self.environ["BULLETIN_DATABASE_URL"]).set(drivername="postgresql")
        with (
            suppress(psycopg.Error),
            psycopg.connect(address.render_as_string(hide_password=False)) as connection,
        ):
            return connection.execute(query).fetchall()
        return []

    def wait_for(self, query: str, wanted: object = None) -> list[tuple]:
        """Wait until the database answers this, or anything at all; gives the answer."""
        ends, pause = time.monotonic() + LONGEST, threading.Event()
        while time.monotonic() < ends:
            found = self.asked(query)
            if found == wanted or (wanted is None and found):
                return found
            pause.wait(0.05)
        raise AssertionError(f"{query}: {found}\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    def process_of(self, told: str) -> int:
        """The number of a process by what `machine.process` tells of it."""
        return int(told.partition(" ")[0])


@contextmanager
def workers(folder: Path, environ: dict[str, str], count: int = 2):
    """Workers, while the context lasts."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
    with tempfile.TemporaryDirectory() as name:
        ours = Workers(others | environ, folder, Path(name) / "log")
        ours.start(count)
        try:
            yield ours
        finally:
            for one in ours.running:
                one.kill()
                one.wait(10)


@dataclass
class Hosts:
    """A publisher with a host for each feed; an answer takes `seconds`."""

    urls: list[str] = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)
    at_once: Counter = field(default_factory=Counter)
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def hosts(count: int, seconds: float):
    """Such a publisher, while the context lasts."""
    ours, stop = Hosts(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            with ours.lock:
                ours.asked[self.path] += 1
                ours.at_once[self.path] += 1
                ours.most_at_once = max(ours.most_at_once, ours.at_once[self.path])
            stop.wait(seconds)
            with ours.lock:
                ours.at_once[self.path] -= 1
            body = newsroom.document(newsroom.entry(f"News of {self.path}"))
            with suppress(ConnectionError):  # who asked was killed
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 200

        def handle_error(self, *args: object) -> None:
            pass

    with Server(("0.0.0.0", 0), Handler) as server:
        ours.urls = [f"http://127.0.1.{n + 1}:{server.server_address[1]}/{n}" for n in range(count)]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield ours
        finally:
            stop.set()
            server.shutdown()
            thread.join()
