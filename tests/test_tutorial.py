"""The tutorial is typed from its first line to its last, in a newsroom of the demo, and does what it says."""

import io
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

TUTORIAL = (Path(__file__).parents[1] / "docs" / "tutorial.md").read_text(encoding="utf-8")
WRITTEN = "2026-11-29"  # the day on which it was written; editions of the demo are of the day of the demo
LONG = {"serve", "run"}  # until Ctrl-C

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tutorial")]


def blocks(kind: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
    return [text for name, text in found if name == kind]


def test_the_tutorial_can_be_typed_from_beginning_to_end(tmp_path, monkeypatch, run_bulletin):
    typed, told, settings = [line for block in blocks("sh") for line in block.splitlines()], [], {}
    readers = next(block for block in blocks("") if block.startswith("Email,"))
    monkeypatch.chdir(tmp_path)
    for line in typed:
        words = shlex.split(line.replace(WRITTEN, date.today().isoformat()).replace("$PWD", str(Path.cwd())))  # noqa: DTZ011
        match words:
            case ["cd", place]:
                monkeypatch.chdir(place)
                Path("readers.csv").write_text(readers, encoding="utf-8")
                by_person(Path("bulletins.yaml"))
            case ["mkdir", place]:
                Path(place).mkdir()
            case ["export", setting]:
                settings |= [setting.split("=", 1)]
            case ["bulletin", *words] if not LONG & {*words}:
                told.append(type_in(run_bulletin, monkeypatch, words, settings, told))
            case _:
                assert LONG & {*words}, line
    said = "\n".join(told)
    for line in ("3 added, 0 changed, 0 there already, 1 refused", "an email goes to each of 3 people", "sent  3"):
        assert line in TUTORIAL
        assert line in said
    assert "Of 3 emails, 3 were delivered." in said


def by_person(file: Path) -> None:
    """What the second week asks to be changed by hand."""
    assert "change the first `delivery: file`" in TUTORIAL
    file.write_text(file.read_text("utf-8").replace("delivery: file", "delivery: individual", 1), encoding="utf-8")


def type_in(run_bulletin, monkeypatch, words: list[str], settings: dict[str, str], told: list[str]) -> str:
    """Type one line; what it says."""
    if "ITEM" in words:
        (item,) = re.findall(r"^([0-9a-f]{12})  ", told[-1], re.MULTILINE)[:1]
        words = [item if word == "ITEM" else word for word in words]
    if words[:2] == ["editors", "add"]:
        words = [*words, "--password-stdin"]
        monkeypatch.setattr("sys.stdin", io.StringIO("four quiet otters swim\n"))
    done = run_bulletin(*words, **settings)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout
