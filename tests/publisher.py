"""A publisher's server on loopback, scripted by each test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """Answers each path as the test says and remembers what it was asked."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    heads: dict[str, Answer] = field(default_factory=dict)  # what it answers to HEAD; to others 501
    asked_heads: list[str] = field(default_factory=list)
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

    def publishes(self, path: str, *entries: str) -> str:
        """Let a path answer with an RSS document of these `<item>`s, and 304 to who has it; returns its URL."""
        items = "".join(f"<item>{entry}</item>" for entry in entries)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'.encode()
        etag = f'"{hash(body)}"'

        def answer(handler: BaseHTTPRequestHandler) -> None:
            known = handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if known else 200)
            handler.send_header("ETag", etag)
            handler.send_header("Content-Type", "application/rss+xml")
            handler.send_header("Content-Length", "0" if known else str(len(body)))
            handler.end_headers()
            handler.wfile.write(b"" if known else body)

        return self.does(path, answer)

    def does(self, path: str, answer: Answer) -> str:
        """Let a path answer in a way of its own; returns its URL."""
        self.answers[path] = answer
        return f"http://{self.address}{path}"


def not_found(handler: BaseHTTPRequestHandler) -> None:
    """The answer of a path that no test has scripted."""
    handler.send_response(404)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    """A publisher, while the context lasts."""
    ours = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            ours.asked.append((self.path, dict(self.headers)))
            with suppress(ConnectionError):  # the fetcher hangs up on a bomb, as it should
                ours.answers.get(self.path.partition("?")[0], not_found)(self)

        def do_HEAD(self) -> None:
            ours.asked_heads.append(self.path)
            if answer := ours.heads.get(self.path):
                answer(self)
            else:
                self.send_error(501)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        ours.address = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield ours
        finally:
            ours.stop.set()
            server.shutdown()
            thread.join()
