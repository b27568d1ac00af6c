"""Links that count in the emails of a list, and what becomes of clicks; nothing else ever leads through them."""

from datetime import timedelta

import editing
import following
import newsroom
import pytest
from following import BASE, EDITION

from bulletin import jobs
from bulletin.jobs import followed
from bulletin.jobs.known import links_of
from bulletin.jobs.render import make_all
from bulletin.model import LinkState

FIRST = "Retention of nurses, part 0"
ITS = "https://example.org/Retention%20of%20nurses,%20part%200"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with following.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def items(desk):
    return following.compose(desk)


def test_titles_lead_through_us_in_html_and_in_the_text(desk, items):
    link = following.links(desk)[FIRST]
    assert link.startswith(f"{BASE}/to/{EDITION}/{items[0]}/")
    text = following.email(desk).text
    assert link in text
    assert ITS not in text


def test_clicks_are_off_where_nobody_asked_for_them(tmp_path, clock):
    with following.open_desk(tmp_path, clock, clicks='"off"') as desk:
        following.compose(desk)
        assert following.links(desk)[FIRST] == ITS
        assert "Was something useful? Tell us in one click" in following.links(desk)


def test_where_no_reader_reaches_us_nothing_leads_through_us(tmp_path, clock):
    with following.open_desk(tmp_path, clock, base="") as desk:
        following.compose(desk)
        assert following.links(desk)[FIRST] == ITS
        assert "127.0.0.1" not in following.email(desk).html


def test_the_linter_has_nothing_against_links_that_count(desk, items):
    (verdict,) = jobs.lint(desk, EDITION)
    assert [one.message for one in verdict.findings] == []


def test_a_dead_link_is_found_behind_one_that_counts(desk, items):
    desk.store.links.put({ITS: LinkState(404, desk.now())})
    (verdict,) = jobs.lint(desk, EDITION)
    assert [one.rule for one in verdict.findings] == [38] * len(items)
    assert "404" in next(one.message for one in verdict.findings if FIRST in str(one))


def test_what_is_asked_whether_it_answers_is_where_links_lead_in_the_end(desk, items):
    made = make_all(desk, jobs.edition_of(desk, EDITION))
    assert ITS in links_of(one.page for one in made)
    assert not [one for one in links_of(one.page for one in made) if "/to/" in one]


@pytest.mark.parametrize("shape", ["html", "csv", "ris", "atom"])
def test_neither_the_web_nor_an_export_leads_through_us(desk, items, shape):
    following.approve(desk)
    (audience,) = desk.bulletin("update").lists
    for list_id in ("", audience.id):
        content = jobs.export(desk, EDITION, shape, list_id).content.decode()
        assert "/to/" not in content
        assert "/useful/" not in content
    page = jobs.read(desk, desk.bulletin("update"), EDITION)
    assert {item.url for heading in page.headings for item in heading.items} & {ITS}


def test_there_is_never_a_picture_that_tells_of_an_opening(desk, items):
    assert "<img" not in following.email(desk).html


def test_clicks_become_numbers_when_their_day_is_over(desk, items, clock):
    following.approve(desk)
    for number in range(3):
        followed.click(desk, EDITION, items[0], f"192.0.2.{number}", "Firefox")
    assert followed.settle(desk) == 0
    assert len(desk.store.followed.clicks([EDITION])[EDITION]) == 3
    clock.now += timedelta(days=1)
    assert followed.settle(desk) == 3
    assert desk.store.followed.settled([EDITION]) == {(EDITION, items[0]): 3}
    assert not desk.store.followed.clicks([EDITION])


def test_the_first_click_of_a_day_takes_the_marks_of_the_one_before(desk, items, clock):
    following.approve(desk)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    followed.is_useful(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    clock.now += timedelta(days=1)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    assert len(desk.store.followed.clicks([EDITION])[EDITION]) == 1
    assert desk.store.followed.settled([EDITION]) == {(EDITION, items[0]): 1}
    assert not desk.store.followed.has_marks(clock.now.replace(hour=0))


def test_the_same_person_is_another_one_the_next_day(desk, items, clock):
    following.approve(desk)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    (one,) = desk.store.followed.clicks([EDITION])[EDITION]
    clock.now += timedelta(days=1)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    (other,) = desk.store.followed.clicks([EDITION])[EDITION]
    assert one.mark != other.mark


def test_forgetting_settles_clicks(desk, items, clock):
    following.approve(desk)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    clock.now += timedelta(days=1)
    jobs.forget(desk)
    assert desk.store.followed.settled([EDITION]) == {(EDITION, items[0]): 1}


def test_a_test_to_oneself_is_counted_by_nobody(desk, items):
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    followed.is_useful(desk, EDITION, items[0], "192.0.2.1", "Firefox")
    assert not desk.store.followed.clicks([EDITION])
    assert not desk.store.followed.useful([EDITION])


def test_an_edition_without_items_asks_for_nothing(desk):
    editing.compose(desk, "update")
    (made,) = make_all(desk, jobs.edition_of(desk, EDITION))
    assert (made.page.count, made.page.useful_link) == (0, "")
