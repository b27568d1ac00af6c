"""Joining lists, leaving them and coming back: each act says exactly what it changed, and nothing is put back."""

from dataclasses import replace
from datetime import date

from papers import NOON, later
from readers import ADA, MANAGERS, NURSES, add, deed, reader, told

from bulletin.model import Did, Rhythm, Suppression, Way, Why

MARKS = ("new", "old")
LEFT_ALL = Suppression("new", Why.LEFT_ALL, NOON, "themselves")


def places(subscriber):
    return {(one.bulletin, one.list) for one in subscriber.places}


def leave(store, lists, hours=1, **more):
    return store.memberships.leave("ada", lists, told(Did.LEFT, Way.LINK, later(hours)), deed("left"), MARKS, **more)


def come_back(store, *lists):
    return store.memberships.come_back("ada", lists, told(Did.CAME_BACK, Way.LINK), deed("came back"), MARKS)


def join(store, candidate, **more):
    return store.memberships.join(candidate, told(way=Way.SIGN_UP), deed("joined"), MARKS, **more)


def dones(store):
    return [one.did for one in store.deeds.latest()]


def test_who_leaves_one_list_stays_on_the_others(store):
    add(store, reader("ada", ADA, MANAGERS, NURSES))
    left = leave(store, [MANAGERS])
    assert left.is_change
    assert [(one.list, one.left_at) for one in left.ended] == [("managers", later(1))]
    assert places(left.subscriber) == {NURSES}
    assert store.subscribers.on(*MANAGERS) == []


def test_leaving_twice_changes_nothing_and_does_not_show_success(store):
    add(store, reader())
    leave(store, [MANAGERS])
    again = leave(store, [MANAGERS], hours=5)
    assert not again.is_change
    assert not again.ended
    assert again.earlier[0].left_at == later(1)
    assert dones(store) == ["left"]
    assert [one.did for one in store.subscribers.consents("ada")] == [Did.LEFT, Did.JOINED]


def test_leaving_a_list_one_never_was_on_changes_nothing(store):
    add(store, reader())
    left = leave(store, [NURSES])
    assert not left.is_change
    assert left.earlier == ()


def test_a_stranger_leaves_nothing(store):
    assert leave(store, None) is None
    assert come_back(store, MANAGERS) is None
    assert store.memberships.choose("ada", Rhythm.DAY, None, {}, deed()) is None


def test_leaving_everything_keeps_the_address_off_further_lists(store):
    add(store, reader("ada", ADA, MANAGERS, NURSES))
    left = leave(store, None, stop=LEFT_ALL)
    assert left.is_stopped
    assert len(left.ended) == 2
    assert store.suppressions.of(MARKS).why is Why.LEFT_ALL
    assert not leave(store, None, stop=LEFT_ALL).is_change


def test_undo_brings_back_what_was_left_and_lets_mail_through_again(store):
    add(store, reader("ada", ADA, MANAGERS, NURSES))
    leave(store, [NURSES])
    ended = leave(store, None, stop=LEFT_ALL).ended
    joined = come_back(store, *((one.bulletin, one.list) for one in ended))
    assert [one.list for one in joined.joined] == ["managers"]
    assert places(joined.subscriber) == {MANAGERS}
    assert store.suppressions.of(MARKS) is None
    assert not come_back(store, MANAGERS).joined


def test_nobody_comes_back_past_a_complaint(store):
    add(store, reader())
    leave(store, [MANAGERS])
    store.suppressions.add(MARKS, replace(LEFT_ALL, why=Why.COMPLAINED), deed())
    joined = come_back(store, MANAGERS)
    assert joined.stopped.why is Why.COMPLAINED
    assert places(store.subscribers.get("ada")) == set()


def test_a_new_person_joins_with_what_it_rests_on(store):
    joined = join(store, reader("ada", ADA, MANAGERS, NURSES))
    assert len(joined.joined) == 2
    assert store.subscribers.by_email(ADA) == joined.subscriber
    assert {(one.list, one.did, one.way) for one in store.subscribers.consents("ada")} == {
        ("managers", Did.JOINED, Way.SIGN_UP),
        ("nurses", Did.JOINED, Way.SIGN_UP),
    }
    assert store.deeds.latest()[0].what == "ada"


def test_a_known_person_joins_a_further_list_under_the_same_id(store):
    add(store, reader())
    joined = join(store, reader("other", ADA, MANAGERS, NURSES))
    assert [one.list for one in joined.joined] == ["nurses"]
    assert places(store.subscribers.get("ada")) == {MANAGERS, NURSES}
    assert store.subscribers.get("other") is None
    assert not join(store, reader("other", ADA, MANAGERS, NURSES)).joined


def test_who_left_is_put_back_only_when_that_is_meant(store):
    add(store, reader())
    leave(store, [MANAGERS])
    refused = join(store, reader())
    assert (refused.joined, refused.left[0].left_at) == ((), later(1))
    assert places(store.subscribers.get("ada")) == set()
    assert [one.list for one in join(store, reader(), again=True).joined] == ["managers"]
    assert store.subscribers.consents("ada")[0].did is Did.CAME_BACK


def test_an_address_that_is_suppressed_joins_nothing_unless_that_is_lifted(store):
    store.suppressions.add(MARKS, replace(LEFT_ALL, why=Why.ERASED), deed())
    joined = join(store, reader())
    assert (joined.subscriber, joined.stopped.why) == (None, Why.ERASED)
    assert store.subscribers.by_email(ADA) is None
    assert join(store, reader(), lifts=frozenset({Why.ERASED})).joined
    assert store.suppressions.of(MARKS) is None


def test_choices_are_kept_and_told_once(store):
    add(store, reader())
    chosen = store.memberships.choose("ada", Rhythm.WEEK, date(2026, 12, 1), {MANAGERS: ["safety"]}, deed("chose"))
    assert (chosen.rhythm, chosen.paused_until) == (Rhythm.WEEK, date(2026, 12, 1))
    assert chosen.place(*MANAGERS).headings == ("safety",)
    store.memberships.choose("ada", Rhythm.WEEK, date(2026, 12, 1), {MANAGERS: ["safety"]}, deed("chose"))
    assert dones(store) == ["chose"]


def test_the_heavier_reason_stays(store):
    def add_(why):
        return store.suppressions.add(MARKS, Suppression("new", why, NOON), deed(str(why)))

    assert [add_(why) for why in (Why.LEFT_ALL, Why.LEFT_ALL, Why.COMPLAINED, Why.ERASED)] == [
        True,
        False,
        True,
        False,
    ]
    assert store.suppressions.of(MARKS).why is Why.COMPLAINED
    assert store.suppressions.counts() == {Why.COMPLAINED: 1}


def test_a_suppression_of_an_older_secret_counts_and_is_lifted(store):
    store.suppressions.add(("old",), Suppression("old", Why.DESK, NOON), deed())
    assert store.suppressions.of(MARKS).why is Why.DESK
    assert store.suppressions.lift(MARKS, deed("released")).why is Why.DESK
    assert store.suppressions.of(MARKS) is None
    assert store.suppressions.lift(MARKS, deed("released")) is None
    assert dones(store) == ["released", "did something"]
