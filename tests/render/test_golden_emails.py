"""The rich sample as it goes out, byte for byte, in each template; `pytest --golden` writes it anew."""

from dataclasses import replace
from pathlib import Path

import pytest
import sample_edition as sample

from bulletin import render
from bulletin.model import Schedule

GOLDEN = Path(__file__).parents[1] / "emails"

WEEKLY = replace(
    sample.BULLETIN,
    title="Executive Edition",
    intro="The week on one screen, chosen by your library.",
    schedule=Schedule("0 8 * * mon", "Europe/London"),
)


@pytest.mark.parametrize(
    ("template", "bulletin"),
    [
        pytest.param("default", sample.BULLETIN, id="default"),
        pytest.param("brief", WEEKLY, id="brief"),
        pytest.param("plain", sample.BULLETIN, id="plain"),
    ],
)
def test_the_email_is_the_golden_one(request, send, template, bulletin, tmp_path):
    email = send(template=template, bulletin=bulletin)
    if request.config.getoption("--golden"):
        render.write(email, GOLDEN / template)
    for path in render.write(email, tmp_path):
        assert path.read_bytes() == (GOLDEN / template / path.name).read_bytes(), f"{template}: {path.name} changed"


def test_the_same_edition_gives_the_same_bytes(send):
    assert send() == send()


def test_rendering_needs_no_network(send, monkeypatch):
    def refuse(*arguments, **more):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert send().html


def test_rendering_says_nothing_of_its_own(send, capfd, caplog):
    send()
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
