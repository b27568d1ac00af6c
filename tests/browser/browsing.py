"""What tests do in a browser: serve a newsroom, log in, look for what shuts people out, keep pictures."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from addresses import There, there
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from serving import serving

from bulletin import config, jobs
from bulletin.jobs import people
from bulletin.people.tokens import Keys

SCREENSHOTS = Path(__file__).parents[2] / "output" / "screenshots"
PASSWORD = "four quiet otters swim"
PEOPLE = {
    "ann@example.nhs.uk": ("Ann Admin", "admin"),
    "eve@example.nhs.uk": ("Eve Editor", "editor"),
    "ada@example.nhs.uk": ("Ada Approver", "approver"),
}
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@dataclass
class Site:
    """A newsroom that is served."""

    folder: Path
    url: str
    tokens: dict[str, str]  # of a session, by email
    drafts: dict[str, str]  # the edition that waits, by bulletin
    there: There  # something in every place of an address


@contextmanager
def site(folder: Path):
    """Serve a newsroom; everybody there has a session."""
    visitor = people.Visitor(Keys(b"for tests alone " * 2), "127.0.0.1", "Chromium")
    with jobs.open_desk(config.load(folder, {})) as desk:
        known = desk.store.editors.list()
        tokens = {one.email: people.sign_in_as(desk, visitor, one, "for a test") for one in known}
        drafts = {row.bulletin: row.id for row in jobs.drafts(desk)}
        found = there(desk, max(drafts), known[0].email)
    with serving(folder) as ours:
        yield Site(folder, ours.url, tokens, drafts, found)


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


class Album:
    """The pictures of a run; none are taken unless somebody wants to look at them."""

    is_wanted = False


def keep(page: Page, name: str, *widths: int) -> None:
    """Keep a picture of the whole page, or one at each of these widths, to be looked at, if --pictures are wanted."""
    if not Album.is_wanted:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
    if not widths:
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def is_clean(page: Page) -> bool:
    """Whether no hostile text ran on this page; what tries to in a frame, which is sandboxed, is on the console."""
    return page.evaluate("window.__x") == 0
