"""Highlighting: the whole text comes back, and the words that told are marked in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Because
from bulletin.review import Piece, pieces


def marked(text, *words, weight=1.0):
    return [piece.text for piece in pieces(text, [Because(word, weight) for word in words]) if piece.weight]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Reusable gowns cut waste", "waste", ["waste"]),
        ("Wasted and WASTEFUL, wastepaperbasket", "waste", ["Wasted", "WASTEFUL"]),
        ("a net-zero plan, net  zero again", "net zero", ["net-zero", "net  zero"]),
        ("net gains and zero hours", "net zero", []),
        ("Unwasted", "waste", []),
        ("Care and carers", "care (from decisions)", ["Care", "carers"]),
        ("Care and carers", "care (from 3 other words)", ["Care", "carers"]),
        ("β-blockers and (.*)", "β blocker", ["β-blockers"]),
        ("nothing (.*) here", "(.*)", []),
        ("nothing here", "", []),
        ("anything", "the feed’s hint", []),
    ],
    ids=["a word", "its endings", "across a hyphen", "apart", "inside", "learnt", "learnt of many", "Greek",
         "no pattern", "no words", "no words of the text"],
)  # fmt: skip
def test_the_words_that_told_are_found_in_the_text(text, word, found):
    assert marked(text, word) == found


def test_of_words_that_overlap_the_longer_ones_are_marked():
    assert marked("the net zero plan", "zero", "net zero plan", "net") == ["net zero plan"]


def test_what_spoke_against_is_marked_with_its_own_weight():
    found = pieces("Gowns, finance", [Because("gowns", 2.0), Because("finance", -1.0)])
    assert found == [Piece("Gowns", 2.0), Piece(", "), Piece("finance", -1.0)]


def test_what_hardly_told_is_not_marked():
    assert [one.text for one in pieces("a b", [Because("a", 1.0), Because("b", 0.09)]) if one.weight] == ["a"]


def test_a_text_of_which_nothing_told_is_one_piece_and_no_text_is_none():
    assert (pieces("Gowns", []), pieces("", [Because("gowns", 1.0)])) == ([Piece("Gowns")], [])


words = st.text(st.sampled_from("ab .-(β\n<\0"), max_size=6)


@given(st.text() | words, st.lists(st.builds(Because, words, st.floats(-5, 5)), max_size=6))
def test_the_pieces_joined_are_the_text_and_none_of_them_is_empty(text, because):
    found = pieces(text, because)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


def test_a_text_that_says_one_word_ten_thousand_times_is_cut_in_no_time():
    began = time.perf_counter()
    assert len(marked("net zero " * 10_000, "net", "zero")) == 20_000
    assert time.perf_counter() - began < 2
