"""What machines ask: whether it is well, and the numbers; and what editors see when nothing runs by itself."""

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import newsroom
import pytest
import readership
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from visiting import BASE, at_desk

from bulletin.jobs import open_desk
from bulletin.jobs.measures import Numbers, numbers
from bulletin.jobs.turning import new_beat
from bulletin.model import Ended, Item, Outcome, Smtp, Visit
from bulletin.web import Newsroom, create_app, measures

TOKEN = "numbers-for-machines-and-nobody-else"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ADDRESS = "anna.otter@example.org"
SECRETS = ("hunter2-of-the-mail-server", "the-secret-that-signs-every-link-0123456789", "ping-0123456789-abcdef")


@pytest.fixture(autouse=True)
def room(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50e9, total=100e9))


@pytest.fixture
def settings(tmp_path):
    """The settings of a newsroom whose numbers may be asked for, full of what must not be among them."""
    place = newsroom.workspace(tmp_path, "https://example.org/feed")
    (place / "bulletins.yaml").write_text(readership.BULLETINS, encoding="utf-8")
    smtp = Smtp("127.0.0.1", 9, "library", SECRETS[0])
    told = {
        "metrics_token": TOKEN,
        "smtp": smtp,
        "secret_key": SECRETS[1],
        "ping_url": f"https://example.org/{SECRETS[2]}",
    }
    return replace(newsroom.settings(place), operator="operator@example.org", **told)


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


def ask(app, path="/healthz", token="", **headers):
    given = {"Authorization": f"Bearer {token}"} if token else {}
    return app.test_client().get(path, base_url=BASE, headers=given | headers)


def families(app) -> dict[str, dict[tuple[str, ...], float]]:
    """The numbers as Prometheus reads them: by name, by the values of their labels."""
    answer = ask(app, "/metrics", TOKEN)
    assert answer.status_code == 200
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(answer.text)
    }


@pytest.mark.parametrize(
    ("ago", "status", "schedule"),
    [(None, 200, None), (0, 200, True), (180, 200, True), (181, 503, False), (9 * 86400, 503, False)],
)
def test_it_is_well_while_the_schedule_that_once_ran_here_still_does(app, desk, clock, ago, status, schedule):
    if ago is not None:
        desk.store.beats.show(new_beat("schedule", clock.now - timedelta(seconds=ago)))
    answer = ask(app)
    assert (answer.status_code, answer.json) == (status, {"database": True, "schedule": schedule})


def test_a_database_that_does_not_answer_is_not_well(tmp_path, settings, clock):
    with open_desk(settings, clock) as desk:
        app = create_app(Newsroom(desk, lambda: desk.config))
        with desk.store._database.write() as connection:
            connection.execute(text("DROP TABLE beat"))
        answer = ask(app)
    assert (answer.status_code, answer.json) == (503, {"database": False, "schedule": None})


def test_machines_ask_by_any_name_and_get_no_cookie(app):
    for path, token in (("/healthz", ""), ("/metrics", TOKEN)):
        answer = ask(app, path, token, Host="10.0.0.7:8080")
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert ask(app, "/login", Host="10.0.0.7:8080").status_code == 400


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ü"])
def test_without_the_token_there_are_no_numbers(app, header):
    answer = app.test_client().get("/metrics", base_url=BASE, headers={"Authorization": header})
    assert answer.status_code == 404
    assert "bulletin_" not in answer.text


def test_where_no_token_is_set_nobody_sees_numbers(desk):
    desk = replace(desk, config=replace(desk.config, metrics_token=""))
    app = create_app(Newsroom(desk, lambda: desk.config))
    for header in ("", "Bearer ", "Bearer None"):
        assert app.test_client().get("/metrics", base_url=BASE, headers={"Authorization": header}).status_code == 404


def test_an_admin_without_the_token_sees_no_numbers_either(app, desk):
    assert at_desk(app, desk).get("/metrics").status_code == 404


def happened(desk):
    """A day in which a little of everything came about."""
    now = desk.now()
    for kind, ago in (("schedule", MINUTE), ("schedule", HOUR), ("worker", HOUR), ("clock", HOUR)):
        desk.store.beats.show(new_beat(kind, now - ago))
    visit = Visit("feed-feed", now - HOUR, Outcome.OK, url="https://example.org/feed")
    desk.store.items.shelve(visit, [Item("Gowns", f"https://example.org/{ADDRESS}")])
    desk.store.visits.record(replace(visit, at=now - MINUTE, outcome=Outcome.FAILED, message=f"no {ADDRESS}"))
    desk.store.turns.take("fetch", "1", now - HOUR, "p", now - HOUR, HOUR)
    desk.store.turns.end("fetch", "1", now - MINUTE, Ended.FAILED, f"nobody at {ADDRESS}")
    readership.join(desk, ADDRESS)
    backups = desk.config.folder / "backups"
    backups.mkdir()
    (backups / "bulletin-20261123T0800Z.tar.gz").write_bytes(b"0123456789")


def test_the_numbers_tell_feeds_queue_tasks_backups_and_concerns(app, desk):
    happened(desk)
    found = families(app)
    assert found["bulletin_feeds"]["in trouble",] == 1
    assert sum(found["bulletin_feeds"].values()) == 1
    assert found["bulletin_feed_lag_seconds"] == {(): 0}
    assert found["bulletin_visits_last_day"] == {("ok",): 1, ("failed",): 1, ("not modified",): 0, ("postponed",): 0}
    assert found["bulletin_items"] == {(): 1}
    assert found["bulletin_emails"] == {("waiting",): 0, ("retry",): 0, ("in doubt",): 0, ("failed",): 0}
    assert found["bulletin_email_oldest_wait_seconds"] == {(): 0}
    assert found["bulletin_beat_age_seconds"] == {("schedule",): 60, ("worker",): 3600}
    assert found["bulletin_task_age_seconds"] == {("fetch",): 60}
    assert found["bulletin_task_outcome"] == {("failed", "fetch"): 1}
    assert set(found["bulletin_concerns"]) == {("grave",), ("slight",)}
    assert found["bulletin_backup_size_bytes"] == {(): 10}


def test_the_lag_is_that_of_the_feed_that_has_been_due_longest(app, desk, clock):
    happened(desk)
    clock.now += 60 * HOUR
    assert numbers(desk).lag > 24 * 3600


def test_the_names_follow_the_conventions_of_prometheus(app, desk):
    """Units as endings, _total for counters alone, a line of help and a type each."""
    happened(desk)
    told = ask(app, "/metrics", TOKEN).text
    names = re.findall(r"^# TYPE (\S+) (\S+)$", told, re.MULTILINE)
    assert len(names) == 12
    for name, kind in names:
        assert re.fullmatch(r"bulletin(_[a-z]+)+", name)
        assert kind == "gauge"
        assert not name.endswith("_total")
        assert re.search(rf"^# HELP {name} [A-Z].*\.$", told, re.MULTILINE)
    assert "\n# EOF" not in told


def test_the_numbers_hold_nobodys_data_and_no_secret(app, desk):
    happened(desk)
    told = ask(app, "/metrics", TOKEN).text + ask(app).text
    for planted in (ADDRESS, "otter", "@", "operator", TOKEN, *SECRETS, "feed-feed", "Gowns", "Managers", "example"):
        assert planted not in told


def test_who_asks_often_gets_the_same_for_ten_seconds(monkeypatch):
    moment = iter([0.1, 0.1, 5.0, 10.2, 10.2])
    monkeypatch.setattr(measures, "monotonic", lambda: next(moment))
    counted, asked = measures.Counted(), []

    def count() -> Numbers:
        asked.append(1)
        return Numbers({}, 0, {}, len(asked), {}, 0, {}, {}, 0, 0, None, 0)

    texts = [counted.text(count) for _ in range(3)]
    assert len(asked) == 2
    assert texts[0] == texts[1] != texts[2]
    assert b"bulletin_backup" not in texts[0]


def test_editors_are_told_on_every_page_that_nothing_runs(app, desk, clock):
    editor = at_desk(app, desk, "editor")
    assert "by itself" not in editor.get("/").text
    desk.store.beats.show(new_beat("schedule", clock.now))
    assert "by itself" not in editor.get("/").text
    clock.now += 4 * MINUTE
    for path in ("/", "/items", "/account"):
        assert (
            "Nothing has run by itself since 23 November 2026, 09:00 UTC; tell whoever runs" in editor.get(path).text
        )
    assert "by itself" not in ask(app, "/login").text


def test_an_error_page_is_shown_though_the_database_does_not_answer(app, desk):
    editor = at_desk(app, desk, "editor")
    with desk.store._database.write() as connection:
        connection.execute(text("DROP TABLE beat"))
    assert editor.get("/nothing").status_code == 404


def test_today_says_when_feeds_were_looked_at_last(app, desk, clock):
    editor = at_desk(app, desk, "editor")
    assert "Nobody has looked at the feeds yet." in editor.get("/").text
    desk.store.visits.record(Visit("feed-feed", clock.now, Outcome.OK))
    assert "Last looked at feeds on 23 November 2026, 09:00 UTC." in editor.get("/").text


def test_each_request_has_an_id_of_ours_in_log_and_answer(app, desk, caplog):
    caplog.set_level("INFO", "bulletin")
    answers = [ask(app, path, **{"X-Request-Id": "theirs"}) for path in ("/healthz", "/nothing", "/login")]
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert len({*ids}) == 3
    assert [record.fields["request"] for record in caplog.records if record.getMessage() == "answered"] == ids
    assert "theirs" not in json.dumps(ids)
