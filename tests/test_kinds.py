"""What kind of thing an item is: its own word, its title, its feed, or the journal that it stands in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Citation, Feed, Item, ItemType, Mark, Notice
from bulletin.model.kinds import place_of, type_of

DOI = "10.5555/gowns"
FEED = Feed("f", "Feed", "https://example.org/")


def kind(title="Gowns", feed=FEED, **told):
    found = type_of(Item(title, **told), feed)
    return found.value if found else None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Guidance: Staying safe in extreme heat", "guidance"),
        ("Statutory guidance: Care Act", "guidance"),
        ("Updated guidance on infection prevention", "guidance"),
        ("Asthma: diagnosis and monitoring [NG245]", "guidance"),
        ("Infection prevention: guidance", "guidance"),
        ("Policy paper: 10 Year Health Plan", "report"),
        ("Independent report: maternity services", "report"),
        ("Bowel cancer screening: annual report 2021 to 2022", "report"),
        ("Adult inpatient survey report 2025", "report"),
        ("Falls: a systematic review and meta-analysis", "systematic-review"),
        ("A systematic literature review of burnout", "systematic-review"),
        ("Falls: protocol for a systematic review", "research"),
        ("Nurse staffing: a cross-sectional study", "research"),
        ("A randomised controlled trial of gowns", "research"),
        ("Virtual wards: a scoping review", "research"),
        ("Official Statistics: NHS vacancies", "statistics"),
        ("Statistics on Obesity, England, 2026", "statistics"),
        ("Autism Statistics, January to December 2026", "statistics"),
        ("News story: New hospitals open", "news"),
        ("Press release: New hospitals open", "news"),
        ("Open consultation: Health data", "consultation"),
        ("Call for evidence on healthy ageing", "consultation"),
        ("Improving services for children - consultation", "consultation"),
        ("Webinar: net zero theatres", "event"),
        ("Green week: book your place", "event"),
        ("NIHR call for proposals in social care", "funding"),
        ("Research call: what keeps people in rural practice?", "funding"),
        ("Apply now for research grants", "funding"),
        # and what looks like one, and is none
        ("China takes global lead in clean energy: Report", None),
        ("Report on election hacking says Russia plans to do more", None),
        ("Reports: minister to resign", None),
        ("Start-up closes funding round", None),
        ("42 Marketing Statistics You Should Know in 2017", None),
        ("Remote consultation times in general practice", None),
        ("Ministers review hospital food", None),
        ("Graphic 18: Workshop", None),
        ("Have Your Say: subways", None),
        ("Gowns", None),
        ("", None),
    ],
)
def test_a_title_says_what_it_is(title, said):
    assert kind(title) == said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Guidance", "guidance"),
        ("Practice Guideline", "guidance"),
        ("Meta-Analysis", "systematic-review"),
        ("Randomized Controlled Trial", "research"),
        ("official_statistics", "statistics"),
        ("Press release", "news"),
        ("twis", None),
    ],
)
def test_the_feeds_own_word_counts_most(word, said):
    assert kind("Call for evidence" if said else "Gowns", kind=word) == said


def test_a_category_counts_where_it_is_no_subject():
    assert kind(categories=("Nursing", "Research Article")) == "research"
    assert kind(categories=("Research", "Guidance", "Events")) is None


def test_a_research_article_may_be_a_systematic_review():
    assert kind("Falls: a systematic review", kind="Research article") == "systematic-review"
    assert kind("Falls: a systematic review", kind="News") == "news"


def test_what_feeds_yaml_says_of_a_feed_holds_unless_an_item_says_otherwise():
    reports = replace(FEED, type=ItemType.REPORT)
    assert kind("The cost of smoking", reports) == "report"
    assert kind("The cost of smoking", reports, doi=DOI) == "report"
    assert kind("Webinar: the cost of smoking", reports) == "event"
    assert kind("Falls: guidance for wards", reports) == "report"


@pytest.mark.parametrize("told", [{"doi": DOI}, {"citation": Citation("BMJ")}])
def test_what_stands_in_a_journal_is_research_unless_it_is_an_editorial_or_a_letter(told):
    assert kind("Gowns that last", **told) == "research"
    assert kind("Research: gowns that last", **told) == "research"
    for title in ("Editorial: gowns", "Letter to the editor", "Author's reply", "Book review: Gowns", "Correction"):
        assert kind(title, **told) is None
    assert kind("Gowns that last", kind="Obituary", **told) is None


def test_a_notice_is_of_no_kind():
    assert kind("Retraction: Falls: a systematic review", doi=DOI, notice=Notice(Mark.RETRACTED)) is None


def test_kinds_stand_in_order_and_what_is_of_none_stands_with_the_news():
    assert [place_of(one) for one in ItemType] == list(range(9))
    assert place_of(None) == place_of(ItemType.NEWS)


def test_kinds_are_told_in_words():
    assert ItemType.SYSTEMATIC_REVIEW.words == "Systematic review"


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_words_are_judged(title, word):
    assert type_of(Item(title, kind=word, categories=(word,))) in {None, *ItemType}


@pytest.mark.parametrize(
    "title", ["a " * 50_000, "guidance " * 20_000, "-" * 100_000, "statistics a, " * 9_000, "[" * 90_000]
)
def test_no_title_takes_long(title):
    kind(title)
