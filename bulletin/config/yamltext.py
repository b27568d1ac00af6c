"""The text of a file, line by line with its own line ends, and the few ways in which it is cut and mended."""

import io
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from bulletin.config.document import Document, Place, Plain, Span
from bulletin.config.source import understand
from bulletin.errors import InputError

_MARK = "\ufeff"  # the byte order mark that Windows editors put first
_LINE_END = re.compile(r"\r?\n|\r")


@dataclass(frozen=True)
class Slot:
    """Where new members of a list go: behind how many lines, and how far in their dashes and keys stand."""

    line: int
    dash: int
    key: int

    def fill(self, lines: list[str]) -> list[str]:
        """Return the lines of one member as they stand in the list."""
        first = " " * self.dash + "-" + " " * (self.key - self.dash - 1)
        return [first + lines[0], *(" " * self.key + line for line in lines[1:])]


@dataclass(frozen=True)
class YamlText:
    """The lines of a file with their ends and without byte order mark, and what they say."""

    file: Path  # relative to the workspace
    lines: tuple[str, ...]
    document: Document
    mark: str = ""

    @classmethod
    def of(cls, file: Path, raw: bytes) -> "YamlText":
        """Read the bytes of a file; when they cannot be understood, its document says why."""
        document = understand(file, raw)
        text = raw.decode("utf-8", errors="replace")
        mark = _MARK if text.startswith(_MARK) else ""
        return cls(file, _split(text.removeprefix(mark)), document, mark)

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return (self.mark + "".join(self.lines)).encode("utf-8")

    @property
    def by_hand(self) -> InputError:
        """What to raise where the layout is beyond us."""
        name = self.file.as_posix()
        return InputError(f"{name} is laid out in a way that only a person can change: write it in by hand")

    def value(self, place: Place) -> Plain:
        """Return what stands at a place; None when nothing does."""
        found: Plain = self.document.data
        for step in place:
            if isinstance(found, dict) and isinstance(step, str):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def members(self, place: Place) -> list[Plain]:
        """Return the members of a list; none when it is missing or is no list."""
        found = self.value(place)
        return found if isinstance(found, list) else []

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 0, of an offset in the text that the document was read from."""
        line = min(bisect_right(self._starts, offset), len(self.lines)) - 1
        return line, min(offset - self._starts[line], len(self.lines[line]))

    def rows(self, span: Span) -> tuple[int, int]:
        """Return the first line of a value, counted from 0, and the one behind its last."""
        return self.at(span.start)[0], self.at(span.end)[0] + 1

    def between(self, start: int, end: int) -> str:
        """Return the text between two offsets, with \\n at the end of every line."""
        return self._plain[start:end]

    def colon(self, end: int) -> int:
        """Return the offset right behind the colon of a key that ends at an offset."""
        return end + self.between(end, end + 100).index(":") + 1

    def behind(self, span: Span, column: int) -> int:
        """Return how many lines lead up to the end of a value; a note under it that stands further in is its own."""
        line = self.rows(span)[1]
        while line < len(self.lines) and re.match(rf" {{{column + 1},}}#", self.lines[line]):
            line += 1
        return line

    def slot(self, place: Place) -> tuple["YamlText", Slot]:
        """Return where new members of a list go, in a text from which the brackets of an empty list are gone."""
        whole = self.document.spans[place]
        line, column = self.at(whole.start)
        members = self.members(place)
        if not members:
            return self.with_value(place, ""), Slot(line + 1, 2, 4)
        if whole.flow:
            raise self.by_hand
        last = self.document.spans[(*place, len(members) - 1)]
        key = column + 2 if last.flow else self.at(last.start)[1]
        return self, Slot(self.behind(last, column), column, key)

    def with_lines(self, line: int, new: Sequence[str]) -> "YamlText":
        """Return the text with new lines behind so many, which are one at least."""
        return self.with_rows(line, line, new)

    def with_rows(self, first: int, end: int, new: Sequence[str]) -> "YamlText":
        """Return the text with other lines from `first` up to `end`; those without a line end get the file's."""
        lines = [*self.lines[:first], *new, *self.lines[end:]]
        ended = [line if _LINE_END.search(line) else line + self._line_end(first) for line in lines]
        if ended and not _LINE_END.search(self.lines[-1]):
            ended[-1] = _LINE_END.sub("", ended[-1])
        return self._changed(tuple(ended))

    def with_value(self, place: Place, written: str) -> "YamlText":
        """Return the text with another value at a place; only what stands on one line can be changed."""
        span = self.document.spans[place]
        first, end = self.rows(span)
        if end - first > 1:
            raise self.by_hand
        return self.spliced(span.start, span.end, written)

    def spliced(self, start: int, end: int, written: str) -> "YamlText":
        """Return the text with something else between two offsets; no note may lie there."""
        (first, left), (last, right) = self.at(start), self.at(end)
        joined = self.lines[first][:left] + written.replace("\n", self._line_end(first)) + self.lines[last][right:]
        return self._changed((*self.lines[:first], *_split(joined), *self.lines[last + 1 :]))

    @cached_property
    def _plain(self) -> str:
        return _LINE_END.sub("\n", "".join(self.lines))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins, as offsets."""
        return [0, *accumulate(len(_LINE_END.sub("\n", line)) for line in self.lines)][:-1] or [0]

    def _line_end(self, line: int) -> str:
        ends = _LINE_END.findall(self.lines[line - 1]) or _LINE_END.findall(self.lines[0]) or ["\n"]
        return str(ends[0])

    def _changed(self, lines: tuple[str, ...]) -> "YamlText":
        text = replace(self, lines=lines)
        return replace(text, document=understand(self.file, text.raw))


def _split(text: str) -> tuple[str, ...]:
    return tuple(io.StringIO(text, newline=""))
