"""What came of an edition and of a year: every sum is the ledger's, and nobody is in it."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import editing
import following
import newsroom
import pytest
from following import EDITION
from sqlalchemy import func, select

from bulletin.cli import cli, main
from bulletin.errors import InputError, UnknownError
from bulletin.jobs import followed
from bulletin.jobs.outcome import came, came_in, years
from bulletin.jobs.outcomefile import filed
from bulletin.model import State
from bulletin.store.outbox.tables import delivery_count, delivery_state, ending

STATES = {"sent": 20, "failed": 2, "in doubt": 1, "suppressed": 3, "cancelled": 1, "waiting": 2}


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with following.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def items(desk):
    ids = following.compose(desk)
    following.approve(desk)
    following.deliver(desk, EDITION, STATES)
    return ids


def test_every_number_of_a_list_is_the_ledgers(desk, items):
    (one,) = came(desk, EDITION).lists
    state = delivery_state.c.state
    with desk.store._database.read() as connection:
        rows = dict(connection.execute(select(state, func.count()).group_by(state)).all())
    assert {str(name): number for name, number in one.states.items()} == rows == STATES
    assert one.people == sum(STATES.values())
    parts = one.delivered + one.failed + one.in_doubt + one.held_back + one.under_way
    assert parts == one.people
    assert (one.delivered, one.failed, one.in_doubt, one.held_back, one.under_way) == (20, 2, 1, 4, 2)
    assert (one.name, one.reasons) == ("Managers", {"they had left the list": 3})


def test_what_came_back_is_not_delivered(desk, items):
    with desk.store._database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO bounce (digest, delivery, kind, edition, status, words, at)"
            " VALUES ('d', 1, 'hard', '', '5.1.1', '', '2026-11-23 09:00:00')"
        )
    (one,) = came(desk, EDITION).lists
    assert (one.delivered, one.failed, one.came_back) == (19, 3, 1)


def test_reasons_are_those_of_many_and_not_of_one(desk, items):
    reasons = [
        "wants nothing before 3 May 2027",
        "wants nothing before 4 May 2027",
        "gets nothing any more: left everything",
    ]
    with desk.store._database.write() as connection:
        numbers = connection.exec_driver_sql("SELECT delivery FROM ending WHERE state = 'suppressed'").scalars().all()
        for number, words in zip(numbers, reasons, strict=True):
            connection.execute(ending.update().where(ending.c.delivery == number).values(words=words))
    (one,) = came(desk, EDITION).lists
    assert one.reasons == {"paused for a while": 2, "left everything": 1}


def test_clicks_and_kind_words_are_told_by_item_and_heading(desk, items, clock):
    for number in range(6):
        followed.click(desk, EDITION, items[0], f"192.0.2.{number}", "Firefox")
        followed.is_useful(desk, EDITION, items[1], f"192.0.2.{number}", "Firefox")
    followed.click(desk, EDITION, items[1], "192.0.2.9", "Firefox")
    clock.now += timedelta(days=1)
    followed.click(desk, EDITION, items[0], "192.0.2.1", "Firefox")  # settles the six of yesterday
    found = came(desk, EDITION)
    told = {one.id: (str(one.clicks), one.useful) for one in found.editions[0].items}
    assert told[items[0]] == ("7", 0)
    assert told[items[1]] == ("fewer than 5", 6)
    (heading,) = found.headings
    assert (heading.heading, heading.items, str(heading.clicks), heading.useful) == ("Workforce", 8, "at least 7", 6)
    assert (str(found.clicks), found.useful) == ("at least 7", 6)


def test_a_draft_has_come_to_nothing_yet(desk):
    following.compose(desk)
    with pytest.raises(InputError, match="is a draft"):
        came(desk, EDITION)
    assert came_in(desk, 2026).editions == ()
    with pytest.raises(UnknownError):
        came(desk, "update-2001-01-01")


@pytest.fixture
def year(desk, items, clock):
    """Three editions in two years; of the oldest, counts alone are kept."""
    for days, day in ((30, "update-2026-12-22"), (30, "update-2027-01-21")):
        clock.now += timedelta(days=days)
        editing.shelve(desk, f"Retention of nurses, {day}", workforce=0.9)
        editing.compose(desk, "update")
        editing.approve(desk, day, "eve@example.nhs.uk")
        following.deliver(desk, day, {"sent": 25})
    return came_in(desk, 2026)


def test_a_year_has_the_editions_of_its_days_and_counts_people_once(desk, year):
    assert [one.edition for one in year.editions] == [EDITION, "update-2026-12-22"]
    assert sum(one.people for one in year.lists) == 29 + 25
    assert year.people == 25
    assert [(one.bulletin, one.list, one.people, one.is_least) for one in year.readers] == [
        ("Wexbridge Update", "Managers", 25, False)
    ]
    assert years(desk) == [2027, 2026]


def test_a_year_of_which_counts_are_kept_says_at_least(desk, year):
    with desk.store._database.write() as connection:
        for table in ("member", "due", "ending", "delivery"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        row = {"edition": EDITION, "list": "managers", "state": "sent", "people": 20}
        connection.execute(delivery_count.insert(), [row, row | {"state": "failed", "people": 9}])
    found = came_in(desk, 2026)
    assert (found.people, found.readers[0].is_least) == (20, True)
    assert found.lists[0].states == {State.SENT: 20, State.FAILED: 9}


def test_only_the_bulletins_that_are_asked_for_are_told(desk, year):
    assert came_in(desk, 2026, ["other"]).editions == ()
    assert years(desk, ["other"]) == []


def test_a_bulletin_that_is_gone_from_the_files_is_told_by_its_id(desk, items):
    found = came(replace(desk, config=replace(desk.config, bulletins=())), EDITION)
    assert (found.editions[0].title, found.lists[0].name) == ("update", "managers")


def test_a_sheet_has_a_row_for_each_edition_and_list(desk, year):
    made = filed(year, "csv")
    assert made.name == "outcome-2026.csv"
    rows = list(csv.DictReader(StringIO(made.content.decode("utf-8-sig"))))
    assert [row["Edition"] for row in rows] == [EDITION, "update-2026-12-22"]
    assert (rows[0]["Meant for"], rows[0]["Delivered"], rows[0]["Why held back"]) == (
        "29",
        "20",
        "3 they had left the list",
    )
    assert sum(int(row["Meant for"]) for row in rows) == 54


def test_no_cell_is_ever_calculated(desk):
    editing.shelve(desk, "=HYPERLINK(1) of nurses", workforce=0.9)
    editing.compose(desk, "update")
    following.approve(desk)
    rows = list(csv.DictReader(StringIO(filed(came(desk, EDITION), "items").content.decode("utf-8-sig"))))
    assert [row["Item"] for row in rows] == ["'=HYPERLINK(1) of nurses"]


def test_no_file_and_no_page_names_anybody(desk, year):
    for shape in ("html", "csv", "items"):
        content = filed(year, shape).content.decode()
        assert "@example.nhs.uk" not in content
        assert "Person 1" not in content


def test_there_is_no_other_shape(desk, year):
    with pytest.raises(UnknownError, match="there are html, csv, items"):
        filed(year, "docx")


@pytest.fixture
def run(desk, capsys):
    """Run a command on the workspace; gives the exit code and what it printed."""

    def run(*words):
        with pytest.raises(SystemExit) as end:
            main(["-C", str(desk.config.folder), *words])
        return end.value.code, capsys.readouterr()

    assert "report" in cli.commands
    return run


def test_the_command_tells_a_year_and_an_edition(run, items):
    code, out = run("report", "--year", "2026")
    assert code == 0
    assert "Wexbridge Library sent 1 edition in 2026." in out.out
    assert "They went to 20 people." in out.out
    code, out = run("report", EDITION, "--json")
    found = json.loads(out.out)
    assert (code, found["year"], found["people"]) == (0, None, 20)
    (one,) = found["editions"][0]["lists"]
    assert one["states"] == STATES
    assert one["reasons"] == {"they had left the list": 3}


def test_the_command_writes_files(run, items, tmp_path):
    code, out = run("report", "--year", "2026", "--as", "html", "--json")
    told = json.loads(out.out)
    assert (code, told["as"], told["editions"]) == (0, "html", 1)
    assert "<svg" in (tmp_path / "output" / "reports" / "outcome-2026.html").read_text(encoding="utf-8")
    code, out = run("report", EDITION, "--as", "items", "--output", str(tmp_path / "mine.csv"))
    assert code == 0
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8-sig").startswith('"Bulletin"')


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((EDITION, "--year", "2026"), "not both"),
        (("--output", "x"), "needs --as"),
        (("--year", "12"), "12"),
        (("update-2001-01-01",), "no edition"),
    ],
)
def test_what_cannot_be_reported_is_said(run, items, words, says):
    code, out = run("report", *words)
    assert code == 2
    assert says in out.err
