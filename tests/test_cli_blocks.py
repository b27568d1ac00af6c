"""Blocks at a terminal: who may write them, what is said, and what is refused."""

import json

import editing
import newsroom
import pytest
from editing import DIGEST

from bulletin import cli, jobs
from bulletin.model import Grant, Role

LUNCH = ("--kind", "event", "--title", "Lunch", "--text", "Bring **food**.", "--starts", "2026-12-10 12:30")


@pytest.fixture
def place(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.compose(desk)
        for name, grant in (
            ("ann", Grant(Role.EDITOR, "digest")),
            ("vi", Grant(Role.VIEWER)),
            ("dan", Grant(Role.ADMIN)),
        ):
            jobs.people.add_editor(desk, "test", f"{name}@example.nhs.uk", name.title(), [grant])
        jobs.people.add_editor(desk, "test", "eve@example.nhs.uk", "Eve", [Grant(Role.ADMIN)])
        jobs.people.disable(desk, "test", jobs.people.find_editor(desk, "dan@example.nhs.uk"))
    return tmp_path


@pytest.fixture
def bulletin(place, capsys):
    """Type a command in the workspace; gives exit code, stdout and stderr."""

    def typed(*words: str, by: str = ""):
        who = ("--by", f"{by}@example.nhs.uk") if by else ()
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(place), "blocks", *words, *who])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


def test_a_block_is_added_listed_and_removed(bulletin):
    code, out, _ = bulletin("add", DIGEST, *LUNCH, "--ends", "2026-12-10 13:30", "--place", "Room 1", by="ann")
    assert (code, out) == (
        0,
        f"{DIGEST} has block 1 now: event: Lunch; starts 2026-12-10 12:30; ends 2026-12-10 13:30\n",
    )
    assert bulletin(DIGEST)[1] == "1: event: Lunch; starts 2026-12-10 12:30; ends 2026-12-10 13:30\n"
    told = json.loads(bulletin(DIGEST, "--json")[1])
    assert told == {
        "number": 1,
        "kind": "event",
        "title": "Lunch",
        "text": "Bring **food**.",
        "link": "",
        "place": "Room 1",
        "starts": "2026-12-10 12:30",
        "ends": "2026-12-10 13:30",
        "closes": "",
    }
    code, out, _ = bulletin("remove", DIGEST, "1", "--json", by="ann")
    assert (code, json.loads(out)) == (0, {"edition": DIGEST, "removed": 1})
    assert "None yet" in bulletin(DIGEST)[1]
    assert bulletin("list", DIGEST, "--json") == (0, "", "")


def test_every_mistake_is_a_line(bulletin):
    code, out, err = bulletin("add", DIGEST, "--kind", "event", "--link", "x", "--closes", "2026-12-31", by="ann")
    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["closes", "title", "starts", "link"]


@pytest.mark.parametrize(
    ("who", "said"), [("vi", "may not edit digest"), ("dan", "is disabled"), ("eva", "did you mean"), ("", "--by")]
)
def test_only_who_may_edit_writes(bulletin, who, said):
    code, _, err = bulletin("add", DIGEST, *LUNCH, by=who)
    assert code == 2
    assert said in err


def test_there_is_no_such_edition_or_block(bulletin):
    assert bulletin("digest-2020-01-01")[0] == 2
    assert bulletin("remove", DIGEST, "7", by="ann")[2] == f"bulletin: {DIGEST} has no block 7\n"
