"""Make docs/bulletin.png, the picture in the README, from the demo's own output; needs Chromium.

Run by `make picture`, after the design or the sample newsroom has changed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Without these, Chromium calls its maker at every start.
QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


def main() -> None:
    """Run the demo in an empty folder and photograph the first screen of its fullest bulletin."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("make picture needs Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "bulletin", "-C", folder, "demo"], check=True)
        (page,) = Path(folder).glob("output/health-management/*/senior-managers/bulletin.html")
        headless = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/browser",
        ]
        picture = [f"--screenshot={HERE / 'bulletin.png'}", "--window-size=700,1500", page.as_uri()]
        subprocess.run([browser, *headless, *QUIET, *picture], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
