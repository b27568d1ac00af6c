"""`bulletin compose BULLETIN --urgent ITEM`: what is said, and what it refuses."""

import json

import editing
import newsroom
import pytest

from bulletin import jobs


@pytest.fixture
def place(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)):
        return tmp_path


@pytest.fixture
def recall(place):
    with jobs.open_desk(newsroom.settings(place)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        return editing.shelve(desk, "Recall", greener=0.9)


def test_it_is_drafted_of_that_item_and_the_way_on_is_told(bulletin, recall):
    code, out, _ = bulletin("compose", "digest", "--urgent", recall, "--date", "2026-11-24")
    assert code == 0
    assert "1 item under 1 heading" in out
    assert "it is urgent, and goes as soon as somebody approves it: bulletin approve digest-2026-11-24 --by" in out


def test_a_machine_is_told_that_it_is_urgent(bulletin, recall):
    _, out, _ = bulletin("compose", "digest", "--urgent", recall, "--json")
    assert (json.loads(out)["urgent"], json.loads(out)["items"]) == (True, 1)


def test_an_item_alone_is_not_enough(bulletin, recall):
    code, _, err = bulletin("compose", "--urgent", recall)
    assert (code, "name the bulletin whose readers cannot wait for it" in err) == (2, True)


def test_a_day_that_is_taken_is_refused_in_one_line(bulletin, recall):
    bulletin("compose", "digest", "--date", "2026-11-24")
    code, _, err = bulletin("compose", "digest", "--urgent", recall, "--date", "2026-11-24")
    assert code == 2
    assert err.splitlines()[-1].endswith("stands and is not urgent: the next free day is 2026-11-25")
