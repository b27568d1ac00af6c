"""Concerns: each thing that can be wrong is named with what to do about it, and not before it is."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import editing
import newsroom
import pytest
from sqlalchemy import insert

from bulletin import jobs
from bulletin.cli import look
from bulletin.errors import Mistake
from bulletin.jobs import Desk, concerns
from bulletin.jobs.turning import new_beat
from bulletin.model import Concern, Ended, Halt, Outcome, Trouble, Visit
from bulletin.store.outbox.tables import attempt, delivery, due, ending

NOW, DAY, HOUR, MINUTE = editing.NOW, timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ROOMY = SimpleNamespace(free=50_000_000_000, total=100_000_000_000)


@pytest.fixture(autouse=True)
def disk(monkeypatch):
    """Disks with room enough, whatever those of this machine have; a test may fill them."""
    usage = {"all": ROOMY}
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage.get(Path(folder).name, usage["all"]))
    return usage


@pytest.fixture
def desk(tmp_path):
    """A newsroom that is well: its schedule runs, its feed was visited, and a backup was made."""
    with editing.open_desk(tmp_path, newsroom.Clock(NOW)) as desk:
        desk.store.beats.show(new_beat("schedule", NOW))
        desk.store.visits.record(Visit("feed-a", NOW, Outcome.OK, url="http://127.0.0.1:9/a"))
        editing.shelve(desk, "Gowns", greener=0.9)
        turned(desk, "backup")
        yield desk


def turned(
    desk: Desk,
    task: str,
    outcome: Ended = Ended.DONE,
    words: str = "",
    ago=MINUTE,
    edition="",
    period="",
    due_ago=None,
):
    """A turn that was taken and ended so long ago; it may have been due before that."""
    at = desk.now() - ago
    desk.store.turns.take(task, period or at.isoformat(), desk.now() - (due_ago or ago), "p1", at, HOUR)
    desk.store.turns.end(task, period or at.isoformat(), at, outcome, words, edition)


def taken(desk: Desk, task: str, by: str, ago: timedelta) -> None:
    """A turn that was taken and is not over."""
    at = desk.now() - ago
    desk.store.turns.take(task, at.isoformat(), at, by, at, HOUR)


def put(desk: Desk, state: str = "", due_ago: timedelta | None = None, **tried: object) -> None:
    """An email of the digest that ended so, or waits since then; it may have been tried."""
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("INSERT OR IGNORE INTO message VALUES ('m', '', x'')")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
        names = {
            "edition": "digest",
            "bulletin": "digest",
            "list": "all",
            "recipient": "r",
            "address": "",
            "name": "",
        }
        row = insert(delivery).values(**names, approval=1, message="m", message_id="1", gathers=False)
        number = connection.execute(row.returning(delivery.c.id)).scalar_one()
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO approval (id, edition, digest, editor, at) VALUES (1, '', '', '', '2026-11-22')"
        )
        if state:
            connection.execute(insert(ending).values(delivery=number, state=state, at=NOW, words="", by=""))
        if due_ago is not None:
            connection.execute(insert(due).values(delivery=number, at=NOW - due_ago))
        if tried:
            blank = {"number": 1, "sender": "s", "code": 0, "status": "", "words": "", "since": NOW - HOUR}
            values = blank | {"claimed_at": NOW, "ended_at": NOW} | tried
            connection.execute(insert(attempt).values(delivery=number, **values))


def keys(desk: Desk) -> list[str]:
    return [one.key for one in concerns.of(desk)]


def only(desk: Desk) -> Concern:
    (found,) = concerns.of(desk)
    return found


def test_a_newsroom_that_is_well_has_none(desk):
    assert concerns.of(desk) == []
    assert concerns.standstill(desk) == ""


def failed(desk: Desk, days: int, trouble: Trouble = Trouble.SERVER) -> None:
    for ago in range(days, -1, -1):
        one = Visit("feed-a", NOW - ago * DAY, Outcome.FAILED, url="http://127.0.0.1:9/a", message="no answer")
        desk.store.visits.record(replace(one, trouble=trouble))


# What happens, the key of the concern, whether it is grave, some words of it, and of what to do.
WRONG: dict[str, tuple[Callable[[Desk], object], str, bool, str, str]] = {
    "a clock that is ahead": (
        lambda desk: setattr(desk.now, "now", NOW + 400 * DAY),
        "clock",
        True,
        "400 days after anything last ran here",
        "bulletin schedule --trust-clock",
    ),
    "a schedule that stopped": (
        lambda desk: setattr(desk.now, "now", NOW + 5 * MINUTE),
        "schedule",
        True,
        "nothing has run by itself since 22 November 2026, 09:30 UTC",
        "`bulletin run`",
    ),
    "a task that failed once": (
        lambda desk: turned(desk, "enrich", Ended.FAILED, "Crossref is away"),
        "task:enrich",
        False,
        "enrich failed: Crossref is away",
        "tried again by itself",
    ),
    "a task that failed twice": (
        lambda desk: [turned(desk, "enrich", Ended.FAILED, "no", ago) for ago in (2 * HOUR, HOUR)],
        "task:enrich",
        True,
        "enrich failed, 2 times in a row: no",
        "tried again by itself",
    ),
    "a ping that nobody hears": (
        lambda desk: [turned(desk, "ping", Ended.FAILED, "no", ago) for ago in (2 * HOUR, HOUR)],
        "task:ping",
        False,
        "ping failed",
        "tried again",
    ),
    "a task that broke off twice": (
        lambda desk: [taken(desk, "fetch", "p1", ago * MINUTE) for ago in (15, 10, 5)],
        "task:fetch",
        True,
        "fetch broke off in the middle, 2 times in a row",
        "log",
    ),
    "a task that hangs": (
        lambda desk: taken(desk, "fetch", "p1", 2 * HOUR),
        "task:fetch",
        False,
        "fetch broke off in the middle",
        "log",
    ),
    "a backup that failed": (
        lambda desk: turned(desk, "backup", Ended.FAILED, "the disk is full", timedelta(0)),
        "backup",
        True,
        "the last backup failed: the disk is full",
        "`bulletin backup`",
    ),
    "a database that is damaged": (
        lambda desk: turned(desk, "check", Ended.FAILED, "row 7 is missing"),
        "database",
        True,
        "the check of the database failed: row 7 is missing",
        "`bulletin restore`",
    ),
    "a feed that fails": (
        lambda desk: failed(desk, 3),
        "feed:feed-a",
        False,
        "Feed /a is failing: no answer",
        "in a browser",
    ),
    "a feed that is gone": (
        lambda desk: failed(desk, 3, Trouble.GONE),
        "feed:feed-a",
        False,
        "Feed /a is gone",
        "bulletin feeds try",
    ),
    "sending that the machine holds": (
        lambda desk: desk.store.outbox.hold(Halt(0, "digest", NOW, "", "535 5.7.8 wrong password")),
        "held:digest",
        True,
        "the sending of digest is held: 535 5.7.8 wrong password",
        "bulletin outbox resume digest --by EDITOR",
    ),
    "sending that an editor holds": (
        lambda desk: desk.store.outbox.hold(Halt(0, "digest", NOW, "ann@example.nhs.uk", "paused by ann")),
        "held:digest",
        False,
        "the sending of digest is held by an editor",
        "`bulletin outbox show digest`",
    ),
    "sending that a restored backup holds": (
        lambda desk: desk.store.restored.hold("this database is older than what was sent (2): say yes", NOW),
        "held:restored",
        True,
        "all sending is held: this database is older than what was sent (2)",
        "say yes",
    ),
    "an email in doubt": (
        lambda desk: put(desk, "in doubt"),
        "doubt:digest",
        True,
        "nobody knows whether the mail server took 1 email of digest",
        "`bulletin outbox doubts digest`",
    ),
    "an email that failed": (
        lambda desk: put(desk, "failed"),
        "failed:digest",
        False,
        "1 email of digest failed",
        "`bulletin outbox failures digest`",
    ),
    "an email that waits for two days": (
        lambda desk: put(desk, due_ago=2 * DAY),
        "waiting",
        True,
        "emails have waited for more than a day: 1",
        "BULLETIN_SMTP_URL",
    ),
    "a mail server that is away": (
        lambda desk: put(desk, due_ago=timedelta(0), reply="slower"),
        "mail",
        True,
        "the mail server does not answer",
        "`bulletin doctor`",
    ),
    "an edition that was missed": (
        lambda desk: desk.store.turns.miss("draft:update", [("2026-11-02", NOW - 10 * DAY)], NOW, "nothing ran"),
        "missed:update",
        True,
        "Wexbridge Update of 2026-11-02 was missed: nothing ran",
        "`bulletin compose update`",
    ),
    "an edition that could not be drafted": (
        lambda desk: desk.store.turns.take("draft:update", "2026-11-22", NOW - HOUR, "p1", NOW - HOUR, HOUR),
        "draft:update",
        True,
        "Wexbridge Update of 2026-11-22 could not be drafted so far: it was tried 1 time",
        "`bulletin compose update`",
    ),
    "an edition that waits past its hour": (
        lambda desk: turned(desk, "send:update", Ended.SKIPPED, "nobody approved it", edition="update-2026-11-22"),
        "send:update",
        True,
        "was to be sent and waits: nobody approved it",
        "`bulletin approve update-2026-11-22 --by EDITOR`",
    ),
    "an edition that was drafted late": (
        lambda desk: turned(desk, "draft:update", edition="update-2026-11-22", due_ago=2 * DAY),
        "late:update",
        False,
        "was drafted late, since nothing ran when it was due",
        "`bulletin approve update-2026-11-22 --by EDITOR`",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_what_to_do(desk, name):
    happen, key, is_grave, words, advice = WRONG[name]
    happen(desk)
    found = only(desk)
    assert (found.key, found.is_grave) == (key, is_grave)
    assert words in found.words
    assert advice in found.advice


def test_where_nothing_ever_ran_by_itself_that_is_said_and_is_not_grave(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(NOW)) as desk:
        editing.shelve(desk, "Gowns")
        found = {one.key: one for one in concerns.of(desk)}
    assert found["schedule"].words == "nothing runs by itself here"
    assert found["backup"].words == "there is no backup"
    assert not any(one.is_grave for one in found.values())


@pytest.mark.parametrize(("free", "total"), [(900_000_000, 10_000_000_000), (4_000_000_000, 100_000_000_000)])
def test_a_disk_is_nearly_full_below_a_gigabyte_or_a_twentieth(desk, disk, free, total):
    disk["all"] = SimpleNamespace(free=free, total=total)
    assert (only(desk).key, only(desk).is_grave) == ("disk", True)
    assert f"{free / 1e9:.1f} GB are free" in only(desk).words


def test_a_disk_that_is_away_keeps_nothing_else_from_being_told(desk, monkeypatch):
    def away(_):
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(shutil, "disk_usage", away)
    turned(desk, "enrich", Ended.FAILED, "Crossref is away")
    assert keys(desk) == ["task:enrich"]


def test_the_disk_of_the_backups_is_another_one(desk, disk):
    (desk.config.folder / "backups").mkdir()
    disk["backups"] = SimpleNamespace(free=0, total=100)
    assert keys(desk) == ["disk:backups"]
    assert concerns.is_of_machine(only(desk))


def test_a_backup_made_by_hand_counts_until_it_is_too_old(desk):
    desk.store.turns.take_back(NOW - DAY)  # no turn of the schedule made one
    folder = desk.config.folder / "backups"
    folder.mkdir()
    (folder / "bulletin-20261122T0900Z.tar.gz.part").write_bytes(b"half")
    assert only(desk).words == "there is no backup"
    (folder / "bulletin-20261121T0630Z.tar.gz").write_bytes(b"whole")
    assert only(desk).words == "the newest backup is of 21 November 2026, 06:30 UTC"
    (folder / "bulletin-20261121T0830Z.tar.gz").write_bytes(b"whole")
    assert concerns.of(desk) == []


def test_a_draft_that_is_just_being_made_is_no_concern(desk):
    taken(desk, "draft:update", "p1", MINUTE)
    assert keys(desk) == []


def test_what_went_well_since_is_no_concern(desk):
    turned(desk, "enrich", Ended.FAILED, "no", 3 * HOUR)
    turned(desk, "enrich", Ended.SKIPPED, "", 2 * HOUR)
    turned(desk, "check", Ended.FAILED, "damaged", 2 * DAY)
    turned(desk, "check", Ended.DONE, "", DAY)
    assert concerns.of(desk) == []


def test_what_is_under_way_is_no_concern(desk):
    taken(desk, "fetch", "p1", 10 * MINUTE)
    taken(desk, "fetch", "p2", 5 * MINUTE)
    assert concerns.of(desk) == []


def test_an_edition_that_was_approved_after_its_hour_waits_no_more(desk):
    edition = "update-2026-11-22"
    turned(desk, "send:update", Ended.SKIPPED, "nobody approved it", edition=edition)
    editing.compose(desk, "update")
    editing.approve(desk, edition)
    assert "send:update" not in keys(desk)


def test_most_feeds_failing_at_once_is_the_networks_fault(desk):
    feeds = tuple(replace(desk.config.feeds[0], id=f"f{n}", url=f"http://127.0.0.1:9/f{n}") for n in range(4))
    desk = replace(desk, config=replace(desk.config, feeds=feeds))
    for feed in feeds:
        desk.store.visits.record(Visit(feed.id, NOW, Outcome.FAILED, url=feed.url, message="no answer"))
    assert only(desk).words == "4 of 4 feeds cannot be read"
    assert only(desk).is_grave


def test_mistakes_in_the_files_are_told_while_the_desk_goes_on(desk):
    desk = replace(desk, mistakes=(Mistake(Path("feeds.yaml"), 3, "no such key"), Mistake(Path("a"), 1, "b")))
    assert only(desk).words.endswith("feeds.yaml:3: no such key (and 1 more)")


def test_a_wrong_clock_hides_what_cannot_be_told_under_it(desk):
    taken(desk, "fetch", "p1", 2 * HOUR)
    desk.now.now = NOW + 400 * DAY
    assert keys(desk) == ["clock"]
    assert "the clock of this machine is wrong" in concerns.standstill(desk)


def test_the_gravest_come_first(desk):
    failed(desk, 3)
    put(desk, "in doubt")
    turned(desk, "enrich", Ended.FAILED, "no")
    assert [one.is_grave for one in concerns.of(desk)] == [True, False, False]


def test_editors_read_since_when_nothing_runs(desk):
    desk.now.now += 3 * MINUTE
    assert concerns.standstill(desk) == ""
    desk.now.now += MINUTE
    assert concerns.standstill(desk) == (
        "Nothing has run by itself since 22 November 2026, 09:30 UTC; tell whoever runs this"
    )


def test_status_tells_the_concerns_with_the_rest(desk):
    turned(desk, "enrich", Ended.FAILED, "no")
    editing.compose(desk, "update")
    now = jobs.status(desk)
    assert [one.key for one in now.concerns] == ["task:enrich"]
    assert (now.drafts, now.emails, now.items, now.not_looked_at) == (("update-2026-11-22",), 0, 1, 0)
    assert [(one.bulletin, one.day.isoformat()) for one in now.coming] == [
        ("digest", "2026-12-07"),
        ("update", "2026-12-07"),
    ]


@pytest.fixture
def place(desk):
    """The workspace of a newsroom in which one task failed long ago, and nothing has run since."""
    turned(desk, "enrich", Ended.FAILED, "Crossref is away", 5 * MINUTE)
    failed(desk, 3)
    return desk.config.folder


def test_the_command_says_what_is_wrong_before_all_else(bulletin, place):
    code, out, _ = bulletin("status")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("! nothing has run by itself since") or lines[0].startswith("! the clock says")
    assert "`" in lines[1] or "bulletin schedule --trust-clock" in lines[1]
    assert out.index("! ") < out.index("To review")


def test_the_command_tells_machines_the_same(bulletin, place):
    told = json.loads(bulletin("status", "--json")[1])
    assert {*told["concerns"][0]} == {"key", "words", "advice", "since", "is_grave"}
    assert {*told["coming"][0]} == {"bulletin", "title", "day", "due", "send", "zone"}
    assert {"drafts", "emails", "feeds", "due", "items", "not_looked_at", "needs_heading", "decisions"} <= {*told}
    assert {"editions", "missed", "sick"} <= {*told}
    assert {*told["sick"][0]} == {"feed", "state", "message", "advice"}


def test_the_command_says_that_all_is_well(desk, capsys):
    look.tell_concerns(jobs.status(desk))
    assert capsys.readouterr().out == "All is well.\n"


def test_the_command_counts_single_feeds(desk, capsys):
    failed(desk, 3)
    look.tell_concerns(jobs.status(desk))
    assert capsys.readouterr().out.startswith("- feeds that need somebody: 1\n")
