"""Outcome: what came of an edition, or of all editions of a year, in numbers that tell of nobody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import outline_of
from bulletin.jobs.stood import Stood, stood_in
from bulletin.model import Approval, Bulletin, State
from bulletin.model.outcomes import Came, EditionCame, HeadingRead, ItemRead, Reached, Readers, told
from bulletin.people.clicks import people_only
from bulletin.render.words import day as day_in_words
from bulletin.store import EditionRow

YEARS = range(2000, 2101)


@dataclass(frozen=True)
class _Numbers:
    """All that the store counts of some editions."""

    states: Counter[tuple[str, str, State]]
    came_back: Counter[tuple[str, str]]
    reasons: Counter[tuple[str, str, str]]
    left: Counter[tuple[str, str]]
    returned: Counter[tuple[str, str]]
    clicks: Counter[tuple[str, str]]
    useful: Counter[tuple[str, str]]


def came(desk: Desk, edition: str) -> Came:
    """What came of one edition; UnknownError when there is none, InputError when it is a draft."""
    row = next(row for row in desk.store.editions.list(outline_of(desk, edition).bulletin) if row.id == edition)
    approved = desk.store.approvals.holding([edition])
    if not approved:
        raise InputError(f"edition {edition} is a draft: nothing can have come of it yet")
    return _came(desk, f"{_title(desk, row.bulletin)}, {day_in_words(row.day)}", [row], approved)


def came_in(desk: Desk, year: int, bulletins: Collection[str] | None = None) -> Came:
    """What came of the approved editions of a year, by their days, of all bulletins or of these; InputError."""
    if year not in YEARS:
        raise InputError(f"{year} is no year to report on: write it like 2026")
    rows = [row for row in _approved(desk, bulletins) if row.day.year == year]
    return _came(desk, f"The year {year}", rows, desk.store.approvals.holding([row.id for row in rows]), year)


def years(desk: Desk, bulletins: Collection[str] | None = None) -> list[int]:
    """The years that have approved editions, the newest first."""
    return sorted({row.day.year for row in _approved(desk, bulletins)}, reverse=True)


def _approved(desk: Desk, bulletins: Collection[str] | None) -> list[EditionRow]:
    approved = desk.store.approvals.holding()
    return [
        row
        for row in desk.store.editions.list()
        if row.id in approved and (bulletins is None or row.bulletin in bulletins)
    ]


def _came(
    desk: Desk, title: str, rows: Sequence[EditionRow], approved: dict[str, Approval], year: int | None = None
) -> Came:
    rows = sorted(rows, key=lambda row: (row.day, row.bulletin))
    printed = stood_in(desk, list(approved.values()))
    numbers = _numbers(desk, {row.id: len(printed[row.id]) for row in rows})
    editions = tuple(_edition(desk, row, printed[row.id], numbers) for row in rows)
    raw = [(one.heading, *_raw(numbers, row.id, one)) for row in rows for one in printed[row.id]]
    readers, people = _readers(desk, rows, numbers)
    counts = [clicks for _, clicks, _ in raw]
    return Came(title, desk.config.library.name, editions, readers, people, _by_heading(raw), told(counts), year)


def _numbers(desk: Desk, sizes: dict[str, int]) -> _Numbers:
    """Ask the store; `sizes` has the items of each edition."""
    store, ids = desk.store, list(sizes)
    clicks = store.followed.settled(ids)
    for edition, waiting in store.followed.clicks(ids).items():
        for (item, _), number in people_only(waiting, sizes[edition]).items():
            clicks[edition, item] += number
    left, returned = store.results.left(ids)
    return _Numbers(
        store.results.states(ids),
        store.results.came_back(ids),
        store.results.reasons(ids),
        left,
        returned,
        clicks,
        store.followed.useful(ids),
    )


def _edition(desk: Desk, row: EditionRow, printed: Sequence[Stood], numbers: _Numbers) -> EditionCame:
    bulletin = next((one for one in desk.config.bulletins if one.id == row.bulletin), None)
    raw = [(one.heading, *_raw(numbers, row.id, one)) for one in printed]
    counts = [clicks for _, clicks, _ in raw]
    is_counted = any(counts) or (bulletin is not None and any(one.clicks for one in bulletin.lists))
    return EditionCame(
        edition=row.id,
        bulletin=row.bulletin,
        title=_title(desk, row.bulletin),
        day=row.day,
        number=row.number,
        lists=tuple(_lists(row.id, bulletin, numbers)),
        items=tuple(_item(one, numbers, row.id) for one in printed),
        headings=_by_heading(raw),
        clicks=told(counts),
        is_counted=is_counted,
    )


def _lists(edition: str, bulletin: Bulletin | None, numbers: _Numbers) -> Iterator[Reached]:
    """The lists to which an edition went from here, those of bulletins.yaml in their order and first."""
    names = {one.id: one.name for one in bulletin.lists} if bulletin else {}
    laid = sorted({of for at, of, _ in numbers.states if at == edition})
    for of in [one for one in names if one in laid] + [one for one in laid if one not in names]:
        yield Reached(
            list=of,
            name=names.get(of, of),
            states={state: number for (at, on, state), number in numbers.states.items() if (at, on) == (edition, of)},
            came_back=numbers.came_back[edition, of],
            reasons={words: many for (at, on, words), many in numbers.reasons.items() if (at, on) == (edition, of)},
            left=numbers.left[edition, of],
            returned=numbers.returned[edition, of],
        )


def _item(one: Stood, numbers: _Numbers, edition: str) -> ItemRead:
    clicks, useful = _raw(numbers, edition, one)
    return ItemRead(one.id, one.title, one.url, one.heading, told([clicks]), useful)


def _raw(numbers: _Numbers, edition: str, one: Stood) -> tuple[int, int]:
    """Clicks and kind words as they were counted, which nobody is told."""
    return numbers.clicks[edition, one.id], numbers.useful[edition, one.id]


def _by_heading(raw: Iterable[tuple[str, int, int]]) -> tuple[HeadingRead, ...]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for heading, clicks, useful in raw:
        found[heading].append((clicks, useful))
    return tuple(
        HeadingRead(heading, len(all_), told(clicks for clicks, _ in all_), sum(useful for _, useful in all_))
        for heading, all_ in found.items()
    )


def _readers(desk: Desk, rows: Sequence[EditionRow], numbers: _Numbers) -> tuple[tuple[Readers, ...], int]:
    """How many different people got something; where counts alone are kept, at least as many as the best of them."""
    ids = [row.id for row in rows]
    found, counted = desk.store.results.people(ids), desk.store.results.counted(ids)
    least = Counter[tuple[str, str]]()
    for row in (row for row in rows if row.id in counted):
        for (edition, of, state), many in numbers.states.items():
            if (edition, state) == (row.id, State.SENT):
                least[row.bulletin, of] = max(least[row.bulletin, of], many)
    places = sorted(found.by_list.keys() | least.keys())
    readers = tuple(_reader(desk, place, found.by_list[place], least[place]) for place in places)
    return readers, max([found.total, *least.values()])


def _reader(desk: Desk, place: tuple[str, str], found: int, least: int) -> Readers:
    bulletin, of = place
    lists = {one.id: one.name for its in desk.config.bulletins if its.id == bulletin for one in its.lists}
    return Readers(_title(desk, bulletin), lists.get(of, of), max(found, least), is_least=least > 0)


def _title(desk: Desk, bulletin: str) -> str:
    return next((one.title for one in desk.config.bulletins if one.id == bulletin), bulletin)
