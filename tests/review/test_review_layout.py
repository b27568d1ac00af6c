"""Layout: the item where its standing says, and everything else as it was."""

from dataclasses import replace

import pytest
from drafted import BULLETIN, HEADINGS, KEEPING, NOON, TOPICS, around, at, draft, item, letters
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import InputError
from bulletin.model import Act, Decision, Section, Standing, Wording
from bulletin.review import Wish, act, lay, printed, ruled, standings

DRAFT = draft("w", policy="abc", greener="xy")


def laid(now, name="b", edition=DRAFT, bulletin=BULLETIN, suggested=()):
    return lay(edition, bulletin, item(name), now, TOPICS, suggested)


def test_every_item_of_a_draft_has_a_standing_and_it_says_where():
    found = standings(DRAFT)
    assert list(found) == ["w", "a", "b", "c", "x", "y"]
    assert (found["b"], found["w"]) == (at("policy", 1), Standing(held_over="greener"))


def test_what_editors_ruled_and_wrote_comes_to_the_standing():
    ruling, words = Decision("b", ("policy",), "ann", NOON), Wording("b", "Title", "Text", "ann", NOON)
    told = ruled(at("policy"), ruling, words, left_out=True)
    assert told == at("policy", topics=("policy",), title="Title", summary="Text", left_out=True)
    assert ruled(told, None, None, unsure=True) == at("policy", unsure=True)


def test_what_is_printed_is_told_by_topic():
    assert printed(DRAFT) == {"policy": ("a", "b", "c"), "greener": ("x", "y")}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at("policy", 0), {"policy": "bac", "greener": "xy"}),
        (at("policy", 9), {"policy": "acb", "greener": "xy"}),
        (at("greener", 1), {"policy": "ac", "greener": "xby"}),
        (at("finance", 5), {"policy": "ac", "finance": "b", "greener": "xy"}),
        (Standing(), {"policy": "ac", "greener": "xy"}),
        (Standing(held_over="finance"), {"policy": "ac", "finance": "", "greener": "xy"}),
    ],
    ids=["first", "behind the last", "another heading", "a new heading", "nowhere", "held over under a new heading"],
)
def test_an_item_is_laid_where_its_standing_says(now, then):
    assert letters(laid(now)) == then


def test_a_heading_goes_with_its_last_item_unless_the_bulletin_keeps_it():
    alone = draft(policy="a", greener="b")
    assert letters(laid(Standing(), edition=alone)) == {"policy": "a"}
    assert letters(laid(Standing(), edition=alone, bulletin=KEEPING)) == {"policy": "a", "greener": ""}


def test_a_heading_stays_while_something_is_held_over_under_it():
    assert letters(laid(Standing(), "x", draft("w", greener="x"))) == {"greener": ""}


def test_a_heading_that_the_bulletin_gave_up_stands_last_and_loses_nothing():
    given_up = replace(
        DRAFT, sections=(*DRAFT.sections, Section("elsewhere", "Elsewhere", DRAFT.sections[0].items[:1]))
    )
    assert list(letters(laid(at("finance"), edition=given_up))) == ["policy", "finance", "greener", "elsewhere"]


@pytest.mark.parametrize("now", [at("gone"), Standing(held_over="gone")])
def test_a_heading_without_a_topic_is_refused(now):
    with pytest.raises(InputError, match="the heading 'gone' is there no more: move the item to another one"):
        laid(now)


@pytest.mark.parametrize(
    ("topics", "suggested", "see_also"),
    [
        (("greener", "policy", "finance"), ("elsewhere",), ("greener", "finance")),
        (None, ("policy", "greener"), ("greener",)),
        ((), ("policy", "greener"), ()),
        (("policy", "elsewhere"), (), ()),
    ],
    ids=["ruled", "suggested", "ruled to none", "of another bulletin"],
)
def test_other_headings_are_those_of_the_ruling_else_of_the_machine(topics, suggested, see_also):
    edition = laid(at("policy", topics=topics), suggested=suggested)
    assert edition.sections[0].items[0].see_also == see_also


def test_note_pick_and_words_come_with_the_item():
    placed = laid(at("policy", note="Ours", pick=True, title="Own")).sections[0].items[0]
    assert (placed.note, placed.pick, placed.wording.title, placed.wording.summary) == ("Ours", True, "Own", "")
    assert laid(at("policy")).sections[0].items[0].wording is None


names = st.permutations("abcdefgh").flatmap(
    lambda order: st.lists(st.sampled_from([*HEADINGS, "held", "out"]), min_size=8, max_size=8).map(
        lambda where: {place: "".join(n for n, p in zip(order, where, strict=True) if p == place) for place in where}
    )
)
drafts = names.map(
    lambda found: draft(found.get("held", ""), **{topic: found[topic] for topic in HEADINGS if topic in found})
)
places = st.builds(at, st.sampled_from(HEADINGS), st.integers(0, 9)) | st.builds(
    Standing, held_over=st.sampled_from(["", *HEADINGS])
)


def others(edition, name):
    inside = {
        section.topic: [one.item.id for one in section.items if one.item.id != name] for section in edition.sections
    }
    waiting = {section.topic: [one.id for one in section.held_over if one.id != name] for section in edition.sections}
    return [{topic: ids for topic, ids in found.items() if ids} for found in (inside, waiting)]


@given(drafts, st.sampled_from("abcdefgh"), places, st.sampled_from([BULLETIN, KEEPING]))
def test_laying_an_item_neither_loses_nor_doubles_nor_moves_any_other(edition, name, now, bulletin):
    then = laid(now, name, edition, bulletin)
    assert others(then, name) == others(edition, name)
    found = [one.id for section in then.sections for one in section.held_over]
    found += [placed.item.id for section in then.sections for placed in section.items]
    assert found.count(name) == (1 if now.place or now.held_over else 0)


@given(drafts, st.sampled_from("abcdefgh"), places)
def test_laying_an_item_back_where_it_stood_gives_the_draft_before(edition, name, now):
    before = standings(edition).get(name, Standing())
    back = laid(before, name, laid(now, name, edition))
    assert letters(back) == letters(edition)
    assert standings(back) == standings(edition)


wishes = st.builds(
    Wish,
    st.sampled_from([one for one in Act if one is not Act.UNDO]),
    st.sampled_from([*HEADINGS, "elsewhere"]),
    note=st.text(max_size=3),
    behind=st.sampled_from(["", *"abcdefgh"]),
)


@given(drafts, st.lists(st.tuples(st.sampled_from("abcdefgh"), wishes), max_size=12), st.data())
def test_after_any_acts_each_item_is_printed_once_and_undoing_them_all_gives_the_draft_back(edition, acts, data):
    suggested = data.draw(st.dictionaries(st.sampled_from("abcdefgh"), st.permutations(HEADINGS).map(tuple)))
    told, past, now = {name: Standing() for name in "abcdefgh"}, [], edition
    for name, wish in acts:
        here = standings(now).get(name, Standing())
        before = replace(told[name], place=here.place, position=here.position, held_over=here.held_over)
        try:
            then = act(before, name, wish, around(suggested.get(name, ()), **printed(now)))
        except InputError:
            continue
        past.append((name, before))
        told[name], now = then, laid(then, name, now)
        ids = [placed.item.id for section in now.sections for placed in section.items]
        waiting = [one.id for section in now.sections for one in section.held_over]
        assert len({*ids, *waiting}) == len(ids + waiting)
        stands = standings(now).get(name, Standing())
        assert (stands.place, stands.note, stands.pick) == (then.place, then.note, then.pick)
    for name, before in reversed(past):
        now = laid(before, name, now)
    assert letters(now) == letters(edition)
