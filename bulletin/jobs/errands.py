"""Errands: which feeds are due, where each is to be asked, and what is known from the last time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from bulletin.fetch import host_of
from bulletin.fetch.manners import next_visit
from bulletin.jobs.desk import Desk
from bulletin.model import Errand, Feed, Outcome, Past, Validators


def due(desk: Desk) -> list[Feed]:
    """The feeds whose time has come, but for those whose host asked for no visit yet, and those that are gone."""
    now = desk.now()
    held = desk.store.visits.holds(now)
    known = pasts(desk)
    ready = []
    for feed in desk.config.feeds:
        when = next_visit(feed, known.get(feed.id))
        if when is not None and when <= now and host_of(feed.url) not in held:
            ready.append(feed)
    return ready


def pasts(desk: Desk) -> dict[str, Past]:
    """What earlier visits tell about each feed, by id; a feed that was never asked at this address is absent."""
    moves = desk.store.visits.moves()
    places = {feed.id: [_at(feed, url).address for url in _way(feed, moves)] for feed in desk.config.feeds}
    return desk.store.visits.pasts(places)


def errands(desk: Desk, feeds: Iterable[Feed]) -> Iterator[Errand]:
    """One visit for each of these feeds: at the address where it moved to for good, unless that failed last time."""
    moves, known, before = desk.store.visits.moves(), desk.store.visits.known(), pasts(desk)
    for feed in feeds:
        past = before.get(feed.id)
        way = _way(feed, moves)
        there = way[0] if past and past.last.outcome is Outcome.FAILED else way[-1]
        asked = _at(feed, there)
        validators, digest = known.get((feed.id, asked.address), (Validators(), ""))
        yield Errand(asked, there, validators, digest, past.good if past else None, _fresh(past))


def _way(feed: Feed, moves: dict[tuple[str, str], str]) -> list[str]:
    """The feed's own address and those that it moved to, the present one last; a circle ends where it closes."""
    way = [feed.url]
    while (after := moves.get((feed.id, way[-1]))) and after not in way:
        way.append(after)
    return way


def _fresh(past: Past | None) -> timedelta | None:
    last = past.last if past else None
    return last.wait_until - last.at if last and last.wait_until and last.outcome is not Outcome.FAILED else None


def _at(feed: Feed, url: str) -> Feed:
    return replace(feed, url=url)
