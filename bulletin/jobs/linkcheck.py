"""Link check: ask the links of an edition whether they answer, each once a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.known import links_of
from bulletin.jobs.render import edition_of, make_all
from bulletin.model import LinkState

FRESH = timedelta(hours=24)  # as long as an answer counts (reference bars, rule 38)
_SECONDS = 60  # for all of them together


@dataclass(frozen=True)
class Checked:
    """What is known of the links of an edition now, by address, in the order of the edition."""

    states: Mapping[str, LinkState]
    asked: int  # that answered, or did not, just now
    left: tuple[str, ...]  # of which nothing is known: no time was left, or the host wants a pause

    @property
    def dead(self) -> Mapping[str, LinkState]:
        """Those that lead nowhere."""
        return {url: state for url, state in self.states.items() if not 200 <= state.status < 400}


def check_links(desk: Desk, edition_id: str, *, again: bool = False, seconds: float = _SECONDS) -> Checked:
    """Ask those links of an edition that were not asked within a day, or all of them again.

    UnknownError for no such edition, RenderError when its emails cannot be made.
    """
    urls = links_of(one.page for one in make_all(desk, edition_of(desk, edition_id)))
    oldest = desk.now() - FRESH
    known = {} if again else {url: one for url, one in desk.store.links.of(urls).items() if one.at > oldest}
    with desk.fetcher as fetcher:
        wanted = [url for url in urls if url not in known]
        found = fetcher.links(wanted, seconds, desk.store.visits.holds(desk.now()))
    desk.store.links.put(found)
    states = known | found
    told = {url: states[url] for url in urls if url in states}
    return Checked(told, len(found), tuple(url for url in urls if url not in states))
