"""Items, visits and editions as small as they can be, and a look at how many rows there are."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from bulletin.model import Classification, Decision, Edition, Item, Outcome, Placed, Section, Suggestion, Visit
from bulletin.store import Store
from bulletin.store.tables import metadata

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def later(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def paper(title: str = "Handwashing in three wards", **more) -> Item:
    return Item(title=title, **more)


def visit(feed: str = "bmj", hours: float = 0, **more) -> Visit:
    return Visit(feed, later(hours), Outcome.OK, **more)


def shelve(store: Store, *items: Item, feed: str = "bmj", hours: float = 0):
    """One document of a feed, shelved so many hours after noon."""
    return store.items.shelve(visit(feed, hours), items)


def shelve_one(store: Store, item: Item | None = None, **more) -> str:
    """Shelve a document of one item; gives its id."""
    (new,) = shelve(store, item or paper(url="https://example.org/hands"), **more).new
    return new


def shelve_anew(store: Store, *items: Item) -> list[Item]:
    """Shelve a document of items that nobody had brought before; gives them as they are stored, in its order."""
    return [store.items.get(new) for new in shelve(store, *items).new]


def decide(store: Store, item: str, *topics: str, hours: float = 0) -> Decision:
    decision = Decision(item, topics, "ann", later(hours))
    store.decisions.add(decision)
    return decision


def look(item: str, *suggestions: Suggestion, hours: float = 0) -> Classification:
    return Classification(item, suggestions, "recipe", 7, later(hours))


def edition(
    day: str, number: int, *printed: Item, held_over: tuple[Item, ...] = (), bulletin: str = "update"
) -> Edition:
    """An edition with one section."""
    section = Section("safety", "Patient Safety", tuple(map(Placed, printed)), held_over)
    return Edition(f"{bulletin}-{day}", bulletin, number, date.fromisoformat(day), date(2026, 10, 1), (section,))


def clear(store: Store) -> None:
    """Make a store as good as new, in less time than a new one takes."""
    rows = count_rows(store)
    with store._database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if rows[table.name] and table.name != "deed":  # of which nothing can be deleted
                connection.execute(table.delete())


_COUNTS = select(
    *(select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in metadata.sorted_tables)
)


def count_rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store._database.read() as connection:
        return dict(connection.execute(_COUNTS).one()._mapping)
