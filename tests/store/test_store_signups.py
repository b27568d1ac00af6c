"""Sign-ups: kept until their links are too old, one for each mailbox and day."""

from datetime import timedelta
from threading import Thread

import pytest
from papers import NOON
from readers import add, approve, lay, put, reader, tried

from bulletin.store import SignUp

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LISTS = (("update", "managers"), ("update", "nurses"))


def asked(email="ada@example.nhs.uk", digest="d", at=NOON):
    return SignUp(digest, email, LISTS, "yes, please", at, at + WEEK)


def test_a_sign_up_comes_back_as_it_was_until_its_link_is_too_old(store):
    store.signups.add(asked(), DAY)
    assert store.signups.get("d", NOON + WEEK - timedelta(seconds=1)) == asked()
    assert store.signups.get("d", NOON + WEEK) is None
    assert store.signups.get("e", NOON) is None


@pytest.mark.parametrize(
    ("email", "is_new"),
    [
        ("ada@example.nhs.uk", False),
        ("ada+news@example.nhs.uk", False),
        ("adam@example.nhs.uk", True),
        ("ada@example.org", True),
        ("ada@sub.example.nhs.uk", True),
        ("a%@example.nhs.uk", True),
        ("a_a@example.nhs.uk", True),
    ],
)
@pytest.mark.parametrize("first", ["ada@example.nhs.uk", "ada+old@example.nhs.uk"])
def test_one_mailbox_is_asked_for_once_a_day_however_it_is_spelt(store, first, email, is_new):
    assert store.signups.add(asked(first), DAY)
    assert store.signups.add(asked(email, "e", NOON + timedelta(hours=23)), DAY) is is_new
    assert (store.signups.get("e", NOON) is not None) is is_new


def test_after_a_day_it_may_be_asked_for_again(store):
    store.signups.add(asked(), DAY)
    assert store.signups.add(asked(digest="e", at=NOON + DAY), DAY)


def test_of_many_at_once_one_is_first(store):
    told = []
    threads = [
        Thread(target=lambda number=number: told.append(store.signups.add(asked(digest=f"d{number}"), DAY)))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 11 + [True]


def test_what_was_forgotten_was_never_asked_for(store):
    store.signups.add(asked(), DAY)
    store.signups.forget("d")
    assert store.signups.get("d", NOON) is None
    assert store.signups.add(asked(digest="e"), DAY)


def test_when_somebody_was_last_mailed_is_when_an_email_began_to_go(store):
    ada = add(store, reader())
    assert store.mailed.last(ada.id) is None
    number = lay(store, approve(store), ada)
    tried(store, number, handed_at=None)
    assert store.mailed.last(ada.id) is None
    for place, hours in ((2, 3), (3, 1)):
        put(store, "attempt", delivery=number, number=place, handed_at=NOON + timedelta(hours=hours))
    assert store.mailed.last(ada.id) == NOON + timedelta(hours=3)
    assert store.mailed.last("somebody else") is None


def test_failures_of_a_mark_are_looked_up_without_a_trace(store):
    store.failures.claim(("m", "other"), NOON, DAY, lambda *_: timedelta())
    assert store.failures.of("m") == [NOON]
    assert store.failures.of("x") == []
