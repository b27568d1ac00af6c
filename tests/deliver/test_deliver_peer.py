"""The line against the scripted peer that several hands share: its ledger is the truth of what was taken."""

import json
import subprocess
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from bulletin.deliver import Line
from bulletin.model import Reply, Security, Smtp

STUB = Path(__file__).parents[3] / "shared" / "tools" / "smtp_stub.py"
MAIL = b"Subject: Update\r\nMessage-ID: <%s@example.nhs.uk>\r\n\r\n.\r\n" + b"A line of a bulletin.\r\n" * 2000

pytestmark = pytest.mark.skipif(not STUB.exists(), reason="the shared peer is not beside this folder")


class Peer:
    """The peer in a process of its own."""

    def __init__(self, port, ledger):
        self.server = Smtp("127.0.0.1", port, security=Security.NONE)
        self._ledger = ledger

    def taken(self):
        return [json.loads(line) for line in self._ledger.read_text().splitlines()]


@contextmanager
def peer(folder, *options):
    ledger = folder / "ledger.jsonl"
    ledger.touch()
    command = [sys.executable, str(STUB), "--port", "0", "--ledger", str(ledger), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(int(process.stdout.readline()), ledger)
        finally:
            process.kill()


def send(line, name, message=MAIL):
    return line.send("library@example.nhs.uk", f"{name}@example.org", message % name.encode())


@pytest.mark.parametrize(
    ("name", "replies"),
    [
        ("ok1", [Reply.TAKEN]),
        ("grey2a", [Reply.LATER, Reply.LATER, Reply.TAKEN]),
        ("full1", [Reply.LATER]),
        ("perm1", [Reply.GONE]),
        ("policy1", [Reply.POLICY]),
        ("auth5151", [Reply.STOP]),
        ("close4211", [Reply.LATER]),
        ("databad1", [Reply.REFUSED]),
        ("datatemp1", [Reply.LATER]),
        ("dropdata1", [Reply.LATER]),
        ("dropdot1", [Reply.UNKNOWN]),
        ("slowdot1a", [Reply.TAKEN]),
        ("utf81", [Reply.REFUSED]),
    ],
)
def test_each_of_its_ways_has_its_answer_and_the_next_mail_gets_through(tmp_path, name, replies):
    with peer(tmp_path) as there:
        with Line(there.server) as line:
            assert [send(line, name).reply for _ in replies] == replies
            assert send(line, "ok").reply is Reply.TAKEN
        taken = there.taken()
    in_it = replies[-1] in (Reply.TAKEN, Reply.UNKNOWN)
    assert [one["rcpt"] for one in taken] == [f"{name}@example.org"] * in_it + ["ok@example.org"]
    last = taken[-1]
    assert (last["bare_lf"], last["bare_cr"], last["sha256"]) == (0, 0, sha256(MAIL % b"ok").hexdigest())


def test_a_peer_that_takes_twenty_mails_a_connection_gets_all_of_them(tmp_path):
    with peer(tmp_path, "--conns", "2", "--max-per-conn", "20") as there:
        with Line(there.server) as line:
            assert {send(line, f"ok{number}").reply for number in range(90)} == {Reply.TAKEN}
        assert len({one["message_id"] for one in there.taken()}) == len(there.taken()) == 90


@pytest.mark.parametrize(
    ("option", "reply"),
    [(("--banner", "421"), Reply.LATER), (("--banner", "554"), Reply.STOP), (("--size", "1000"), Reply.POLICY)],
)
def test_a_peer_that_takes_no_mail_at_all_says_nothing_of_the_reader(tmp_path, option, reply):
    with peer(tmp_path, *option) as there, Line(there.server) as line:
        assert send(line, "ok").reply is reply


def test_a_peer_that_counts_is_too_slow_for_us_and_says_nothing_of_the_reader(tmp_path):
    with peer(tmp_path, "--rate", "3") as there, Line(there.server) as line:
        assert [send(line, "ok").reply for _ in range(5)] == [Reply.TAKEN] * 3 + [Reply.SLOWER] * 2


def test_a_peer_that_refuses_the_password_stops_us(tmp_path):
    with peer(tmp_path, "--auth-fail") as there:
        told = Smtp("127.0.0.1", there.server.port, "bulletin", "secret", Security.NONE)
        with Line(told) as line:
            answer = send(line, "ok")
    assert (answer.reply, answer.code) == (Reply.STOP, 535)
    assert "secret" not in answer.words
