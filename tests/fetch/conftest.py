"""A publisher's server on loopback, scripted by each test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletin.fetch import Fetcher, Limits
from bulletin.model import Feed, Validators

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """Answers each path as the test says and remembers what it was asked."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def gives(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let a path answer with these bytes; returns its URL."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.does(path, answer)

    def does(self, path: str, answer: Answer) -> str:
        """Let a path answer in a way of its own; returns its URL."""
        self.answers[path] = answer
        return f"http://{self.address}{path}"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            ours.asked.append((self.path, dict(self.headers)))
            with suppress(ConnectionError):  # the fetcher hangs up on a bomb, as it should
                ours.answers[self.path.partition("?")[0]](self)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        ours = Publisher(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield ours
        ours.stop.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def fetch(publisher):
    """Visit URLs with a fetcher that may reach the publisher; gives what came of each, by URL."""

    def fetch(*urls: str, known: Validators | None = None, allowed: frozenset[str] | None = None, **limits: float):
        allow = frozenset({publisher.address}) if allowed is None else allowed
        feeds = [Feed(id=f"feed-{n}", name=f"Feed {n}", url=url) for n, url in enumerate(urls)]
        with Fetcher("library@example.nhs.uk", allow, Limits(**limits)) as fetcher:
            came = {
                feed.url: arrival for feed, arrival in fetcher.visits((feed, known or Validators()) for feed in feeds)
            }
        return came[urls[0]] if len(urls) == 1 else came

    return fetch
