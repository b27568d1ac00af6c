"""What a person accepted of the linter's warnings: once, for ever, and on the record."""

from datetime import timedelta

from papers import NOON

from bulletin.model import Accepted, Finding, Severity
from bulletin.store import digest_of

CAPITALS = Finding(30, "capitals", Severity.WARNING, "no block capitals", "NET ZERO PLAN")
DATES = Finding(31, "dates", Severity.WARNING, "write 6 August 2018", "06/08/18")


def test_a_yes_is_written_with_who_gave_it_and_when(store):
    [given] = store.accepted.add("d1", [CAPITALS], "eve", NOON)
    assert given == Accepted("d1", digest_of(CAPITALS), 30, "capitals", "no block capitals", "eve", NOON)
    assert store.accepted.of("d1") == {given.key: given}
    assert store.accepted.of("d2") == {}


def test_a_yes_stands_in_the_record(store):
    store.accepted.add("d1", [CAPITALS, DATES], "eve", NOON)
    assert [(one.who, one.did, one.what, one.after) for one in store.deeds.all()] == [
        ("eve", "accepted a warning", "d1", "capitals: no block capitals"),
        ("eve", "accepted a warning", "d1", "dates: write 6 August 2018"),
    ]


def test_who_accepts_what_is_accepted_changes_nothing(store):
    store.accepted.add("d1", [CAPITALS, CAPITALS], "eve", NOON)
    assert store.accepted.add("d1", [CAPITALS], "bob", NOON + timedelta(hours=1)) == []
    assert [one.editor for one in store.accepted.of("d1").values()] == ["eve"]
    assert len(list(store.deeds.all())) == 1


def test_the_same_rule_somewhere_else_is_another_warning(store):
    store.accepted.add("d1", [CAPITALS], "eve", NOON)
    elsewhere = Finding(30, "capitals", Severity.WARNING, "no block capitals", "LOCAL NEWS HERE")
    assert digest_of(elsewhere) not in store.accepted.of("d1")


def test_whatever_a_finding_shows_is_found_again(store):
    hostile = Finding(30, "capitals", Severity.WARNING, "no \0 \ud800 capitals", "\udfff\0")
    store.accepted.add("d1", [hostile], "eve", NOON)
    assert digest_of(hostile) in store.accepted.of("d1")
