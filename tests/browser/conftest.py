"""A real browser, Debian's Chromium, before a real `bulletin serve` on the sample newsroom.

Every page that a test opens is watched: an error on the console, an exception in a script, a violation of the
content security policy or a marker that hostile text set fails the test.
"""

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsing import PASSWORD, PEOPLE, Album, Site, site
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bulletin import config, demo, jobs
from bulletin.jobs import people
from bulletin.web import forgery

_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
# Set by hostile text if any of it ever runs; alert and its like would hang a page that nobody looks at.
_TRAP = """
window.__x = 0;
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.__x = 1; };
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture(scope="session", autouse=True)
def album(pytestconfig):
    """Pictures are kept when they were asked for."""
    Album.is_wanted = pytestconfig.getoption("--pictures")


def pytest_collection_modifyitems(items):
    """One worker has a module, with its browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def chromium():
    """The browser, started for each module: while it lives, nothing else in its process may run an event loop."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium, or make test as root")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=_FLAGS, env={**os.environ, "LANG": "C.UTF-8"}
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The sample newsroom with people at its desk; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("sample")
    story = demo.run(folder, lambda _: None)
    with jobs.open_desk(config.load(story.newsroom, {})) as desk:
        for email, (name, role) in PEOPLE.items():
            people.add_editor(desk, people.AT_TERMINAL, email, name, people.grants_from([role]), PASSWORD)
    return story.newsroom


@pytest.fixture(scope="session")
def shown(sample, tmp_path_factory):
    """The sample newsroom, served for who only looks."""
    with site(shutil.copytree(sample, tmp_path_factory.mktemp("shown") / "newsroom")) as ours:
        yield ours


@pytest.fixture
def own(sample, tmp_path):
    """A sample newsroom of one's own, to change."""
    with site(shutil.copytree(sample, tmp_path / "newsroom")) as ours:
        yield ours


@dataclass
class Watch:
    """What went wrong on the pages of a test; `forgiven` are patterns of what the test expects."""

    seen: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(_TRAP)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"exception: {error.error}"))
        context.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return context

    def _console(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def judge(self) -> None:
        wrong = [one for one in self.seen if not any(re.search(pattern, one) for pattern in self.forgiven)]
        assert not wrong, "\n".join(wrong)


@pytest.fixture
def watch():
    """Fails the test for what went wrong in a browser, if the test itself did not see it."""
    ours = Watch()
    yield ours
    ours.judge()


@pytest.fixture
def visit(chromium: Browser, watch):
    """Open a browser of its own for somebody: `visit(site, email)` gives a page; options are Playwright's."""
    opened = []

    def open_(at: Site, email: str = "", **options) -> Page:
        context = watch.over(chromium.new_context(base_url=at.url, locale="en-GB", **options))
        context.set_default_timeout(15_000)
        opened.append(context)
        if email:
            cookie = {"name": forgery.SESSION, "value": at.tokens[email], "url": at.url.replace("http:", "https:")}
            context.add_cookies([cookie | {"httpOnly": True, "secure": True, "sameSite": "Lax"}])
        return context.new_page()

    yield open_
    for context in opened:
        context.close()
