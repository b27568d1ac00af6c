"""What our own renderer sends is what the rule of the bytes wants, whatever a title or a name says."""

from dataclasses import replace
from pathlib import Path

import pytest
import sample_edition as sample
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin import render
from bulletin.lint import lint
from bulletin.model import Severity
from bulletin.render.mime import message

PAGE = render.page(sample.RICH, sample.BULLETIN, sample.AUDIENCE, sample.HOUSE)
PIECES = ("=?", "?=", "=?utf-8?Q?=0A?=", "Bcc: x@y", '"', "\\", "<", ">", ",", "\r\n", "\u202e", "\u200b", "\u2028")
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12).map("".join)
GOLDEN = sorted((Path(__file__).parents[1] / "emails").glob("*/bulletin.eml"))


def of_the_bytes(raw: bytes):
    return [(one.message, one.where) for one in lint(raw) if one.rule == 59]


@given(HOSTILE)
@example("New evidence =?UTF-8?Q?=0A?=Bcc: x@y")
@example("é" * 130)
@example("a" * 130)
def test_no_subject_breaks_a_message(text):
    shown = replace(PAGE, subject=text)
    assert of_the_bytes(message(shown, "<p>HTML</p>", "Text", sample.RICH, sample.AUDIENCE)) == []


@pytest.mark.parametrize(
    "name", ["Łódź Library", "Library, of the Trust", "x" * 200, "β" * 90, "=?utf-8?Q?=0A?=Bcc: x@y"]
)
def test_no_name_of_a_sender_breaks_a_message(name):
    audience = replace(sample.AUDIENCE, sender=f'"{name}" <library@example.nhs.uk>')
    assert of_the_bytes(message(PAGE, "<p>HTML</p>", "Text", sample.RICH, audience)) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_the_golden_emails_have_no_error(path):
    assert [one for one in lint(path.read_bytes()) if one.severity is Severity.ERROR] == []
