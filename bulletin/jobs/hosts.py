"""Hosts in hand: two processes never visit one host at once, and so no feed twice in its interval."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

from bulletin.deliver import machine
from bulletin.errors import StoreError
from bulletin.fetch import host_of
from bulletin.jobs.desk import Desk
from bulletin.jobs.errands import way
from bulletin.model import Feed

_LEASE = timedelta(minutes=10)  # so long does whoever is gone, on a machine that we cannot see, keep a host
_RENEWED = timedelta(minutes=1)


class Hold:
    """The hosts that this process has in hand, and the feeds that it may visit there."""

    def __init__(self, desk: Desk, feeds: Sequence[Feed], key: str) -> None:
        self._desk = desk
        self._key = key or secrets.token_hex(8)
        self._me = "|".join([machine.machine(), machine.process(), self._key])
        self._renewed = desk.now()
        self.feeds = self._taken(feeds)

    def keep(self) -> None:
        """Keep them while the work goes on; to be called often."""
        now = self._desk.now()
        if now - self._renewed >= _RENEWED:
            self._renewed = now
            self._desk.store.leases.renew(self._me, now + _LEASE)

    def free(self) -> None:
        """Let others have them; when that cannot be written, they are free when their time is over."""
        with suppress(StoreError):
            self._desk.store.leases.free(self._me)

    def _taken(self, feeds: Sequence[Feed]) -> list[Feed]:
        moves = self._desk.store.visits.moves()
        places = {feed.id: {_name(feed, url) for url in way(feed, moves)} for feed in feeds}
        names = set().union(*places.values())
        if not names:
            return []
        mine = self._desk.store.leases.take(names, self._me, self._renewed, self._renewed + _LEASE, self._is_gone)
        return [feed for feed in feeds if places[feed.id] <= mine]

    def _is_gone(self, who: str) -> bool:
        """Whether a process on this machine is over, or was at this very work before; of others only time tells."""
        of_machine, of_process, key = who.split("|")
        return key == self._key or machine.is_gone(of_machine, of_process) is True


@contextmanager
def in_hand(desk: Desk, feeds: Sequence[Feed], key: str = "") -> Iterator[Hold]:
    """Take the hosts of these feeds, leave out the feeds whose host is in other hands, and free them at the end.

    A work that is done again after it failed has the same `key`, and finds in its own hands what it left there.
    """
    hold = Hold(desk, feeds, key)
    try:
        yield hold
    finally:
        hold.free()


def batches(desk: Desk, feeds: Iterable[Feed], most: int) -> list[list[Feed]]:
    """Put feeds together for as many who visit them at once: all of a host's stand in one batch.

    None holds more than `most` feeds, unless one host alone has more.
    """
    moves = desk.store.visits.moves()
    hosts = defaultdict[str, list[Feed]](list)
    for feed in feeds:
        hosts[_name(feed, way(feed, moves)[-1])].append(feed)
    found: list[list[Feed]] = []
    for some in hosts.values():
        if found and len(found[-1]) + len(some) <= most:
            found[-1] += some
        else:
            found.append(some)
    return found


def _name(feed: Feed, url: str) -> str:
    """What a lease is called; of what is no web address, such as a folder of mail, that of the feed itself."""
    host = host_of(url)
    return f"host:{host}" if host else f"feed:{feed.id}"
