"""Cron lines, read strictly: five fields that mean one thing only, in the form that `model.Schedule` describes."""

import re
from typing import NamedTuple

from bulletin.config.values import listed, nearest, quoted

_LONGEST_MONTH = dict(zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
_NTH_DAY = re.compile(r"last|workday|(1st|2nd|3rd|4th|last)-(mon|tue|wed|thu|fri|sat|sun|workday)|(29|30|31)-or-last")


class _Field(NamedTuple):
    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()
    numbers: bool = True
    many: bool = True  # may stand for more than one number


_FIELDS = (
    _Field("minute", 0, 59, many=False),
    _Field("hour", 0, 23, many=False),
    _Field("day", 1, 31),
    _Field("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    _Field("day of the week", 0, 6, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), numbers=False),
)


def cron(value: str) -> str:
    """Read a cron line; return it in small letters with single spaces."""
    fields = value.lower().split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            f"{quoted(value)} has {len(fields)} parts and must have 5: minute, hour, day, month, day of the week"
        )
    _, _, days, months, _ = map(_numbers, _FIELDS, fields)
    if fields[2] != "*" and fields[4] != "*":
        raise ValueError(
            "names a day of the month and a day of the week, and programs disagree on what both together mean: "
            "put * in place of one (the first Monday is 1st-mon in place of the day)"
        )
    if days and not any(day <= _LONGEST_MONTH[month] for day in days for month in months):
        raise ValueError(f"{quoted(value)} never happens: there is no such day in that month")
    return " ".join(fields)


def _numbers(field: _Field, text: str) -> set[int]:
    """Return every number that a field stands for; none when one of its days is counted, such as 1st-mon."""
    if not field.many:
        return {_only(field, text)}
    parts = text.split(",")
    counted = [part for part in parts if field.name == "day" and _NTH_DAY.fullmatch(part)]
    numbers = set().union(*(_part(field, part) for part in parts if part not in counted))
    return set() if counted else numbers


def _only(field: _Field, text: str) -> int:
    """Return the one number of a field that has no more: an edition has one day, and comes out once on it."""
    if re.fullmatch("[0-9]*[*,/-][0-9*,/-]*", text):
        raise ValueError(f"{field.name}: {quoted(text)} is more than one, and a bulletin comes out once on a day")
    return _number(field, text)


def _part(field: _Field, part: str) -> set[int]:
    span, slash, step = part.partition("/")
    least, most = _span(field, span)
    if not slash:
        return set(range(least, most + 1))
    # APScheduler ignores a step behind names without a word, and a step behind one number is read in two ways.
    stepping = field.numbers and (span == "*" or re.fullmatch("[0-9]+-[0-9]+", span))
    if not (stepping and re.fullmatch("[1-9][0-9]?", step) and int(step) <= most - least):
        raise ValueError(f"{field.name}: {quoted(part)} is no step: write */2, or 8-18/2, or a list with commas")
    return set(range(least, most + 1, int(step)))


def _span(field: _Field, span: str) -> tuple[int, int]:
    if span == "*":
        return field.least, field.most
    first, dash, last = span.partition("-")
    least = _number(field, first)
    most = _number(field, last) if dash else least
    if most < least or (dash and first.isdigit() != last.isdigit()):
        raise ValueError(f"{field.name}: {quoted(span)} is no range from small to big: write a list with commas")
    return least, most


def _number(field: _Field, word: str) -> int:
    if word in field.names:
        return field.names.index(word) + field.least
    if field.numbers and re.fullmatch("[0-9]{1,2}", word) and field.least <= int(word) <= field.most:
        return int(word)
    if not field.numbers and word.isdigit():
        raise ValueError(
            f"{field.name}: {quoted(word)} means one day in some programs and another in others: "
            f"write {listed(field.names)}"
        )
    known = f"a number from {field.least} to {field.most}" if field.numbers else listed(field.names)
    raise ValueError(f"{field.name}: {quoted(word)} is not {known}{nearest(word, field.names)}")
