"""Alerts: what the operator was told, in spells that begin when a concern stands and end when it is over."""

from papers import NOON, later

from bulletin.store import Did


def test_a_spell_tells_when_it_began_and_when_somebody_was_told(store):
    store.alerts.add(Did.SEEN, {"backup": "no backup"}, NOON)
    for hours in (1, 25):
        store.alerts.add(Did.TOLD, {"backup": f"no backup for {hours} hours"}, later(hours))
    (spell,) = store.alerts.spells().values()
    assert (spell.concern, spell.seen, spell.told) == ("backup", NOON, (later(1), later(25)))
    assert spell.words == "no backup for 25 hours"


def test_a_spell_that_is_over_is_no_more_and_another_one_begins_anew(store):
    store.alerts.add(Did.SEEN, {"backup": "no backup", "disk": "full"}, NOON)
    store.alerts.add(Did.TOLD, {"backup": "no backup"}, later(1))
    store.alerts.add(Did.OVER, {"backup": "no backup"}, later(2))
    assert set(store.alerts.spells()) == {"disk"}
    store.alerts.add(Did.SEEN, {"backup": "no backup"}, later(3))
    assert store.alerts.spells()["backup"].told == ()
    assert store.alerts.told_since(NOON) == {"backup"}
    assert store.alerts.told_since(later(2)) == frozenset()


def test_rows_of_one_time_are_one_letter_and_what_went_away_untold_is_none(store):
    store.alerts.add(Did.SEEN, {"backup": "no backup"}, NOON)
    store.alerts.drop(["backup"], later(1))
    assert store.alerts.letters(NOON) == 0
    store.alerts.add(Did.TOLD, {"backup": "no backup", "disk": "full"}, later(2))
    store.alerts.add(Did.OVER, {"backup": "no backup"}, later(2))
    store.alerts.add(Did.OVER, {"disk": "full"}, later(3))
    assert store.alerts.letters(NOON) == 2
