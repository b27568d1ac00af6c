"""The lists: which there are, who is on them, and which are in bulletins.yaml no more."""

from collections.abc import Collection
from dataclasses import dataclass

from bulletin.errors import InputError, UnknownError
from bulletin.export import spreadsheet
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.people.record import record
from bulletin.model import Subscriber
from bulletin.render.words import day
from bulletin.store import Place

_INDIVIDUAL = "individual"


@dataclass(frozen=True)
class Listed:
    """A list and how many people are on it."""

    place: Place
    bulletin: str  # its title
    name: str
    delivery: str  # individual | address | file; empty: it is in bulletins.yaml no more
    people: int
    left: int

    @property
    def hint(self) -> str:
        """What somebody should know of it; empty: all is well."""
        if not self.delivery:
            return "is no longer in bulletins.yaml: nothing goes to these people"
        if self.delivery != _INDIVIDUAL and self.people:
            return f"has delivery: {self.delivery}, so nothing goes to these people: individual sends to each"
        return ""


def all_lists(desk: Desk) -> list[Listed]:
    """Every list of bulletins.yaml in its order, then those that only readers are left of."""
    counts = desk.store.subscribers.counts()
    known = [
        Listed(
            (bulletin.id, one.id), bulletin.title, one.name, one.delivery, *counts.pop((bulletin.id, one.id), (0, 0))
        )
        for bulletin in desk.config.bulletins
        for one in bulletin.lists
    ]
    return known + [Listed(place, place[0], place[1], "", *many) for place, many in counts.items()]


def list_names(desk: Desk) -> dict[Place, str]:
    """The lists of bulletins.yaml in its order, as the desk calls them."""
    return {
        (bulletin.id, one.id): f"{bulletin.title}: {one.name}"
        for bulletin in desk.config.bulletins
        for one in bulletin.lists
    }


def place_of(desk: Desk, typed: str) -> Place:
    """The list that is meant by `bulletin/list`, or by a bulletin that has one alone; raises InputError."""
    bulletin, list_id = place_named(typed)
    lists = desk.bulletin(bulletin).lists
    if not list_id and len(lists) == 1:
        list_id = lists[0].id
    if not list_id:
        names = ", ".join(f"{bulletin}/{one.id}" for one in lists)
        raise InputError(f"bulletin {bulletin!r} has several lists: name one of {names}")
    refuse_unknown(desk, [(bulletin, list_id)])
    return bulletin, list_id


def place_named(typed: str) -> Place:
    """The list that `bulletin/list` names, which may be in bulletins.yaml no more."""
    bulletin, _, list_id = typed.strip().partition("/")
    return bulletin, list_id


def refuse_unknown(desk: Desk, lists: Collection[Place]) -> None:
    """Raise UnknownError for a list that is not in bulletins.yaml."""
    for bulletin, list_id in lists:
        found = [one.id for one in desk.bulletin(bulletin).lists]
        if list_id not in found:
            raise UnknownError(f"bulletin {bulletin!r} has no list {list_id[:60]!r}{nearest(list_id, found)}")


def list_sheet(desk: Desk, place: Place, by: str) -> bytes:
    """Who is on a list now, as a table for spreadsheets in which nothing is calculated; the record tells of it."""
    people = desk.store.subscribers.on(*place)
    record(desk, by, "took out a list of readers", "/".join(place), after=f"{len(people)} readers")
    heads = "Email", "Name", "Role", "Organisation", "On it since", "Interests", "How often"
    return spreadsheet.rows(heads, (_cells(desk, one, place) for one in people))


def _cells(desk: Desk, one: Subscriber, place: Place) -> tuple[str, ...]:
    own = one.place(*place)
    since = day(own.since) if own else ""
    topics = desk.topics
    headings = [topics[topic].heading for topic in own.headings if topic in topics] if own else []
    return one.email, one.name, one.role, one.organisation, since, "; ".join(headings), str(one.rhythm)
