"""Sittings: what an editor does is written whole or not at all, and the last of it can be found again."""

import pytest
from papers import NOON, count_rows, edition, later, paper, shelve_anew

from bulletin.errors import ChangedError, InputError, UnknownError
from bulletin.model import Act, Change, Decision, Placed, Section, Standing, Wording
from bulletin.store import Pair

DRAFT = "update-2026-11-02"
HERE, THERE = Standing(place="safety"), Standing(place="policy", topics=("policy", "safety"), note="Ours", pick=True)


@pytest.fixture
def items(store):
    return shelve_anew(store, paper("One", guid="1"), paper("Two", guid="2"), paper("Three", guid="3"))


@pytest.fixture
def draft(store, items):
    return store.editions.save(edition("2026-11-02", 1, items[0], items[1], held_over=(items[2],)), NOON)


def change(item, act=Act.MOVE, editor="ann", hours=0.0, **more):
    return Change(0, DRAFT, item.id, act, editor, later(hours), HERE, THERE, **more)


def note(store, *args, **more):
    with store.sittings.sit() as sitting:
        return sitting.note(change(*args, **more))


def last(store, editor="ann", hours=1.0, draft=DRAFT):
    found = store.sittings.last(draft, editor, later(hours))
    return found.id if found else None


def test_a_change_comes_back_as_it_was_made(store, draft, items):
    first = note(store, items[0])
    second = note(store, items[1], Act.UNDO, undoes=first)
    third = note(store, items[2], follows=second)
    newest, undo, made = store.sittings.changes(DRAFT)
    assert (made.id, made.before, made.after, made.act) == (first, HERE, THERE, Act.MOVE)
    assert (undo.undoes, newest.follows, newest.id) == (first, second, third)
    assert store.sittings.changes(DRAFT, 1) == [newest]
    assert store.sittings.changes("update-2026-11-03") == []


def test_undoing_finds_what_this_editor_did_last_in_this_draft(store, draft, items):
    first = note(store, items[0])
    second = note(store, items[1])
    note(store, items[2], editor="bob")
    assert last(store) == second
    note(store, items[1], Act.UNDO, undoes=second)
    assert last(store) == first
    note(store, items[0], Act.UNDO, undoes=first)
    assert last(store) is None
    assert last(store, draft="update-2026-11-03") is None
    assert last(store, "bob") is not None


def test_undoing_reaches_a_day_back(store, draft, items):
    done = note(store, items[0])
    assert (last(store, hours=24), last(store, hours=24.01)) == (done, None)


def test_what_followed_from_an_act_elsewhere_is_found_with_that_act_and_not_by_itself(store, draft, items):
    done = note(store, items[0], editor="bob")
    followed = note(store, items[0], follows=done)
    assert last(store) is None
    with store.sittings.sit() as sitting:
        assert [one.id for one in sitting.followers(done)] == [followed]
        assert sitting.followers(followed) == []


def test_the_same_is_read_inside_a_sitting(store, draft, items):
    done = note(store, items[0])
    with store.sittings.sit() as sitting:
        assert sitting.last(DRAFT, "ann", later(1)).id == done
        assert sitting.latest(DRAFT, items[0].id).id == done
        assert sitting.latest(DRAFT, items[1].id) is None
        assert sitting.latest("update-2026-11-03", items[0].id) is None


def test_what_was_touched_is_what_nobody_took_back(store, draft, items):
    note(store, items[0])
    note(store, items[1], Act.UNDO, undoes=note(store, items[1]))
    assert store.sittings.touched(DRAFT) == {items[0].id}
    assert store.sittings.touched("update-2026-11-03") == frozenset()


def test_a_draft_is_laid_anew_and_read_in_outline(store, draft, items):
    other = Section("policy", "Policy", (Placed(items[2], ("safety",), "Ours", pick=True),), (items[0],))
    with store.sittings.sit() as sitting:
        sitting.lay(edition("2026-11-02", 1).__class__(**{**vars(draft), "sections": (other,)}))
        outline = sitting.edition(DRAFT)
    [section] = outline.sections
    placed = section.items[0]
    assert (placed.item.id, placed.item.title, placed.see_also, placed.note, placed.pick) == (
        items[2].id,
        "",
        ("safety",),
        "Ours",
        True,
    )
    assert [held.id for held in section.held_over] == [items[0].id]
    assert store.editions.outline(DRAFT) == outline
    assert store.editions.get(DRAFT).sections == (other,)


def test_there_is_no_outline_of_no_draft(store):
    with store.sittings.sit() as sitting:
        assert sitting.edition(DRAFT) is None


def test_what_a_sitting_did_is_stored_whole_or_not_at_all(store, draft, items):
    before = count_rows(store)

    def half_an_act():
        with store.sittings.sit() as sitting:
            sitting.rule(Decision(items[0].id, ("policy",), "ann", NOON))
            sitting.leave_out(DRAFT, items[0].id, out=True)
            sitting.lay(edition("2026-11-02", 1))
            sitting.note(change(items[0]))
            raise InputError("no")

    with pytest.raises(InputError):
        half_an_act()
    assert count_rows(store) == before
    assert store.editions.get(DRAFT) == draft


def test_items_are_left_out_of_one_draft_and_come_back(store, draft, items):
    for out, then in ((True, {items[0].id}), (True, {items[0].id}), (False, set()), (False, set())):
        with store.sittings.sit() as sitting:
            sitting.leave_out(DRAFT, items[0].id, out=out)
            assert sitting.left_out(DRAFT) == then
    assert store.sittings.left_out(DRAFT) == frozenset()


def test_what_is_left_out_is_left_out_of_a_draft_made_anew_and_not_of_one_made_after_withdrawing(store, draft, items):
    with store.sittings.sit() as sitting:
        sitting.leave_out(DRAFT, items[0].id, out=True)
    store.editions.save(draft, later(1))
    assert store.sittings.left_out(DRAFT) == {items[0].id}
    store.editions.remove(DRAFT)
    store.editions.save(draft, later(2))
    assert store.sittings.left_out(DRAFT) == frozenset()


@pytest.mark.parametrize("out", [0, 1], ids=["the one that stays", "the one that goes"])
def test_of_items_that_became_one_the_whole_is_left_out_and_comes_back(store, draft, items, out):
    with store.sittings.sit() as sitting:
        sitting.leave_out(DRAFT, items[out].id, out=True)
    store.items.join([Pair(items[1].id, items[0].id)], later(1))
    stays = store.items.get(items[1].id).id
    assert store.sittings.left_out(DRAFT) == {stays}
    with store.sittings.sit() as sitting:
        sitting.leave_out(DRAFT, stays, out=False)
    assert store.sittings.left_out(DRAFT) == frozenset()


def test_what_was_done_with_an_item_is_found_under_the_one_that_it_became(store, draft, items):
    note(store, items[0])
    note(store, items[1])
    store.items.join([Pair(items[1].id, items[0].id)], later(1))
    stays = store.items.get(items[1].id).id
    assert store.sittings.touched(DRAFT) == {stays}
    with store.sittings.sit() as sitting:
        assert sitting.latest(DRAFT, stays).item == items[1].id
        assert [sitting.item(one.id) for one in items[:2]] == [stays, stays]
        assert sitting.item("nothing") is None


def test_rulings_doubts_and_words_are_written_where_they_are_read(store, draft, items):
    with store.sittings.sit() as sitting:
        assert sitting.ruling(items[0].id) == (None, False)
        sitting.rule(Decision(items[0].id, ("policy",), "ann", NOON))
        assert sitting.ruling(items[0].id) == (Decision(items[0].id, ("policy",), "ann", NOON), False)
        sitting.doubt(items[0].id, "bob", later(1))
        assert sitting.ruling(items[0].id) == (None, True)
        sitting.withdraw_ruling(items[0].id, "bob", later(2))
        assert sitting.ruling(items[0].id) == (None, False)
        assert sitting.wording(items[0].id) is None
        sitting.reword(Wording(items[0].id, "Own", "", "ann", NOON))
        assert sitting.wording(items[0].id).title == "Own"


def test_nothing_is_done_with_an_item_that_is_not_there(store, draft):
    with pytest.raises(UnknownError), store.sittings.sit() as sitting:
        sitting.rule(Decision("nothing", (), "ann", NOON))


def test_what_was_done_outlives_the_draft(store, draft, items):
    note(store, items[0])
    store.editions.remove(DRAFT)
    assert len(store.sittings.changes(DRAFT)) == 1


def test_a_draft_is_not_saved_over_what_somebody_did_meanwhile(store, draft, items):
    stood = store.editions.outline(DRAFT)
    assert store.editions.save(draft, later(1), stood) == draft
    with store.sittings.sit() as sitting:
        sitting.lay(edition("2026-11-02", 1, items[1]))
    with pytest.raises(ChangedError, match="somebody worked on update-2026-11-02 at that very moment"):
        store.editions.save(draft, later(1), stood)
    assert [one.item.id for one in store.editions.get(DRAFT).sections[0].items] == [items[1].id]
