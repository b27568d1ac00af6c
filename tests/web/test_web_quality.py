"""How the machine does, in a browser: pictures and numbers of decisions, without a style of their own."""

import re
from datetime import timedelta

import newsroom
import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.jobs import open_desk
from bulletin.report.style import SCHEMES
from bulletin.web import Newsroom, create_app
from bulletin.web.pages import static

TITLES = ["Net zero theatres", "Carbon footprint of care", "Staff retention", "Nurse staffing", "Biscuits"]


@pytest.fixture
def settings(tmp_path, publisher):
    return newsroom.settings(newsroom.workspace(tmp_path, publisher.publishes("/f", *map(newsroom.entry, TITLES))))


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as desk:
        jobs.fetch(desk, jobs.due(desk))
        jobs.classify(desk)
        clock.now += timedelta(hours=1)
        yield desk


@pytest.fixture
def admin(desk):
    return at_desk(create_app(Newsroom(desk, lambda: newsroom.settings(desk.config.folder))), desk)


def decide(desk):
    items = {item.title: item.id for item in desk.store.items.list()}
    for title, topics in {"Net zero theatres": ["greener"], "Staff retention": ["greener"], "Biscuits": []}.items():
        jobs.decide(desk, items[title], topics, "Ann")


def test_before_any_decision_the_page_says_what_will_be_there(admin):
    assert "Nobody has decided on an item yet" in admin.get("/quality").text


def test_pictures_and_tables_tell_what_became_of_suggestions(admin, desk):
    decide(desk)
    text = admin.get("/quality").text
    for words in (
        "Month by month",
        "Heading by heading",
        "What is taken for what",
        "Sustainable Healthcare",
        "3 decisions",
    ):
        assert words in text
    assert text.count('<svg viewBox="0 0 400') == 3
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_the_page_has_no_style_of_its_own(admin, desk):
    decide(desk)
    text = admin.get("/quality").text
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert "charts.css" in text


def test_hostile_headings_are_words(admin, desk):
    decide(desk)
    path = desk.config.folder / "topics" / "greener.yaml"
    path.write_text("heading: '</svg><script>alert(1)</script>'\nphrases: [a]\n", encoding="utf-8")
    text = admin.get("/quality").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_months_are_told_anew_when_asked_for(admin, desk):
    decide(desk)
    assert "Work it out" in admin.get("/quality").text
    assert "too few decisions to judge a month" in admin.get("/quality?months=again").text


def test_the_colours_are_those_of_reports():
    text = static._FILES["charts.css"][1].decode("utf-8")
    light, dark = re.findall(r"\.charts\{((?:--[\w-]+:#\w{6};)+)\}", text)
    for found, scheme in ((light, SCHEMES["light"]), (dark, SCHEMES["dark"])):
        colours = dict(re.findall(r"--([\w-]+):(#\w{6});", found))
        assert len(colours) == 18
        assert colours.items() <= scheme.items()
