"""When the library works: a file that may be missing, and whose mistakes are told like all others."""

from datetime import date
from pathlib import Path

import pytest

from bulletin.config import load
from bulletin.model import Holidays


def write_holidays(folder: Path, text: str) -> Path:
    (folder / "holidays.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_workspace_may_do_without_holidays(tmp_path, write_workspace):
    assert load(write_workspace(tmp_path), {}).holidays == Holidays()


def test_days_on_which_the_library_is_closed_or_open_are_read(tmp_path, write_workspace):
    text = "closed:\n  2026-12-29: Between the years\n  2026-12-30: Between  the years\nopen: [2027-05-03]\n"
    assert load(write_holidays(write_workspace(tmp_path), text), {}).holidays == Holidays(
        {date(2026, 12, 29): "Between the years", date(2026, 12, 30): "Between the years"},
        frozenset({date(2027, 5, 3)}),
    )


NO_DAY = "is no day: write year, month and day, such as 2026-12-01"
MISTAKES = [
    ("closed: [2026-12-29]", "1: closed: must be keys with values: write each on its own line"),
    ("closed:\n  2026-12-29:\n", "2: 2026-12-29: has no value: write one after the colon"),
    ("closed:\n  2026-12-29: ' '\n", "2: 2026-12-29: is empty"),
    ("closed:\n  2026-12-29: Closed\n  Christmas: Closed\n", f'3: closed: "Christmas" {NO_DAY}'),
    ("closed:\n  2027-02-29: Closed\n", f'2: closed: "2027-02-29" {NO_DAY}'),
    ("open: 2027-05-03", "1: open: must be a list"),
    ("open:\n  - 2027-05-03\n  - May Day\n", f'3: open: "May Day" {NO_DAY}'),
    (
        "closed:\n  2027-05-03: Closed\nopen: [[2027-05-03]]\n",
        "3: open: must be plain words, not a list or keys with values",
    ),
    (
        "closed:\n  2027-05-03: Closed\nopen: [2027-05-03]\n",
        "3: open: 2027-05-03 stands under closed too: take it out of one of them",
    ),
    ("shut: {}", '1: unknown key "shut": the keys of holidays.yaml are closed and open'),
    ("", "1: the file is empty"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_a_mistake_is_one_plain_line(tmp_path, write_workspace, mistakes, text, words):
    [told] = mistakes(write_holidays(write_workspace(tmp_path), text))
    assert told.startswith(f"holidays.yaml:{words}")
