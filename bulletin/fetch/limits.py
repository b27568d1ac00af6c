"""How much one feed may cost: bytes, seconds, redirects, connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bulletin.errors import FetchError
from bulletin.model import Trouble

KIB = 1 << 10
MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of one visit and of all visits together; the defaults are those of reference bars B1, F13 and F14."""

    wire_bytes: int = 10 * MIB  # as they come over the wire
    body_bytes: int = 20 * MIB  # after inflating; of a search, all its pages together
    pieces: int = 50_000  # of one answer, as its server cut it: each costs time, however small it is
    robots_bytes: int = 500 * KIB  # what RFC 9309 2.5 wants to be read at least
    ratio: int = 100  # inflated to wire bytes, above one MiB
    connect_seconds: float = 5
    read_seconds: float = 10  # between two pieces of one answer
    total_seconds: float = 30  # for one document with all its redirects, so that a server that drips is no trap
    search_seconds: float = 120  # for a whole search, page by page
    mail_seconds: float = 60
    redirects: int = 5
    at_once: int = 32  # requests under way, at as many hosts


class Wall:
    """Seconds that may be spent asking; waiting for a host's turn spends none. `around` it may stand a wider one."""

    def __init__(self, seconds: float, around: "Wall | None" = None) -> None:
        self._seconds = seconds
        self._spent = 0.0
        self._around = around

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Count the time inside; raises FetchError as soon as nothing is left."""
        clock = asyncio.get_running_loop().time
        began = clock()
        left, of = self.left()
        try:
            async with asyncio.timeout(left):
                yield
        except TimeoutError as error:
            raise FetchError(f"not finished within {of:g} seconds", Trouble.CONNECTION) from error
        finally:
            self.spend(clock() - began)

    def left(self) -> tuple[float, float]:
        """How many seconds are left, and of how many."""
        own = (self._seconds - self._spent, self._seconds)
        return min(own, self._around.left()) if self._around else own

    def spend(self, seconds: float) -> None:
        """Take seconds away, here and from the wall around."""
        self._spent += seconds
        if self._around:
            self._around.spend(seconds)
