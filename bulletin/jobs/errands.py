"""Errands: which feeds are due, where each is to be asked, and what is known from the last time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bulletin.fetch import host_of
from bulletin.fetch.manners import next_visit
from bulletin.jobs.desk import Desk
from bulletin.model import Errand, Feed, Outcome, Past, Validators
from bulletin.store.visits import AHEAD


def due(desk: Desk) -> list[Feed]:
    """The feeds whose time has come, but for those whose host asked for no visit yet, and those that are gone."""
    return _due(desk, desk.config.feeds, pasts(desk), desk.store.visits.moves())


def _due(
    desk: Desk, feeds: Iterable[Feed], known: Mapping[str, Past], moves: Mapping[tuple[str, str], str]
) -> list[Feed]:
    now = desk.now()
    held = desk.store.visits.holds(now)
    ready = []
    for feed in feeds:
        past = known.get(feed.id)
        when = next_visit(feed, past)
        is_ahead = past is not None and past.last.at > now + AHEAD
        if when is None or (when > now and not is_ahead):
            continue
        if host_of(_where(feed, way(feed, moves), past)) not in held:
            ready.append(feed)
    return ready


def pasts(desk: Desk, among: Iterable[Feed] | None = None) -> dict[str, Past]:
    """What earlier visits tell about each feed, by id; a feed that was never asked at this address is absent."""
    moves = desk.store.visits.moves()
    among = desk.config.feeds if among is None else among
    places = {feed.id: [_at(feed, url).address for url in way(feed, moves)] for feed in among}
    return desk.store.visits.pasts(places)


def errands(desk: Desk, feeds: Iterable[Feed], *, only_due: bool = False) -> Iterator[Errand]:
    """One visit for each of these feeds, or for those of them that are due, at the address where it lives now."""
    feeds = list(feeds)
    known = desk.store.visits.known([feed.id for feed in feeds])
    moves, before = desk.store.visits.moves(), pasts(desk, feeds)
    if only_due:
        feeds = _due(desk, feeds, before, moves)
    for feed in feeds:
        past = before.get(feed.id)
        there = _where(feed, way(feed, moves), past)
        asked = _at(feed, there)
        validators, digest = known.get((feed.id, asked.address), (Validators(), ""))
        yield Errand(asked, there, validators, digest, past.good if past else None, _fresh(past))


def way(feed: Feed, moves: Mapping[tuple[str, str], str]) -> list[str]:
    """The feed's own address and those that it moved to, the present one last; a circle ends where it closes."""
    found = [feed.url]
    while (after := moves.get((feed.id, found[-1]))) and after not in found:
        found.append(after)
    return found


def _where(feed: Feed, places: list[str], past: Past | None) -> str:
    """Where it moved to for good; after a failure there its own address, which may know a newer one, in turns."""
    if past and past.last.outcome is Outcome.FAILED and past.last.url == _at(feed, places[-1]).address:
        return places[0]
    return places[-1]


def _fresh(past: Past | None) -> timedelta | None:
    last = past.last if past else None
    return last.wait_until - last.at if last and last.wait_until and last.outcome is not Outcome.FAILED else None


def _at(feed: Feed, url: str) -> Feed:
    return replace(feed, url=url)
