"""What mail programs understand is taken from caniemail's data, and findings name the programs that do not."""

import importlib.util
import json
from pathlib import Path

import pytest
from good import GOOD

from bulletin.lint import lint
from bulletin.lint.letter.css import declarations
from bulletin.lint.programs.support import KNOWN, PROGRAMS, missed

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "caniemail.json"
MAKER = ROOT / "docs" / "make_clients.py"


def test_the_data_says_where_they_come_from_and_under_which_licence():
    source = KNOWN["source"]
    assert source["repository"] == "https://github.com/hteumeuleu/caniemail"
    assert source["licence"] == "MIT"
    assert len(source["commit"]) == 40
    assert source["tested until"] >= "2026-04-16"


def test_every_fact_has_a_letter_for_each_program():
    facts = [
        letters
        for kind in KNOWN.values()
        if isinstance(kind, dict) and kind is not KNOWN["source"]
        for letters in kind.values()
    ]
    assert len(facts) > 150
    assert all(len(letters) == len(PROGRAMS) and set(letters) <= set("yanu") for letters in facts)


@pytest.mark.skipif(not DATA.exists(), reason="the data of caniemail are not here")
def test_the_facts_are_those_of_the_data(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_clients", MAKER)
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    monkeypatch.setattr(maker, "MADE", tmp_path / "clients.json")
    maker.main(str(DATA))
    assert json.loads((tmp_path / "clients.json").read_text(encoding="utf-8")) == KNOWN


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("display:flex", ["display: flex"]),
        ("color:red; color:var(--ink)", []),
        ("color:var(--ink); color:red", ["var() in color"]),
        ("width:calc(1rem + 1px)", ["calc() in width", "the unit rem in width"]),
        ("background:#fff; background:url(a.png)", []),
        ("background:url(a.png)", ["an image in background"]),
        ("font-family:'1rem calc(2vw)'", []),
        ("position:static; opacity:1", []),
        ("--ink:red", ["--ink (a CSS variable)"]),
        ("mso-hide:all; max-height:0; overflow:hidden", []),
        ("max-height:0", []),
        ("max-height:9px", ["max-height: 9px"]),
    ],
)
def test_what_is_missed_in_a_style(style, what):
    assert [one.what for one in missed(declarations(style), None)] == what


def test_a_finding_names_the_programs_and_shows_the_element():
    bad = GOOD.with_html("<p>What eleven", '<p style="visibility:collapse; display:flex">What eleven', 1)
    found = {one.message: one.where for one in lint(bad.as_bytes(), bad.known) if one.rule == 45}
    assert (
        "visibility: collapse is not shown by Outlook for Windows, Gmail, Gmail on iPhones and Gmail on Android: "
        "use what is, or put it before as a fallback"
    ) in found
    assert all(
        where.startswith('<p style="visibility:collapse; display:flex"> What eleven') for where in found.values()
    )


def test_outlook_is_not_asked_about_what_it_does_not_get():
    inside = '<p style="display:inline; border-radius:4px">The library is open.</p>'
    bad = GOOD.with_html("<p>What eleven", f"{inside}<p>What eleven", 1)
    good = GOOD.with_html("<p>What eleven", f"<!--[if !mso]><!-->{inside}<!--<![endif]--><p>What eleven", 1)
    assert 45 in {one.rule for one in lint(bad.as_bytes(), bad.known)}
    assert 45 not in {one.rule for one in lint(good.as_bytes(), good.known)}
