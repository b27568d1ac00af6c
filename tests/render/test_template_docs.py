"""docs/templates.md names every variable that a template gets, and no other."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bulletin.model import Brand, Colours, Heading, Library, Page, Printed, PrintedBlock, PrintedCorrection

TYPES = "text|link|number|yes or no|Library|Citation|Brand|Colours|Logo|Contact|list of \\w+"
DOCUMENTED = re.findall(
    rf"^\| `([a-z_.]+)` \| (?:{TYPES}) \| .+ \|$",
    (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(
    ("prefix", "noun"),
    [
        ("", Page),
        ("heading.", Heading),
        ("item.", Printed),
        ("library.", Library),
        ("block.", PrintedBlock),
        ("correction.", PrintedCorrection),
        ("brand.", Brand),
        ("brand.light.", Colours),
    ],
)
def test_what_is_documented_is_what_a_template_gets(prefix, noun):
    documented = [name.removeprefix(prefix) for name in DOCUMENTED if name.rpartition(".")[0] == prefix.rstrip(".")]
    assert documented == [field.name for field in fields(noun)]
