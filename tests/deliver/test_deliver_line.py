"""Many mails over one line: what each answer means, and that a line which breaks loses and doubles nothing."""

import socket

import pytest
from imap_stub import CERTIFICATE
from mail_stub import PASSWORD, USER, open_mail_server
from scripted import HANG_UP, RESET, SILENT, scripted

from bulletin.deliver import Line
from bulletin.model import Reply, Security, Smtp

MAIL = b"Subject: Update\r\nMessage-ID: <1@example.nhs.uk>\r\n\r\nHello\r\n"
LONG = MAIL + b"x" * 70 * 1000 + b"\r\n"
SENDER, ANN = "library@example.nhs.uk", "ann@example.nhs.uk"
DSN = "250-here\n250-SIZE 1000000\n250-DSN\n250 8BITMIME"


def send(line, recipient=ANN, message=MAIL, **more):
    return line.send(SENDER, recipient, message, **more)


def one(server, message=MAIL, patience=5.0, **more):
    with Line(server, patience) as line:
        return send(line, message=message, **more)


REFUSALS = [
    ("RCPT", "550 5.1.1 nobody of that name", Reply.GONE),
    ("RCPT", "550 5.1.10 that domain takes no mail", Reply.GONE),
    ("RCPT", "553 5.1.3 odd address", Reply.GONE),
    ("RCPT", "550 nobody of that name", Reply.REFUSED),
    ("RCPT", "550 5.2.1 asleep", Reply.REFUSED),
    ("RCPT", "552 5.2.2 full", Reply.REFUSED),
    ("RCPT", "550 5.4.1 access denied", Reply.REFUSED),
    ("RCPT", "550 5.7.1 by policy", Reply.POLICY),
    ("RCPT", "550 5.1.8 the sender's domain is unknown", Reply.POLICY),
    ("RCPT", "550 5.1.7 the sender is none", Reply.POLICY),
    ("RCPT", "550 5.7.515 does not meet the required authentication level", Reply.STOP),
    ("RCPT", "530 5.7.57 client was not authenticated", Reply.STOP),
    ("RCPT", "451 4.7.1 greylisted", Reply.LATER),
    ("RCPT", "452 4.2.2 full", Reply.LATER),
    ("RCPT", "450 4.2.1 receives mail at too high a rate", Reply.LATER),
    ("RCPT", "421 4.3.2 closing", Reply.LATER),
    ("RCPT", "421 4.7.0 too many connections", Reply.SLOWER),
    ("RCPT", "451 4.7.500 server busy", Reply.SLOWER),
    ("RCPT", "432 4.3.2 submission rate", Reply.SLOWER),
    ("RCPT", "what?", Reply.LATER),
    ("MAIL", "550 5.1.8 no such sender", Reply.POLICY),
    ("MAIL", "550 5.7.60 not allowed to send as this sender", Reply.POLICY),
    ("MAIL", "552 5.3.4 too big", Reply.POLICY),
    ("MAIL", "530 authentication required", Reply.STOP),
    ("MAIL", "451 4.3.0 later", Reply.LATER),
    ("MAIL", "421 4.3.2 later", Reply.LATER),
    ("DATA", "432 4.3.2 too fast", Reply.SLOWER),
    ("DATA", "554 5.5.1 no valid recipients", Reply.REFUSED),
    ("DATA", "451 4.3.0 later", Reply.LATER),
    ("DATA", "250 what?", Reply.LATER),
    (".", "554 5.6.0 content refused", Reply.REFUSED),
    (".", "550 5.1.1 nobody after all", Reply.GONE),
    (".", "554 5.7.1 spam", Reply.POLICY),
    (".", "550 5.7.515 unproved", Reply.STOP),
    (".", "451 4.3.0 later", Reply.LATER),
    (".", "421 4.3.2 going down", Reply.LATER),
    (".", "354 what?", Reply.UNKNOWN),
    (".", "nonsense", Reply.UNKNOWN),
    ("WELCOME", "421 4.3.2 not now", Reply.LATER),
    ("WELCOME", "421 4.7.0 too many connections", Reply.SLOWER),
    ("WELCOME", "554 5.3.2 no mail here", Reply.STOP),
    ("WELCOME", "nonsense", Reply.LATER),
]


@pytest.mark.parametrize(("step", "said", "reply"), REFUSALS)
def test_what_a_refusal_means_depends_on_its_code_and_on_how_far_the_mail_had_come(step, said, reply):
    with scripted(**{step: said}) as ours:
        answer = one(ours.server)
    assert answer.reply is reply
    assert answer.code == (int(said[:3]) if said[:3].isdigit() else 0)
    assert answer.words.isprintable()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("550 5.1.1 no", "5.1.1"),
        ("550-5.1.1 no\n550 5.1.1 really", "5.1.1"),
        ("550 no 5.1.1", ""),
        ("550 4.1.1 no", ""),
        ("550 5.1", ""),
    ],
)
def test_the_enhanced_status_is_that_at_the_start_of_the_words_and_of_the_code_s_kind(said, status):
    with scripted(RCPT=said) as ours:
        assert one(ours.server).status == status


def test_the_words_of_an_answer_name_nobody():
    with scripted(RCPT="550 5.1.1 <ann@example.nhs.uk>: no\x1b[31m such user") as ours:
        answer = one(ours.server)
    assert answer.words == "the mail server refused the recipient: 550 5.1.1 <(an address)>: no [31m such user"


@pytest.mark.parametrize("step", ["WELCOME", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"])
@pytest.mark.parametrize("end", [HANG_UP, RESET], ids=["hangs up", "resets"])
def test_a_server_that_leaves_before_it_has_the_whole_mail_did_not_take_it(step, end):
    with scripted(**{step: end}) as ours:
        answer = one(ours.server, LONG)
    assert answer.reply is Reply.LATER
    assert ours.mails == []


@pytest.mark.parametrize("message", [MAIL, LONG], ids=["short", "long"])
def test_of_a_server_that_hangs_up_when_it_has_the_whole_mail_nobody_knows_what_it_did(message):
    with scripted(**{".": HANG_UP}) as ours:
        answer = one(ours.server, message)
    assert answer.reply is Reply.UNKNOWN
    assert "may have gone or not" in answer.words


def test_of_a_server_that_says_nothing_when_it_has_the_whole_mail_nobody_knows_what_it_did():
    with scripted(**{".": SILENT}) as ours:
        assert one(ours.server, patience=0.2).reply is Reply.UNKNOWN


@pytest.mark.parametrize("step", ["WELCOME", "MAIL", "RCPT", "DATA"])
def test_a_server_that_says_nothing_before_did_not_take_it(step, monkeypatch):
    monkeypatch.setattr("bulletin.deliver.opening.STEP_SECONDS", 0.2)
    with scripted(**{step: SILENT}) as ours:
        assert one(ours.server).reply is Reply.LATER


def test_nobody_at_the_other_end_is_a_reason_to_try_later_and_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Line(Smtp("127.0.0.1", port, security=Security.NONE)) as line:
        answer = send(line)
        assert (answer.reply, line.is_away) == (Reply.LATER, True)
    assert f"127.0.0.1:{port} cannot be reached" in answer.words


def test_many_mails_go_over_one_connection_and_after_a_hundred_over_another():
    with scripted() as ours, Line(ours.server) as line:
        assert {send(line).reply for _ in range(201)} == {Reply.TAKEN}
    assert [sum(command.startswith("MAIL") for command in told) for told in ours.told] == [100, 100, 1]
    assert [told[-1] for told in ours.told] == ["quit"] * 3


def test_each_mail_has_one_recipient():
    with scripted() as ours, Line(ours.server) as line:
        for name in ("ann", "bob"):
            send(line, f"{name}@example.nhs.uk")
    commands = [command for command in ours.told[0] if command[:4] in ("MAIL", "RCPT", "DATA")]
    assert [command.partition(":")[2] for command in commands] == [
        f"<{SENDER}>",
        "<ann@example.nhs.uk>",
        "",
        f"<{SENDER}>",
        "<bob@example.nhs.uk>",
        "",
    ]


@pytest.mark.parametrize("step", ["MAIL", "RSET"])
@pytest.mark.parametrize("end", ["421 4.7.0 too many messages on this connection", HANG_UP, RESET])
def test_a_server_that_had_enough_of_a_connection_is_asked_again_in_another(step, end):
    first = ["250 yes"] if step == "MAIL" else []
    refusal = {"RCPT": ["550 5.1.1 no", "250 yes"]} if step == "RSET" else {}  # after which RSET is due
    with scripted(**{step: [*first, end, "250 yes"]}, **refusal) as ours, Line(ours.server) as line:
        send(line)
        assert send(line).reply is Reply.TAKEN
    assert len(ours.told) == 2


def test_a_server_that_will_have_no_more_is_not_asked_without_end():
    with scripted(MAIL=["250 yes", "421 4.7.0 too many messages"]) as ours, Line(ours.server) as line:
        assert [send(line).reply for _ in range(2)] == [Reply.TAKEN, Reply.SLOWER]
    assert len(ours.told) == 2


@pytest.mark.parametrize("step", ["RCPT", "DATA", "."])
def test_after_421_the_next_mail_goes_over_another_connection(step):
    answers = ["421 4.3.2 closing", {"DATA": "354 go on"}.get(step, "250 yes")]
    with scripted(**{step: answers}) as ours, Line(ours.server) as line:
        assert [send(line).reply for _ in range(2)] == [Reply.LATER, Reply.TAKEN]
    assert len(ours.told) == 2


def test_after_a_refusal_the_line_stays_open_and_the_refused_mail_is_forgotten():
    with scripted(RCPT=["550 5.1.1 no", "250 yes"]) as ours, Line(ours.server) as line:
        assert [send(line).reply for _ in range(2)] == [Reply.GONE, Reply.TAKEN]
    assert [command.partition(" ")[0] for command in ours.told[0]][2:5] == ["RCPT", "RSET", "MAIL"]
    assert len(ours.mails) == 1


def test_a_mail_that_is_given_up_before_its_content_is_spoken_of_leaves_no_trace():
    with scripted() as ours, Line(ours.server) as line:
        assert send(line, before_data=lambda: False).reply is Reply.ABANDONED
        assert send(line).reply is Reply.TAKEN
    assert len(ours.mails) == 1
    assert len(ours.told) == 1


def test_whoever_is_asked_before_the_content_is_asked_when_the_recipient_was_taken():
    asked = []
    with scripted(RCPT=["550 5.1.1 no", "250 yes"]) as ours, Line(ours.server) as line:
        for _ in range(2):
            send(line, before_data=lambda: asked.append(list(ours.told[0])) or True)
    (commands,) = asked
    assert commands[-1].startswith("RCPT")


def test_what_stops_us_before_the_content_is_let_through_and_the_line_still_serves():
    def stop():
        raise LookupError

    with scripted() as ours, Line(ours.server) as line:
        with pytest.raises(LookupError):
            send(line, before_data=stop)
        assert send(line).reply is Reply.TAKEN
    assert len(ours.mails) == 1


def test_a_server_that_reports_is_told_what_to_report():
    with scripted(EHLO=DSN) as ours, Line(ours.server) as line:
        send(line, envelope_id="digest-2026-11-22.7")
        send(line, envelope_id="no=xtext")
    mails = [command for command in ours.told[0] if command.startswith("MAIL")]
    assert mails == [
        f"MAIL FROM:<{SENDER}> SIZE={len(MAIL)} RET=HDRS ENVID=digest-2026-11-22.7",
        f"MAIL FROM:<{SENDER}> SIZE={len(MAIL)} RET=HDRS",
    ]
    assert f"RCPT TO:<{ANN}> NOTIFY=FAILURE" in ours.told[0]


def test_a_server_that_knows_nothing_is_told_nothing_besides():
    with scripted(EHLO=["502 what?"], HELO="250 here") as ours:
        assert one(ours.server, envelope_id="1").reply is Reply.TAKEN
    assert ours.told[0][2:4] == [f"MAIL FROM:<{SENDER}>", f"RCPT TO:<{ANN}>"]


@pytest.mark.parametrize("address", ["änn@example.nhs.uk", "ann@exämple.nhs.uk", "ann", "a@b\r\nRCPT TO:<c@d>", "@"])
def test_an_address_that_mail_cannot_carry_is_gone_before_any_server_hears_of_it(address):
    with scripted() as ours, Line(ours.server) as line:
        assert send(line, address).reply is Reply.GONE
    assert ours.told == []


@pytest.mark.parametrize("message", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\n.\n\r\n", b"a\0b\r\n"])
def test_no_bare_line_end_and_no_nul_is_sent(message):
    with scripted() as ours, Line(ours.server) as line:
        assert send(line, message=message).reply is Reply.REFUSED
    assert ours.told == []


def test_a_dot_at_the_start_of_a_line_is_doubled_on_the_way_and_the_end_is_the_one_dot():
    with scripted() as ours:
        one(ours.server, b".a\r\n\r\n.\r\n..\r\nb.\r\n.\r\n")
    assert ours.mails == [b"..a\r\n\r\n..\r\n...\r\nb.\r\n..\r\n"]


def test_the_line_is_encrypted_before_anything_is_said(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with open_mail_server(starttls=True, login=True) as ours:
        told = Smtp(ours.host, ours.port, USER, PASSWORD, Security.STARTTLS)
        with Line(told) as line:
            assert [send(line).reply for _ in range(3)] == [Reply.TAKEN] * 3
    assert [mail.encrypted for mail in ours.taken] == [True] * 3
    assert ours.logins == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_server_without_a_certificate_that_somebody_vouches_for_stops_everything(security):
    with open_mail_server(starttls=security is Security.STARTTLS, tls=security is Security.TLS) as ours:
        assert one(Smtp(ours.host, ours.port, security=security)).reply is Reply.STOP


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_server_that_an_authority_of_the_operator_vouches_for_takes_mail(security):
    with open_mail_server(starttls=security is Security.STARTTLS, tls=security is Security.TLS) as ours:
        assert one(Smtp(ours.host, ours.port, security=security, ca_file=CERTIFICATE)).reply is Reply.TAKEN


def test_a_server_without_encryption_stops_everything():
    with open_mail_server(login=True) as ours:
        assert one(Smtp(ours.host, ours.port, USER, PASSWORD, Security.STARTTLS)).reply is Reply.STOP
    assert (ours.taken, ours.logins) == ([], 0)


def test_a_wrong_password_stops_everything_and_is_told_to_nobody():
    with open_mail_server(login=True) as ours:
        answer = one(Smtp(ours.host, ours.port, USER, PASSWORD + "x", Security.NONE))
    assert (answer.reply, answer.code) == (Reply.STOP, 535)
    assert PASSWORD not in answer.words


def test_a_password_that_cannot_be_checked_just_now_stops_nothing():
    with scripted(EHLO="250-here\n250 AUTH PLAIN", AUTH="454 4.7.0 later") as ours:
        told = Smtp(ours.server.host, ours.server.port, USER, PASSWORD, Security.NONE)
        assert one(told).reply is Reply.LATER
