"""Visiting feeds: ours, many at once, beside one request after the other with the same client library."""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from bulletin.fetch import Fetcher
from bulletin.model import Feed, Fetched, Validators

BODY = b"<rss><channel>" + b"<item><title>A title</title></item>" * 600 + b"</channel></rss>"


def main() -> None:
    """Serve feeds with a delay and visit them both ways; every feed has a loopback host of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    latency = float(sys.argv[2]) if len(sys.argv) > 2 else 0.1

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(latency)
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            pass

    with ThreadingHTTPServer(("0.0.0.0", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        hosts = [f"127.0.{number // 250}.{number % 250 + 1}:{port}" for number in range(count)]
        feeds = [Feed(host, host, f"http://{host}/feed") for host in hosts]
        began = time.perf_counter()
        with Fetcher("benchmark@example.org", frozenset(hosts)) as fetcher:
            came = [arrival for _, arrival in fetcher.visits((feed, Validators()) for feed in feeds)]
        ours = time.perf_counter() - began
        began = time.perf_counter()
        with httpx.Client(trust_env=False) as client:
            for feed in feeds:
                client.get(feed.url).raise_for_status()
        theirs = time.perf_counter() - began
        server.shutdown()
    fetched = sum(isinstance(arrival, Fetched) for arrival in came)
    print(f"ours         {ours:6.2f} s, {fetched} of {count} fetched")
    print(f"one by one   {theirs:6.2f} s")
    print(f"ratio        {ours / theirs:6.2f}")


if __name__ == "__main__":
    main()
