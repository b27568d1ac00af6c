"""A search service on loopback that gives one scripted answer after another, and what it was asked."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
from publisher import Publisher

from bulletin.errors import FetchError
from bulletin.fetch.searches import Found, search
from bulletin.model import Errand, Feed, FeedKind, Trouble

NOW = datetime(2030, 3, 31, 9, 30, tzinfo=UTC)
CONTACT = "library@example.nhs.uk"


def gives_in_turn(publisher: Publisher, path: str, *answers: object) -> None:
    """Let a path give these answers one after another: bytes as they are, anything else as JSON."""
    bodies = iter([answer if isinstance(answer, bytes) else json.dumps(answer).encode() for answer in answers])

    def answer(handler) -> None:
        body = next(bodies)
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    publisher.does(path, answer)


def asked(publisher: Publisher) -> list[tuple[str, dict[str, str]]]:
    """Every question in order: its path, and its parameters as the service reads them."""
    parts = [urlsplit(path) for path, _ in publisher.asked]
    return [(part.path, {name: values[0] for name, values in parse_qs(part.query).items()}) for part in parts]


def find(publisher: Publisher, kind: FeedKind, what: str, since: datetime | None = None, at: datetime = NOW) -> Found:
    """Search the service; the base address ends in a slash, as a person may write it."""
    base = f"http://{publisher.address}/base/"
    feed = Feed(id="search", name="Search", url=base, kind=kind, search=what)

    async def run() -> Found:
        async with httpx.AsyncClient(verify=False, trust_env=False) as client:

            async def ask(url: str) -> bytes:
                answer = await client.get(url)
                if answer.status_code == 404:
                    raise FetchError("the server answered 404 Not Found", Trouble.NOT_FOUND)
                if answer.status_code != 200:
                    raise FetchError(f"the server answered {answer.status_code}", Trouble.SERVER)
                return answer.content

            return await search(Errand(feed, feed.url, since=since), ask, CONTACT, at)

    return asyncio.run(run())
