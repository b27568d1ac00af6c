"""The starter topics at work: on items that librarians had placed under real headings, and on a full shelf."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from classify_kit import NOON, item

from bulletin.classify import suggest
from bulletin.config import load

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "bulletins" / "items.jsonl"
OURS = {
    "Patient safety": "patient-safety",
    "Mental Health": "mental-health",
    "NHS workforce": "workforce",
    "Digital technologies": "digital",
}
NOT_OURS = ("Cancer", "Cardiovascular Disease", "Child & Adolescent Health", "Biomedical librarianship")


@pytest.fixture(scope="module")
def topics():
    return load(ROOT, {}).topics


@pytest.fixture(scope="module")
def real(topics):
    """Pairs of a real heading and the topics that we suggest for an item under it."""
    if not REAL.exists():
        pytest.skip(f"the real bulletins are not here: {REAL}")
    rows = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    items = [item(row.get("title") or "", row.get("text") or "", name=str(n)) for n, row in enumerate(rows)]
    opinions = suggest(items, topics, (), {}, NOON)
    return [
        (row["heading"].split(" (see")[0], {suggestion.topic for suggestion in opinion.suggestions})
        for row, opinion in zip(rows, opinions, strict=True)
    ]


def test_real_items_get_the_heading_under_which_they_stood(real):
    """A bulletin prints an item once, so that what else we suggest for it is not always wrong: half is a floor."""
    right = sum(OURS.get(heading) in topics for heading, topics in real)
    suggested = sum(len(topics & set(OURS.values())) for _, topics in real)
    assert right / suggested >= 0.5
    assert right / sum(heading in OURS for heading, _ in real) >= 0.4


def test_real_items_under_headings_that_are_not_ours_get_none(real):
    assert [topics for heading, topics in real if heading in NOT_OURS and topics] == []


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Financial sustainability of small acute trusts: scale, geography or tariff?", "finance"),
        ("Sustainability and transformation plans, ten years on", "integrated-care"),
        ("Sickness absence and team climate on hospital wards", "workforce"),
    ],
    ids=str,
)
def test_the_traps_go_where_they_belong(topics, title, topic):
    [opinion] = suggest([item(title)], topics, (), {}, NOON)
    assert topic in {suggestion.topic for suggestion in opinion.suggestions}
    assert "sustainable-healthcare" not in {suggestion.topic for suggestion in opinion.suggestions}


def test_every_example_of_a_starter_topic_finds_its_topic(topics):
    wanted = [
        (topic.id, item(example, name=f"{topic.id}-{n}"))
        for topic in topics
        for n, example in enumerate(topic.examples)
    ]
    opinions = suggest([one for _, one in wanted], topics, (), {}, NOON)
    for (topic, one), opinion in zip(wanted, opinions, strict=True):
        assert topic in {suggestion.topic for suggestion in opinion.suggestions}, one.title


@pytest.mark.slow
def test_five_thousand_items_take_no_more_than_a_coffee(topics):
    page = " ".join(example for topic in topics[:4] for example in topic.examples)
    shelf = [item(f"{topics[n % len(topics)].phrases[n % 5]} {n}", page, name=str(n)) for n in range(5000)]
    start = time.process_time()  # of all its threads: whatever else the machine does is not counted
    assert len(suggest(shelf, topics, (), {}, NOON)) == 5000
    assert time.process_time() - start < 60  # 10 s is the aim on two idle cores


def test_the_room_itself_opens_without_scikit_learn():
    code = "import sys, bulletin.classify; sys.exit(bool({'sklearn', 'numpy', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
