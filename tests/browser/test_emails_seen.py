"""Each design is looked at: on a phone, on a desk, in the dark, without pictures, with big letters and hostile words.

Nothing scrolls sideways, no words lie on others or leave their cell, and all of them can be read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import sample_everything as sample
from browsing import axe, keep
from playwright.sync_api import Browser, Page
from sample_edition import BULLETIN

from bulletin import render

TEMPLATES = ("default", "brief", "plain")
WIDTHS = (320, 600, 1200)
_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
_PICTURE = bytes.fromhex(  # one grey pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module", params=TEMPLATES)
def name(request):
    """The name of a design."""
    return request.param


@pytest.fixture(scope="module")
def rich(name):
    """Everything that an edition can hold, in each design."""
    audience = replace(sample.AUDIENCE, template=name)
    return render.email(sample.EDITION, BULLETIN, audience, sample.HOUSE).html


@pytest.fixture(scope="module")
def hostile(name):
    """The same with hostile words everywhere."""
    audience = replace(sample.HOSTILE_AUDIENCE, template=name)
    return render.email(sample.HOSTILE_EDITION, sample.HOSTILE_BULLETIN, audience, sample.HOSTILE_HOUSE).html


@dataclass
class Window:
    """A window in which one email after the other is opened; whatever it asks for but its logo fails the test."""

    page: Page
    images: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)
        self.page.on("dialog", lambda dialog: (self.asked.append(dialog.message), dialog.dismiss()))

    def _answer(self, route) -> None:
        self.asked.append(route.request.url)
        route.fulfill(body=_PICTURE, content_type="image/png") if self.images else route.abort()


@pytest.fixture(scope="module")
def window(chromium: Browser):
    """A window, which costs more to open than an email."""
    page = chromium.new_page()
    yield Window(page)
    page.close()


@contextmanager
def opened(window: Window, html: str, width: int, scheme: str = "light", *, images: bool = True) -> Iterator[Page]:
    """An email in a window of this width."""
    page, window.images, window.asked = window.page, images, []
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.set_content(html, wait_until="load")
    page.evaluate(_LOOK)
    yield page
    page.goto("about:blank")  # what still runs there ends
    assert set(window.asked) <= {sample.LOGO}


def faults(page: Page) -> list[str]:
    """What can be seen to be wrong."""
    return page.evaluate("look()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_everything_can_be_read_and_nothing_lies_on_anything_else(window, name, rich, width, scheme):
    with opened(window, rich, width, scheme) as page:
        keep(page, f"email-{name}-{width}-{scheme}")
        assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_pictures_their_words_stand_there(window, rich, scheme):
    with opened(window, rich, 600, scheme, images=False) as page:
        assert faults(page) == []
        logo = page.get_by_alt_text("Example NHS Trust")
        assert logo.bounding_box()["height"] > 0
        assert page.evaluate("words(document.querySelector('img'))") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_of_twice_the_size_find_room(window, name, rich, width):
    with opened(window, rich, width) as page:
        page.evaluate("twice()")
        keep(page, f"email-{name}-{width}-200")
        assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(window, rich, scheme):
    with opened(window, rich, 600, scheme) as page:
        axe(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_words_stay_in_their_cells(window, name, hostile, width):
    with opened(window, hostile, width) as page:
        keep(page, f"email-{name}-{width}-hostile")
        assert faults(page) == []
        assert page.locator("h1").count() == 1
        assert "Owned" in page.locator("h1").inner_text()  # as words
        axe(page)


def test_on_a_phone_everything_is_there_that_is_on_a_desk(window, rich):
    with opened(window, rich, 320) as page:
        phone = page.evaluate("said()")
    with opened(window, rich, 1200) as page:
        assert page.evaluate("said()") == phone


def test_a_right_to_left_title_runs_from_the_right_and_its_neighbours_do_not(window, rich):
    with opened(window, rich, 600) as page:
        titles = page.evaluate("titles()")
    assert [side for direction, side in titles if direction == "rtl"] == ["right", "right"]
    assert {side for direction, side in titles if direction != "rtl"} == {"left"}
