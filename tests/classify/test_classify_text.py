"""A text becomes the same words as a phrase, however it is written."""

import time

import pytest

from bulletin.classify.text import BREAK, rest, words
from bulletin.model import Item


def stems(text: str) -> str:
    return " ".join(word.stem or "|" for word in words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carbon Footprints", "carbon footprint"),
        ("single-use", "single use"),
        ("single\u2011use", "single use"),
        ("single–use", "single use"),
        ("ｎｅｔ ｚｅｒｏ", "net zero"),
        ("re\u00adcycling", "recycling"),
        ("children’s wards", "children's ward"),
        ("healthcare", "health care"),
        ("wellbeing", "well-being"),
        ("decarbonization", "decarbonisation"),
        ("anesthetic gases", "anaesthetic gases"),
        ("a pediatric program", "a paediatric programme"),
        ("policies", "policy"),
        ("losses", "loss"),
        ("A&E", "a&e"),
    ],
    ids=lambda text: text,
)
def test_two_spellings_are_one(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize("word", ["gas", "virus", "analysis", "illness", "is", "programme", "programming"])
def test_what_only_looks_like_a_plural_stays(word):
    assert stems(word) == word


@pytest.mark.parametrize(
    "text",
    ["Primary. Care", "Primary: care", "Primary – care", "Primary? Care", "Primary | care"],
    ids=lambda text: text,
)
def test_a_sentence_ends(text):
    assert stems(text) == "primary | care"


@pytest.mark.parametrize("text", ["Primary\ncare", "primary, care", "(primary) care", "primary / care"], ids=repr)
def test_a_sentence_goes_on(text):
    assert stems(text) == "primary care"


def test_a_summary_loses_its_markup_and_keeps_its_words():
    summary = "<p>A&amp;E and CO<sub>2</sub></p><ul><li>net</li><li><a href='https://e.org/carbon'>zero</a></li></ul>"
    told = [word.stem for word in rest(Item(title="", summary=summary)) if word is not BREAK]
    assert told == ["a&e", "and", "co2", "net", "zero"]


def test_no_phrase_reaches_from_one_paragraph_into_the_next():
    text = rest(Item(title="", summary="<p>net</p><p>zero</p>"))
    net = [word.stem for word in text].index("net")
    assert text[net + 1] is BREAK


def test_kind_and_categories_are_read_too():
    told = rest(Item(title="", kind="Open consultation", categories=("Patient safety",)))
    assert [word.stem for word in told if word is not BREAK] == ["open", "consultation", "patient", "safety"]


@pytest.mark.parametrize(
    "text", ["<" * 50_000, "." * 50_000, " -" * 50_000, "a'" * 50_000, "iz" * 50_000], ids=lambda t: t[:3]
)
def test_hostile_text_takes_no_longer_than_its_length(text):
    start = time.perf_counter()
    rest(Item(title="", summary=text))
    assert time.perf_counter() - start < 2
