"""A small newsroom for tests: a workspace in a folder, its topics about as small as topics can be."""

from pathlib import Path

TOPICS = {
    "greener": """\
heading: Sustainable Healthcare
phrases: [net zero, carbon footprint]
not: [financial sustainability]
""",
    "workforce": """\
heading: Workforce
phrases: [staff retention, nurse staffing]
""",
}
BULLETINS = """\
library:
  name: Wexbridge Library
  email: library@example.nhs.uk
bulletins:
  - id: update
    title: Wexbridge Update
    headings: [workforce, greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    window: 35d
    most: 2
    lists:
      - id: managers
        name: Managers
        from: Wexbridge Library <library@example.nhs.uk>
"""


def entry(title: str, link: str = "", date: str = "Fri, 20 Nov 2026 09:00:00 GMT", text: str = "") -> str:
    """The contents of one `<item>`; its link is made from the title if none is given."""
    link = link or "https://example.org/" + title.lower().replace(" ", "-")
    return f"<title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><description>{text}</description>"


def workspace(folder: Path, *urls: str) -> Path:
    """Write a workspace whose feeds are these addresses, named by their paths."""
    feeds = "".join(f"  - name: Feed /{url.rpartition('/')[2]}\n    url: {url}\n    rights: ogl\n" for url in urls)
    (folder / "feeds.yaml").write_text("feeds:\n" + feeds, encoding="utf-8")
    (folder / "bulletins.yaml").write_text(BULLETINS, encoding="utf-8")
    (folder / "topics").mkdir()
    for name, text in TOPICS.items():
        (folder / "topics" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
