"""Outcome: what came of an edition, or of all editions of a year, in numbers that tell of nobody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.reached import Numbers, lists_of, numbers_of, readers_of, title_of
from bulletin.jobs.render import outline_of
from bulletin.jobs.stood import Stood, stood_in
from bulletin.model import Approval
from bulletin.model.outcomes import Came, EditionCame, HeadingRead, ItemRead, told
from bulletin.render.words import day as day_in_words
from bulletin.store import EditionRow

YEARS = range(2000, 2101)


def came(desk: Desk, edition: str) -> Came:
    """What came of one edition; UnknownError when there is none, InputError when it is a draft."""
    row = next(row for row in desk.store.editions.list(outline_of(desk, edition).bulletin) if row.id == edition)
    approved = desk.store.approvals.holding([edition])
    if not approved:
        raise InputError(f"edition {edition} is a draft: nothing can have come of it yet")
    return _came(desk, f"{title_of(desk, row.bulletin)}, {day_in_words(row.day)}", [row], approved)


def came_in(desk: Desk, year: int, bulletins: Collection[str] | None = None) -> Came:
    """What came of the approved editions of a year, by their days, of all bulletins or of these; InputError."""
    if year not in YEARS:
        raise InputError(f"{year} is no year to report on: write it like 2026")
    approved = desk.store.approvals.holding()
    rows = [row for row in _rows(desk, approved, bulletins) if row.day.year == year]
    return _came(desk, f"The year {year}", rows, {row.id: approved[row.id] for row in rows}, year)


def years(desk: Desk, bulletins: Collection[str] | None = None) -> list[int]:
    """The years that have approved editions, the newest first."""
    rows = _rows(desk, desk.store.approvals.holding(), bulletins)
    return sorted({row.day.year for row in rows}, reverse=True)


def _rows(desk: Desk, approved: Collection[str], bulletins: Collection[str] | None) -> Iterator[EditionRow]:
    for row in desk.store.editions.list():
        if row.id in approved and (bulletins is None or row.bulletin in bulletins):
            yield row


def _came(
    desk: Desk, title: str, rows: Sequence[EditionRow], approved: dict[str, Approval], year: int | None = None
) -> Came:
    rows = sorted(rows, key=lambda row: (row.day, row.bulletin))
    printed = stood_in(desk, list(approved.values()))
    numbers = numbers_of(desk, {row.id: len(printed[row.id]) for row in rows})
    editions = tuple(_edition(desk, row, printed[row.id], numbers) for row in rows)
    raw = [(one.heading, *numbers.read(row.id, one.id)) for row in rows for one in printed[row.id]]
    readers, people = readers_of(desk, rows, numbers)
    counts = [clicks for _, clicks, _ in raw]
    return Came(title, desk.config.library.name, editions, readers, people, _by_heading(raw), told(counts), year)


def _edition(desk: Desk, row: EditionRow, printed: Sequence[Stood], numbers: Numbers) -> EditionCame:
    bulletin = next((one for one in desk.config.bulletins if one.id == row.bulletin), None)
    raw = [(one.heading, *numbers.read(row.id, one.id)) for one in printed]
    counts = [clicks for _, clicks, _ in raw]
    is_counted = any(counts) or (bulletin is not None and any(one.clicks for one in bulletin.lists))
    return EditionCame(
        edition=row.id,
        bulletin=row.bulletin,
        title=title_of(desk, row.bulletin),
        day=row.day,
        number=row.number,
        lists=tuple(lists_of(row.id, bulletin, numbers)),
        items=tuple(_item(one, numbers, row.id) for one in printed),
        headings=_by_heading(raw),
        clicks=told(counts),
        is_counted=is_counted,
    )


def _item(one: Stood, numbers: Numbers, edition: str) -> ItemRead:
    clicks, useful = numbers.read(edition, one.id)
    return ItemRead(one.id, one.title, one.url, one.heading, told([clicks]), useful)


def _by_heading(raw: Iterable[tuple[str, int, int]]) -> tuple[HeadingRead, ...]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for heading, clicks, useful in raw:
        found[heading].append((clicks, useful))
    return tuple(
        HeadingRead(heading, len(all_), told(clicks for clicks, _ in all_), sum(useful for _, useful in all_))
        for heading, all_ in found.items()
    )
