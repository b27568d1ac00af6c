"""Blocks: what editors wrote comes back as it was, in print order, and is never lost."""

from dataclasses import replace
from datetime import date, time

import pytest
from papers import NOON, edition, later, paper, shelve_anew

from bulletin.errors import ChangedError
from bulletin.model import Block, BlockKind, When
from bulletin.store import BlockRow

DRAFT = "update-2026-11-02"
LUNCH = Block(
    1,
    BlockKind.EVENT,
    "Lunch & learn",
    "Bring *questions*.",
    "https://example.org/lunch",
    "Room 1",
    When(date(2026, 12, 10), time(12, 30)),
    When(date(2026, 12, 10), time(13, 30)),
)
CALL = Block(2, BlockKind.FUNDING, "A call", closes=When(date(2026, 12, 31)))
INTRO = Block(3, BlockKind.INTRO, text="Dear all")


@pytest.fixture
def draft(store):
    items = shelve_anew(store, paper("One", guid="1"), paper("Two", guid="2"))
    return store.editions.save(edition("2026-11-02", 1, items[0], items[1]), NOON)


def save(store, *blocks, removed=False, position=0):
    with store.sittings.sit() as sitting:
        for block in blocks:
            sitting.save_block(DRAFT, BlockRow(block, position, "ann", NOON, removed))


def test_blocks_come_with_their_edition_kind_by_kind(store, draft):
    assert draft.blocks == ()
    save(store, LUNCH, CALL, INTRO)
    assert store.editions.get(DRAFT).blocks == store.editions.outline(DRAFT).blocks == (INTRO, LUNCH, CALL)


def test_blocks_of_a_kind_stand_by_position_then_number(store, draft):
    save(store, replace(CALL, number=7), CALL, position=1)
    save(store, replace(CALL, number=9))
    assert [one.number for one in store.editions.get(DRAFT).blocks] == [9, 2, 7]


def test_what_is_written_again_takes_the_place_of_what_was(store, draft):
    save(store, LUNCH)
    save(store, replace(LUNCH, title="Supper", ends=None))
    (row,) = store.blocks.rows(DRAFT)
    assert row == BlockRow(replace(LUNCH, title="Supper", ends=None), 0, "ann", NOON)


def test_a_removed_block_is_kept_and_not_printed(store, draft):
    save(store, LUNCH, removed=True)
    assert store.editions.get(DRAFT).blocks == ()
    assert [row.block for row in store.blocks.rows(DRAFT)] == [LUNCH]


def test_a_draft_that_is_taken_back_leaves_its_blocks_removed(store, draft):
    save(store, LUNCH)
    assert store.editions.remove(DRAFT)
    assert [row.removed for row in store.blocks.rows(DRAFT)] == [True]
    assert store.editions.save(replace(draft, sections=()), later(1)).blocks == ()


def test_a_draft_into_which_somebody_wrote_meanwhile_is_not_drafted_anew(store, draft):
    stood = store.editions.outline(DRAFT)
    save(store, LUNCH)
    with pytest.raises(ChangedError):
        store.editions.save(draft, later(1), stood)


def test_drafting_anew_keeps_the_blocks(store, draft):
    save(store, LUNCH)
    store.editions.save(draft, later(1), store.editions.outline(DRAFT))
    assert store.editions.get(DRAFT).blocks == (LUNCH,)


def test_any_words_come_back(store, draft):
    odd = replace(CALL, title="nul\0 β 🙂 {{7*7}} %s", text="'; DROP TABLE block; --\n" * 50)
    save(store, odd)
    assert store.editions.get(DRAFT).blocks == (replace(odd, title="nul  β 🙂 {{7*7}} %s"),)
