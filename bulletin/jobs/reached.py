"""What the store counts of some editions: how each went to its lists, and to how many different people."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.model import Bulletin, State
from bulletin.model.outcomes import Reached, Readers
from bulletin.people.clicks import people_only
from bulletin.store import EditionRow

_PAUSED, _STOPPED = "wants nothing before ", "gets nothing any more: "  # how reasons begin in the ledger
Place = tuple[str, str]  # edition and list


@dataclass(frozen=True)
class Numbers:
    """All that the store counts of some editions."""

    lists: Mapping[str, set[str]]  # of each edition
    states: Mapping[Place, Counter[State]]
    came_back: Counter[Place]
    reasons: Mapping[Place, Counter[str]]
    left: Counter[Place]
    returned: Counter[Place]
    clicks: Counter[tuple[str, str]]  # edition and item
    useful: Counter[tuple[str, str]]

    def read(self, edition: str, item: str) -> tuple[int, int]:
        """Clicks on an item and kind words for it as they were counted, which nobody is told."""
        return self.clicks[edition, item], self.useful[edition, item]


def numbers_of(desk: Desk, sizes: dict[str, int]) -> Numbers:
    """Ask the store; `sizes` has the items of each edition."""
    store, ids = desk.store, list(sizes)
    clicks = store.followed.settled(ids)
    for edition, waiting in store.followed.clicks(ids).items():
        for (item, _), number in people_only(waiting, sizes[edition]).items():
            clicks[edition, item] += number
    lists, states = defaultdict[str, set[str]](set), defaultdict[Place, Counter[State]](Counter)
    reasons = defaultdict[Place, Counter[str]](Counter)
    for (edition, of, state), many in store.results.states(ids).items():
        lists[edition].add(of)
        states[edition, of][state] = many
    for (edition, of, words), many in store.results.reasons(ids).items():
        reasons[edition, of][_reason(words)] += many
    left, returned = store.results.left(ids)
    back, useful = store.results.came_back(ids), store.followed.useful(ids)
    return Numbers(lists, states, back, reasons, left, returned, clicks, useful)


def lists_of(edition: str, bulletin: Bulletin | None, numbers: Numbers) -> Iterator[Reached]:
    """The lists to which an edition went from here, those of bulletins.yaml in their order and first."""
    names = {one.id: one.name for one in bulletin.lists} if bulletin else {}
    laid = sorted(numbers.lists.get(edition, ()))
    for of in [one for one in names if one in laid] + [one for one in laid if one not in names]:
        place = edition, of
        yield Reached(
            list=of,
            name=names.get(of, of),
            states=numbers.states[place],
            came_back=numbers.came_back[place],
            reasons=numbers.reasons.get(place, {}),
            left=numbers.left[place],
            returned=numbers.returned[place],
        )


def _reason(words: str) -> str:
    """A reason without what only one of them wants: a pause until a day is a pause."""
    return (
        "paused for a while" if words.startswith(_PAUSED) else words.removeprefix(_STOPPED) or "no reason was noted"
    )


def readers_of(desk: Desk, rows: Sequence[EditionRow], numbers: Numbers) -> tuple[tuple[Readers, ...], int]:
    """How many different people got something; where counts alone are kept, at least as many as the best of them."""
    ids = [row.id for row in rows]
    found, counted = desk.store.results.people(ids), desk.store.results.counted(ids)
    least = Counter[tuple[str, str]]()
    for row in (row for row in rows if row.id in counted):
        for of in numbers.lists[row.id]:
            least[row.bulletin, of] = max(least[row.bulletin, of], numbers.states[row.id, of][State.SENT])
    places = sorted(found.by_list.keys() | least.keys())
    readers = tuple(_reader(desk, place, found.by_list[place], least[place]) for place in places)
    return readers, max([found.total, *least.values()])


def _reader(desk: Desk, place: tuple[str, str], found: int, least: int) -> Readers:
    bulletin, of = place
    lists = {one.id: one.name for its in desk.config.bulletins if its.id == bulletin for one in its.lists}
    return Readers(title_of(desk, bulletin), lists.get(of, of), max(found, least), is_least=least > 0)


def title_of(desk: Desk, bulletin: str) -> str:
    """What a bulletin is called; its id, when it stands in bulletins.yaml no more."""
    return next((one.title for one in desk.config.bulletins if one.id == bulletin), bulletin)
