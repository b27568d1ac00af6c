"""What was sent before: only what was approved, of the same bulletin, before the day."""

from datetime import date

import pytest
from papers import NOON, edition, later

from bulletin.model import Approval, Email

DAY = date(2026, 12, 7)


def approve(store, draft, subject="Update"):
    email = Email(draft.id, "all", f"{subject}: {draft.day}", "<p>", "text", b"mime")
    return store.approvals.add(Approval(0, draft.id, draft.id, "eve", NOON, (email,)))


@pytest.fixture
def november(store):
    return store.editions.save(edition("2026-11-02", 1), NOON)


def test_nothing_was_sent_before_somebody_approved_it(store, november):
    assert store.earlier.sent(november.bulletin, DAY, 12) == []
    assert store.earlier.subjects(november.bulletin, DAY) == {}


def test_what_was_taken_back_was_not_sent(store, november):
    approve(store, november)
    store.approvals.end(november.id, later(1), "eve", "taken back")
    assert store.earlier.subjects(november.bulletin, DAY) == {}


def test_the_subject_is_that_of_the_last_edition_before_the_day(store, november):
    approve(store, november)
    second = store.editions.save(edition("2026-11-09", 2), NOON)
    approve(store, second)
    assert store.earlier.subjects(november.bulletin, DAY) == {"all": "Update: 2026-11-09"}
    assert store.earlier.subjects(november.bulletin, second.day) == {"all": "Update: 2026-11-02"}
    assert store.earlier.subjects("another", DAY) == {}
