"""A personal bulletin by way of a real mail server: what arrives is what was made, and what cannot comes back."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import editing
import newsroom
import pytest
from opensmtpd import opensmtpd, why_not
from scripted import scripted

from bulletin import jobs
from bulletin.deliver import Line, verp
from bulletin.deliver.returned import read
from bulletin.jobs.render import make_all
from bulletin.model import BounceKind, Reply, Web
from bulletin.people.personal import token
from bulletin.render.personal import Master, Personal

BASE = "https://bulletins.example.nhs.uk"
BOUNCES = "bounces@example.nhs.uk"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("opensmtpd"),
    pytest.mark.skipif(why_not() != "", reason=why_not() or "-"),
]


@pytest.fixture
def server():
    with scripted(RCPT="550 5.1.1 nobody of that name") as far, opensmtpd(far.server.port) as there:
        yield there


@pytest.fixture
def made(tmp_path):
    """Copies of a real edition, by the address of who gets it."""
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(
            desk, "Gowns", summary="<p>Washed gowns — 40 % cheaper.</p><p>.</p><p>From here</p>", greener=0.9
        )
        editing.compose(desk)
        there = replace(desk, config=replace(desk.config, web=Web(BASE), bounce_address=BOUNCES))
        master = Master(make_all(there, jobs.edition_of(there, editing.DIGEST))[0].email.mime)
        yield lambda address, name="": master.copy(_personal(there, address, name))


def _personal(desk, address, name):
    mark = desk.keys.mark("message", editing.DIGEST, address)[:20]
    leave, choices = (token(desk.keys, purpose, mark[:16], "digest") for purpose in ("leave", "choices"))
    return Personal(address, name, f"{editing.DIGEST}.all.{mark}@example.nhs.uk", desk.now(), leave, choices)


def below_the_trace(raw):
    """What the server was given: without the lines that it put before it, with the line ends of mail."""
    whole = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return re.sub(rb"\A(?:(?:Return-Path|Delivered-To|Received):[^\r]*\r\n(?:[ \t][^\r]*\r\n)*)+", b"", whole)


NAMES = ("", "Ann Ó'Example", 'Bob "the boss", Dr', "Example, Carol (Dr)", "back\\slash", "<x@y.z>, w@v.u", "é" * 60)


def test_what_arrives_is_the_very_copy_of_each_reader_whatever_they_are_called(server, made):
    copies = [made(f"reader{number}@example.org", name) for number, name in enumerate(NAMES)]
    with Line(server.server) as line:
        for number, copy in enumerate(copies):
            assert line.send(BOUNCES, f"reader{number}@example.org", copy).reply is Reply.TAKEN
    arrived = server.kept("example.org", len(NAMES))
    assert sorted(map(below_the_trace, arrived)) == sorted(copies)


def test_a_mail_client_finds_the_reader_the_list_and_the_way_out(server, made):
    copy = made("ann@example.org", "Ann Ó'Example")
    with Line(server.server) as line:
        line.send(BOUNCES, "ann@example.org", copy)
    (raw,) = server.kept("example.org", 1)
    mail = message_from_bytes(raw, policy=policy.default)
    (reader,) = mail["To"].addresses
    assert (reader.display_name, reader.addr_spec) == ("Ann Ó'Example", "ann@example.org")
    page, address = re.fullmatch(r"<(https://[^>]+)>, <(mailto:[^>]+)>", mail["List-Unsubscribe"]).groups()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address == f"mailto:{BOUNCES}?subject=leave%20{page.rpartition('/')[2]}"
    assert mail["List-Id"] == "<all.digest.example.nhs.uk>"
    assert mail["Return-Path"] == f"<{BOUNCES}>"
    text, html = (part.get_content() for part in mail.iter_parts())
    assert page in text
    assert f'href="{page}"' in html
    assert "Washed gowns — 40 % cheaper." in html


def test_forty_mails_over_one_line_arrive_once_each(server, made):
    readers = [f"reader{number}@example.org" for number in range(40)]
    with Line(server.server) as line:
        assert {line.send(BOUNCES, one, made(one)).reply for one in readers} == {Reply.TAKEN}
    arrived = [message_from_bytes(raw) for raw in server.kept("example.org", 40)]
    assert sorted(mail["To"] for mail in arrived) == sorted(readers)


def test_a_domain_that_the_server_does_not_serve_is_refused_at_once(server, made):
    with Line(server.server) as line:
        answer = line.send(BOUNCES, "ann@elsewhere.example", made("ann@elsewhere.example"))
        assert (answer.reply, answer.code) == (Reply.REFUSED, 550)
        assert line.send(BOUNCES, "ann@example.org", made("ann@example.org")).reply is Reply.TAKEN


def test_what_another_server_refuses_comes_back_and_tells_which_it_was(server, made):
    copy, mark = made("ann@far.example"), "0123456789abcdef"
    with Line(server.server) as line:
        sender = verp.address(BOUNCES, 12, mark)
        assert line.send(sender, "ann@far.example", copy, envelope_id="12").reply is Reply.TAKEN
    (report,) = server.kept("example.nhs.uk", 1)
    told = read(report)
    assert told is not None
    assert (told.kind, told.status) == (BounceKind.HARD, "5.1.1")
    assert told.tags[0] == (12, mark)
    assert message_from_bytes(copy)["Message-ID"].strip("<>") in told.message_ids
    assert b"One-Click" not in report.partition(b"Subject: Green Digest")[0]
