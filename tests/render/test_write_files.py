"""Writing an edition: all three files, or those that were there before."""

from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.errors import OutputError
from bulletin.render import write

NAMES = ["bulletin.html", "bulletin.txt", "bulletin.eml"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_writes_html_text_and_message_into_a_new_folder(send, tmp_path):
    email = send()
    folder = tmp_path / "output" / "december"
    assert write(email, folder) == [folder / name for name in NAMES]
    assert contents(folder) == dict(zip(NAMES, [email.html.encode(), email.text.encode(), email.mime], strict=True))


def test_it_writes_over_an_earlier_draft(send, tmp_path):
    email = send()
    write(replace(email, html="old"), tmp_path)
    write(email, tmp_path)
    assert contents(tmp_path)["bulletin.html"] == email.html.encode()


@pytest.mark.parametrize("fails", NAMES)
@pytest.mark.parametrize("there", [True, False], ids=["over an old draft", "into an empty folder"])
def test_when_one_file_cannot_be_placed_all_stay_as_they_were(send, tmp_path, monkeypatch, fails, there):
    """As on Windows, when another program holds one of them open."""
    email = send()
    if there:
        write(replace(email, html="old", text="old", mime=b"old"), tmp_path)
    before = contents(tmp_path)
    really = Path.replace

    def held_open(self, target):
        if target.name == fails:
            raise PermissionError(13, "Permission denied")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", held_open)
    with pytest.raises(OutputError, match="Permission denied"):
        write(email, tmp_path)
    assert contents(tmp_path) == before


def test_a_folder_that_cannot_be_is_told_in_one_line(send, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        write(send(), tmp_path / "file" / "folder")
    assert str(error.value).startswith(f"{tmp_path / 'file' / 'folder'}: cannot write the bulletin there (")
    assert "\n" not in str(error.value)
