"""No step goes through the archive: what each asks the database is answered from an index, in years too.

Each step is done in a newsroom of some weeks, and the database says how it finds what was asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import growing
import pytest
from papers import paper, visit
from sqlalchemy import event

from bulletin.model import Service
from bulletin.store import Store, open_store, search

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
# As small a part of two weeks as what is recent is of five years.
LATELY, WINDOW, OLDEST = NOW - timedelta(hours=6), NOW - timedelta(hours=6), NOW - timedelta(days=730)
ITEMS = 21_000  # two weeks: a plan that is for the whole of a table is dear by then
# What grows with the archive; what editors do grows a hundred times less, and editions less than that.
BIG = {"item", "item_key", "item_words", "sighting", "classification", "lookup", "visit"}
COMMON, RARE, PHRASE = growing.Words().all[0], growing.Words().all[-5], '"{} {}"'.format(*growing.Words().all[:2])


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("growth")]


@dataclass
class Grown:
    """A newsroom, and what was asked of its database since the last look."""

    store: Store
    asked: list[tuple[str, object]]

    def plans(self) -> list[str]:
        """How the database finds what was asked: a line for each step of each statement."""
        told, self.asked[:] = {sql: values for sql, values in self.asked if _is_question(sql)}, []
        is_sqlite = self.store._database._is_sqlite
        prefix = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        with self.store._database.read() as connection:
            if not is_sqlite:  # what a server on a solid-state disk is told
                connection.exec_driver_sql("SET LOCAL random_page_cost = 1.1")
            plans = [connection.exec_driver_sql(prefix + sql, values).all() for sql, values in told.items()]
        return [str(row[-1]) for rows in plans for row in rows]


def _is_question(sql: str) -> bool:
    return re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)\b", sql) is not None


@pytest.fixture(scope="module")
def grown(new_url):
    url, asked = new_url(), []
    open_store(url).close()
    growing.grow(url, growing.Plan(ITEMS, NOW, readers=20))
    with pytest.MonkeyPatch.context() as patch, open_store(url) as store:
        patch.setattr(search, "_POOL", 100)  # as few of 21,000 as 10,000 are of 2.6 million
        patch.setattr(search, "_NARROWED_POOL", 200)
        engine = store._database._engine
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        yield Grown(store, asked)


def ids(count: int) -> list[str]:
    return [growing.item_id(ITEMS - 1 - number) for number in range(count)]


STEPS: dict[str, Callable[[Store], object]] = {
    "shelve": lambda store: store.items.shelve(visit("feed-001"), [paper("Falls on wards", url="https://x.org/1")]),
    "classify, what is new": lambda store: store.suggestions.unseen(LATELY),
    "classify, what is out of date": lambda store: store.suggestions.outdated("other", LATELY),
    "classify, what is compared": lambda store: store.items.newest(100, OLDEST),
    "classify, what shares words": lambda store: store.search.sharing(["Falls on wards at night"], 5, 5),
    "notices by DOI": lambda store: store.items.apply_notices(NOW),
    "notices without a DOI": lambda store: store.items.notices_without_doi(LATELY),
    "services": lambda store: store.lookups.due(NOW + timedelta(days=59, hours=22), 9, tuple(Service)),
    "compose, the window": lambda store: store.items.placeable(WINDOW),
    "compose, opinions": lambda store: store.suggestions.latest(ids(20)),
    "compose, rulings": lambda store: store.decisions.standing(ids(20)),
    "compose, joinings": lambda store: store.items.joinings(ids(20)),
    "compose, what was printed": lambda store: store.editions.printed("update", "none"),
    "compose, what was held over": lambda store: store.editions.held_over("update", NOW.date(), WINDOW),
    "items by id": lambda store: store.items.list(ids=ids(20)),
    "items of a window": lambda store: store.items.list(since=WINDOW),
    "items first seen": lambda store: store.items.first_seen_since(WINDOW),
    "queues, counted": lambda store: store.queues.counts(LATELY, 5),
    "queues, what needs a heading": lambda store: store.queues.needs_heading(LATELY, 50),
    "queues, not sure": lambda store: store.queues.unsure(LATELY, 50),
    "queues, near misses": lambda store: store.queues.near(LATELY, 5),
    "topics": lambda store: store.suggestions.counts(LATELY),
    "what became of suggestions": lambda store: store.suggestions.when_decided(LATELY),
    "feeds, how they do": lambda store: store.visits.activity(NOW + timedelta(days=364, hours=18)),
    "feeds, since when": lambda store: store.visits.followed(),
    "search, a common word": lambda store: store.search.find(f"{COMMON} "),
    "search, a word half typed": lambda store: store.search.find(f"{RARE} {COMMON[:2]}"),
    "search, a rare word": lambda store: store.search.find(f"{RARE} "),
    "search, a phrase": lambda store: store.search.find(PHRASE),
    "search, of a feed": lambda store: store.search.find(f"{COMMON} ", feed="feed-007"),
    "search, of some days": lambda store: store.search.find(f"{COMMON} ", since=LATELY, until=NOW),
    "search, where it was printed": lambda store: store.search.printed(ids(20)),
}


def scanned(plan: list[str]) -> list[str]:
    """The big tables that a plan goes through from end to end."""
    found = [match[1] for line in plan for match in re.finditer(r"(?:^SCAN|Seq Scan on) (\w+)", line)]
    plain = [re.sub(r"_\d+$", "", name) for name in found]
    return [name for name in plain if name in BIG]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_finds_what_it_needs_by_an_index(grown, step):
    grown.asked.clear()
    STEPS[step](grown.store)
    plan = grown.plans()
    assert plan, "nothing was asked"
    assert scanned(plan) == [], "\n".join(plan)


def test_without_the_index_of_dates_a_window_is_looked_for_in_all_items(grown):
    _change(grown, "DROP INDEX ix_item_date")
    try:
        grown.asked.clear()
        grown.store.items.list(since=WINDOW)
        plan = grown.plans()
    finally:
        _change(grown, "CREATE INDEX ix_item_date ON item (coalesce(published, first_seen))")
        if not grown.store._database._is_sqlite:  # which knows nothing of how the rows are spread, before or after
            _change(grown, "ANALYZE item")
    assert scanned(plan) == ["item"], "\n".join(plan)


def _change(grown, *statements):
    with grown.store._database.write() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    grown.store._database._engine.dispose()  # SQLite explains anew what is prepared anew
