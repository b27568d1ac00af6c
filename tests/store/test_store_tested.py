"""Tests of a list's email that were taken."""

from papers import NOON, later


def test_the_latest_test_of_each_list_is_known(store):
    store.tested.add("update", "managers", "ann@example.nhs.uk", NOON)
    store.tested.add("update", "managers", "eve@example.nhs.uk", later(2))
    store.tested.add("update", "managers", "ann@example.nhs.uk", later(1))
    store.tested.add("other", "nurses", "ann@example.nhs.uk", NOON)
    assert store.tested.latest("update", ["managers", "nurses"]) == {"managers": later(2)}
    assert store.tested.latest("update", []) == {}
