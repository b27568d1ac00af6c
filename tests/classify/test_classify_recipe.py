"""The recipe changes when an opinion may, and at no other time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from classify_kit import GREEN, NOON, STAFF, TOPICS, decision, item

from bulletin.classify import recipe
from bulletin.model import Decision

OLD = item("Net zero", name="old")
PAST = [decision(OLD, "green", "staff"), decision(item("Quiz", name="older"))]
PLAIN = recipe(TOPICS, PAST, {"f": ("green",)})


def test_it_is_a_short_hash():
    assert len(PLAIN) == 12
    assert int(PLAIN, 16) >= 0


@pytest.mark.parametrize(
    "other",
    [
        recipe(TOPICS[::-1], PAST[::-1], {"f": ("green",)}),
        recipe([replace(GREEN, heading="Greener"), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe([replace(GREEN, phrases=GREEN.phrases[::-1]), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe(TOPICS, [decision(OLD, "staff", "green"), PAST[1]], {"f": ("green",)}),
        recipe(
            TOPICS,
            [(OLD, Decision("old", ("green", "staff"), "al", NOON + timedelta(1))), PAST[1]],
            {"f": ("green",)},
        ),
    ],
    ids=["order", "heading", "order of phrases", "order of headings chosen", "editor and time"],
)
def test_what_changes_no_opinion_changes_no_recipe(other):
    assert other == PLAIN


@pytest.mark.parametrize(
    "other",
    [
        recipe(TOPICS[1:], PAST, {"f": ("green",)}),
        recipe([replace(GREEN, phrases=(*GREEN.phrases, "solar")), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe([replace(GREEN, not_phrases=()), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe([replace(GREEN, examples=()), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe([replace(GREEN, threshold=0.5), *TOPICS[1:]], PAST, {"f": ("green",)}),
        recipe(TOPICS, PAST[1:], {"f": ("green",)}),
        recipe(TOPICS, [decision(OLD, "green"), PAST[1]], {"f": ("green",)}),
        recipe(TOPICS, [decision(replace(OLD, summary="More"), "green", "staff"), PAST[1]], {"f": ("green",)}),
        recipe(TOPICS, PAST),
        recipe((), ()),
    ],
    ids=["topic", "phrase", "not", "example", "threshold", "decision", "ruling", "decided text", "hints", "nothing"],
)
def test_what_may_change_an_opinion_changes_the_recipe(other):
    assert other != PLAIN


def test_text_that_is_no_unicode_has_a_recipe_too():
    assert recipe([replace(STAFF, phrases=("\ud800",))], ())
