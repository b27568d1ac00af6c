"""Letters are read from a folder of the mailbox: all of them, each once, and nothing there is changed."""

import re
import socket
from datetime import UTC, date, datetime, timedelta

import pytest
from imap_stub import CERTIFICATE, PASSWORD, USER, Folder, open_mail_server

from bulletin.errors import FetchError
from bulletin.fetch.mail import connection, imap, letters
from bulletin.fetch.mail.bounds import LETTER_BYTES
from bulletin.model import Errand, Feed, FeedKind, Mailbox, Trouble, Validators

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def letter(n: int, size: int = 0) -> bytes:
    return f"From: alerts@example.org\r\nSubject: Alert {n}\r\n\r\n".encode() + b"x" * size


@pytest.fixture
def server():
    """A mail server without TLS, whose inbox holds three letters."""
    with open_mail_server() as server:
        server.folders["INBOX"] = Folder({n: letter(n) for n in (3, 5, 8)})
        yield server


def mailbox(server, **differs: object) -> Mailbox:
    return Mailbox(
        **({"host": "127.0.0.1", "port": server.port, "user": USER, "password": PASSWORD, "tls": False} | differs)
    )


def read(server, folder: str = "", known: str | None = None, url: str = "imaps://127.0.0.1", **differs: object):
    """Read new letters; gives them and what to ask with next time."""
    post = bring(server, folder, known, url, **differs)
    assert post.validators.last_modified is None
    return post.letters, post.validators.etag


def bring(server, folder: str = "", known: str | None = None, url: str = "imaps://127.0.0.1", **differs: object):
    """Read new letters; gives all that a visit brings."""
    feed = Feed("alerts", "Alerts", url, timedelta(hours=12), kind=FeedKind.MAIL, search=folder)
    ours = mailbox(server, **differs)
    return letters(Errand(feed, url, Validators(known)), ours, frozenset({f"{ours.host}:{ours.port}"}), NOW)


def test_a_first_visit_reads_all_letters_oldest_first(server):
    assert read(server) == ((letter(3), letter(5), letter(8)), "7:8")


def test_nothing_is_ever_marked_as_read(server):
    read(server)
    assert [command.split()[0] for command in server.commands] == ["EXAMINE", *["UID"] * 5, "LOGOUT"]
    assert all("BODY.PEEK[]" in each or "RFC822.SIZE" in each for each in server.commands if "FETCH" in each)


def test_a_later_visit_asks_for_new_letters_only(server):
    assert read(server, known="7:5") == ((letter(8),), "7:8")
    assert "UID SEARCH UID 6:*" in server.commands


def test_no_new_letters_are_an_empty_answer_with_the_same_state(server):
    assert read(server, known="7:8") == ((), "7:8")


def test_an_empty_folder_is_no_error(server):
    server.folders["INBOX"] = Folder()
    assert read(server) == ((), "7:0")


def test_a_folder_that_was_numbered_anew_is_read_anew(server):
    assert read(server, known="6:8") == ((letter(3), letter(5), letter(8)), "7:8")


@pytest.mark.parametrize("known", ["", "7", "7:x", "7:-1", '"an-etag"', "7:8:9"])
def test_a_state_that_is_none_is_like_a_first_visit(known, server):
    assert read(server, known=known)[1] == "7:8"
    assert "UID SEARCH UID 1:* SINCE 03-Jan-2026" in server.commands


@pytest.mark.parametrize("validity", [None, "many", "9" * 40])
def test_a_server_that_does_not_number_its_folders_still_gives_its_letters(validity, server):
    server.folders["INBOX"].validity = validity
    assert read(server) == ((letter(3), letter(5), letter(8)), "0:8")


def test_a_first_visit_begins_with_the_letters_of_the_last_60_days(server):
    server.folders["INBOX"].days = {3: date(2026, 1, 2), 5: date(2026, 1, 3)}
    assert read(server) == ((letter(5), letter(8)), "7:8")


def test_a_mailbox_that_had_nothing_recent_still_begins_with_what_is(server):
    server.folders["INBOX"].days = {n: date(2020, 1, 1) for n in (3, 5, 8)}
    assert read(server) == ((), "7:0")
    assert read(server, known="7:0") == ((), "7:0")


def test_no_letter_is_lost_when_there_are_more_than_one_visit_takes(server):
    server.folders["INBOX"] = Folder({n: letter(n) for n in range(1, 451)})
    known, visits = None, []
    for _ in range(4):
        found, known = read(server, known=known)
        visits.append(found)
    assert [len(found) for found in visits] == [200, 200, 50, 0]
    assert sum(visits, ()) == tuple(map(letter, range(1, 451)))


def test_no_letter_is_lost_when_they_are_more_than_one_visit_can_carry(server, monkeypatch):
    monkeypatch.setattr(imap, "VISIT_BYTES", 2 * len(letter(3)))
    assert read(server) == ((letter(3), letter(5)), "7:5")
    assert read(server, known="7:5") == ((letter(8),), "7:8")


def test_a_visit_carries_two_mebibytes_or_one_letter(server):
    server.folders["INBOX"] = Folder({n: letter(n, LETTER_BYTES // 2 + 1) for n in (1, 2)} | {3: letter(3)})
    assert read(server) == ((letter(1, LETTER_BYTES // 2 + 1),), "7:1")


def test_no_letter_is_lost_when_the_server_is_slow(server, monkeypatch):
    monkeypatch.setattr(imap, "TAKING_SECONDS", -1)
    assert read(server) == ((letter(3),), "7:3")


def test_a_letter_that_is_too_big_is_passed_over_unread(server):
    server.folders["INBOX"].sizes[5] = LETTER_BYTES + 1
    assert bring(server).note == "1 of the emails were not read: they are over 2 MiB, or cannot be opened"
    assert read(server) == ((letter(3), letter(8)), "7:8")
    assert not any(command.startswith("UID FETCH 5 (BODY") for command in server.commands)


def test_a_letter_that_is_bigger_than_its_server_says_is_passed_over(server):
    server.folders["INBOX"] = Folder({1: letter(1, LETTER_BYTES), 2: letter(2)}, sizes={1: 10})
    assert read(server) == ((letter(2),), "7:2")
    assert bring(server).note.startswith("1 of the emails were not read")


def test_a_letter_that_has_gone_meanwhile_is_passed_over(server):
    def expunge(_) -> None:
        if "FETCH 5 (BODY" in server.told[-1]:
            del server.folders["INBOX"].letters[5]

    server.instead["UID FETCH"] = expunge
    assert bring(server)[::2] == ((letter(3), letter(8)), "")


def test_a_server_cannot_send_more_than_it_was_asked_for(server):
    server.instead["UID FETCH"] = lambda writer: writer.write(b"* 3 FETCH (UID 3 BODY[] {999999999}\r\n")
    with pytest.raises(FetchError, match=r"more than it was asked for") as caught:
        read(server)
    assert caught.value.trouble is Trouble.TOO_BIG


@pytest.mark.parametrize(
    ("folder", "wire"),
    [
        ("", "INBOX"),
        ("Alerts/BMJ", "Alerts/BMJ"),
        ("Research & policy", "Research &- policy"),
        ("Entwürfe", "Entw&APw-rfe"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),  # the example of RFC 3501, section 5.1.3
        ("Prize \N{TROPHY}", "Prize &2Dzfxg-"),
        ('a "quoted\\ one', 'a "quoted\\ one'),
        ('x"\r\nA1 DELETE "INBOX', 'x"&AA0ACg-A1 DELETE "INBOX'),
    ],
)
def test_a_folder_is_asked_for_by_its_name_on_the_wire(folder, wire, server):
    server.folders = {wire: Folder({1: letter(1)})}
    assert read(server, folder) == ((letter(1),), "7:1")


def test_a_folder_that_is_not_there_is_said_with_those_that_are(server):
    server.folders = {"INBOX": Folder(), "Entw&APw-rfe": Folder(), "R&-D": Folder()}
    with pytest.raises(FetchError) as caught:
        read(server, "Alerts")
    assert str(caught.value) == ("no such folder in the mailbox: 'Alerts' (there are: 'Entwürfe', 'INBOX', 'R&D')")
    assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param(rb"(\Noselect) NIL INBOX", "'INBOX'", id="bare, without a separator"),
        pytest.param(rb'() "\\" "a \"b\\c"', "'a \"b\\\\c'", id="quoted"),
        pytest.param(b'() "/" {8}\r\nTwo word', "'Two word'", id="a literal"),
        pytest.param(b'() "/" "&AAA"', "'&AAA'", id="an open shift"),
        pytest.param(b'() "/" "&A-"', "'&A-'", id="a shift that says nothing"),
        pytest.param(b'() "/" "\x1b[31m\xff"', "'\\x1b[31m\ufffd'", id="colours"),
        pytest.param(b"gibberish", "none", id="no name at all"),
    ],
)
def test_a_folder_is_listed_by_the_name_that_a_person_reads(line, name, server):
    server.listing = [line]
    with pytest.raises(FetchError, match=re.escape(f"(there are: {name})")):
        read(server, "Alerts")


def test_a_mailbox_of_a_thousand_folders_does_not_flood_the_message(server):
    server.folders = {f"Folder {n} {'x' * 90}": Folder() for n in range(1000)}
    with pytest.raises(FetchError) as caught:
        read(server, "Alerts")
    assert len(str(caught.value)) < 600


def test_the_login_is_plain_where_the_server_offers_it(server):
    server.capabilities, server.user, server.password = "IMAP4rev1 AUTH=PLAIN", "büro", "geheimnis-ß"
    assert read(server, user="büro", password="geheimnis-ß")[1] == "7:8"


@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN"])
def test_a_login_that_is_refused_says_where_to_look_and_keeps_the_password(capabilities, server):
    server.capabilities = capabilities
    with pytest.raises(FetchError, match=r"refused the login.*BULLETIN_IMAP_URL") as caught:
        read(server, password="hunter2")
    assert caught.value.trouble is Trouble.REFUSED
    assert "hunter2" not in str(caught.value)


def test_a_password_that_an_old_server_cannot_take_is_a_login_refused(server):
    with pytest.raises(FetchError, match=r"refused the login"):
        read(server, password="geheimnis-ß")


def test_a_server_that_breaks_off_is_said_to(server):
    def break_off(writer) -> None:
        raise ConnectionError

    for name in ("LOGIN", "EXAMINE", "UID SEARCH"):
        server.instead = {name: break_off}
        with pytest.raises(FetchError, match=r"the mail server 127.0.0.1 broke off") as caught:
            read(server)
        assert caught.value.trouble is Trouble.CONNECTION


def test_a_server_that_refuses_is_not_mistaken_for_one_that_answers(server):
    server.instead["UID SEARCH"] = lambda _: "NO come back at 20300401"
    with pytest.raises(FetchError, match="refuses to give letters") as caught:
        read(server)
    assert caught.value.trouble is Trouble.SERVER


def test_a_letter_that_the_server_will_not_give_hides_none_before_it(server):
    def refuse(_) -> str | None:
        return "NO the letter is broken" if "FETCH 8 (BODY" in server.told[-1] else None

    server.instead["UID FETCH"] = refuse
    assert read(server) == ((letter(3), letter(5)), "7:5")
    with pytest.raises(FetchError, match="refuses to give letters"):
        read(server, known="7:5")


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request", b"* BYE not today", b""])
def test_what_does_not_speak_imap_is_said_not_to(greeting, server):
    server.greeting = greeting
    with pytest.raises(FetchError, match="does not speak IMAP"):
        read(server)
    assert not any("LOGIN" in line for line in server.told)


def test_a_command_that_the_server_does_not_know_is_said_so(server):
    server.instead["UID SEARCH"] = lambda _: "BAD what?"
    with pytest.raises(FetchError, match="did not do what was asked") as caught:
        read(server)
    assert caught.value.trouble is Trouble.SERVER


@pytest.mark.parametrize("line", [b"* CAPABILITY {3}\r\nabc", b"* CAPABILITY \xff", b"* LIST {" + b"9" * 5000 + b"}"])
def test_an_answer_that_no_client_expects_is_said_so(line, server):
    server.instead["CAPABILITY"] = lambda writer: writer.write(line + b"\r\n")
    with pytest.raises(FetchError, match="does not speak IMAP"):
        read(server)


def test_a_server_that_says_nothing_is_given_up(server, monkeypatch):
    monkeypatch.setattr(connection, "STEP_SECONDS", 0.2)
    server.instead["EXAMINE"] = lambda _: server.stop.wait(5)
    with pytest.raises(FetchError, match=r"gave no answer within 0.2 seconds"):
        read(server)


def test_a_server_that_drips_is_given_up(server, monkeypatch):
    def drip(writer) -> None:
        writer.write(b"* 3 FETCH (UID 3 BODY[] {2000}\r\n")
        while not server.stop.wait(0.02):
            writer.write(b"x")
            writer.flush()

    monkeypatch.setattr(connection, "ALL_SECONDS", 0.5)
    server.instead["UID FETCH"] = drip
    with pytest.raises(FetchError, match=r"not finished within 0.5 seconds"):
        read(server)


def test_nobody_at_the_address_is_said_so(server):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match=rf"nobody answers at 127.0.0.1:{port} \(see BULLETIN_IMAP_URL\)") as caught:
        read(server, port=port)
    assert caught.value.trouble is Trouble.CONNECTION


@pytest.mark.parametrize("host", ["no-such-host.invalid", "bad..name", "x" * 70])
def test_a_host_that_is_none_is_said_so(host, server):
    with pytest.raises(FetchError, match=r"no such host") as caught:
        read(server, url="imaps:", host=host, tls=True)
    assert caught.value.trouble is Trouble.NO_HOST


def test_a_private_address_is_reached_only_when_it_is_allowed_exactly(server):
    errand = Errand(Feed("alerts", "Alerts", "imaps:", kind=FeedKind.MAIL), "imaps:")
    with pytest.raises(FetchError, match=r"address not allowed: .*BULLETIN_ALLOW_ADDRESSES") as caught:
        letters(errand, mailbox(server), frozenset({"127.0.0.1:1"}), NOW)
    assert caught.value.trouble is Trouble.NOT_ALLOWED
    assert server.told == []


def test_a_private_ipv6_address_is_allowed_by_its_pair(server, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(10, 1, 6, "", ("::1", 993, 0, 0))])
    monkeypatch.setattr(socket, "create_connection", lambda *_: socket.socket())
    assert connection._permitted(mailbox(server, host="0:0::1", port=993), frozenset({"[::1]:993"})) == ["::1"]


def test_another_machine_is_never_read_without_tls(server):
    with pytest.raises(FetchError, match=r"begin BULLETIN_IMAP_URL with imaps://") as caught:
        read(server, url="imaps://192.0.2.7", host="192.0.2.7")
    assert caught.value.trouble is Trouble.NOT_ALLOWED


class TestOverTls:
    @pytest.fixture
    def secure(self):
        with open_mail_server(tls=True) as server:
            server.folders["INBOX"] = Folder({1: letter(1)})
            yield server

    def test_letters_are_read(self, secure, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert read(secure, url="imaps://localhost", host="localhost", tls=True) == ((letter(1),), "7:1")

    def test_a_certificate_that_an_authority_of_the_operator_vouches_for_is_taken(self, secure):
        assert read(secure, tls=True, ca_file=CERTIFICATE) == ((letter(1),), "7:1")

    def test_a_certificate_that_nobody_vouches_for_is_refused(self, secure):
        with pytest.raises(FetchError, match=r"no secure connection to the mail server 127.0.0.1: self") as caught:
            read(secure, tls=True)
        assert caught.value.trouble is Trouble.TLS
        assert secure.told == []

    def test_a_certificate_for_another_name_is_refused(self, secure, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", secure.port))])
        with pytest.raises(FetchError, match=r"no secure connection to the mail server mail.example"):
            read(secure, url="imaps://mail.example", host="mail.example", tls=True)
        assert secure.told == []

    def test_a_server_without_tls_is_refused(self, server):
        with pytest.raises(FetchError, match=r"no secure connection") as caught:
            read(server, tls=True)
        assert caught.value.trouble is Trouble.TLS
        assert not any("LOGIN" in line for line in server.told)
