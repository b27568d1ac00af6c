"""The feeds that rest in the starter newsroom wake when the # in front of them is taken away."""

import re
from pathlib import Path

import pytest

from bulletin.config import init, load
from bulletin.model import FeedKind

FEEDS = Path(__file__).parents[2] / "feeds.yaml"
RESTING = re.compile(r"^  # (?=- name: |  [a-z]+: )", re.MULTILINE)
BODIES = ["The King's Fund", "Nuffield Trust", "The Health Foundation", "NHS Confederation"]


@pytest.fixture(name="awake")
def _awake(tmp_path):
    """Give a new workspace in which no feed rests."""
    init(tmp_path)
    text, woken = RESTING.subn("  ", FEEDS.read_text(encoding="utf-8"))
    assert woken
    (tmp_path / "feeds.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_page_that_wakes_says_what_it_still_needs(awake, mistakes):
    said = mistakes(awake)
    lines = (awake / "feeds.yaml").read_text(encoding="utf-8").split("\n")
    places = [lines.index(f"  - name: {name}") + 2 for name in BODIES]
    words = 'items is missing: a page needs it: type "bulletin feeds try ADDRESS", which proposes it'
    assert said == [f"feeds.yaml:{place}: {words}" for place in places]


def test_every_way_in_can_be_woken(awake):
    text = (awake / "feeds.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^(    page: .*)$", r"\1\n    items: li", text, flags=re.MULTILINE)
    (awake / "feeds.yaml").write_text(text, encoding="utf-8")
    feeds = load(awake, {}).feeds
    assert {feed.kind for feed in feeds} == set(FeedKind)
    assert {feed.name for feed in feeds if feed.kind is FeedKind.PAGE} == set(BODIES)


def test_nothing_but_plain_feeds_is_awake_in_a_new_newsroom(tmp_path):
    init(tmp_path)
    assert {feed.kind for feed in load(tmp_path, {}).feeds} == {FeedKind.FEED}
