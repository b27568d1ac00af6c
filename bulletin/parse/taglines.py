"""Files made of lines with tags, as RIS and MEDLINE are: cut into records, nothing of them understood yet.

A line without a tag goes on with the value above it, and only a real line end begins a line: whatever else a value
holds (a line separator, a vertical tab) never makes a second record.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\n|\r")

Values = dict[str, list[list[str]]]  # by tag, in the order of the file, each value as its lines


@dataclass(frozen=True)
class Shape:
    """How a format writes its lines; `line` finds a tag and a value."""

    line: re.Pattern[str]
    begins: str  # the tag of a record's first line
    ends: str = ""  # the tag of its last line, where it has one


@dataclass
class Record:
    """One record: its values, and the line that it begins on, counted from 1; it is open until its end is met."""

    line: int
    values: Values = field(default_factory=dict)
    is_open: bool = True


@dataclass
class Cut:
    """The first records of a file, how many it has in all, and the lines with tags that are in none of them."""

    records: list[Record] = field(default_factory=list)
    count: int = 0
    strays: list[int] = field(default_factory=list)


def cut(text: str, shape: Shape, most: int) -> Cut:
    """Cut a file into records, of which the first so many are kept; a run of stray lines counts once."""
    found = Cut()
    record, tag, astray = Record(0, is_open=False), "", False
    for number, line in enumerate(_LINE_END.split(text), start=1):
        tagged = shape.line.fullmatch(line)
        if tagged and tagged[1] == shape.begins:
            record = _next(found, number, most)
        is_stray = bool(tagged) and not record.is_open
        if is_stray and not astray:
            found.strays.append(number)
        astray = is_stray
        if tagged and record.is_open:
            tag = tagged[1]
            record.is_open = tag != shape.ends
            record.values.setdefault(tag, []).append([tagged[2].strip()])
        elif record.is_open and tag and line.strip():
            record.values[tag][-1].append(line.strip())
    return found


def first(values: Values, *tags: str) -> str:
    """The first value that says anything, in the order of these tags."""
    return next(every(values, *tags), "")


def every(values: Values, *tags: str) -> Iterator[str]:
    """Yield all values that say anything, in the order of these tags."""
    for tag in tags:
        yield from filter(None, (" ".join(lines).strip() for lines in values.get(tag, ())))


def _next(found: Cut, number: int, most: int) -> Record:
    record = Record(number)
    found.count += 1
    if found.count <= most:
        found.records.append(record)
    return record
