"""What tests do in a browser: log in, look for what shuts people out, keep pictures."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).parents[2] / "output" / "screenshots"
PASSWORD = "four quiet otters swim"
PEOPLE = {
    "ann@example.nhs.uk": ("Ann Admin", "admin"),
    "eve@example.nhs.uk": ("Eve Editor", "editor"),
    "ada@example.nhs.uk": ("Ada Approver", "approver"),
}
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Log in by the form, as people do."""
    page.goto("/login")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def axe(page: Page) -> None:
    """Hold a page against WCAG 2.2 AA, as far as a machine can."""
    found = Axe().run(page, options=_RULES)
    told = [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert not told, "\n".join([page.url, *told])


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def is_clean(page: Page) -> bool:
    """Whether no hostile text ran on this page, frames included."""
    return not any(frame.evaluate("window.__x || 0") for frame in page.frames)
