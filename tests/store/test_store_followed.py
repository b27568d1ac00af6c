"""What readers followed: once for a mark, settled into numbers, and then nobody's."""

from datetime import timedelta

from papers import NOON, count_rows, later

from bulletin.model.outcomes import Click
from bulletin.people.clicks import people_only
from bulletin.store.outbox import followed

EDITION = "update-2026-11-02"


def click(store, item="i1", mark="m1", hours=0.0, edition=EDITION):
    store.followed.click(edition, Click(item, mark, later(hours)))


def settle(store, hours):
    return store.followed.settle(EDITION, later(hours), 40, people_only)


def test_a_mark_counts_an_item_once(store):
    click(store)
    click(store, hours=1)
    click(store, mark="m2")
    click(store, item="i2")
    click(store, edition="other-2026-11-02")
    assert store.followed.clicks([EDITION]) == {
        EDITION: [Click("i1", "m1", NOON), Click("i1", "m2", NOON), Click("i2", "m1", NOON)]
    }


def test_settled_clicks_are_numbers_and_their_marks_are_gone(store):
    click(store)
    click(store, mark="m2")
    click(store, mark="m3", hours=24)
    assert store.followed.unsettled(later(12)) == [EDITION]
    assert settle(store, 12) == 2
    assert store.followed.settled([EDITION]) == {(EDITION, "i1"): 2}
    assert store.followed.clicks([EDITION]) == {EDITION: [Click("i1", "m3", later(24))]}
    assert settle(store, 48) == 1
    assert store.followed.settled([EDITION]) == {(EDITION, "i1"): 3}
    assert store.followed.unsettled(later(99)) == []


def test_to_settle_twice_changes_nothing(store):
    click(store)
    settle(store, 12)
    rows = count_rows(store)
    assert settle(store, 12) == 0
    assert count_rows(store) == rows


def test_late_clicks_of_a_settled_day_are_added(store):
    click(store)
    settle(store, 12)
    click(store, mark="m2")
    settle(store, 12)
    assert store.followed.settled([EDITION]) == {(EDITION, "i1"): 2}
    assert count_rows(store)["click_count"] == 1


def test_what_machines_asked_for_is_settled_into_nothing(store):
    for number in range(6):
        click(store, item=f"i{number}")
    settle(store, 12)
    assert not store.followed.settled([EDITION])
    assert count_rows(store)["click"] == 0


def test_what_was_useful_stays_and_who_said_it_goes(store):
    for mark in ("m1", "m1", "m2"):
        store.followed.is_useful(EDITION, Click("i1", mark, NOON))
    assert store.followed.useful([EDITION]) == {(EDITION, "i1"): 2}
    store.followed.unmark(NOON)
    store.followed.unmark(NOON + timedelta(hours=1))
    assert store.followed.useful([EDITION]) == {(EDITION, "i1"): 2}
    with store._database.read() as connection:
        assert set(connection.exec_driver_sql("SELECT mark FROM useful").scalars()) == {""}


def test_who_floods_an_edition_does_not_fill_the_disk(store, monkeypatch):
    monkeypatch.setattr(followed, "_MOST_A_DAY", 3)
    for number in range(9):
        click(store, mark=f"m{number}")
        store.followed.is_useful(EDITION, Click("i1", f"m{number}", NOON))
    assert (count_rows(store)["click"], count_rows(store)["useful"]) == (3, 3)
