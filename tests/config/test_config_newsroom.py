"""The starter newsroom, and new workspaces made from it."""

from pathlib import Path

import pytest

from bulletin.config import init, load, newsroom, starter
from bulletin.errors import BulletinError, InputError, OutputError

REPOSITORY = Path(__file__).parents[2]


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_starter_is_the_top_of_the_repository():
    assert starter() == REPOSITORY


def test_an_installed_program_brings_its_starter_along(tmp_path, write_workspace, monkeypatch):
    monkeypatch.setattr(newsroom, "__file__", str(tmp_path / "bulletin" / "config" / "newsroom.py"))
    folder = write_workspace(tmp_path / "bulletin" / "starter")
    (folder / "style.yaml").touch()
    (folder / "brands").mkdir()
    assert starter() == folder


def test_a_program_without_its_starter_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(newsroom, "__file__", str(tmp_path / "bulletin" / "config" / "newsroom.py"))
    with pytest.raises(BulletinError, match=r"the starter newsroom is not in .*: install bulletin again"):
        starter()


def test_a_new_workspace_is_the_starter_and_can_be_loaded(tmp_path):
    made = init(tmp_path / "new" / "room")
    folder = tmp_path / "new" / "room"
    assert {path.relative_to(folder).as_posix() for path in made} == {
        place for place in tree(folder) if (folder / place).is_file()
    }
    assert {path.name for path in folder.iterdir()} == {
        ".gitignore",
        "brands",
        "bulletins.yaml",
        "feeds.yaml",
        "output",
        "style.yaml",
        "templates",
        "topics",
    }
    assert (folder / "feeds.yaml").read_bytes() == (REPOSITORY / "feeds.yaml").read_bytes()
    assert load(folder, {}).feeds == load(REPOSITORY, {}).feeds


def test_git_leaves_out_what_is_private_or_made_again(tmp_path):
    init(tmp_path)
    assert {"/output/", "*.db"} <= set((tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines())


def test_the_starter_s_hidden_files_stay_where_they_are(tmp_path, write_workspace, monkeypatch):
    source = write_workspace(tmp_path / "starter")
    (source / "topics" / ".k").touch()
    (source / "templates" / ".git").mkdir()
    (source / "templates" / ".git" / "config").touch()
    monkeypatch.setattr(newsroom, "starter", lambda: source)
    init(tmp_path / "new")
    assert not {place for place in tree(tmp_path / "new") if ".k" in place or ".git/" in place}


@pytest.mark.parametrize(
    "there", ["brands", "bulletins.yaml", "feeds.yaml", "output", "style.yaml", "templates", "topics"]
)
def test_nothing_that_is_there_is_changed(tmp_path, there):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=rf"already holds {there}: name another folder") as caught:
        init(tmp_path)
    assert "\n" not in str(caught.value)
    assert tree(tmp_path) == {there}
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


def test_a_repository_keeps_its_own_gitignore(tmp_path):
    (tmp_path / ".gitignore").write_text("mine", encoding="utf-8")
    assert tmp_path / "feeds.yaml" in init(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine"


def test_other_files_in_the_folder_do_no_harm(tmp_path):
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    init(tmp_path)
    assert "feeds.yaml" in tree(tmp_path)


def test_a_workspace_is_not_made_in_a_file(tmp_path):
    (tmp_path / "room").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is a file: name a folder for the workspace"):
        init(tmp_path / "room")


def test_a_failure_in_the_middle_leaves_no_half_workspace(tmp_path, monkeypatch):
    write_bytes = Path.write_bytes

    def fail_at_a_topic(path, data):
        if path.parent.name == "topics":
            raise OSError(28, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", fail_at_a_topic)
    with pytest.raises(OutputError, match=r"no workspace can be made in .*: No space left on device"):
        init(tmp_path)
    assert tree(tmp_path) == set()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="no workspace can be made in"):
        init(tmp_path / "file" / "room")
