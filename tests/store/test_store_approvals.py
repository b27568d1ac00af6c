"""Approvals: the bytes are kept, at most one of an edition holds, and every one stays on record."""

from hashlib import sha256

import pytest
from papers import NOON, count_rows, edition, later

from bulletin.errors import InputError
from bulletin.model import Approval, Email

DRAFT = "update-2026-11-02"
EMAILS = tuple(
    Email(
        DRAFT,
        name,
        f"{name}: Hände \0 \u202e",
        f"<p>{name}</p>\r\n",
        "text",
        b"From: x\r\n\r\n\x00\xff" + name.encode(),
    )
    for name in ("boards", "all")
)


@pytest.fixture
def draft(store):
    return store.editions.save(edition("2026-11-02", 1), NOON)


def approve(store, digest="d1", hours=0.0, editor="eve"):
    return store.approvals.add(Approval(0, DRAFT, digest, editor, later(hours), EMAILS))


def test_an_approval_comes_back_with_its_emails_byte_for_byte(store, draft):
    given = approve(store)
    held = store.approvals.holding()[DRAFT]
    assert (held.id, held.digest, held.editor, held.at, held.holds) == (given.id, "d1", "eve", NOON, True)
    kept = {one.list: one for one in store.approvals.emails(given.id)}
    assert list(kept) == ["all", "boards"]
    for one in EMAILS:
        assert (kept[one.list].mime, kept[one.list].html, kept[one.list].edition) == (one.mime, one.html, DRAFT)


def test_each_email_lies_with_its_own_digest(store, draft):
    given = approve(store)
    with store._database.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT list, digest FROM email WHERE approval = {given.id}")
        assert dict(map(tuple, rows)) == {one.list: sha256(one.mime).hexdigest() for one in EMAILS}


def test_to_approve_the_same_bytes_twice_does_one_thing(store, draft):
    first = approve(store)
    again = approve(store, hours=1, editor="bob")
    assert (again.id, again.editor) == (first.id, "eve")
    assert count_rows(store)["approval"] == 1
    assert [deed.did for deed in store.deeds.all()] == ["approved"]


def test_other_bytes_are_not_approved_over_those_that_are(store, draft):
    approve(store)
    with pytest.raises(InputError, match="approved in another form: take that approval back first"):
        approve(store, "d2")
    assert store.approvals.holding()[DRAFT].digest == "d1"


def test_an_approval_that_is_taken_back_stays_on_record_and_says_why(store, draft):
    approve(store)
    ended = store.approvals.end(DRAFT, later(1), "ann", "move: Gowns")
    assert (ended.holds, ended.ended_by, ended.ended_why, ended.ended_at) == (False, "ann", "move: Gowns", later(1))
    assert store.approvals.holding() == {}
    assert store.approvals.past(DRAFT) == [ended.__class__(**{**vars(ended), "emails": ()})]
    assert [(deed.who, deed.did, deed.what) for deed in store.deeds.all()] == [
        ("eve", "approved", DRAFT),
        ("ann", "took an approval back", DRAFT),
    ]


def test_nothing_is_taken_back_twice(store, draft):
    assert store.approvals.end(DRAFT, NOON, "ann", "why") is None
    approve(store)
    assert store.approvals.end(DRAFT, later(1), "ann", "why").holds is False
    assert store.approvals.end(DRAFT, later(2), "ann", "why") is None


def test_after_it_is_taken_back_an_edition_is_approved_anew_even_in_the_same_form(store, draft):
    first = approve(store)
    store.approvals.end(DRAFT, later(1), "ann", "why")
    second = approve(store, hours=2)
    assert second.id != first.id
    assert [one.id for one in store.approvals.past(DRAFT)] == [second.id, first.id]
    assert list(store.approvals.holding([DRAFT, "update-2026-11-03"])) == [DRAFT]
    assert store.approvals.holding(["update-2026-11-03"]) == store.approvals.holding([]) == {}


def test_an_approved_edition_is_neither_replaced_nor_withdrawn(store, draft):
    approve(store)
    for change in (lambda: store.editions.save(draft, later(1)), lambda: store.editions.remove(DRAFT)):
        with pytest.raises(InputError, match="stays as it is: take the approval back first"):
            change()
    assert store.editions.get(DRAFT) == draft
    store.approvals.end(DRAFT, later(1), "ann", "why")
    assert store.editions.remove(DRAFT)
    assert len(store.approvals.past(DRAFT)) == 1


def test_in_a_sitting_approving_and_taking_back_are_part_of_the_whole(store, draft):
    with store.sittings.sit() as sitting:
        given = sitting.approve(Approval(0, DRAFT, "d1", "eve", NOON, EMAILS), ())
        assert sitting.approved([DRAFT])[DRAFT].id == given.id
        assert sitting.end_approval(DRAFT, later(1), "ann", "why").id == given.id
        assert sitting.approved([DRAFT]) == {}
    assert store.deeds.people() == ["ann", "eve"]
