"""A folder in the mail server's place: each mail is a file, whole or not there, and twice is once."""

import os
import stat
from email import message_from_bytes

import pytest

from bulletin.deliver import Folder, Post
from bulletin.errors import SendError
from bulletin.model import Reply

MAIL = b"Subject: Update\r\nMessage-ID: <digest-2026-11-22.all.0a1b@example.nhs.uk>\r\n\r\nHello\r\n.\r\n"
NAME = "digest-2026-11-22.all.0a1b@example.nhs.uk.eml"
SENDER, ANN = "library@example.nhs.uk", "ann@example.nhs.uk"


def send(folder, message=MAIL, **more):
    return Folder(folder).send(SENDER, ANN, message, **more)


def test_a_mail_becomes_a_file_of_its_own_bytes_that_its_owner_alone_reads(tmp_path):
    assert send(tmp_path / "new" / "out").reply is Reply.TAKEN
    (file,) = (tmp_path / "new" / "out").iterdir()
    assert (file.name, file.read_bytes()) == (NAME, MAIL)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_mail_twice_is_one_file(tmp_path):
    with Folder(tmp_path) as folder:
        assert {folder.send(SENDER, ANN, MAIL).reply for _ in range(2)} == {Reply.TAKEN}
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize(
    "written",
    [b"../../etc/passwd@x", b"/etc/cron.d/x", b"..", b"a\\b:c*?@x", b".hidden@x", b"a" * 200, b"\xc3\xa9@x"],
)
def test_no_message_id_leads_out_of_the_folder(tmp_path, written):
    out = tmp_path / "out"
    assert send(out, b"Message-ID: <%s>\r\n\r\nHello\r\n" % written).reply is Reply.TAKEN
    (file,) = tmp_path.rglob("*.eml")
    assert file.parent == out
    assert not file.name.startswith(".")


@pytest.mark.parametrize(
    "message", [b"Subject: x\r\n\r\nMessage-ID: <a@b>\r\n", b"Message-ID: none\r\n\r\nx\r\n", b"\r\n\r\n"]
)
def test_a_mail_without_a_message_id_has_a_name_of_its_content(tmp_path, message):
    assert send(tmp_path, message).reply is Reply.TAKEN
    (file,) = tmp_path.iterdir()
    assert len(file.stem) == 64


def test_a_mail_that_is_given_up_leaves_no_file(tmp_path):
    assert send(tmp_path, before_data=lambda: False).reply is Reply.ABANDONED
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_mail_cannot_carry_is_gone_here_too(tmp_path):
    assert Folder(tmp_path).send(SENDER, "änn@example.nhs.uk", MAIL).reply is Reply.GONE
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_stops_everything_and_is_told(tmp_path):
    (tmp_path / "out").write_text("a file")
    answer = send(tmp_path / "out")
    assert answer.reply is Reply.STOP
    assert "cannot be written to" in answer.words


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert send(tmp_path).reply is Reply.STOP
    assert list(tmp_path.iterdir()) == []


def test_a_letter_goes_into_the_folder_where_no_server_is_named(tmp_path):
    Post(tmp_path).send(SENDER, ANN, MAIL)
    assert message_from_bytes((tmp_path / NAME).read_bytes())["Subject"] == "Update"
    (tmp_path / "file").write_text("")
    with pytest.raises(SendError, match="cannot be written to"):
        Post(tmp_path / "file").send(SENDER, ANN, MAIL)
