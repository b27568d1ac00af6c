"""A file as plain data that remembers its lines: what stands between the YAML and everything that judges it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bulletin.errors import Mistake

Place = tuple[str | int, ...]  # the way from the top: ("feeds", 3, "url")
Plain = None | str | list["Plain"] | dict[str, "Plain"]  # a scalar is text exactly as written, or None when empty


class Span(NamedTuple):
    """Where a value stands: offsets in the text without byte order mark and with \\n at the end of every line."""

    start: int
    end: int  # right behind its last visible character; an empty value stands right behind its key
    flow: bool = False  # a list or keys in brackets


@dataclass(frozen=True)
class Document:
    """One file of a workspace; `file` is relative to the workspace.

    `whole` is false when the file could not be read to its end: then `data` is empty and only `mistakes` count.
    """

    file: Path
    data: dict[str, Plain] = field(default_factory=dict)
    lines: Mapping[Place, int] = field(default_factory=dict)
    spans: Mapping[Place, Span] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    whole: bool = True

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest one around it; the top is line 1."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def mistake(self, place: Place, message: str) -> Mistake:
        """Say what is wrong at a place."""
        return Mistake(self.file, self.line(place), message)

    def find(self, *pattern: str) -> Iterator[tuple[Place, Plain]]:
        """Yield what stands at `pattern`, where `*` is every member of a list; another shape is passed over."""
        return _find(self.data, (), pattern)


def _find(data: Plain, place: Place, pattern: tuple[str, ...]) -> Iterator[tuple[Place, Plain]]:
    if not pattern:
        yield place, data
    elif pattern[0] == "*" and isinstance(data, list):
        for index, member in enumerate(data):
            yield from _find(member, (*place, index), pattern[1:])
    elif isinstance(data, dict) and pattern[0] in data:
        yield from _find(data[pattern[0]], (*place, pattern[0]), pattern[1:])
