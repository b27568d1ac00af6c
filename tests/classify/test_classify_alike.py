"""Two items that are one thing although only their words say so; and what is never one thing."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.classify import Pair, Reason, alike
from bulletin.model import Item, Mark, Notice

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = (
    "<p>Hospitals with unsafe concrete will share the money over the coming years, the Health Secretary announced. "
    "Work will begin at several sites this autumn so that patients are safe and fewer operations are cancelled.</p>"
)
TITLE = "Crumbling concrete roofs of hospitals will be replaced at last"


def item(name: str, title: str = TITLE, text: str = TEXT, days: float = 0, **more) -> Item:
    when = NOON + timedelta(days=days)
    return Item(title, summary=text, **{"id": name, "feeds": (name,), "published": when, "first_seen": when} | more)


def joined(one: Item, other: Item) -> bool:
    return bool(alike([other], [one]))


def test_a_press_release_under_another_headline_is_the_same_thing():
    release = item("gov", "Half a billion pounds to make dangerous wards safe")
    reprint = item("courier", "Hospital roofs: which trusts get money for repairs")
    [pair] = alike([reprint], [release])
    assert pair == Pair("courier", "gov", pytest.approx(1.0), Reason.WORDS, "the same text")


def test_a_text_that_is_cut_short_is_still_the_same():
    assert joined(item("gov"), item("courier", text=TEXT[:140] + "…"))


def test_a_report_with_a_few_words_changed_is_the_same_thing():
    changed = TEXT.replace("announced", "said").replace("several sites", "some sites")
    [pair] = alike([item("courier", f"News: {TITLE}", changed)], [item("gov")])
    assert pair.because.startswith("titles 9")
    assert 0.7 <= pair.score < 1


def test_a_citation_without_a_text_is_known_by_a_telling_title():
    title = "Moral injury among district nurses during the winter surge: a longitudinal interview study"
    [pair] = alike([item("journal", title, "<p>Background: nurses.</p>")], [item("alert", f"{title}.", "")])
    assert pair.because == "titles 100% alike"


@pytest.mark.parametrize(
    "title",
    [
        "Editorial",
        "News in brief",
        "Moral injury: a study",
        "Modern slavery and human trafficking statement: Wexbridge",
    ],
)
def test_a_title_that_many_have_is_not_enough(title):
    assert not joined(item("a", title, ""), item("b", title, ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hospital waits in May", "Hospital waits in June", id="months"),
        pytest.param("Managing chronic pain, part 1", "Managing chronic pain, part 2", id="parts"),
        pytest.param("Managing chronic pain, part one", "Managing chronic pain, part two", id="spelled"),
        pytest.param("Managing chronic pain: II", "Managing chronic pain: III", id="Roman"),
        pytest.param("Safe staffing of wards", "Safe staffing of wards: technical annex", id="annex"),
        pytest.param("Regulating managers", "Regulating managers: government response", id="response"),
        pytest.param("Managing sepsis in people over 16", "Managing sepsis in people under 16", id="opposites"),
        pytest.param("Safe staffing of wards", "Correction: Safe staffing of wards", id="correction"),
        pytest.param("Retraction: Safe staffing", "Retraction: Safe staffing", id="two notices"),
        pytest.param("Weekly update on cholera today", "Weekly update on mpox today", id="one form"),
        pytest.param("Roofs to be replaced in Hove", "Roofs to be replaced in Leeds", id="places"),
    ],
)
def test_titles_that_point_to_two_things_are_never_one_whatever_the_text(one, other):
    assert not joined(item("a", one), item("b", other))


def test_texts_about_two_people_are_two_things_whatever_the_title():
    text = (
        "<p>The board is glad that Dr {} has been made chief of the trust, and welcomes all who join in spring.</p>"
    )
    one, other = (item(name, text=text.format(name)) for name in ("Hannah Price", "Mark Ellison"))
    assert not joined(one, other)


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        pytest.param({}, True, id="nothing"),
        pytest.param({"doi": "10.5555/b"}, True, id="one DOI"),
        pytest.param({"language": "en-GB"}, True, id="one language"),
        pytest.param({"feeds": ("other", "gov")}, False, id="a feed in common"),
        pytest.param({"notice": Notice(Mark.CORRECTED)}, False, id="a notice"),
        pytest.param({"published": NOON + timedelta(days=59)}, True, id="two months later"),
        pytest.param({"published": NOON + timedelta(days=61)}, False, id="later than that"),
    ],
)
def test_what_else_is_known_of_an_item_counts(change, is_one):
    assert joined(item("gov"), replace(item("b", "Repairs: who gets what and when"), **change)) == is_one


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param({"doi": "10.5555/a"}, {"doi": "10.5555/b"}, id="two DOIs"),
        pytest.param({"language": "en"}, {"language": "cy"}, id="two languages"),
    ],
)
def test_two_dois_or_two_languages_are_two_things(ours, theirs):
    assert not joined(item("a", **ours), item("b", **theirs))


def test_the_same_headline_with_another_text_is_two_things_two_weeks_later():
    changed = TEXT.replace("announced", "said").replace("several sites", "some sites")
    assert joined(item("a"), item("b", text=changed, days=13))
    assert not joined(item("a"), item("b", text=changed, days=15))


def test_a_periodical_is_one_thing_on_one_day_only():
    title = "Weekly summary of respiratory infections across all hospitals"
    assert joined(item("a", title), item("b", title, days=1))
    assert not joined(item("a", title), item("b", title, days=7))


def test_one_feed_brings_two_things_unless_title_and_long_text_are_the_same():
    long = TEXT + TEXT.replace("Hospitals", "Clinics")
    assert joined(item("a", text=long, feeds=("gov",)), item("b", text=long, feeds=("gov",)))
    assert not joined(item("a", feeds=("gov",)), item("b", feeds=("gov",)))
    assert not joined(item("a", text=long, feeds=("gov",)), item("b", f"New: {TITLE}", long, feeds=("gov",)))


def test_two_feeds_of_one_site_bring_two_things_unless_title_and_text_are_the_same():
    here, there = ({"url": f"https://www.gov.example/{path}"} for path in ("news", "health"))
    assert joined(item("a", **here), item("b", **there))
    assert not joined(item("a", **here), item("b", f"New: {TITLE}", **there))


PAPER = "Continuity of care, dementia and emergency admission in frail older people: a cohort study"
PREPRINT = item("medrxiv", PAPER.replace("people", "adults"), "", doi="10.1101/2026.01.14.26300111")


def paper(**more) -> Item:
    return item("journal", PAPER, "<p>Background: little is known.</p>", **{"days": 210, "doi": "10.5555/x"} | more)


def test_a_preprint_and_its_paper_are_one_when_they_share_authors():
    preprint = replace(PREPRINT, authors=("Amara Nwosu", "Tom Reilly"))
    [pair] = alike([paper(authors=("Nwosu A", "Reilly T", "Shah P"))], [preprint])
    assert pair.reason == Reason.VERSIONS == "preprint and paper"
    assert pair.because.endswith("both by Nwosu, Reilly")


def test_without_authors_a_preprint_and_its_paper_are_one_by_the_same_title():
    assert joined(replace(PREPRINT, title=PAPER), paper())
    assert not joined(replace(PREPRINT, title=PAPER.replace("people", "")), paper())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"authors": ("Sofia Costa", "Ana Reis")}, id="other authors"),
        pytest.param({"authors": ("Nwosu A",), "days": 731}, id="two years later"),
        pytest.param({"authors": ("Nwosu A",), "doi": "10.21203/rs.3.rs-1/v1"}, id="two preprints"),
    ],
)
def test_a_preprint_and_what_is_not_its_paper_are_two(change):
    assert not joined(replace(PREPRINT, authors=("Amara Nwosu", "Tom Reilly")), paper(**change))


def test_by_the_same_authors_another_subject_or_another_study_is_another_paper():
    written = {"authors": ("Amara Nwosu",)}
    wards = replace(PREPRINT, title="Staff experience of virtual wards: a survey in Welsh hospitals", **written)
    homes = replace(paper(**written), title="Staff experience of hospital pharmacies: a survey in Scottish hospitals")
    study = replace(paper(**written), title="Virtual wards after a stroke in Welsh hospitals")
    assert not joined(wards, homes)
    assert not joined(wards, study)


def test_new_items_are_compared_with_each_other_once():
    new = [item("a"), item("b"), item("c", "Something else that nobody else has said at all today", "")]
    assert [(pair.a, pair.b) for pair in alike(new, [])] == [("b", "a")]


def test_an_item_is_no_pair_with_itself():
    assert alike([item("a")], [item("a")]) == []


@pytest.mark.parametrize("known", [[], [item("a", "", "")]], ids=["nothing", "no words"])
def test_nothing_is_like_nothing(known):
    assert alike([], known) == []
    assert alike([item("b", "", "")], known) == []


words = st.text(alphabet="abcdefgh 0123é漢\ud800<>&!", max_size=80)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(words, words), max_size=8), st.integers(0, 8))
def test_any_words_give_pairs_of_a_new_item_and_another_one_before_it(texts, split):
    items = [item(f"{number}", title, text) for number, (title, text) in enumerate(texts)]
    order = {one.id: number for number, one in enumerate(items)}
    for pair in alike(items[split:], items[:split]):
        assert order[pair.b] < order[pair.a]
        assert order[pair.a] >= split
        assert 0 <= pair.score <= 1.001


def test_finding_pairs_brings_in_scikit_learn_only_when_it_works():
    code = "import sys, bulletin.classify; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_anything_new_nothing_is_read():
    class Unread(list):
        def __iter__(self):
            pytest.fail("the known ones are read")

    assert alike([], Unread([Item("Known")])) == []
