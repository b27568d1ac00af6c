"""What costs too much: the big rows of the hostile corpus, each in a run of the command of its own.

Its figures are those of that run less those of one that reads a small feed.
"""

import sys
from types import SimpleNamespace

import hostile
import newsroom
import pytest

from bulletin import jobs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hostile.DATA.is_dir(), reason="the hostile documents are not part of the project"),
]


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """Visit one path of the server; gives what that cost and how the feed does."""

    def visit(path: str) -> SimpleNamespace:
        with hostile.hostile_server() as server:
            place = hostile.workspace(
                tmp_path_factory.mktemp("cost"), {"big": server + path, "good": server + "good?"}
            )
            command = [sys.executable, "-m", "bulletin", "-C", str(place), "fetch", "--all", "--json"]
            cost = hostile.cost_of(command, newsroom.environment(place))
        with jobs.open_desk(newsroom.settings(place)) as desk:
            health = {one.feed.name: one for one in jobs.health(desk)}
            items = [item for item in desk.store.items.list() if "big" in item.feeds]
        assert health["good"].items, "one feed's trouble is no other's"
        return SimpleNamespace(cost=cost, health=health["big"], items=items)

    return visit


@pytest.fixture(scope="module")
def usual(visited):
    return visited("good?again").cost


FEW = 500
# Path, seconds and MB more than usual, items that it gives (None: refused).
COSTS = {
    "D01": ("f/d01_billion_laughs.rss", 1, 50, None),
    "D09": ("f/d09_many_namespaces.rss", 1, 50, 1),
    "L01": ("gen/title5mb", 2, 100, 1),
    "L02": ("gen/entries100k", 10, 100, None),
    "L02 as many as are read": ("gen/entries100k/12000", 10, 200, FEW),
    "L03": ("gen/nest/200000", 5, 100, None),
    "L03 as deep as is read": ("gen/nest/70000", 5, 200, 1),
    "L04": ("gen/gzipbomb/1024", 2, 50, None),
    "L05": ("gen/gzipgzip/64", 2, 50, None),
    "L06": ("gen/attrs/1000000", 5, 100, None),
    "L06 as many as come": ("gen/attrs/600000", 5, 100, None),
    "L07": ("gen/longline/8", 5, 150, 1),
}


@pytest.mark.skipif(sys.platform == "win32", reason="this system does not tell what a process cost")
@pytest.mark.parametrize("name", COSTS)
def test_what_costs_too_much_is_stopped_in_time(visited, usual, name):
    path, seconds, memory, items = COSTS[name]
    came = visited(path)
    assert len(came.items) == (items or 0)
    assert bool(came.health.error) == (items is None)
    assert came.cost.seconds - usual.seconds < seconds
    assert came.cost.memory - usual.memory < memory
    assert all(len(item.title) <= 500 and len(item.summary) <= 20_000 for item in came.items)
