"""Serves the sample newsroom's feeds on loopback, their dates counted from today."""

import csv
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FEEDS = Path(__file__).with_name("feeds")

# {{rfc822 -12d5h}}: a date, told the way a feed tells it, so many days and hours from now.
_DATE = re.compile(rb"\{\{(\w+) ([+-])(\d+)d(?:(\d+)h)?\}\}")
_TOLD: dict[str, Callable[[datetime], str]] = {
    "rfc822": lambda when: format_datetime(when, usegmt=True),
    "rfc850": lambda when: when.strftime("%A, %d-%b-%y %H:%M:%S GMT"),
    "bst": lambda when: (when + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S BST"),
    "iso": lambda when: when.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "date": lambda when: when.strftime("%Y-%m-%d"),
}


def fill(document: bytes, now: datetime) -> bytes:
    """The document with its dates counted from `now`."""

    def told(found: re.Match[bytes]) -> bytes:
        form, sign, days, hours = found.groups()
        distance = timedelta(days=int(days), hours=int(hours or 0))
        return _TOLD[form.decode()](now + distance if sign == b"+" else now - distance).encode("ascii")

    return _DATE.sub(told, document)


@contextmanager
def serve(now: datetime | None = None) -> Iterator[str]:
    """Serve the feeds while the context lasts; gives host:port."""
    documents = _documents(now or datetime.now(UTC))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, documents)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="sample feeds")
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _documents(now: datetime) -> dict[str, tuple[str, bytes]]:
    """Content type and body of each feed, by path."""
    with FEEDS.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {f"/{row['file']}": (row["content_type"], fill((FEEDS / row["file"]).read_bytes(), now)) for row in rows}


def _answer(handler: BaseHTTPRequestHandler, documents: dict[str, tuple[str, bytes]]) -> None:
    content_type, body = documents.get(handler.path, ("text/plain", b""))
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    known = handler.headers.get("If-None-Match") == etag
    found = HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK
    handler.send_response(found if handler.path in documents else HTTPStatus.NOT_FOUND)
    handler.send_header("Content-Type", content_type)
    handler.send_header("ETag", etag)
    if not known:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if not known:
        handler.wfile.write(body)
