"""What is suggested, what is not, and the words that say why."""

from dataclasses import replace

import pytest
from classify_kit import ESTATES, GREEN, MONEY, NOON, STAFF, TOPICS, decision, item, look, scores, words

from bulletin.classify import THRESHOLD, recipe, suggest
from bulletin.model import Topic

FILLER = " ".join(["The committee met again and heard from several witnesses about the weather in the valley."] * 20)


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Net zero by 2040: are trusts on course?", {"green"}),
        ("RAAC found in two more sites", {"estates"}),
        ("Carbon footprints of hospital buildings", {"green", "estates"}),
        ("Once-weekly velprasone for psoriasis: results of a phase 3 trial", set()),
        ("Chess club wins county trophy", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_clear_phrase_in_a_title_is_enough_and_nothing_is_suggested_without(title, topics):
    assert set(look(item(title))) == topics


@pytest.mark.parametrize(
    "title",
    [
        "Financial sustainability of small acute trusts",
        "Ten years on from sustainability and transformation plans",
        "Team climate and performance in surgical teams",
        "Receptor recycling in neurons",
        "Dr Green appointed to the board",
        "Greenwich gets a new bus station",
        "Zero net gain for shareholders",
        "Plans for a village green",
    ],
    ids=str,
)
def test_what_only_looks_green_is_not(title):
    assert "green" not in look(item(title))


@pytest.mark.parametrize(
    "title",
    [
        "Real estate prices fall",
        "Mechanical ventilation in intensive care",
        "The state of things",
        "Pennsylvania's bridges",
    ],
    ids=str,
)
def test_what_only_looks_like_estates_is_not(title):
    assert "estates" not in look(item(title))


def test_a_word_inside_a_word_is_no_word():
    icb = Topic("icb", "Integrated care", phrases=("place", "ICB", "sylvan"))
    assert look(item("Pennsylvania placebo trial"), [icb]) == {}


def test_a_passing_mention_in_a_long_summary_is_not_enough():
    assert "green" not in look(item("Notes of the meeting", f"<p>{FILLER} Someone mentioned net zero. {FILLER}</p>"))


def test_several_phrases_in_a_long_summary_are():
    said = (
        "The carbon footprint fell, anaesthetic gases fell, and the green plan says net zero: climate change counts."
    )
    assert "green" in look(item("Notes of the meeting", f"<p>{said} {said} {FILLER}</p>"))


def test_the_title_counts_more_than_the_summary():
    assert scores(item("Net zero", "A report"))["green"] > scores(item("A report", "Net zero"))["green"]


def test_a_phrase_counts_more_than_its_words_apart():
    assert scores(item("net zero"))["green"] > scores(item("zero, on the net"))["green"]


def test_a_longer_phrase_is_counted_once_and_not_its_parts_again():
    topic = Topic("care", "Care", phrases=("integrated care", "integrated care board*"))
    [reason] = look(item("Integrated care boards"), [topic])["care"].because
    assert reason.words == "integrated care board*"


def test_a_word_that_many_topics_use_counts_less():
    many = [Topic(f"t{n}", "", phrases=(f"widget number{n}", f"widget colour{n}")) for n in range(5)]
    alone = scores(item("widget"), many[:1])["t0"]
    shared = scores(item("widget"), many)["t0"]
    assert shared < alone / 2


def test_an_item_like_an_example_is_suggested():
    assert "staff" in look(item("What persuades nurses to stay and why they leave"))


def test_everyday_words_alone_suggest_nothing():
    assert look(item("New NHS staff plan: what the report says about hospital services")) == {}


def test_a_feature_that_two_topics_want_goes_to_both():
    twin = replace(GREEN, id="twin")
    assert set(look(item("Net zero"), [GREEN, twin])) == {"green", "twin"}


def test_the_topic_that_forbids_a_phrase_does_not_forbid_it_to_others():
    assert set(look(item("Financial sustainability of small acute trusts"))) == {"money"}


def test_a_topic_may_set_its_own_threshold():
    weak = item("A report", "<p>Efficiency savings and much else that fills the page</p>")
    score = scores(weak)["money"]
    assert 0 < score < THRESHOLD
    assert "money" in look(weak, [replace(MONEY, threshold=score - 0.01), *TOPICS[:3]])
    assert "money" not in look(weak, [replace(MONEY, threshold=score + 0.01), *TOPICS[:3]])


def test_suggestions_come_best_first():
    found = list(look(item("Net zero hospital buildings and backlog maintenance")).values())
    assert [suggestion.topic for suggestion in found] == ["estates", "green"]
    assert found[0].score > found[1].score


def test_the_reasons_are_the_librarians_phrases_and_the_items_own_words():
    because = look(item("Recycling of Gowns in theatre"))["green"].because
    assert words(because)[0] == "recycl*"
    assert "Gowns" in words(because)


def test_at_most_eight_reasons_are_shown_and_the_last_sums_up_the_rest():
    title = "Reusable gowns cut theatre waste in three hospitals, net zero, climate change, green plan, recycling"
    because = look(item(title))["green"].because
    assert len(because) == 8
    assert because[-1].words.endswith("other words")


@pytest.mark.parametrize(
    ("items", "topics"), [([], TOPICS), ([item("Net zero")], []), ([], [])], ids=["no items", "no topics", "neither"]
)
def test_nothing_comes_of_nothing(items, topics):
    opinions = suggest(items, topics, (), {}, NOON)
    assert [opinion.suggestions for opinion in opinions] == [()] * len(items)


@pytest.mark.parametrize("text", ["", " ", "…", "<p></p>", "123 456", "*"], ids=repr)
def test_a_text_without_words_suggests_nothing(text):
    assert look(item(text, text)) == {}


def test_topics_without_phrases_suggest_nothing():
    assert look(item("Net zero"), [Topic("a", "A"), Topic("b", "B", phrases=("*", ""))]) == {}


def test_an_opinion_tells_what_it_was_made_with_and_when():
    past = [decision(item("Net zero", name="old"), "green")]
    [opinion] = suggest([item("Net zero")], TOPICS, past, {"f": ("green",)}, NOON)
    assert (opinion.item, opinion.trained_on, opinion.at) == ("i", 1, NOON)
    assert opinion.recipe == recipe(TOPICS, past, {"f": ("green",)})


def test_every_undecided_item_gets_its_opinion_in_the_order_given():
    several = [item("Net zero", name=name) for name in "cab"]
    assert [opinion.item for opinion in suggest(several, TOPICS, (), {}, NOON)] == ["c", "a", "b"]


def test_a_decided_item_is_never_judged_again():
    one, other = item("Net zero", name="one"), item("Net zero", name="other")
    assert [opinion.item for opinion in suggest([one, other], TOPICS, [decision(one)], {}, NOON)] == ["other"]


class TestHints:
    almost = item("Efficiency savings", name="i", feeds=("treasury",))

    def test_a_hint_adds_a_little_and_says_so(self):
        bare, hinted = look(self.almost)["money"], look(self.almost, hints={"treasury": ("money",)})["money"]
        assert bare.score < hinted.score < bare.score + 0.15
        assert "from treasury" in words(hinted.because)

    def test_a_hint_can_tip_the_balance(self):
        one = item("A report", "<p>Efficiency savings</p>", feeds=("treasury",))
        assert "money" not in look(one)
        assert "money" in look(one, hints={"treasury": ("money",)})

    def test_a_hint_alone_suggests_nothing_whatever_the_threshold(self):
        one = item("Chess club wins trophy", feeds=("treasury",))
        assert look(one, [replace(MONEY, threshold=0.0), STAFF], hints={"treasury": ("money",)}) == {}

    def test_a_hint_never_counts_more_than_the_words(self):
        one = item("A report", "<p>" + FILLER + " budget</p>", feeds=("treasury",))
        plain = scores(one)["money"]
        hinted = scores(one, hints={"treasury": ("money",)})["money"]
        assert 0 < plain < hinted < 2 * plain

    def test_two_feeds_with_one_hint_hint_once(self):
        one, two = self.almost, replace(self.almost, feeds=("treasury", "mint"))
        hints = {"treasury": ("money",), "mint": ("money",)}
        assert look(one, hints=hints) == look(two, hints=hints)

    def test_a_hint_for_another_topic_or_of_another_feed_changes_nothing(self):
        assert look(self.almost) == look(self.almost, hints={"treasury": ("staff", "gone"), "mint": ("money",)})


def test_estates_keep_their_own_words():
    assert words(look(item("Fire safety in the NHS estate"), [ESTATES])["estates"].because) == [
        "NHS estate*",
        "fire safety",
    ]
