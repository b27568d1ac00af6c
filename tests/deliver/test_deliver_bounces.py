"""What comes back is matched with what was handed over, counted, and acted on; nothing else changes anything."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes

import newsroom
import pytest
import sent
from imap_stub import PASSWORD, USER, Folder, open_mail_server
from sent import ALEX, BILL, BOX, CARA, comes_back, everything, later, puts

from bulletin import cli, jobs
from bulletin.deliver import verp
from bulletin.errors import InputError
from bulletin.jobs.bounces import Came, envelope_id_of, noticed, sender_of, take
from bulletin.model import Answer, BounceKind, Mailbox, Reply, State, Way, Why
from bulletin.people.personal import token
from bulletin.render.personal import SAMPLE_LEAVE

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HARD, SOFT, OTHER = BounceKind.HARD, BounceKind.SOFT, BounceKind.OTHER


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with sent.open_desk(tmp_path, clock) as desk:
        sent.readers(desk)
        yield desk


def stopped(desk, email="alex@trust.example"):
    one = desk.store.suppressions.of(jobs.subscribers.marks_of(desk, email))
    return one.why if one else None


def leave_by(desk, given):
    letter = (sent.SAMPLES / "leave.eml").read_bytes()
    return letter.replace(message_from_bytes(letter)["Subject"].encode(), f"leave {given}".encode())


def places(desk, who=ALEX):
    return [one.list for one in desk.store.subscribers.get(who).places]


def test_after_hard_bounces_of_two_editions_email_is_stopped_and_nobody_is_deleted(desk):
    sent.send(desk, "e1")
    comes_back(desk, "postfix_unknown_user", "e1")
    came = take(desk)
    assert (came.counted, came.stopped, stopped(desk)) == ({HARD: 1}, [], None)
    sent.send(desk, "e2")
    comes_back(desk, "exchange_no_such_recipient", "e2")
    came = take(desk)
    assert (came.counted, came.known, came.stopped, stopped(desk)) == ({HARD: 1}, 1, [ALEX], Why.BOUNCED)
    assert desk.store.bounces.stopped(NOW) == {ALEX: NOW}
    assert places(desk) == ["managers", "nurses"]
    assert (stopped(desk, "bill@trust.example"), take(desk).stopped) == (None, [])


def test_the_record_names_who_was_stopped_by_id_alone(desk):
    for edition in ("e1", "e2"):
        sent.send(desk, edition)
        comes_back(desk, "postfix_unknown_user", edition)
    take(desk)
    (line,) = [one for one in desk.store.deeds.all() if one.what == ALEX]
    assert (line.did, line.after) == (
        "stopped email to a reader",
        "emails came back. 2 hard and 0 soft, the last 5.1.1",
    )
    assert not [one for one in desk.store.deeds.all() if "trust.example" in repr(one)]


def test_who_is_released_begins_anew(desk, clock):
    for edition in ("e1", "e2"):
        sent.send(desk, edition)
        comes_back(desk, "postfix_unknown_user", edition)
    take(desk)
    assert jobs.subscribers.release(desk, "alex@trust.example", "eve@example.nhs.uk")
    later(clock, days=1)
    sent.send(desk, "e3")
    comes_back(desk, "postfix_unknown_user", "e3")
    assert (take(desk).stopped, stopped(desk)) == ([], None)
    sent.send(desk, "e4")
    comes_back(desk, "postfix_unknown_user", "e4")
    assert take(desk).stopped == [ALEX]


def test_soft_bounces_stop_it_when_they_are_ten_days_of_them(desk, clock):
    for number in range(10):
        assert stopped(desk) is None
        sent.send(desk, f"e{number}")
        comes_back(desk, "postfix_mailbox_full", f"e{number}")
        took = take(desk)
        later(clock, days=7)
    assert took.stopped == [ALEX]


def test_the_same_email_counts_once_under_whatever_name(desk):
    sent.send(desk, "e1")
    comes_back(desk, "postfix_unknown_user", "e1", "one")
    comes_back(desk, "postfix_unknown_user", "e1", "two")
    came = take(desk)
    assert (came.counted, came.known) == ({HARD: 1}, 1)
    before = everything(desk)
    assert (take(desk).known, everything(desk)) == (2, before)


def test_what_is_forged_changes_no_row(desk):
    sent.send(desk, "e1")
    sent.lay_edition(desk, "e2")
    before = everything(desk)
    comes_back(desk, "postfix_unknown_user", "never")  # sent
    comes_back(desk, "postfix_unknown_user", "e2")  # handed over yet
    comes_back(desk, "complaint", "never")
    comes_back(desk, "complaint", "e2")
    comes_back(desk, "envelope_id_alone", tag="1-0123456789abcdef")  # a mark that we did not make
    comes_back(desk, "tagged_address_alone", tag="1-0123456789abcdef")
    comes_back(desk, "exchange_out_of_office", "never")
    letter = (sent.SAMPLES / "postfix_unknown_user.eml").read_bytes()
    puts(desk, letter.replace(b"Message-ID: <update", b"X-Nothing: <update"))  # the reader's address alone
    puts(desk, leave_by(desk, ALEX + "0" * 32), "leave1")
    puts(desk, leave_by(desk, "0" * 48), "leave2")
    puts(desk, leave_by(desk, SAMPLE_LEAVE), "leave3")
    puts(desk, leave_by(desk, token(desk.keys, "choices", ALEX)), "leave4")
    came = take(desk)
    assert (came.foreign, sum(came.counted.values()), came.left) == (12, 0, [])
    assert everything(desk) == before


def test_what_is_broken_changes_no_row(desk):
    """Bytes that no text holds, in every place that is looked up or written down."""
    sent.send(desk, "e1")
    before = everything(desk)
    letter = (sent.SAMPLES / "postfix_unknown_user.eml").read_bytes()
    puts(desk, letter.replace(b"update-2026", b"\xff\x00\xed\xa0\x80"), "1")
    puts(desk, letter.replace(b"Final-Recipient", b"\xff: \x00\r\nFinal-Recipient"), "2")
    puts(desk, letter.replace(b"Action: failed", b"Action: \xff\xfe"), "3")
    puts(desk, leave_by(desk, "=?\xff?b?\xff?="), "4")
    puts(desk, b"\xff" * 1000, "5")
    puts(desk, b"", "6")
    assert sum(take(desk).counted.values()) == 0
    assert everything(desk) == before


def test_bytes_that_no_text_holds_are_kept_as_question_marks(desk):
    sent.send(desk, "e1")
    letter = comes_back(desk, "postfix_unknown_user", "e1")
    puts(desk, letter.replace(b"Recipient address rejected", b"\xff\x00\xed\xa0\x80 \x1b[2J rejected"))
    assert take(desk).counted == {HARD: 2}
    assert all(row.bounce.words.isprintable() for row in desk.store.bounces.of(ALEX))


@pytest.mark.parametrize("sample", ["tagged_address_alone", "tagged_address_in_delivered_to", "envelope_id_alone"])
def test_a_tag_that_we_made_tells_the_delivery(desk, sample):
    taken = sent.send(desk, "e1")[1]
    comes_back(desk, sample, tag=envelope_id_of(desk, taken))
    assert take(desk).counted == {HARD: 1}
    assert list(desk.store.bounces.counting()) == [BILL]


def test_a_tag_under_an_older_secret_is_known(tmp_path, clock):
    old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with sent.open_desk(tmp_path, clock, BULLETIN_SECRET_KEY=old) as desk:
        sent.readers(desk)
        tag = envelope_id_of(desk, sent.send(desk, "e1")[0])
    with sent.open_desk(tmp_path, clock, BULLETIN_SECRET_KEY=new, BULLETIN_OLD_SECRET_KEYS=old) as desk:
        comes_back(desk, "envelope_id_alone", tag=tag)
        assert take(desk).counted == {HARD: 1}


def test_email_is_sent_from_the_tagged_bounce_address_or_from_that_of_its_list(desk, tmp_path, clock):
    taken = sent.send(desk, "e1")[0]
    tagged = sender_of(desk, taken)
    assert tagged == f"bounces+{envelope_id_of(desk, taken)}@example.nhs.uk"
    assert verp.in_addresses(tagged)
    with sent.open_desk(tmp_path, clock, BULLETIN_BOUNCE_ADDRESS="") as plain:
        assert sender_of(plain, taken) == "library@example.nhs.uk"


def test_what_is_just_being_sent_is_left_for_five_minutes(desk, clock):
    sent.lay_edition(desk, "e1")
    sent.hand(desk)
    comes_back(desk, "postfix_unknown_user", "e1")
    before = everything(desk)
    later(clock, minutes=4, seconds=59)
    assert take(desk).later == 1
    assert everything(desk) == before
    later(clock, seconds=1)
    assert take(desk).counted == {HARD: 1}


@pytest.mark.parametrize(
    ("sample", "state"),
    [
        ("postfix_unknown_user", State.FAILED),
        ("postfix_expired", State.FAILED),
        ("postfix_policy", State.FAILED),
        ("postfix_delayed", State.SENT),
        ("postfix_delivered", State.SENT),
        ("exchange_out_of_office", State.SENT),
        ("complaint", State.SENT),
    ],
)
def test_a_report_settles_what_was_in_doubt(desk, sample, state):
    sent.send(desk, "e1", ALEX, state=State.IN_DOUBT)
    comes_back(desk, sample, "e1")
    assert take(desk).settled == 1
    assert desk.store.outbox.states("e1") == {state: 1}


def test_a_complaint_ends_everything_at_once(desk):
    sent.send(desk, "e1")
    comes_back(desk, "complaint", "e1")
    came = take(desk)
    assert (came.counted, came.left) == ({BounceKind.COMPLAINT: 1}, [ALEX])
    assert (places(desk), stopped(desk)) == ([], Why.COMPLAINED)
    assert desk.store.bounces.stopped(NOW) == {ALEX: NOW}
    assert {one.did for one in desk.store.deeds.all() if one.what == ALEX} == {
        "left everything",
        "stopped email to a reader",
    }
    before = everything(desk)
    take(desk)
    assert everything(desk) == before


def test_a_complaint_is_known_by_the_tag_where_the_provider_hides_the_rest(desk):
    comes_back(desk, "complaint_with_tag_alone", tag=envelope_id_of(desk, sent.send(desk, "e1")[2]))
    assert take(desk).left == [CARA]


@pytest.mark.parametrize("sample", ["feedback_not_spam", "vacation", "postfix_policy", "gmail_delayed"])
def test_what_says_nothing_of_the_reader_counts_nothing(desk, sample):
    for edition in ("e1", "e2"):
        sent.send(desk, edition)
        comes_back(desk, sample, edition)
    assert (take(desk).counted, stopped(desk)) == ({OTHER: 2}, None)
    assert desk.store.bounces.counting() == {}


def test_an_email_leaves_the_list_whose_token_it_has(desk):
    puts(desk, leave_by(desk, token(desk.keys, "leave", ALEX, "update", "managers")))
    came = take(desk)
    assert (came.counted, came.left, places(desk)) == ({BounceKind.LEAVE: 1}, [ALEX], ["nurses"])
    (line,) = [one for one in desk.store.deeds.all() if one.what == ALEX]
    assert str(Way.MAIL) in line.after


def test_an_email_leaves_everything_with_the_token_of_everything(desk):
    puts(desk, leave_by(desk, token(desk.keys, "leave", ALEX, "", "")))
    take(desk)
    assert (places(desk), stopped(desk)) == ([], Why.LEFT_ALL)


def test_who_came_back_is_not_taken_off_again_by_the_email_that_stays_in_the_folder(desk):
    puts(desk, leave_by(desk, token(desk.keys, "leave", ALEX, "update", "managers")))
    take(desk)
    jobs.subscribers.come_back(desk, ALEX, [("update", "managers")], Way.PREFERENCES)
    assert (take(desk).known, places(desk)) == (1, ["managers", "nurses"])


def test_a_report_about_an_address_for_all_stops_nobody(desk):
    for edition in ("e1", "e2"):
        sent.send(desk, edition, "@all")
        comes_back(desk, "postfix_unknown_user", edition, to="@all")
    came = take(desk)
    assert (came.counted, came.stopped) == ({HARD: 2}, [])


def test_the_server_s_own_last_word_counts_as_well(desk):
    gone = Answer(Reply.GONE, 550, "5.1.1", "unknown")
    first, second = (sent.send(desk, edition, ALEX, state=State.FAILED)[0] for edition in ("e1", "e2"))
    assert (noticed(desk, first.delivery, gone, NOW), stopped(desk)) == (HARD, None)
    assert (noticed(desk, first.delivery, gone, NOW), stopped(desk)) == (HARD, None)
    assert (noticed(desk, second.delivery, gone, NOW), stopped(desk)) == (HARD, Why.BOUNCED)
    assert len(desk.store.bounces.of(ALEX)) == 2


def test_a_refusal_that_is_our_fault_counts_nothing(desk):
    (taken,) = sent.send(desk, "e1", ALEX, state=State.FAILED)
    assert noticed(desk, taken.delivery, Answer(Reply.POLICY, 550, "5.7.1"), NOW) is OTHER
    assert desk.store.bounces.of(ALEX) == []


def test_two_newsrooms_that_write_to_each_other_go_on_for_no_round(tmp_path, clock):
    """Each one's emails, reports and letters come to the other's folder: nothing is done, and nothing is answered."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    outbox = f"file://{(tmp_path / 'out').as_posix()}"
    with sent.open_desk(tmp_path / "a", clock, BULLETIN_SMTP_URL=outbox) as ours:
        sent.readers(ours)
        sent.send(ours, "e1")
        with sent.open_desk(tmp_path / "b", clock, BULLETIN_SMTP_URL=outbox) as theirs:
            sent.readers(theirs)
            sent.send(theirs, "e1")
            for one, other in ((ours, theirs), (theirs, ours)):
                bulletin = (sent.SAMPLES / "bulletin_of_another_library.eml").read_bytes()
                puts(one, bulletin.replace(b"alex@trust.example", BOX.encode()), "bulletin")
                comes_back(one, "leave_by_machine")
                given = token(other.keys, "leave", ALEX, "update", "managers")
                puts(one, leave_by(other, given), "letter of the other's reader")
            before = everything(ours), everything(theirs)
            for _ in range(3):
                assert (take(ours).foreign, take(theirs).foreign) == (3, 3)
            assert (everything(ours), everything(theirs)) == before
    assert not (tmp_path / "out").exists()


def test_nothing_is_read_until_somebody_says_where(tmp_path, clock):
    with (
        sent.open_desk(tmp_path, clock, BULLETIN_BOUNCES="") as desk,
        pytest.raises(InputError, match="BULLETIN_BOUNCES"),
    ):
        take(desk)


def test_a_folder_of_the_mailbox_needs_a_mailbox(tmp_path, clock):
    with (
        sent.open_desk(tmp_path, clock, BULLETIN_BOUNCES="imap:INBOX") as desk,
        pytest.raises(InputError, match="BULLETIN_IMAP_URL"),
    ):
        take(desk)


def test_a_folder_that_is_not_there_is_told(desk):
    (desk.config.folder / "back").rmdir()
    with pytest.raises(InputError, match="no such folder"):
        take(desk)


def test_files_of_more_than_a_year_ago_are_not_read(desk, clock):
    sent.send(desk, "e1")
    comes_back(desk, "postfix_unknown_user", "e1")
    later(clock, days=366)
    came = take(desk)
    assert (came.foreign, sum(came.counted.values())) == (0, 0)


@pytest.fixture
def mailbox(desk):
    """The desk with a folder of a mailbox instead, and the server of that."""
    with open_mail_server() as server:
        place = f"127.0.0.1:{server.port}"
        account = Mailbox("127.0.0.1", server.port, USER, PASSWORD, tls=False)
        told = {"bounces": "imap:Bounces", "mailbox": account, "allow_addresses": frozenset({place})}
        server.folders["Bounces"] = Folder()
        yield replace(desk, config=replace(desk.config, **told)), server.folders["Bounces"].letters


def test_a_folder_of_the_mailbox_is_read_on_from_where_it_was(mailbox, desk):
    there, letters = mailbox
    sent.send(desk, "e1")
    letters[1] = comes_back(desk, "postfix_unknown_user", "e1")
    letters[2] = comes_back(desk, "newsletter")
    came = take(there)
    assert (came.counted, came.foreign) == ({HARD: 1}, 1)
    letters[3] = comes_back(desk, "complaint", "e1", to=BILL)
    came = take(there)
    assert (came.counted, came.known, came.foreign) == ({BounceKind.COMPLAINT: 1}, 0, 0)
    assert take(there) == Came()


def test_more_than_one_visit_brings_are_read_in_one_go(mailbox, desk):
    there, letters = mailbox
    letters |= {number: b"From: a@b\r\n\r\n" + b"%d" % number for number in range(1, 451)}
    assert take(there).foreign == 450


def test_what_must_wait_in_the_mailbox_is_read_next_time(mailbox, desk, clock):
    there, letters = mailbox
    sent.send(desk, "e1")
    sent.lay_edition(desk, "e2")
    sent.hand(desk)
    letters[1] = comes_back(desk, "postfix_unknown_user", "e2")
    letters[2] = comes_back(desk, "postfix_unknown_user", "e1")
    came = take(there)
    assert (came.later, came.counted) == (1, {HARD: 1})
    later(clock, minutes=5)
    came = take(there)
    assert (came.later, came.known, came.counted, came.stopped) == (0, 1, {HARD: 1}, [ALEX])


@pytest.fixture
def bulletin(desk, monkeypatch, capsys):
    """Type a command in the newsroom; gives exit code, stdout and stderr."""
    monkeypatch.setenv("BULLETIN_BOUNCES", desk.config.bounces)
    monkeypatch.setenv("BULLETIN_BOUNCE_ADDRESS", BOX)

    def typed(*words: str):
        with pytest.raises(SystemExit) as ended:
            cli.main(["-C", str(desk.config.folder), *words])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return typed


def test_the_command_says_what_came_and_what_was_done(bulletin, desk):
    for edition in ("e1", "e2"):
        sent.send(desk, edition)
        comes_back(desk, "laden_with_html", edition)
    comes_back(desk, "complaint", "e1", to=BILL)
    comes_back(desk, "newsletter")
    code, said, _ = bulletin("bounces")
    assert code == 0
    assert said.splitlines() == [
        "3 emails that came back, new since the last time: 2 hard, 1 complaint.",
        "bill@trust.example asked to leave, or called it spam: gets no more of it",
        "alex@trust.example: too much came back, so no more is sent; bulletin subscribers release undoes that",
        "1 are about nothing that was sent from here: left alone",
    ]
    code, said, _ = bulletin("bounces", "list")
    assert code == 0
    assert "hard  alex@trust.example  e2  5.1.1 550 5.1.1 <script>" in said
    assert "\x1b" not in said
    code, said, _ = bulletin("bounces", "--json")
    assert (code, json.loads(said)["counted"]["hard"], json.loads(said)["known"]) == (0, 0, 3)
    code, said, _ = bulletin("bounces", "list", "--json")
    assert sorted(json.loads(line)["kind"] for line in said.splitlines()) == ["complaint", "hard", "hard"]


def test_the_command_says_when_nothing_came_back(bulletin):
    assert bulletin("bounces") == (0, "0 emails that came back, new since the last time.\n", "")
    assert bulletin("bounces", "list") == (0, "Nothing came back yet.\n", "")
