"""Phrases are found as librarians wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.classify.coldstart.phrases import Phrasebook, phrase
from bulletin.classify.text import words


def found(written: str, text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in Phrasebook([phrase(written)]).find(words(text))]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("net zero", "Net Zero by 2040"),
        ("net zero", "a net-zero estate"),
        ("librar*", "Libraries"),
        ("librar*", "the librarian"),
        ("inhaler*", "inhaler"),
        ("librar* service*", "library services"),
        ("single-use plastic*", "single use plastics"),
        ("children's mental health", "children’s mental health"),
        ("ward", "wards"),
        ("wards", "ward"),
        ("sustainable healthcare", "sustainable health care"),
        ("10 year plan", "10-Year Plan"),
    ],
)
def test_a_phrase_is_found(written, text):
    assert len(found(written, text)) == 1


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("net zero", "net. Zero"),
        ("net zero", "zero net"),
        ("net zero", "net"),
        ("librar*", "elibrary"),
        ("ward", "warden"),
        ("Pennsylvania ICB", "Pennsylvania"),
        ("green plan", "greener plan"),
        ("*", "anything"),
        ("", "anything"),
        (" – ", "anything – else"),
    ],
)
def test_a_phrase_is_not_found(written, text):
    assert found(written, text) == []


def test_a_phrase_is_found_in_every_place():
    assert found("net zero", "net zero, net zero") == [(0, 2), (2, 4)]


@given(st.lists(st.sampled_from(["net", "zero", "care", "plan", "plans", "carer"]), max_size=12))
def test_the_book_finds_what_a_search_word_by_word_finds(text):
    written = ["net zero", "care", "care plan", "plan* net", "car* plan*", "zero"]
    stems = words(" ".join(text))
    slow = [
        (start, start + len(one), one)
        for one in map(phrase, written)
        for start in range(len(stems) - len(one) + 1)
        if all(part.fits(stems[start + n]) for n, part in enumerate(one))
    ]
    assert sorted(Phrasebook(map(phrase, written)).find(stems)) == sorted(slow)
