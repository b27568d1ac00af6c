"""Mail to the server that sends it on: the very bytes, one recipient, encrypted, and failures in one plain line."""

import socket

import pytest
from imap_stub import CERTIFICATE
from mail_stub import PASSWORD, USER, open_mail_server

from bulletin.deliver import Post
from bulletin.errors import SendError
from bulletin.model import Security, Smtp

MAIL = b"Subject: Update\r\nTo: ann@example.nhs.uk\r\n\r\nHello\r\n"
SENDER, ANN = "library@example.nhs.uk", "ann@example.nhs.uk"


def server_of(ours, security=Security.NONE, user="", password=""):
    return Smtp(ours.host, ours.port, user, password, security)


@pytest.fixture
def trusted(monkeypatch):
    """Have this machine trust the certificate of the tests' servers."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def said(server, sender=SENDER, recipient=ANN, message=MAIL):
    with pytest.raises(SendError) as caught:
        Post(server).send(sender, recipient, message)
    line = str(caught.value)
    assert line.isprintable()
    assert PASSWORD not in line
    return line


@pytest.mark.parametrize(
    "body",
    [
        b"Hello\r\n",
        b".\r\n..\r\n.hidden\r\nend.\r\n",
        b"no end of line",
        b" \t trailing \t \r\n\r\n\r\n",
        b"Subject: not a header\r\n.\r\nQUIT\r\n",
        b"x" * 998 + b"\r\n",
        "Grüße — β\r\n".encode(),
        bytes(range(128, 256)) + b"\r\n",
    ],
)
def test_the_very_bytes_arrive(body):
    message = b"Subject: Update\r\n\r\n" + body
    with open_mail_server() as ours:
        Post(server_of(ours)).send(SENDER, ANN, message)
    (mail,) = ours.taken
    assert mail.message == (message if message.endswith(b"\r\n") else message + b"\r\n")
    assert (mail.sender, mail.recipients) == (SENDER, [ANN])
    assert ("BODY=8BITMIME" in mail.options) == (not message.isascii())


@pytest.mark.parametrize(
    "message", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\n.\n\r\n", b"a\r\r\n", b"\nb\r\n", b"a\r", b"a\0b\r\n"]
)
def test_a_line_end_that_another_server_could_take_for_the_end_is_never_sent(message):
    with open_mail_server() as ours:
        assert "line end" in said(server_of(ours), message=message)
    assert ours.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "Ann <ann@example.nhs.uk>",
        "ann@example.nhs.uk>\r\nRCPT TO:<eve@evil.test",
        "ann@example.nhs.uk\n",
        "ann@example.nhs.uk,eve@evil.test",
        "änn@example.nhs.uk",
        "ann@example.nhs.uk SIZE=1",
    ],
)
def test_only_bare_addresses_are_spoken_of_to_the_server(address):
    with open_mail_server() as ours:
        assert "no bare e-mail address" in said(server_of(ours), recipient=address)
        assert "no bare e-mail address" in said(server_of(ours), sender=address)
    assert ours.taken == []


def test_mail_turns_to_encryption_before_the_password_is_told(trusted):
    with open_mail_server(starttls=True, login=True) as ours:
        Post(server_of(ours, Security.STARTTLS, USER, PASSWORD)).send(SENDER, ANN, MAIL)
    assert [mail.encrypted for mail in ours.taken] == [True]
    assert ours.logins == 1


def test_mail_is_encrypted_from_the_start_where_the_setting_says_so(trusted):
    with open_mail_server(tls=True, login=True) as ours:
        Post(server_of(ours, Security.TLS, USER, PASSWORD)).send(SENDER, ANN, MAIL)
    assert [mail.encrypted for mail in ours.taken] == [True]


def test_no_mail_and_no_password_go_where_encryption_is_not_offered():
    with open_mail_server(login=True) as ours:
        assert "offers no encryption" in said(server_of(ours, Security.STARTTLS, USER, PASSWORD))
    assert ours.taken == []
    assert ours.logins == 0


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(security):
    with open_mail_server(starttls=security is Security.STARTTLS, tls=security is Security.TLS, login=True) as ours:
        assert "certificate is not good" in said(server_of(ours, security, USER, PASSWORD))
    assert ours.taken == []
    assert ours.logins == 0


def test_a_certificate_for_another_host_is_refused(trusted):
    with open_mail_server(starttls=True, host="127.0.0.2") as ours:
        assert "certificate is not good" in said(server_of(ours, Security.STARTTLS))


def test_a_name_that_leads_elsewhere_is_no_reason_to_send_in_the_clear(monkeypatch):
    with open_mail_server() as ours:
        monkeypatch.setattr("bulletin.deliver.opening._is_this_machine", lambda server: False)
        assert "is not this machine" in said(server_of(ours))
    assert ours.taken == []


def test_a_wrong_password_is_told_without_the_password():
    with open_mail_server(login=True) as ours:
        line = said(server_of(ours, user=USER, password=PASSWORD + "x"))
    assert "refused the user or the password (535)" in line
    assert USER not in line


def test_a_password_outside_ascii_is_told_of():
    with open_mail_server(login=True) as ours:
        assert "outside ASCII" in said(server_of(ours, user=USER, password="pässwörd"))


def test_a_server_that_wants_no_password_is_told_of():
    with open_mail_server() as ours:
        assert "offers no encryption or no log-in" in said(server_of(ours, user=USER, password=PASSWORD))


@pytest.mark.parametrize(
    ("step", "answer", "told"),
    [
        ("RCPT", "550 5.1.1 no ann@example.nhs.uk here", "refused the recipient: 550 5.1.1 no (an address) here"),
        ("RCPT", "451 4.7.1 come back later", "refused the recipient: 451 4.7.1 come back later"),
        ("DATA", "554 5.7.1 we like no \x1b[31mbulletins", "refused the mail: 554 5.7.1 we like no [31mbulletins"),
        ("DATA", "552 " + "x" * 400, "refused the mail: 552 " + "x" * 200),
    ],
)
def test_a_refusal_is_told_in_the_servers_words_without_anybodys_address(step, answer, told):
    with open_mail_server(**{step: answer}) as ours:
        line = said(server_of(ours))
    assert line == f"the mail server {told}"


def test_a_server_that_is_not_there_is_told_of():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert f"127.0.0.1:{port} cannot be reached" in said(Smtp("127.0.0.1", port, security=Security.NONE))


def test_a_server_that_hangs_up_is_told_of():
    with open_mail_server(DATA="421 4.3.2 going down") as ours:
        assert "421 4.3.2 going down" in said(server_of(ours))
