"""The command as a person types it: what it prints, where, and with which exit code."""

import json
import os
import signal
import sqlite3
import subprocess
import sys

import newsroom
import pytest
from click.testing import CliRunner

from bulletin import cli


@pytest.fixture
def place(tmp_path, publisher):
    """A workspace with one feed."""
    url = publisher.publishes(
        "/a",
        newsroom.entry("Net zero theatres", text="They &lt;b&gt;cut&lt;/b&gt; their carbon footprint."),
        newsroom.entry("Museum opening hours"),
    )
    return newsroom.workspace(tmp_path, url)


@pytest.fixture
def bulletin(place, capsys, monkeypatch):
    """Type a command in the workspace; gives exit code, stdout and stderr."""
    for name, value in newsroom.environment(place).items():
        monkeypatch.setenv(name, value)

    def typed(*words: object):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(place), *map(str, words)])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


def test_each_step_says_what_it_did(bulletin):
    assert bulletin("fetch")[1].endswith("1 read, 0 not modified, 0 failed; 2 new items.\n")
    assert bulletin("classify")[1].splitlines() == [
        "2 items looked at, 1 with a heading; 1 need one.",
        "To see them: bulletin items --needs-heading",
    ]
    code, out, err = bulletin("compose", "update", "--date", "2026-11-22")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Wexbridge Update, number 1: 1 item under 1 heading, 0 held over."
    assert "bulletin.html" in bulletin("render", "update-2026-11-22")[1]


def test_the_steps_may_be_named_in_one_go(bulletin, place):
    code, out, _ = bulletin("fetch", "classify", "compose", "render")
    assert code == 0
    assert "1 read" in out
    assert len(list((place / "output").glob("update/*/managers/bulletin.eml"))) == 1


def test_steps_in_one_go_keep_their_options(bulletin):
    bulletin("fetch")
    code, out, _ = bulletin("fetch", "--all", "classify", "--json")
    assert code == 0
    assert [next(iter(json.loads(line))) for line in out.splitlines()] == ["feeds", "items"]


def test_steps_in_one_go_stop_at_the_first_that_fails(bulletin, place, publisher):
    publisher.gives("/a", status=500)
    code, out, err = bulletin("fetch", "classify")
    assert code == 1
    assert "looked at" not in out
    assert err.splitlines() == [
        "bulletin: Feed /a: the server answered 500 Internal Server Error",
        "bulletin: no feed could be read: is this machine on the network?",
    ]


def test_of_many_failures_the_first_few_are_told(tmp_path, run_bulletin):
    place = newsroom.workspace(tmp_path, *(f"http://127.0.0.1:1/{number}" for number in range(20)))
    lines = run_bulletin("-C", place, "fetch", **newsroom.environment(place)).stderr.splitlines()
    assert len(lines) == 14
    assert lines[-2] == "bulletin: and 8 more; `bulletin status` lists every feed that failed"


def test_json_is_one_object_and_nothing_else(bulletin):
    code, out, err = bulletin("fetch", "--all", "--json")
    assert (code, err) == (0, "")
    assert list(json.loads(out)) == ["feeds", "ok", "not_modified", "failed", "new", "postponed", "seconds"]
    tally = {"joined", "items", "suggested", "needs_heading", "missed", "seconds"}
    assert json.loads(bulletin("classify", "--json")[1]).keys() == tally
    edition = json.loads(bulletin("compose", "update", "--json")[1])
    told = {"edition", "bulletin", "number", "date", "since", "urgent", "items", "sections"}
    assert edition.keys() == told
    rendered = json.loads(bulletin("render", edition["edition"], "--json")[1])
    assert rendered["emails"][0].keys() == {"list", "subject", "html", "text", "eml", "bytes"}
    assert json.loads(bulletin("status", "--json")[1])["sick"] == []
    told = json.loads(bulletin("check", "--json")[1])
    assert told["schedules"].keys() == {"update"}
    assert {name: told[name] for name in ("feeds", "topics", "bulletins")} == {
        "feeds": 1,
        "topics": 2,
        "bulletins": 1,
    }


def test_check_tells_when_bulletins_come_out(bulletin):
    code, out, err = bulletin("check")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "All is well: 1 feeds, 2 topics, 1 bulletins.",
        "update: drafted on the first Monday of each month at 09:00 (London time); sent as soon as approved",
    ]


def test_items_tell_where_they_came_from_and_why_they_are_where_they_are(bulletin):
    bulletin("fetch", "classify")
    listed = {item["title"]: item for item in map(json.loads, bulletin("items", "--json")[1].splitlines())}

    theatres = listed["Net zero theatres"]
    assert theatres["url"] == "https://example.org/net-zero-theatres"
    assert theatres["published"] == "2026-11-20T09:00:00Z"
    assert theatres["feeds"] == ["Feed /a"]
    assert theatres["topics"] == ["greener"]
    assert "net zero" in theatres["because"]["greener"]["words"]
    assert (theatres["doi"], theatres["authors"]) == ("", [])
    assert listed["Museum opening hours"]["topics"] == []


def test_json_can_be_pasted_into_a_page(bulletin):
    bulletin("fetch")
    out = bulletin("items", "--json")[1]
    assert "<" not in out
    assert any(json.loads(line)["summary"] == "They <b>cut</b> their carbon footprint." for line in out.splitlines())


def test_items_can_be_narrowed(bulletin):
    bulletin("fetch", "classify")
    assert "Museum" not in bulletin("items", "--topic", "greener")[1]
    assert "Net zero" not in bulletin("items", "--needs-heading")[1]
    assert "Museum" in bulletin("items", "--needs-heading")[1]


def test_a_person_decides(bulletin):
    bulletin("fetch")
    item = next(
        item for item in map(json.loads, bulletin("items", "--json")[1].splitlines()) if "Museum" in item["title"]
    )
    assert bulletin("decide", item["id"], "greener", "--by", "Ann")[1] == f"{item['id']}: greener, decided by Ann.\n"
    assert "greener: decided by Ann" in bulletin("items", "--topic", "greener")[1]
    assert "discarded" in bulletin("decide", item["id"], "--discard", "--by", "Ann")[1]
    decided = json.loads(bulletin("decide", item["id"], "workforce", "--by", "Bob", "--json")[1])
    assert decided["topics"] == ["workforce"]


def test_a_draft_can_be_taken_back(bulletin):
    bulletin("fetch", "classify")
    bulletin("compose", "--date", "2026-11-22")
    assert "0 items" in bulletin("compose", "--date", "2026-11-23")[1]
    for day in ("22", "23"):
        assert "is withdrawn" in bulletin("withdraw", f"update-2026-11-{day}")[1]
    assert "number 1: 1 item " in bulletin("compose", "--date", "2026-11-23")[1]
    assert json.loads(bulletin("withdraw", "update-2026-11-23", "--json")[1]) == {"withdrawn": "update-2026-11-23"}


def test_composing_before_classifying_is_told(bulletin):
    bulletin("fetch")
    code, _, err = bulletin("compose")
    assert code == 0
    assert err == "bulletin: 2 items not looked at yet: `bulletin classify` suggests headings\n"


def test_without_a_word_the_help_is_shown(run_process):
    done = run_process()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: bulletin")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_output_is_utf_8_whatever_the_machine_prefers(place, publisher, run_bulletin, run_process, encoding):
    publisher.publishes("/a", newsroom.entry("β-blockers and naïve trials – ğ"))
    run_bulletin("-C", place, "fetch", **newsroom.environment(place))
    for words in (["items"], ["items", "--json"]):
        done = run_process("-C", place, *words, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, "")
        assert "β-blockers and naïve trials – ğ" in done.stdout


def test_a_file_that_nobody_may_read_is_told_in_one_line(bulletin, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "feeds.yaml")

    monkeypatch.setattr("bulletin.config.load", refuse)
    assert bulletin("check") == (1, "", "bulletin: feeds.yaml: Permission denied\n")


def test_one_sick_feed_of_many_does_not_stop_the_steps(tmp_path, publisher, run_bulletin):
    good, bad = publisher.publishes("/a", newsroom.entry("Net zero")), publisher.gives("/b", status=404)
    place = newsroom.workspace(tmp_path, good, bad)
    run_bulletin("-C", place, "fetch", **newsroom.environment(place))
    feeds = (place / "feeds.yaml").read_text(encoding="utf-8").replace("/b\n", "/c\n")
    (place / "feeds.yaml").write_text(feeds, encoding="utf-8")
    done = run_bulletin("-C", place, "fetch", "classify", **newsroom.environment(place))
    assert done.returncode == 0
    assert done.stderr == "bulletin: Feed /c: the server answered 404 Not Found\n"
    assert "1 item looked at" in done.stdout


def test_status_is_for_reading(bulletin, publisher):
    publisher.gives("/a", status=500)
    bulletin("fetch")
    out = bulletin("status")[1]
    assert "1, 0 due, 1 sick" in out
    assert "sick: Feed /a: the server answered 500 Internal Server Error" in out


def test_when_nothing_is_due_it_says_so(bulletin):
    bulletin("fetch")
    assert bulletin("fetch")[:2] == (0, "No feed is due yet; --all visits them all the same.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fech"], "No such command 'fech'"),
        (["fetch", "--al"], "No such option '--al'"),
        (["compose", "updat"], "no bulletin 'updat' in bulletins.yaml: did you mean 'update'?"),
        (["compose", "--date", "7/12/2026"], "'7/12/2026' is not a date: write it as 2026-12-07"),
        (
            ["compose", "--date", "9999-12-31"],
            "9999-12-31 is no day for an edition: choose one from 1990 to a year ahead",
        ),
        (["compose", "--date", "0001-01-01"], "0001-01-01 is no day for an edition"),
        (["withdraw", "updat"], "no edition 'updat': `bulletin compose` drafts one"),
        (["render", "nothing"], "no edition 'nothing': `bulletin compose` drafts one"),
        (["items", "--topic", "grener"], "no topic 'grener' in topics/: did you mean 'greener'?"),
        (["decide", "x", "--by", "Ann"], "name the topics that it belongs under, or --discard"),
        (["decide", "x", "greener"], "Missing option '--by'"),
        (["decide", "x", "greener", "--by", "Ann"], "no item 'x'"),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_line(bulletin, words, said):
    code, out, err = bulletin(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_outside_a_workspace_the_way_into_one_is_told(tmp_path, run_bulletin):
    done = run_bulletin("-C", tmp_path, "fetch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bulletin init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_mistake_of_the_files_is_told_at_once(place, bulletin):
    (place / "feeds.yaml").write_text("feeds:\n  - name: A\n    adress: x\n", encoding="utf-8")
    (place / "topics" / "greener.yaml").write_text("heading: Greener\nphrase: [net zero]\n", encoding="utf-8")
    code, out, err = bulletin("check")
    assert (code, out) == (2, "")
    assert "feeds.yaml:3:" in err
    assert "greener.yaml:2:" in err


def test_an_output_folder_that_cannot_be_written_is_told_and_nothing_is_half_written(place, bulletin):
    bulletin("fetch", "classify", "compose")
    (place / "output").write_text("a file where a folder should be", encoding="utf-8")
    code, out, err = bulletin("render")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "output" in err


def test_a_locked_database_is_told(place, bulletin, monkeypatch):
    bulletin("fetch")
    monkeypatch.setattr("bulletin.store.database.PATIENCE", 0.05)
    with sqlite3.connect(place / "bulletin.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        code, _, err = bulletin("classify")
        other.execute("ROLLBACK")
    other.close()
    assert code == 1
    assert "another bulletin command is writing" in err


# Whoever runs these tests in the background has Ctrl-C ignored, and so has what they start.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from bulletin.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to a process")
def test_ctrl_c_in_the_middle_of_a_fetch_loses_nothing(tmp_path, publisher):
    asked = publisher.does("/slow", lambda _: publisher.stop.wait(60))
    place = newsroom.workspace(tmp_path, publisher.publishes("/a", newsroom.entry("Net zero theatres")), asked)
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "-C", str(place), "fetch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | newsroom.environment(place),
    )
    wait_until(lambda: rows(place, "SELECT count(*) FROM visit") == 1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out) == (1, "")
    assert err.strip() == "bulletin: stopped; what was done so far is kept, and the same command goes on from there"
    assert rows(place, "SELECT count(*) FROM item") == 1


def test_output_into_a_pipe_that_closes_is_no_error(place, run_bulletin):
    run_bulletin("-C", place, "fetch", **newsroom.environment(place))
    command = f'"{sys.executable}" -m bulletin -C "{place}" items --json | head -c 1'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_help_names_every_command():
    text = CliRunner().invoke(cli.cli, ["--help"]).output
    assert all(f"  {name} " in text for name in cli.cli.commands)


def wait_until(true) -> None:
    """Wait, without a fixed time, for another process to get there."""
    import time

    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def rows(place, query: str) -> int | None:
    """The one number that a query gives, or None while there is no such table yet."""
    if not (place / "bulletin.db").exists():
        return None
    connection = sqlite3.connect(place / "bulletin.db")
    try:
        return connection.execute(query).fetchone()[0]
    except sqlite3.OperationalError:
        return None
    finally:
        connection.close()
