"""`bulletin editors` as a person types it."""

import io
import json
import sqlite3

import newsroom
import pytest

from bulletin import cli

PASSWORD = "four quiet otters swim"
ADD = ("editors", "add", "ann@example.nhs.uk", "--name", "Ann", "--role")

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def bulletin(tmp_path, capsys, monkeypatch):
    """Type a command in a workspace, with a line on stdin; gives exit code, stdout and stderr."""
    place = newsroom.workspace(tmp_path, "https://example.org/feed")
    monkeypatch.delenv("BULLETIN_DATABASE_URL", raising=False)

    def typed(*words: str, line: str = PASSWORD + "\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(line))
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(place), *words])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


@pytest.fixture
def ann(bulletin):
    assert bulletin(*ADD, "admin", "--password-stdin")[0] == 0


def test_the_first_admin_is_added_at_the_command_line(bulletin):
    assert bulletin("editors")[1] == "Nobody yet. The first: bulletin editors add EMAIL --name NAME --role admin\n"
    assert bulletin(*ADD, "admin", "--password-stdin") == (0, "Ann may log in as ann@example.nhs.uk: admin.\n", "")
    assert bulletin("editors")[1] == "ann@example.nhs.uk: Ann; admin\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("password1234", "the password is too easy to guess. This is a very common password."),
        ("short", "the password is too short: use 12 characters or more, such as three or four words"),
        ("", "the password is too short: use 12 characters or more, such as three or four words"),
    ],
)
def test_a_weak_password_is_refused_in_one_line(bulletin, line, reason):
    assert bulletin(*ADD, "admin", "--password-stdin", line=line) == (2, "", f"bulletin: {reason}\n")
    assert bulletin("editors", "--json")[1] == ""


def test_without_a_terminal_and_without_stdin_nothing_is_guessed(bulletin):
    assert bulletin(*ADD, "admin") == (
        2,
        "",
        "bulletin: there is no terminal to ask for the password: use --password-stdin\n",
    )


@pytest.mark.parametrize(
    ("more", "roles"),
    [
        (["editor"], [{"role": "editor", "bulletin": None}]),
        (["approver", "--bulletin", "update"], [{"role": "approver", "bulletin": "update"}]),
    ],
)
def test_roles_are_for_every_bulletin_or_for_those_that_are_named(bulletin, more, roles):
    code, out, _ = bulletin(*ADD, *more, "--password-stdin", "--json")
    told = json.loads(out)
    assert (code, told["roles"], told["active"], told["second_step"]) == (0, roles, True, False)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["role", "ann@example.nhs.uk", "editor"], "this is the last admin: make somebody else admin first"),
        (["disable", "ann@example.nhs.uk"], "this is the last admin: make somebody else admin first"),
        (["role", "ann@example.nhs.uk", "boss"], "no role 'boss': there are viewer, editor, approver, admin"),
        (["role", "ann@example.nhs.uk", "editor:x"], "no bulletin 'x' in bulletins.yaml: there are update"),
        (["password", "bo@example.nhs.uk"], "nobody here has the address bo@example.nhs.uk"),
        (["enable", "bo"], "an email address looks like name@example.nhs.uk: check what was typed"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(bulletin, ann, words, reason):
    code, out, err = bulletin("editors", *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"bulletin: {reason}")
    assert err.count("\n") == 1


def test_people_are_changed_and_every_change_is_on_record(bulletin, ann):
    bulletin("editors", "add", "bo@example.nhs.uk", "--name", "Bo", "--role", "editor", "--password-stdin")
    for words in (
        ["role", "bo@example.nhs.uk", "approver:update", "viewer"],
        ["password", "bo@example.nhs.uk", "--password-stdin"],
        ["sessions-end", "bo@example.nhs.uk"],
        ["second-step-off", "bo@example.nhs.uk"],
        ["disable", "bo@example.nhs.uk"],
    ):
        assert bulletin("editors", *words)[0] == 0
    assert (
        bulletin("editors", "list")[1].splitlines()[1] == "bo@example.nhs.uk: Bo; approver:update, viewer; disabled"
    )
    assert bulletin("editors", "enable", "bo@example.nhs.uk")[1] == (
        "Done. bo@example.nhs.uk is now: approver:update, viewer.\n"
    )
    lines = [json.loads(line) for line in bulletin("editors", "audit", "--json")[1].splitlines()]
    assert [(one["who"], one["did"]) for one in lines] == [
        ("the command line", did)
        for did in (
            "added a person",
            "added a person",
            "changed the roles of a person",
            "set a password",
            "ended the sessions of a person",
            "turned off the second step at log-in",
            "disabled a person",
            "enabled a person",
        )
    ]
    assert (
        " the command line changed the roles of a person: bo@example.nhs.uk (editor -> approver:update, viewer)\n"
        in (bulletin("editors", "audit")[1])
    )


def test_the_record_can_be_verified(bulletin, ann):
    code, out, _ = bulletin("editors", "audit", "--verify")
    assert code == 0
    assert out.startswith("The record is whole: 1 line. Its last seal: ")
    assert json.loads(bulletin("editors", "audit", "--verify", "--json")[1])["whole"] is True


def test_a_changed_record_is_found_and_told(bulletin, ann, tmp_path):
    with sqlite3.connect(tmp_path / "bulletin.db") as connection:
        connection.execute("DROP TRIGGER deed_no_update")
        connection.execute("UPDATE deed SET who = 'somebody else'")
    connection.close()
    code, out, err = bulletin("editors", "audit", "--verify", "--json")
    assert (code, json.loads(out)["first_broken"]) == (1, 1)
    assert err == "bulletin: the record was changed: line 1 is not what it was, or one before it is missing\n"


def test_what_somebody_wrote_into_a_name_does_not_drive_the_terminal(bulletin, ann, tmp_path):
    with sqlite3.connect(tmp_path / "bulletin.db") as connection:
        connection.execute("UPDATE editor SET name = 'Ann\x1b[2J'")
    connection.close()
    assert "\x1b" not in bulletin("editors")[1]


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(bulletin, monkeypatch):
    asked = []
    monkeypatch.setattr("bulletin.cli.editors.is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda words, **how: asked.append(how) or PASSWORD)
    code, out, err = bulletin(*ADD, "admin")
    assert (code, out) == (0, "Ann may log in as ann@example.nhs.uk: admin.\n")
    assert err == "bulletin: The password has 12 characters or more; three or four words in a row are good.\n"
    assert asked == [{"hide_input": True, "confirmation_prompt": "Once more", "err": True}]
