"""Sources that are gone, that fail, or that fell silent: editors' matter, unless it is most of them at once."""

from collections.abc import Iterator

from bulletin.jobs.desk import Desk
from bulletin.jobs.health import Health, State, health
from bulletin.model import Concern

_FEW = 3  # feeds that fail for reasons of their own, however few there are


def of(desk: Desk) -> Iterator[Concern]:
    """One concern for each source that an editor should hear of; when most of them fail, one for the network too."""
    known = health(desk)
    failing = [one for one in known if one.state in (State.FAILING, State.TROUBLED)]
    if len(failing) > _FEW and 2 * len(failing) > len(known):
        words = f"{len(failing)} of {len(known)} feeds cannot be read"
        advice = "look whether this machine reaches the internet, and whether BULLETIN_PROXY_URL is right"
        yield Concern(
            "network", words, advice, min(filter(None, (one.failing_since for one in failing)), default=None)
        )
    yield from (_concern(one) for one in known if one.alarming)


def _concern(one: Health) -> Concern:
    told = f"{one.feed.name} is {one.state}"
    words = f"{told}: {one.error}" if one.error else told
    since = one.last_new if one.state is State.SILENT else one.failing_since
    return Concern(f"feed:{one.feed.id}", words, one.advice, since, is_grave=False)
