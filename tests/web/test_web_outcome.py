"""What came of it, on the web: for who may look at a bulletin, with files to take away."""

import editing
import following
import newsroom
import pytest
from following import EDITION
from visiting import at_desk

from bulletin.web import Newsroom, create_app

PAGE = f"/editions/{EDITION}/outcome"


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with following.open_desk(tmp_path, clock, base="") as desk:
        following.compose(desk)
        yield desk


@pytest.fixture
def sent(desk):
    following.approve(desk)
    following.deliver(desk, EDITION, {"sent": 20, "failed": 2, "suppressed": 3})


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def viewer(app, desk):
    return at_desk(app, desk, "viewer")


def test_the_page_of_an_edition_has_pictures_numbers_and_files(viewer, sent):
    text = viewer.get(PAGE).text
    assert "Of 25 emails, 20 were delivered." in text
    assert 'viewBox="0 0 400' in text
    assert "style=" not in text
    for shape in ("html", "csv", "items"):
        assert f'href="{PAGE}?as={shape}"' in text


@pytest.mark.parametrize(
    ("shape", "name", "begins"),
    [
        ("html", f"outcome-{EDITION}.html", "<!doctype html>"),
        ("csv", f"outcome-{EDITION}.csv", '\ufeff"Bulletin"'),
        ("items", f"outcome-{EDITION}-items.csv", '\ufeff"Bulletin"'),
    ],
)
def test_a_file_is_kept_and_not_shown(viewer, sent, shape, name, begins):
    answer = viewer.get(f"{PAGE}?as={shape}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.text.startswith(begins)


def test_a_draft_says_that_nothing_can_have_come_of_it(viewer):
    answer = viewer.get(PAGE)
    assert answer.status_code == 200
    assert viewer.get(f"{PAGE}?as=csv").mimetype == "text/html"
    assert f"Edition {EDITION} is a draft" in answer.text


def test_a_year_is_told_and_those_that_there_are_are_linked(viewer, sent):
    text = viewer.get("/report").text
    assert "Wexbridge Library sent 1 edition in 2026." in text
    assert viewer.get("/report?year=2026&as=csv").headers["Content-Disposition"].endswith('"outcome-2026.csv"')
    assert "approved no edition in 2025" in viewer.get("/report?year=2025").text
    assert viewer.get("/report?year=2025&as=csv").status_code == 200


@pytest.mark.parametrize("year", ["x", "0", "99999", "-1", "２０２６", "1999"])
def test_what_is_no_year_is_not_there(viewer, sent, year):
    assert viewer.get(f"/report?year={year}").status_code == 404


def test_who_may_not_look_at_a_bulletin_is_told_nothing_of_it(app, desk, sent):
    other = at_desk(app, desk, "viewer:other")
    assert other.get(PAGE).status_code == 403
    assert "approved no edition in 2026" in other.get("/report").text
