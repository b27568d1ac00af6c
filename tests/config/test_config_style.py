"""How the house writes: a file that may be missing, and whose mistakes are told like all others."""

from pathlib import Path

import pytest

from bulletin.config import load
from bulletin.model import Style

REPOSITORY = Path(__file__).parents[2]


def write_style(folder: Path, text: str) -> Path:
    (folder / "style.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_workspace_may_do_without_a_style(tmp_path, write_workspace):
    assert load(write_workspace(tmp_path), {}).style == Style()


def test_abbreviations_and_capitals_are_read_as_written(tmp_path, write_workspace):
    folder = write_style(
        write_workspace(tmp_path),
        "abbreviations:\n  A&E: accident and  emergency\n  NO: nitric oxide\ncapitals: [NICE, NHS]\n",
    )
    assert load(folder, {}).style == Style(
        {"A&E": "accident and emergency", "NO": "nitric oxide"}, frozenset({"NICE", "NHS"})
    )


def test_the_starter_has_a_dozen_abbreviations_of_the_nhs():
    style = load(REPOSITORY, {}).style
    assert len(style.abbreviations) >= 12
    assert style.abbreviations["ICB"] == "integrated care board"
    assert "NICE" in style.capitals


MISTAKES = [
    ("abbreviations: [ICB]", "1: abbreviations: must be keys with values: write each on its own line, such as ICB: "),
    ("abbreviations:\n  ICB:\n", "2: ICB: has no value: write one after the colon"),
    ("abbreviations:\n  ICB: {a: b}\n", '2: ICB: put "a: b" in quotation marks'),
    ("abbreviations:\n  ICB: ' '\n", "2: ICB: is empty"),
    ("capitals: NICE", "1: capitals: must be a list"),
    ("capital: [NICE]", '1: unknown key "capital"; did you mean "capitals"?'),
    ("- NICE", '1: the file must begin with a key and its colon, such as "feeds:"'),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_a_mistake_is_one_plain_line(tmp_path, write_workspace, mistakes, text, words):
    [told] = mistakes(write_style(write_workspace(tmp_path), text))
    assert told.startswith(f"style.yaml:{words}")
