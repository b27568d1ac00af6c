"""Letters are read from a folder of .eml files, and nothing but these."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bulletin.errors import FetchError
from bulletin.fetch.mail import files, letters
from bulletin.fetch.mail.bounds import LETTER_BYTES
from bulletin.model import Errand, Feed, FeedKind, Mailbox, Trouble, Validators


def read(url: str, mailbox: Mailbox | None = None):
    errand = Errand(Feed("alerts", "Alerts", url, kind=FeedKind.MAIL), url)
    return letters(errand, mailbox, frozenset(), datetime(2026, 3, 4, tzinfo=UTC))


def save(folder: Path, name: str, body: bytes, age: int = 0) -> Path:
    path = folder / name
    path.write_bytes(body)
    os.utime(path, (1_900_000_000 - age, 1_900_000_000 - age))
    return path


def test_letters_come_oldest_first_and_by_name_where_they_are_of_one_age(tmp_path):
    save(tmp_path, "a.eml", b"third")
    save(tmp_path, "b.eml", b"first", age=9)
    save(tmp_path, "c.EML", b"fourth")
    save(tmp_path, "d.eml", b"second", age=5)
    assert read(tmp_path.as_uri()) == ((b"first", b"second", b"third", b"fourth"), Validators(), "")


def test_a_folder_may_have_any_name(tmp_path):
    folder = tmp_path / "Bücher & alerts 100%"
    folder.mkdir()
    save(folder, "a.eml", b"letter")
    assert read(folder.as_uri())[0] == (b"letter",)
    assert read(folder.as_uri().replace("file://", "file://localhost"))[0] == (b"letter",)


def test_an_empty_folder_is_no_error(tmp_path):
    assert read(tmp_path.as_uri()) == ((), Validators(), "")


def test_what_is_no_letter_is_left_alone(tmp_path):
    save(tmp_path, "a.eml", b"letter")
    save(tmp_path, "notes.txt", b"notes")
    save(tmp_path, "._a.eml", b"what a Mac leaves beside it")
    (tmp_path / "folder.eml").mkdir()
    (tmp_path / "older").mkdir()
    save(tmp_path / "older", "b.eml", b"in a subfolder")
    assert read(tmp_path.as_uri())[0] == (b"letter",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_does_not_hold_up_the_visit(tmp_path):
    os.mkfifo(tmp_path / "pipe.eml")
    assert read(tmp_path.as_uri())[0] == ()


def test_a_link_is_not_followed(tmp_path):
    secret = save(tmp_path, "secret", b"root:x:0:0")
    folder = tmp_path / "alerts"
    folder.mkdir()
    try:
        (folder / "a.eml").symlink_to(secret)
    except OSError:
        pytest.skip("this system lets us make no links")
    assert read(folder.as_uri())[0] == ()


def test_the_newest_two_hundred_are_the_most(tmp_path):
    for n in range(203):
        save(tmp_path, f"{n}.eml", b"%d" % n, age=n)
    found, _, note = read(tmp_path.as_uri())
    assert found == tuple(b"%d" % n for n in reversed(range(200)))
    assert note == "3 older emails were not read: they are when newer ones are moved out of the folder"


def test_the_newest_that_fit_into_one_visit_are_the_most(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "VISIT_BYTES", 10)
    for n in range(3):
        save(tmp_path, f"{n}.eml", b"12345", age=n)
    assert len(read(tmp_path.as_uri())[0]) == 2


def test_a_letter_that_is_too_big_stops_no_other(tmp_path):
    save(tmp_path, "a.eml", b"x" * LETTER_BYTES)
    save(tmp_path, "b.eml", b"x" * (LETTER_BYTES + 1))
    found, _, note = read(tmp_path.as_uri())
    assert [len(letter) for letter in found] == [LETTER_BYTES]
    assert note == "1 of the emails were not read: they are over 2 MiB, or cannot be opened"


@pytest.mark.parametrize("method", ["open", "lstat"])
def test_a_letter_that_cannot_be_opened_or_is_gone_stops_no_other(method, tmp_path, monkeypatch):
    save(tmp_path, "a.eml", b"letter")
    save(tmp_path, "b.eml", b"locked")
    original = getattr(Path, method)

    def refuse(path: Path, *arguments: object, **named: object):
        if path.name == "b.eml":
            raise PermissionError
        return original(path, *arguments, **named)

    monkeypatch.setattr(Path, method, refuse)
    assert read(tmp_path.as_uri())[0] == (b"letter",)


def test_a_folder_of_letters_of_which_none_can_be_read_does_not_look_empty(tmp_path):
    save(tmp_path, "a.eml", b"x" * (LETTER_BYTES + 1))
    save(tmp_path, "b.eml", b"")
    with pytest.raises(FetchError, match=r"none of the 2 letters in .* can be read") as caught:
        read(tmp_path.as_uri())
    assert caught.value.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize("name", ["absent", "a.eml", "%00"])
def test_a_folder_that_is_not_there_is_said_so(name, tmp_path):
    save(tmp_path, "a.eml", b"letter")
    with pytest.raises(FetchError, match="no such folder") as caught:
        read(f"{tmp_path.as_uri()}/{name}")
    assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file://server/share/alerts", "must be on this machine"),
        ("https://example.org/alerts", "imaps://HOST or at file:///FOLDER"),
        ("imap://mail.example", "imaps://HOST or at file:///FOLDER"),
        ("imaps://[mail.example", "not one that can be visited"),
        ("imaps://other.example", "but BULLETIN_IMAP_URL names mail.example"),
        ("imaps://user@mail.example.evil.test:993/", "but BULLETIN_IMAP_URL names mail.example"),
    ],
)
def test_no_address_of_a_feed_leads_to_another_machine(url, words):
    with pytest.raises(FetchError, match=words) as caught:
        read(url, Mailbox("mail.example", 993, "user", "password"))
    assert caught.value.trouble is Trouble.NOT_ALLOWED


def test_a_feed_that_reads_a_mailbox_says_which_setting_it_needs():
    with pytest.raises(FetchError, match="this feed reads a mailbox: set BULLETIN_IMAP_URL"):
        read("imaps://mail.example")


def test_a_folder_on_a_windows_drive_is_meant_as_it_is_written(monkeypatch):
    seen = []
    monkeypatch.setattr(files, "letters", lambda folder: seen.append(folder) or ())
    read("file:///C:/Users/Library/alerts")
    assert [folder.as_posix() for folder in seen] == ["C:/Users/Library/alerts"]
