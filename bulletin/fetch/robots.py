"""What sites ask of robots in robots.txt (RFC 9309): for web pages, which are not made for machines as feeds are."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from protego import Protego

from bulletin.errors import FetchError
from bulletin.fetch.guard import place_of
from bulletin.fetch.words import RefusedError
from bulletin.model import Trouble

_LONGEST_DELAY = 30  # seconds; who asks for more than that between two requests did not think of us

Ask = Callable[[str], Awaitable[bytes]]
SlowDown = Callable[[str, float], None]


class Robots:
    """Asks each site once and remembers; `slow_down` hears of the seconds that a host:port wants between requests."""

    def __init__(self, ask: Ask, slow_down: SlowDown) -> None:
        self._ask = ask
        self._slow_down = slow_down
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def check(self, url: httpx.URL, agent: str) -> None:
        """Raise FetchError when the site wants this agent to stay away from an address, or does not say."""
        address = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if address not in self._rules:
            self._rules[address] = asyncio.create_task(self._read(address))
        # Shielded, because others may wait for the same answer when one visit is broken off.
        rules = await asyncio.shield(self._rules[address])
        if not rules.can_fetch(str(url), agent):
            site = url.raw_host.decode("ascii")
            raise FetchError(f"the robots.txt of {site} asks us to stay away from this page", Trouble.ROBOTS)
        self._slow_down(place_of(url), min(rules.crawl_delay(agent) or 0, _LONGEST_DELAY))

    async def _read(self, address: str) -> Protego:
        """A site that answers 4xx has no such file and asks for nothing; one that cannot answer asks us to wait."""
        try:
            text = (await self._ask(address)).decode("utf-8", "replace")
        except FetchError as error:
            if error.trouble is Trouble.BUSY:
                raise
            if not (isinstance(error, RefusedError) and 400 <= error.status < 500):
                words = f"no page is asked for while robots.txt cannot be read: {error}"
                raise FetchError(words, Trouble.ROBOTS) from error
            text = ""
        return await asyncio.to_thread(Protego.parse, text)  # half a second for the longest that we take
