"""What tests of hostile documents share: what must be in no output, and the corpus that lies outside the project."""

import csv
import html.parser
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data"
_ACTIVE = {
    *("script", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base", "link", "noscript"),
    *("frame", "frameset", "applet", "template", "video", "audio"),
}


def manifest(folder: str) -> list[dict[str, str]]:
    """The rows of a folder's MANIFEST.tsv."""
    with (DATA / folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Page(html.parser.HTMLParser):
    """A page as a tree-less run: its tags with their attributes, its text, its comments."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(" ".join(self.words).split())


def dangers(text: str) -> list[str]:
    """Whatever in a piece of HTML could run, ask or lead astray."""
    found = []
    for tag, attributes in Page(text).tags:
        found += [tag] if tag in _ACTIVE else []
        for name, value in attributes.items():
            scheme = urlsplit(value.strip()).scheme.lower()
            if name.startswith("on") or (name in {"href", "src"} and scheme not in {"http", "https", "mailto", ""}):
                found.append(f"{name}={value}")
    return found


@contextmanager
def hostile_server(port: int = 0) -> Iterator[str]:
    """The corpus' own server in a process of its own; gives its address, with a slash at the end."""
    command = [sys.executable, str(SHARED / "tools" / "hostile_server.py"), str(port), str(DATA / "hostile")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()
