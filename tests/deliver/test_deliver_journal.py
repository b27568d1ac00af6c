"""The journal: one line for each message that was handed over, which outlives the database."""

import stat
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.deliver.journal import FILE, Journal, Noted, _read, mark
from bulletin.errors import OutputError

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path)


def test_what_was_noted_is_read_again(journal):
    journal.note(AT, 1, [(7, "a.b@example.nhs.uk")])
    journal.note(AT + timedelta(seconds=1), 2, [(8, "c@example.nhs.uk"), (9, "d@example.nhs.uk")])
    assert (
        journal.recent()
        == journal.all()
        == (
            Noted(AT, 7, 1, mark("a.b@example.nhs.uk")),
            Noted(AT + timedelta(seconds=1), 8, 2, mark("c@example.nhs.uk")),
            Noted(AT + timedelta(seconds=1), 9, 2, mark("d@example.nhs.uk")),
        )
    )


def test_without_a_journal_nothing_was_handed_over(journal):
    assert journal.recent() == journal.all() == ()


def test_it_is_for_its_owner_alone_and_holds_no_address(journal, tmp_path):
    journal.note(AT, 1, [(7, "update.managers.0123@example.nhs.uk")])
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert b"@" not in (tmp_path / FILE).read_bytes()


def test_a_line_that_a_crash_cut_off_hides_no_other(journal, tmp_path):
    journal.note(AT, 1, [(1, "a")])
    with (tmp_path / FILE).open("ab") as file:
        file.write(b"2026-11-23T09:00:00Z 2 1 0123")
    journal.note(AT, 1, [(3, "c")])
    assert [one.delivery for one in journal.all()] == [1, 3]


def test_the_newest_day_is_read_from_the_end(journal):
    journal.note(AT - timedelta(days=40), 1, [(number, f"old {number}") for number in range(9000)])
    journal.note(AT - timedelta(hours=23), 1, [(number, f"new {number}") for number in range(2000)])
    journal.note(AT, 1, [(9999, "last")])
    assert len(journal.recent()) == 2001
    assert len(journal.all()) == 11001


def test_many_write_at_once_and_every_line_is_whole(journal):
    threads = [
        Thread(target=lambda start=start: [journal.note(AT, 1, [(start + one, "m")]) for one in range(100)])
        for start in (1000, 2000, 3000, 4000)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len({one.delivery for one in journal.all()}) == 400


def test_what_cannot_be_noted_is_not_sent(tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(OutputError, match=r"sent\.journal cannot be written .* so nothing is sent"):
        Journal(tmp_path).note(AT, 1, [(1, "a")])
    with pytest.raises(OutputError, match="so nothing is sent"):
        Journal(tmp_path).recent()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text("0123456789abcdef-:TZ \n", max_size=300).map(str.encode))
def test_no_journal_is_too_broken_to_be_read(content):
    for one in _read(content + b"2026-13-41T00:00:00Z 1 1 0123456789abcdef\n"):
        assert one.at.tzinfo is UTC
