"""A small workspace that is right, for tests that put something wrong in it."""

from pathlib import Path, PurePosixPath

import pytest

from bulletin.config import load
from bulletin.errors import ConfigError

TOPIC = "heading: Policy\nphrases: [white paper]\n"
RIGHT = {
    "feeds": """\
feeds:
  - name: NHS England news
    url: https://www.england.nhs.uk/news/feed/
    rights: ogl
    topics: [policy]
""",
    "bulletins": """\
library:
  name: Example Library
  email: library@example.nhs.uk
bulletins:
  - id: management
    title: Management Update
    headings: [policy, digital]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    lists:
      - id: managers
        name: Managers
        from: Example Library <library@example.nhs.uk>
""",
    "policy": TOPIC,
    "digital": TOPIC,
}


def write_workspace(
    folder: Path, *changes: tuple[str, str, str], templates: bool = True, **files: str | bytes
) -> Path:
    """Write a workspace that is right but for whole `files` and for `changes`: (file, what stands there, what shall).

    Files go by their bare names: feeds, bulletins, and everything else is a topic.
    """
    texts = RIGHT | files
    for name, old, new in changes:
        assert old in texts[name], f"{old!r} is not in {name}"
        texts[name] = texts[name].replace(old, new, 1)
    for name, text in texts.items():
        path = folder / ("" if name in {"feeds", "bulletins"} else "topics") / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    if templates:
        write_template(folder, "default")
    return folder


def write_template(folder: Path, name: str, files: tuple[str, ...] = ("bulletin.html.j2", "bulletin.txt.j2")) -> None:
    """Write a template folder."""
    (folder / "templates" / name).mkdir(parents=True)
    for file in files:
        (folder / "templates" / name / file).write_text("", encoding="utf-8")


def mistakes(folder: Path, environ: dict[str, str] | None = None) -> list[str]:
    """Load a workspace that is wrong; return the lines of the error, with forward slashes on every system."""
    with pytest.raises(ConfigError) as caught:
        load(folder, environ or {})
    error = caught.value
    return [
        str(type(mistake)(PurePosixPath(mistake.file), mistake.line, mistake.message)) for mistake in error.mistakes
    ]


@pytest.fixture(name="right", scope="session")
def _right():
    """The texts of a workspace that is right."""
    return RIGHT


@pytest.fixture(name="write_workspace", scope="session")
def _write_workspace():
    return write_workspace


@pytest.fixture(name="write_template", scope="session")
def _write_template():
    return write_template


@pytest.fixture(name="mistakes", scope="session")
def _mistakes():
    return mistakes
