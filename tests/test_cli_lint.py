"""`bulletin lint` on anybody's email and on an edition of the desk: what is printed, and the exit codes."""

import io
import json
import sys

import editing
import newsroom
import pytest
from editing import DIGEST, UPDATE

from bulletin import cli
from bulletin.cli import lint as door
from bulletin.lint import RULES
from bulletin.model import Finding, Severity

FAULTY = b"<p>Hello</p>"
ERROR = Finding(15, "text-contrast", Severity.ERROR, "the contrast is 2.1:1", "Read\x1b[2J")
WARNING = Finding(31, "dates", Severity.WARNING, "write 6 August 2018")


@pytest.fixture
def bulletin(tmp_path, capsys):
    """Type a command in a folder that is no workspace; gives exit code, stdout and stderr."""

    def typed(*words: object):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(tmp_path), *map(str, words)])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return typed


@pytest.fixture
def says(monkeypatch):
    """Let the linter say something, whatever it is shown."""
    return lambda *findings: monkeypatch.setattr(door, "judge", lambda _: findings)


@pytest.fixture
def email(tmp_path):
    path = tmp_path / "letter.html"
    path.write_bytes(FAULTY)
    return path


def test_each_finding_is_a_line_and_errors_come_first(bulletin, email, says):
    says(WARNING, ERROR)
    code, out, _ = bulletin("lint", email)
    assert code == 1
    assert out.splitlines() == [
        "error 15 text-contrast: the contrast is 2.1:1 (Read [2J)",
        "warning 31 dates: write 6 August 2018",
        f"1 error, 1 warning, {len(RULES)} rules",
    ]


def test_a_file_of_outlooks_own_kind_is_told_what_to_do(bulletin, tmp_path):
    (tmp_path / "letter.msg").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100))
    code, out, error = bulletin("lint", tmp_path / "letter.msg")
    assert (code, out) == (2, "")
    assert "save the email as .eml" in error


def test_warnings_alone_are_no_failure(bulletin, email, says):
    says(WARNING)
    assert bulletin("lint", email)[0] == 0


def test_an_email_without_workspace_is_judged_by_the_rules(bulletin, email):
    code, out, _ = bulletin("lint", email)
    assert code == 1
    assert "error 1 " in out


def test_of_several_files_each_is_named(bulletin, email, says):
    says()
    assert (
        bulletin("lint", email, email)[1].splitlines()
        == [
            f"{email}:",
            f"0 errors, 0 warnings, {len(RULES)} rules",
        ]
        * 2
    )


def test_with_json_each_file_is_an_object(bulletin, email, says):
    says(WARNING, ERROR)
    code, out, _ = bulletin("lint", "--json", email, email)
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [list(one) for one in told] == [["file", "errors", "warnings", "findings"]] * 2
    assert (told[0]["file"], told[0]["errors"], told[0]["warnings"]) == (str(email), 1, 1)
    assert told[0]["findings"][1] == {
        "rule": 31,
        "name": "dates",
        "severity": "warning",
        "message": "write 6 August 2018",
        "where": "",
    }


def test_a_hyphen_stands_for_what_comes_in(bulletin, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAULTY)))
    code, out, _ = bulletin("lint", "-", "--json")
    assert (code, json.loads(out)["file"]) == (1, "-")


@pytest.mark.parametrize("name", ["letter.eml", "letter", "letters/letter"])
def test_a_file_that_is_not_there_is_one_clear_line(bulletin, name):
    assert bulletin("lint", name) == (2, "", f"bulletin: {name}: no such file\n")


def test_a_folder_is_refused_in_words(bulletin, tmp_path):
    assert bulletin("lint", tmp_path) == (2, "", f"bulletin: {tmp_path} is a folder: name the files in it\n")


def test_a_file_that_is_too_big_is_refused_and_none_is_judged(bulletin, email, tmp_path):
    big = tmp_path / "big.eml"
    with big.open("wb") as file:
        file.truncate(30_000_001)
    assert bulletin("lint", email, big) == (2, "", f"bulletin: {big} is over 30 MB, and no email is so big\n")


@pytest.mark.parametrize("words", [[], ["--list", "all", "a.eml"]])
def test_what_cannot_be_meant_is_told(bulletin, words):
    code, out, err = bulletin("lint", *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_the_rules_are_listed(bulletin):
    told = [json.loads(line) for line in bulletin("lint", "--rules", "--json")[1].splitlines()]
    assert [one["rule"] for one in told] == [rule.number for rule in RULES]
    assert bulletin("lint", "--rules")[1].count("error") >= 1


@pytest.fixture
def newsroom_here(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)


def test_an_edition_is_judged_list_by_list(bulletin, newsroom_here):
    told = [json.loads(line) for line in bulletin("lint", DIGEST, "--json")[1].splitlines()]
    assert [(one["edition"], one["list"]) for one in told] == [(DIGEST, "all"), (DIGEST, "boards")]
    [alone] = bulletin("lint", DIGEST, "--list", "boards", "--json")[1].splitlines()
    assert json.loads(alone) == told[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["update-2026-11-23"], "no edition 'update-2026-11-23': did you mean 'update-2026-11-22'?"),
        ([DIGEST, "--list", "nobody"], "Green Digest has no list 'nobody'"),
        ([DIGEST, UPDATE], "name one edition at a time"),
    ],
)
def test_an_edition_that_there_is_not_is_told(bulletin, newsroom_here, words, said):
    code, out, err = bulletin("lint", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_rendering_a_draft_says_how_many_findings_there_are(bulletin, newsroom_here, monkeypatch):
    monkeypatch.setattr("bulletin.jobs.judged.lint", lambda *_: (ERROR, WARNING))
    found = "the linter found 2 errors and 2 warnings in 2 emails"
    assert bulletin("render", DIGEST)[2] == f"bulletin: {DIGEST}: {found}: `bulletin lint {DIGEST}` tells them\n"
