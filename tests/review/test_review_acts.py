"""An act: what an item's standing is after it, and which acts make no sense."""

from dataclasses import replace

import pytest
from drafted import around, at

from bulletin.errors import InputError
from bulletin.model import Act, Standing
from bulletin.review import Wish, act
from bulletin.review.acts import LONGEST_TEXT, LONGEST_TITLE

NOWHERE = Standing()


def after(now, act_, *, suggested=(), places=None, **words):
    return act(now, "a", Wish(act_, **words), around(suggested, **(places or {})))


@pytest.mark.parametrize(
    ("now", "suggested", "topics", "place"),
    [
        (at("policy"), ("policy", "greener"), ("policy", "greener"), "policy"),
        (at("greener"), ("policy", "greener"), ("greener", "policy"), "greener"),
        (at("greener"), (), ("greener",), "greener"),
        (at("greener", topics=("policy", "greener")), (), ("greener", "policy"), "greener"),
        (NOWHERE, ("finance", "policy"), ("finance", "policy"), "finance"),
        (NOWHERE, ("elsewhere", "policy"), ("elsewhere", "policy"), "policy"),
        (NOWHERE, ("elsewhere",), ("elsewhere",), ""),
        (replace(NOWHERE, held_over="greener"), ("greener",), ("greener",), "greener"),
        (at("elsewhere"), ("policy",), ("elsewhere", "policy"), "elsewhere"),
        (at("greener", unsure=True), (), ("greener",), "greener"),
    ],
    ids=[
        "first", "where it stands", "never suggested", "ruled before", "unprinted", "in this bulletin", "in another",
        "held over", "a heading that the bulletin gave up", "unsure",
    ],
)  # fmt: skip
def test_to_accept_an_item_is_to_rule_that_it_stands_where_it_belongs(now, suggested, topics, place):
    done = after(now, Act.ACCEPT, suggested=suggested)
    assert (done.topics, done.place, done.unsure, done.held_over, done.left_out) == (topics, place, False, "", False)


@pytest.mark.parametrize(
    ("now", "topic", "topics", "place"),
    [
        (at("policy"), "greener", ("greener",), "greener"),
        (at("policy", topics=("policy", "finance")), "greener", ("greener", "finance"), "greener"),
        (at("policy", topics=("policy", "greener")), "greener", ("greener",), "greener"),
        (at("policy"), "policy", ("policy",), "policy"),
        (at("policy"), "elsewhere", ("elsewhere",), ""),
        (at("policy", topics=("policy", "finance")), "elsewhere", ("elsewhere", "finance"), "finance"),
        (Standing(topics=()), "greener", ("greener",), "greener"),
        (Standing(left_out=True), "greener", ("greener",), "greener"),
    ],
    ids=["away", "other headings stay", "it had it", "where it is", "out of this bulletin", "half out", "discarded",
         "left out"],
)  # fmt: skip
@pytest.mark.parametrize("moving", [Act.MOVE, Act.PULL_IN])
def test_to_move_an_item_is_to_put_another_heading_in_the_place_of_this_one(now, topic, topics, place, moving):
    done = after(now, moving, topic=topic)
    assert (done.topics, done.place) == (topics, place)


@pytest.mark.parametrize(
    ("now", "act_", "topic", "topics", "place"),
    [
        (at("policy"), Act.ADD, "greener", ("policy", "greener"), "policy"),
        (at("policy", topics=("policy", "greener")), Act.ADD, "greener", ("policy", "greener"), "policy"),
        (NOWHERE, Act.ADD, "greener", ("greener",), "greener"),
        (at("policy", topics=("policy", "greener")), Act.DROP, "greener", ("policy",), "policy"),
        (at("policy", topics=("policy", "greener")), Act.DROP, "policy", ("greener",), "greener"),
        (at("policy", topics=("policy", "elsewhere")), Act.DROP, "policy", ("elsewhere",), ""),
        (at("policy"), Act.DISCARD, "", (), ""),
        (Standing(held_over="policy"), Act.DISCARD, "", (), ""),
    ],
)
def test_headings_are_added_and_dropped_one_by_one_or_all_at_once(now, act_, topic, topics, place):
    done = after(now, act_, topic=topic)
    assert (done.topics, done.place, done.held_over) == (topics, place, "")


@pytest.mark.parametrize(
    ("now", "act_", "topic"),
    [(NOWHERE, Act.ACCEPT, ""), (Standing(topics=()), Act.ACCEPT, ""), (at("policy"), Act.DROP, "policy")],
    ids=["nobody knows where", "discarded", "its only one"],
)
def test_an_item_is_never_ruled_to_be_nowhere_by_accident(now, act_, topic):
    with pytest.raises(InputError, match="move it to one, or discard it"):
        after(now, act_, topic=topic)


def test_what_comes_under_a_heading_stands_last_there_and_what_stays_keeps_its_place():
    places = {"policy": "abc", "greener": "xyz"}
    assert after(at("policy", 0), Act.MOVE, topic="greener", places=places).position == 3
    assert after(at("policy", 1), Act.ADD, topic="greener", places=places).position == 1


def test_who_is_not_sure_takes_the_ruling_back_and_moves_nothing():
    assert after(at("policy", 2, topics=("policy",)), Act.UNSURE) == at("policy", 2, unsure=True)


@pytest.mark.parametrize("act_", [Act.LEAVE_OUT, Act.DISCARD])
def test_what_is_not_printed_any_more_loses_what_was_said_of_it_here(act_):
    done = after(at("policy", 2, note="Ours", pick=True, title="Own"), act_)
    assert (done.place, done.position, done.note, done.pick, done.title) == ("", 0, "", False, "Own")
    assert done.left_out is (act_ is Act.LEAVE_OUT)


def test_to_leave_an_item_out_rules_nothing():
    assert after(at("policy", topics=("policy",)), Act.LEAVE_OUT).topics == ("policy",)


def test_new_words_are_trimmed_and_a_title_is_one_line():
    done = after(NOWHERE, Act.REWORD, title=" Two\r\nlines\tof it ", summary=" One.\r\n\r\nTwo. ")
    assert (done.title, done.summary) == ("Two lines of it", "One.\n\nTwo.")


def test_no_words_give_the_item_back_its_sources_own():
    assert after(Standing(title="Own", summary="Own"), Act.REWORD) == NOWHERE


def test_what_no_database_could_store_is_stored_as_a_space():
    assert after(at("policy"), Act.NOTE, note="a\0b").note == "a b"
    assert after(NOWHERE, Act.REWORD, title="a\0b").title == "a b"


@pytest.mark.parametrize(
    ("act_", "words", "most"),
    [(Act.REWORD, "title", LONGEST_TITLE), (Act.REWORD, "summary", LONGEST_TEXT), (Act.NOTE, "note", LONGEST_TEXT)],
)
def test_words_have_an_end_and_who_exceeds_it_is_told_by_how_much(act_, words, most):
    assert getattr(after(at("policy"), act_, **{words: "x" * most}), words) == "x" * most
    with pytest.raises(InputError, match=f"the {words} has {most + 1:,} letters, and there is room for {most:,}"):
        after(at("policy"), act_, **{words: "x" * (most + 1)})


def test_a_pick_leads_its_heading_and_stays_there_when_it_is_none_any_more():
    picked = after(at("policy", 2), Act.PICK)
    assert picked == at("policy", 0, pick=True)
    assert after(picked, Act.UNPICK) == at("policy", 0)


@pytest.mark.parametrize(
    ("position", "act_", "behind", "then"),
    [
        (1, Act.UP, "", 0), (0, Act.UP, "", 0), (1, Act.DOWN, "", 2), (2, Act.DOWN, "", 2),
        (0, Act.BEHIND, "c", 2), (2, Act.BEHIND, "b", 1), (2, Act.BEHIND, "", 0),
    ],
)  # fmt: skip
def test_order_is_changed_step_by_step_or_by_naming_who_stands_before(position, act_, behind, then):
    names = ["b", "c"]
    names.insert(position, "a")
    done = after(at("policy", position), act_, behind=behind, places={"policy": "".join(names)})
    assert done == at("policy", then)


@pytest.mark.parametrize("behind", ["z", "a"], ids=["another heading's", "itself"])
def test_nothing_stands_behind_what_is_not_there(behind):
    with pytest.raises(InputError, match="reload the page"):
        after(at("policy"), Act.BEHIND, behind=behind, places={"policy": "ab", "greener": "z"})


@pytest.mark.parametrize("act_", [Act.NOTE, Act.PICK, Act.UNPICK, Act.UP, Act.DOWN, Act.BEHIND])
@pytest.mark.parametrize("now", [NOWHERE, Standing(held_over="policy"), Standing(left_out=True)])
def test_how_something_is_printed_can_be_said_only_where_it_is(act_, now):
    with pytest.raises(InputError, match="does not print it: move it under a heading first"):
        after(now, act_, note="Ours")


def test_undoing_is_no_act_on_an_item():
    with pytest.raises(InputError, match="takes back what was done last"):
        after(at("policy"), Act.UNDO)
