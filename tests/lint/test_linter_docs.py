"""docs/linter.md and the rules are one."""

import re
from pathlib import Path

from bulletin.lint import RULES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "linter.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+)( \*)? \| ([^|]+) \| (error|warning) \| (.+) \|$", DOCUMENT, re.MULTILINE)


def test_the_document_has_every_rule_as_it_is():
    written = [
        (int(number), name, grave, about.replace("`", ""), star != "") for number, star, name, grave, about in ROWS
    ]
    assert written == [(one.number, one.name, one.severity.value, one.about, one.needs_desk) for one in RULES]


def test_there_are_seventy_rules():
    assert [one.number for one in RULES] == list(range(1, 71))


def test_every_rule_says_what_it_wants_in_one_line():
    for one in RULES:
        assert one.about, one.number
        assert "\n" not in one.about
        assert len(one.about) <= 110, one.number
