"""Followed: links that count, where they lead, and one click for what was useful; nobody's name is in any of it."""

from datetime import UTC

from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.stood import Stood, stood
from bulletin.model import DistributionList, Page
from bulletin.model.outcomes import Click
from bulletin.people.clicks import people_only
from bulletin.render.followed import followed as lead

_MARK = 16  # hexadecimal letters of the proof that an address was made here: 64 bits
_BROWSER = 500  # letters of what a browser says it is


def followed(desk: Desk, shown: Page, edition: str, audience: DistributionList) -> Page:
    """Give the page of an edition for one list the links that tell what came of it, where readers reach our pages."""
    base = desk.config.web.readers_url
    if not base:
        return shown
    items = [item.id for heading in shown.headings for item in heading.items] if audience.clicks else []
    counted = {item: f"{base}/to/{edition}/{item}/{_mark(desk, 'to', edition, item)}" for item in items}
    useful = f"{base}/useful/{edition}/{_mark(desk, 'useful', edition)}" if shown.count else ""
    return lead(shown, counted, useful)


def target(desk: Desk, edition: str, item: str, mark: str) -> str:
    """Where the link of an item leads, as it was approved; UnknownError for an address that we did not make."""
    _prove(desk, mark, "to", edition, item)
    found = next((one.url for one in stood(desk, edition) if one.id == item), "")
    if not found:
        raise UnknownError("nothing stands at this address any more")
    return found


def click(desk: Desk, edition: str, item: str, network: str, browser: str) -> None:
    """Count that somebody followed the link of an item; of a draft nothing counts."""
    if is_approved(desk, edition):
        desk.store.followed.click(edition, _somebody(desk, item, network, browser))
        settle(desk)  # the first click of a day at the latest takes the marks of those before


def items_of(desk: Desk, edition: str, mark: str) -> tuple[Stood, ...]:
    """Give what an edition printed, to say what was useful; UnknownError for an address that we did not make."""
    _prove(desk, mark, "useful", edition)
    return stood(desk, edition)


def is_useful(desk: Desk, edition: str, item: str, network: str, browser: str) -> None:
    """Count that somebody found an item useful; of a draft nothing counts."""
    if is_approved(desk, edition):
        desk.store.followed.is_useful(edition, _somebody(desk, item, network, browser))


def settle(desk: Desk) -> int:
    """Turn the clicks of the days before today into counts, and forget the marks; say how many rows went."""
    today = desk.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if not desk.store.followed.has_marks(today):
        return 0
    sizes = {edition: len(stood(desk, edition)) for edition in desk.store.followed.unsettled(today)}
    gone = sum(desk.store.followed.settle(one, today, size, people_only) for one, size in sizes.items())
    desk.store.followed.unmark(today)
    return gone


def is_approved(desk: Desk, edition: str) -> bool:
    """Whether somebody said yes to an edition, so that what readers do with it counts."""
    return edition in desk.store.approvals.holding([edition])


def _mark(desk: Desk, *about: str) -> str:
    return desk.keys.mark(*about)[:_MARK]


def _prove(desk: Desk, mark: str, *about: str) -> None:
    if not desk.keys.made(mark, _MARK, *about):
        raise UnknownError("this address was not made here")


def _somebody(desk: Desk, item: str, network: str, browser: str) -> Click:
    """A click of somebody who is the same all day long, and then nobody: the day stands in what is hashed."""
    now = desk.now().astimezone(UTC)
    return Click(item, desk.keys.mark("clicks of a day", now.date().isoformat(), network, browser[:_BROWSER]), now)
