"""Two hundred feeds of which forty are hostile, dead or hanging: the others are read, in time and little memory."""

import gzip
import json
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import hostile
import newsroom
import pytest

BAD = 40
FEEDS = 200

# The command as it is, but for the patience of its fetcher: with the usual thirty seconds nothing else changes.
VISIT = """
import json, sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
import newsroom
from bulletin import jobs
from bulletin.fetch import Fetcher, Limits
from bulletin.model import Manners, Outcome

settings = newsroom.settings(Path(sys.argv[1]))
limits = Limits(connect_seconds=1, read_seconds=1, total_seconds=3)
with jobs.open_desk(settings) as desk:
    fetcher = Fetcher("us", settings.allow_addresses, limits, Manners(gap=timedelta(0)))
    visits = jobs.fetch(replace(desk, fetcher=fetcher), list(settings.feeds))
    print(json.dumps({visit.feed: [visit.outcome, visit.new, visit.message] for visit in visits}))
"""

Trick = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path by its first word: /good-7 with a feed, /drip-3 with the trick of that name."""

    protocol_version = "HTTP/1.1"
    stop = threading.Event()

    def do_GET(self) -> None:
        with suppress(ConnectionError):  # the fetcher hangs up, as it should
            TRICKS[self.path.strip("/").partition("-")[0]](self)
        self.close_connection = True

    def answers(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def streams(self, piece: bytes, pause: float) -> None:
        """Send a piece again and again, for ever."""
        self.send_response(200)
        self.end_headers()
        while not self.stop.wait(pause):
            self.wfile.write(piece)

    def log_message(self, *args: object) -> None:
        pass


def good(handler: Handler) -> None:
    titles = [f"News {number} from {handler.path}" for number in range(30)]
    handler.answers(newsroom.document(*map(newsroom.entry, titles)))


def deep(handler: Handler) -> None:
    handler.answers(b"<rss><channel><item><title>" + b"<a>" * 400_000)


BOMB = gzip.compress(bytes(40 << 20))
TRICKS: dict[str, Trick] = {
    "good": good,
    "deep": deep,
    "hang": lambda handler: handler.stop.wait(60) and None,
    "drip": lambda handler: handler.streams(b" ", 0.2),
    "flood": lambda handler: handler.streams(b" " * 65_536, 0),
    "bomb": lambda handler: handler.answers(BOMB, Content_Encoding="gzip"),
    "loop": lambda handler: handler.answers(b"", 302, Location=handler.path),
    "error": lambda handler: handler.answers(b"<html>500</html>", 500),
    "page": lambda handler: handler.answers(b"<html><body>Hello</body></html>"),
    "short": lambda handler: handler.answers(b"<rss>", Content_Length="5000"),
}
HOSTILE = [name for name in TRICKS if name != "good"]


@pytest.fixture
def port():
    """A server that answers at every address of this machine."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

    with Server(("0.0.0.0", 0), Handler) as server:  # each feed has an address of its own: 127.x.y.z
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        Handler.stop.set()
        server.shutdown()
        thread.join()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.1 is the only address of this machine")
def test_forty_bad_feeds_of_two_hundred_cost_the_others_nothing(tmp_path, port):
    names = [f"{HOSTILE[n % len(HOSTILE)] if n < BAD - 2 else 'good'}-{n}" for n in range(FEEDS - 2)]
    urls = [f"http://127.9.{n // 250}.{n % 250 + 1}:{port}/{name}" for n, name in enumerate(names)]
    # One where nobody listens, and one that is no address of ours.
    place = newsroom.workspace(tmp_path, *urls, "http://127.9.9.9:9/dead-1", "http://10.255.255.1/dead-2")
    environment = newsroom.environment(place) | {"PYTHONPATH": str(Path(newsroom.__file__).parent)}
    cost = hostile.cost_of([sys.executable, "-c", VISIT, str(place)], environment)

    visits = json.loads(cost.printed)
    assert len(visits) == FEEDS
    for name, (outcome, new, message) in visits.items():
        assert (outcome, new) == (("ok", 30) if "good" in name else ("failed", 0)), message
    assert cost.seconds < 30
    assert cost.memory < 200
