"""Make the pictures of the README from the demo's own output, with Chromium.

Run by `make picture`, after a design, the desk or the sample newsroom has changed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Without these, Chromium calls its maker at every start.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
BULLETIN = [sys.executable, "-m", "bulletin"]
WHO, PASSWORD = "ann@example.nhs.uk", "reusable gowns in theatre"


def main() -> None:
    """Run the demo in an empty folder, and photograph its fullest bulletin and the desk before it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("make picture needs Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([*BULLETIN, "-C", folder, "demo"], check=True)
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        (page,) = Path(folder).glob("output/health-management/*/senior-managers/bulletin.html")
        email(browser, page.as_uri(), "bulletin", 700, 1500)
        designs(browser, Path(folder) / "output" / "demo")
        with serving(Path(folder) / "output" / "demo") as url:
            desk(browser, url)


def designs(browser: Browser, newsroom: Path) -> None:
    """The first screen of the same edition in each design: in the light, in the dark, and on a phone."""
    lists = newsroom / "bulletins.yaml"
    before = lists.read_text("utf-8")
    for design in ("default", "brief", "plain"):
        lists.write_text(re.sub(r"(?m)^( +template:) \w+$", rf"\1 {design}", lists.read_text("utf-8")), "utf-8")
        subprocess.run([*BULLETIN, "-C", str(newsroom), "render"], check=True)
        (page,) = newsroom.glob("output/health-management/*/senior-managers/bulletin.html")
        email(browser, page.as_uri(), f"{design}-light", 700, 1000)
        email(browser, page.as_uri(), f"{design}-dark", 700, 1000, "dark")
        email(browser, page.as_uri(), f"{design}-narrow", 320, 1000)
    lists.write_text(before, "utf-8")


def email(browser: Browser, address: str, name: str, width: int, height: int, scheme: str = "light") -> None:
    """The first screen of an email."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


@contextmanager
def serving(newsroom: Path) -> Iterator[str]:
    """Serve a newsroom with one person at its desk; gives its address."""
    add = [*BULLETIN, "-C", str(newsroom), "editors", "add", WHO, "--name", "Ann Librarian", "--role", "admin"]
    subprocess.run([*add, "--password-stdin"], input=PASSWORD, text=True, check=True)
    serve = [*BULLETIN, "-C", str(newsroom), "serve", "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        told = server.stdout.readline() if server.stdout else ""
        (url,) = re.findall(r"http://\S+", told)
        yield url
        server.terminate()


def desk(browser: Browser, url: str) -> None:
    """Three pages of the desk: the review with the preview beside it, approval, and a topic."""
    page = browser.new_page(viewport={"width": 1360, "height": 820})
    page.goto(f"{url}/login")
    page.fill("input[name=email]", WHO)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.goto(url)
    page.click("a:has-text('Health Management Update')")
    page.wait_for_selector("#sheet .item")
    review(page)
    page.click("a:has-text('Approve…')")
    page.screenshot(path=HERE / "approve.png")
    page.goto(f"{url}/topics/sustainable-healthcare")
    words = page.locator("textarea[name=phrases]")
    words.fill(words.input_value() + "\ndiesel\nmeal*\ncycling\n")
    page.click("button:has-text('Show what would move')")
    page.screenshot(path=HERE / "topic.png")


def review(page: Page) -> None:
    """A few items reviewed from the keyboard, and the preview beside the next."""
    page.keyboard.type("jaasv")
    page.frame_locator("#preview-pane iframe").locator("h1").wait_for()
    page.screenshot(path=HERE / "review.png")


if __name__ == "__main__":
    main()
