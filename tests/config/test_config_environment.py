"""What the environment adds to the files."""

import pytest

from bulletin.config import load
from bulletin.store import open_store


def test_the_database_stands_in_the_workspace_unless_the_environment_says_otherwise(tmp_path, write_workspace):
    folder = write_workspace(tmp_path)
    own = f"sqlite:///{(tmp_path / 'bulletin.db').resolve().as_posix()}"
    assert load(folder, {}).database_url == own
    assert load(folder, {"BULLETIN_DATABASE_URL": ""}).database_url == own
    assert load(folder, {"BULLETIN_DATABASE_URL": "postgresql://db/x"}).database_url == "postgresql://db/x"


def test_the_database_has_a_whole_path_even_if_the_workspace_has_none(tmp_path, write_workspace, monkeypatch):
    write_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    whole = f"sqlite:///{(tmp_path / 'bulletin.db').resolve().as_posix()}"
    assert load(tmp_path.relative_to(tmp_path), {}).database_url == whole


@pytest.mark.parametrize(
    "name",
    [
        "what?",
        "what?timeout=abc",
        "100%",
        "100%41",
        "%3F",
        "no #1",
        "a b+c & d=e",
        "ann:secret@host",
        "[::1]",
        "büro 'ö' \N{SNOWMAN}",
        "file:x",
        "~",
    ],
)
def test_the_database_stands_in_the_workspace_whatever_its_name(tmp_path, write_workspace, name):
    workspace = tmp_path / name
    try:
        workspace.mkdir()
    except OSError as error:  # Windows forbids some
        pytest.skip(f"no folder can have this name here: {error}")
    open_store(load(write_workspace(workspace), {}).database_url).close()
    assert (workspace / "bulletin.db").is_file()
    assert list(tmp_path.iterdir()) == [workspace]


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        ("", set()),
        (" , ", set()),
        ("localhost:8080", {"localhost:8080"}),
        ("localhost:8080,10.0.0.7:80", {"localhost:8080", "10.0.0.7:80"}),
        (" a.example:1 , b.example:2\nc.example:3 ", {"a.example:1", "b.example:2", "c.example:3"}),
    ],
)
def test_addresses_are_allowed_one_by_one(tmp_path, write_workspace, words, pairs):
    config = load(write_workspace(tmp_path), {"BULLETIN_ALLOW_ADDRESSES": words})
    assert config.allow_addresses == pairs


def test_every_address_that_cannot_be_allowed_is_told(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path)
    assert mistakes(folder, {"BULLETIN_ALLOW_ADDRESSES": "localhost, a.example:1, 10.0.0.0/8"}) == [
        f'environment: BULLETIN_ALLOW_ADDRESSES: "{pair}" is no host and port, such as localhost:8080 or [::1]:8080'
        for pair in ("10.0.0.0/8", "localhost")
    ]


def test_no_feed_gives_itself_leave_to_reach_our_own_network(tmp_path, write_workspace):
    text = """\
feeds:
  - {name: A, url: "http://localhost:8080/feed"}
  - {name: B, url: "http://192.168.0.1/feed"}
  - {name: C, page: "http://127.0.0.1/news", items: li}
"""
    config = load(write_workspace(tmp_path, feeds=text), {"BULLETIN_ALLOW_ADDRESSES": "intranet:80"})
    assert config.allow_addresses == {"intranet:80"}
