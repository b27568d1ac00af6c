"""The log of a whole sending, tasks and pages with it: one JSON object a line, no address and no secret (bar C14)."""

import json
import logging
from dataclasses import replace

import pytest
import sending

from bulletin import log
from bulletin.deliver import Post
from bulletin.jobs import Newsroom, people
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, Task, new_beat
from bulletin.model import Grant, Role, Smtp
from bulletin.people.personal import token
from bulletin.schedule import Clock
from bulletin.web import create_app

ADDRESSES = ("anna.otter@example.org", "bo.heron@example.org", "eve.editor@example.nhs.uk", "oona@example.nhs.uk")
PASSWORDS = ("four quiet otters swim", "wrong horses battery", "smtp-p4ssw0rd")
TOKENS = ("numbers-for-machines-0123456789abcdef", "ping-0123456789abcdef0123", "signs-links-0123456789abcdef01234")
MOMENT = TASKS[0].every


@pytest.fixture
def lines(caplog):
    """Gives what stands in the log, so far, whoever wrote it."""
    caplog.set_level(logging.INFO)
    return lambda: [log.Lines().format(record) for record in caplog.records]


@pytest.fixture
def desk(tmp_path):
    """The desk of a newsroom with two readers and an operator, and a password or a token in every setting for one."""
    with sending.open_desk(tmp_path, f"file://{tmp_path / 'mail'}", "anna.otter", "bo.heron") as desk:
        told = {"metrics_token": TOKENS[0], "ping_url": f"http://127.0.0.1:9/{TOKENS[1]}", "secret_key": TOKENS[2]}
        yield replace(desk, config=replace(desk.config, operator=ADDRESSES[3], **told))


def away(desk):
    """The same desk with a mail server that is not there."""
    smtp = Smtp("127.0.0.1", 9, "library", PASSWORDS[2])
    return replace(desk, config=replace(desk.config, smtp=smtp, outbox=None), post=Post(smtp))


def tick(desk, *more: Task) -> None:
    """Do every task by itself, as the schedule does."""
    for task in (*TASKS, *more):
        Clock(lambda: desk, Shift(new_beat("schedule", desk.now()))).tick(task)


def visit(desk) -> list[str]:
    """Look at pages with secrets in address, form and header; gives the tokens that were about."""
    people.add_editor(desk, people.AT_TERMINAL, ADDRESSES[2], "Eve", (Grant(Role.ADMIN),), PASSWORDS[0])
    leave = token(desk.keys, "leave", f"{1:016x}", "digest", "all")
    client = create_app(Newsroom(desk, lambda: desk.config)).test_client()
    for path in (f"/leave/{leave}", f"/leave/{leave[:-3]}", f"/read?q={ADDRESSES[0]}", f"/password/new/{TOKENS[2]}"):
        client.get(path, base_url=sending.BASE)
    client.get("/metrics", base_url=sending.BASE, headers={"Authorization": f"Bearer {TOKENS[0]}"})
    for password in PASSWORDS[:2]:
        form = {"email": ADDRESSES[2], "password": password}
        client.post("/login", base_url=sending.BASE, data=form, headers={"Origin": sending.BASE})
    return [leave, *(cookie.value for cookie in client._cookies.values())]


@pytest.mark.slow
def test_a_whole_sending_leaves_no_address_and_no_secret_in_the_log(desk, lines):
    tick(away(desk))
    desk.now.now += MOMENT
    tick(desk)
    assert sending.states(desk) == {"sent": 2}
    tokens = visit(desk)
    told = lines()
    assert {json.loads(line)["event"] for line in told} >= {"answered", "task"}
    assert not any("\n" in line for line in told)
    everything = "\n".join(told)
    planted = (*ADDRESSES, *(one.partition("@")[0] for one in ADDRESSES), *PASSWORDS, *TOKENS, *tokens)
    assert len(planted) >= 12
    assert [one for one in planted if one in everything] == []


def test_every_request_and_every_task_has_a_line_of_its_own(desk, lines):
    tick(desk)
    visit(desk)
    told = [json.loads(line) for line in lines()]
    requests = [one["request"] for one in told if one["event"] == "answered"]
    assert len(requests) == len({*requests}) == 7
    assert {"deliver", "fetch"} <= {one["task"] for one in told if one["event"] == "task"}


def test_a_very_long_word_is_looked_through_once():
    assert log.scrubbed("a." * 300_000 + " eve@example.org").endswith(" <address>")
