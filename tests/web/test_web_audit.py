"""The record's page and its files."""

import csv
import io
import json

import pytest
from visiting import at_desk

from bulletin.jobs import record


@pytest.fixture
def admin(app, desk):
    return at_desk(app, desk)


def test_the_newest_lines_come_first(admin, desk):
    record(desk, "ann@example.nhs.uk", "approved", "update-2026-11-02", before="", after="sha256 of what is sent")
    page = admin.get("/audit").text
    assert page.index("approved") < page.index("logged in")
    assert "sha256 of what is sent" in page


def test_a_hundred_lines_stand_on_a_page(admin, desk):
    for number in range(150):
        record(desk, "ann@example.nhs.uk", "decided", f"item-{number:03}")
    first = admin.get("/audit").text
    assert first.count("item-") == 100
    assert "item-149" in first
    before = 150 - 100 + 3  # the two lines about the admin come first
    assert f"/audit?who=&amp;before={before}" in first
    second = admin.get(f"/audit?before={before}").text
    assert second.count("item-") == 50
    assert "Older" not in second


def test_the_lines_of_one_person_are_picked(admin, desk):
    record(desk, "ann@example.nhs.uk", "approved", "one")
    record(desk, "bo@example.nhs.uk", "approved", "two")
    page = admin.get("/audit?who=bo@example.nhs.uk").text
    assert "two" in page
    assert ">one<" not in page
    assert '<option value="bo@example.nhs.uk" selected>' in page
    assert "Nothing is on record of nobody" in admin.get("/audit?who=nobody").text


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=0", "who=%00", "who=%ff", "before=99999999999999999999"]
)
def test_an_odd_question_is_answered(admin, query):
    assert admin.get(f"/audit?{query}").status_code == 200


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("x")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(admin, desk, formula):
    """Reference bar C13."""
    record(desk, formula, formula, formula, formula, formula)
    answer = admin.get("/audit.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert rows[0] == ["id", "at", "who", "did", "what", "before", "after", "digest"]
    assert rows[-1][2:7] == [f"'{formula}"] * 5


def test_a_file_of_json_lines_holds_every_line_oldest_first(admin, desk):
    for number in range(5):
        record(desk, "ann@example.nhs.uk", "decided", f"ite\n{number}\u2028")
    answer = admin.get("/audit.jsonl")
    lines = [json.loads(line) for line in answer.data.decode().split("\n")[:-1]]
    assert [line["id"] for line in lines] == [*range(1, 8)]
    assert lines[-1]["digest"] == desk.store.deeds.latest()[0].digest
