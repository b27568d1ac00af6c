"""Reports: pages that stand alone, whatever labels are called, and that everybody can read."""

import os
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Page

from bulletin import report
from bulletin.errors import InputError, OutputError
from bulletin.model import (
    Confusion,
    Coverage,
    Figures,
    Judgement,
    LabelFigures,
    Lesson,
    MonthKept,
    MonthRetold,
    OwnJudgement,
    Reliable,
    Shots,
    TopicKept,
)
from bulletin.report.style import SCHEMES

HOSTILE = "</svg></style><script>alert(1)</script>\" onload='x' &amp; \x00\u202e"
FIGURES = Figures(0.731, 0.731, 0.731, 0.658, 0.826, 0.0167, 0.041, 23.7, 3192.4)


def judgement(*labels: str, single: bool = True, **more) -> Judgement:
    table = tuple(LabelFigures(label, 9, 7, 8.0, 6.0, 0.75, 0.857, 0.8, 0.5) for label in labels)
    pairs = tuple(Confusion(one, other, 2.0) for one, other in pairwise(labels))
    curve = tuple(Coverage(step / 4, 1 - step / 20) for step in range(1, 5))
    return Judgement(
        single,
        90,
        70,
        0,
        FIGURES if single else replace(FIGURES, accuracy=None),
        table,
        pairs if single else (*pairs, Confusion("", labels[0], 1.0), Confusion(labels[0], "", 3.0)),
        curve,
        Coverage(0.8, 0.9),
        (Reliable(0.15, 0.1, 40), Reliable(0.95, 0.9, 30)),
        **more,
    )


LESSONS = (Lesson(11, 0.4, 0.3), Lesson(22, 0.5, 0.4), Lesson(90, 0.731, 0.658))
OWN = OwnJudgement(
    70,
    8,
    (MonthKept("2026-10", 20, 15, 2, 1, 2, 12), MonthKept("2026-11", 62, 55, 4, 3, 0, 50)),
    (TopicKept("greener", 30, 32, 28), TopicKept("digital", 0, 3, 0)),
    tuple(
        MonthRetold(f"2026-{month}", 20 * month, 20, 18, 16, (TopicKept("greener", 20, 22, 18),))
        for month in (10, 11)
    ),
)
PAGES = {
    "one label each": report.trial(judgement("a", "b", "c", learning=LESSONS), ["train.jsonl"], "test.jsonl"),
    "several labels": report.trial(judgement("a", "b", single=False), ["train.jsonl"], "test.jsonl"),
    "few examples": report.trial(
        judgement("a", "b", shots=Shots(8, 5, dict.fromkeys(vars(FIGURES), 0.02))), ["t"], "test.jsonl"
    ),
    "one label": report.trial(judgement("a"), ["t"], "test"),
    "many labels": report.trial(judgement(*(f"label {n}" for n in range(60))), ["t"], "test"),
    "own": report.own(OWN, ["Of the 62 items of November 2026 you kept 55, moved 4 and discarded 3."]),
    "nothing of one's own": report.own(OwnJudgement(0, 0), ["Nobody has decided on an item yet."]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed(name):
    page = Page(PAGES[name])
    assert page.trouble == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.named_by) <= set(page.ids)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_and_runs_nothing(name):
    assert "default-src 'none'" in PAGES[name]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|url\(|@import|<script|<link|<img| on\w+=", PAGES[name])


def test_a_page_tells_the_figures():
    words = " ".join(Page(PAGES["one label each"]).words)
    for told in (
        "73.1\u00a0% accuracy",
        "train.jsonl",
        "test.jsonl",
        "65.8\u00a0%",
        "82.6\u00a0%",
        "23.7 s",
        "3,192",
    ):
        assert told in words


def test_every_picture_has_a_table_with_its_numbers():
    page = Page(PAGES["one label each"])
    assert page.tags.count("svg") == 5
    assert page.tags.count("table") == 5


def test_without_one_label_each_nothing_is_called_accuracy():
    assert "ccuracy" not in " ".join(Page(PAGES["several labels"]).words)


def test_means_come_with_their_deviations():
    words = " ".join(Page(PAGES["few examples"]).words)
    assert "± 2.0\u00a0%" in words
    assert "8 examples a label, 5 draws: all numbers are means over them" in words


def test_of_many_labels_the_most_frequent_are_drawn_and_all_are_in_the_table():
    page = Page(PAGES["many labels"])
    words = " ".join(page.words)
    assert "the 25 most frequent labels" in words
    assert "all others" in words
    assert "label 59" in words


def test_where_nothing_is_given_there_is_no_ring():
    none = replace(judgement("a", "b"), abstaining=Coverage(0.0, None))
    page = report.trial(none, ["t"], "test")
    assert 'class="spot"' not in page
    assert "no text gets a label" in page


def test_ones_own_decisions_are_told_month_by_month():
    words = " ".join(Page(PAGES["own"]).words)
    assert "Of the 62 items of November 2026 you kept 55, moved 4 and discarded 3." in words
    assert "93\u00a0% (28\u00a0of\u00a030)" in words


@pytest.mark.parametrize("words", [HOSTILE, "]]>", "<!--", "{{7*7}}", "a" * 3000, "\ud800", "&lt;b&gt;"])
def test_hostile_labels_are_only_words(words):
    for page in (
        report.trial(judgement(words, "b", learning=LESSONS), [words], words),
        report.own(replace(OWN, topics=(TopicKept(words, 3, 3, 3),)), [words]),
    ):
        assert Page(page).trouble == []
        page.encode("utf-8")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5, unique=True), st.booleans())
def test_whatever_labels_are_called_the_page_is_well_formed(labels, single):
    page = report.trial(judgement(*labels, single=single), labels, labels[0])
    assert Page(page).trouble == []


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.floats(0, 1), st.floats(0, 1)), max_size=4, unique_by=lambda one: one[0]
    ),
    st.floats(0, 1),
)
def test_whatever_the_figures_no_page_says_nan(lessons, share):
    learning = tuple(Lesson(*one) for one in sorted(lessons))
    some = replace(judgement("a", "b", learning=learning), abstaining=Coverage(share, share))
    page = report.trial(some, ["t"], "test")
    assert Page(page).trouble == []
    assert not re.search(r"\b(nan|inf)\b", page)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS_ON = [("ink", "paper"), ("ink", "card"), ("quiet", "paper"), ("quiet", "card"), ("line-0", "paper")]
WORDS_ON += [(f"on-{n}", f"dark-{n}") for n in range(6)]
SHAPES_ON = (
    [(f"line-{n}", "paper") for n in range(2)] + [(f"part-{n}", "paper") for n in range(4)] + [("edge", "paper")]
)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_and_shapes_stand_out_from_what_is_behind_them(scheme):
    colours = SCHEMES[scheme]
    for one, other in WORDS_ON:
        assert contrast(colours[one], colours[other]) >= 4.5, (one, other)
    for one, other in SHAPES_ON:
        assert contrast(colours[one], colours[other]) >= 3, (one, other)


def test_every_colour_of_the_page_is_a_property_of_both_schemes():
    assert SCHEMES["light"].keys() == SCHEMES["dark"].keys()
    style = Page(PAGES["own"]).style
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= SCHEMES["light"].keys()
    assert "prefers-color-scheme:dark" in style


def test_without_thresholds_the_page_says_where_it_would_abstain_instead():
    one = judgement("a", "b")
    assert "With its thresholds, 80" in report.trial(one, ["train"], "test")
    page = report.trial(replace(one, labels=tuple(replace(each, threshold=None) for each in one.labels)), ["t"], "t")
    assert "Only where it is surer than 50 %, 80" in page
    assert "thresholds" not in page
    assert "none, the likeliest is given" in page


def test_a_report_takes_the_place_of_an_older_one(tmp_path):
    place = tmp_path / "report.html"
    report.write(PAGES["own"], place)
    report.write("newer β", place)
    assert place.read_text(encoding="utf-8") == "newer β"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_report_goes_nowhere_where_no_file_can_be(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (tmp_path, tmp_path / "none" / "report.html", pipe):
        with pytest.raises(OutputError):
            report.write("page", place)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_report_that_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch):
    place = tmp_path / "report.html"
    report.write(PAGES["own"], place)

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OutputError, match="No space left on device"):
        report.write("newer", place)
    assert place.read_text(encoding="utf-8") == PAGES["own"]
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("name", ["feeds.yaml", "bulletin.db", "report", "bulletin.html", "empty.htm"])
def test_what_is_no_report_of_ours_is_never_overwritten(tmp_path, name):
    place = tmp_path / name
    place.write_text("" if name == "empty.htm" else "<!doctype html>\n<html>", encoding="utf-8")
    before = place.read_bytes()
    for attempt in (report.check_place, lambda path: report.write(PAGES["own"], path)):
        with pytest.raises(InputError, match=name):
            attempt(place)
    assert place.read_bytes() == before


def test_a_link_to_another_file_is_no_report(tmp_path):
    (tmp_path / "feeds.yaml").write_text("feeds: []", encoding="utf-8")
    (tmp_path / "report.html").symlink_to("feeds.yaml")
    with pytest.raises(InputError):
        report.write(PAGES["own"], tmp_path / "report.html")
    assert (tmp_path / "feeds.yaml").read_text(encoding="utf-8") == "feeds: []"
