"""The text of feeds.yaml, line by line with its own line ends, and the two changes that are made to it."""

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.config.document import Document, Place, Plain, Span
from bulletin.config.source import understand
from bulletin.errors import InputError

FILE = Path("feeds.yaml")
BY_HAND = "feeds.yaml is laid out in a way that only a person can change: write it in by hand"
_MARK = "\ufeff"  # the byte order mark that Windows editors put first
_LINE_END = re.compile(r"\r?\n|\r")


@dataclass(frozen=True)
class Slot:
    """Where new feeds go: behind how many lines, and how far in their dashes and keys stand."""

    line: int
    dash: int
    key: int

    def fill(self, lines: list[str]) -> list[str]:
        """Return the lines of one feed as they stand in the list."""
        first = " " * self.dash + "-" + " " * (self.key - self.dash - 1)
        return [first + lines[0], *(" " * self.key + line for line in lines[1:])]


@dataclass(frozen=True)
class FeedsText:
    """The lines of feeds.yaml with their ends and without byte order mark, and what they say."""

    lines: tuple[str, ...]
    document: Document
    mark: str = ""

    @classmethod
    def of(cls, raw: bytes) -> "FeedsText":
        """Read the bytes of the file; when they cannot be understood, its document says why."""
        document = understand(FILE, raw)
        text = raw.decode("utf-8", errors="replace")
        mark = _MARK if text.startswith(_MARK) else ""
        return cls(tuple(io.StringIO(text.removeprefix(mark), newline="")), document, mark)

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return (self.mark + "".join(self.lines)).encode("utf-8")

    @property
    def feeds(self) -> list[Plain]:
        """The feeds as plain data; none when the list is missing or is no list."""
        listed = self.document.data.get("feeds")
        return listed if isinstance(listed, list) else []

    def slot(self) -> tuple["FeedsText", Slot]:
        """Return where new feeds go, in a text from which the brackets of an empty list are gone."""
        whole = self.document.spans["feeds",]
        line, column = self._at(whole.start)
        if not self.feeds:
            return self.with_value(("feeds",), ""), Slot(line + 1, 2, 4)
        last = self.document.spans["feeds", len(self.feeds) - 1]
        if whole.flow:
            raise InputError(BY_HAND)
        behind = self._at(last.end)[0] + 1
        while behind < len(self.lines) and re.match(rf" {{{column + 1},}}#", self.lines[behind]):
            behind += 1  # a note under the last feed's keys is its own
        return self, Slot(behind, column, column + 2 if last.flow else self._at(last.start)[1])

    def with_lines(self, slot: Slot, new: list[str]) -> "FeedsText":
        """Return the text with new lines in their slot, with the line ends that the file has."""
        *before, last = self.lines[: slot.line]
        bare = last.rstrip("\r\n")
        ends = _LINE_END.findall(last) or _LINE_END.findall(self.lines[0]) or ["\n"]
        ended = [bare, *new]
        body = [line + ends[0] for line in ended[:-1]] + [ended[-1] + last[len(bare) :]]
        return self._changed((*before, *body, *self.lines[slot.line :]))

    def with_value(self, place: Place, written: str) -> "FeedsText":
        """Return the text with another value at a place; only what stands on one line can be changed."""
        span: Span = self.document.spans[place]
        line, column = self._at(span.start)
        end_line, end = self._at(span.end)
        if line != end_line:
            raise InputError(BY_HAND)
        old = self.lines[line]
        return self._changed((*self.lines[:line], old[:column] + written + old[end:], *self.lines[line + 1 :]))

    def _changed(self, lines: tuple[str, ...]) -> "FeedsText":
        text = replace(self, lines=lines)
        return replace(text, document=understand(FILE, text.raw))

    def _at(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 0, of an offset in the text that the document was read from."""
        for number, line in enumerate(self.lines):
            length = len(_LINE_END.sub("\n", line))
            if offset < length:
                return number, offset
            offset -= length
        return len(self.lines) - 1, len(self.lines[-1])
