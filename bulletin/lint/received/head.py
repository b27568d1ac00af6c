"""The headers of an email that arrived, as far as anybody can want to read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter.fields import fields

_MOST_BYTES, _MOST_FIELDS, _MOST_LETTERS = 300_000, 400, 20_000


@dataclass(frozen=True)
class Field:
    """A header: its name in lower case, its value in one line, and its place from the top."""

    name: str
    value: str
    place: int


@dataclass(frozen=True)
class Head:
    """The headers from the top, where whoever had the email last has written."""

    fields: tuple[Field, ...]

    def all(self, name: str) -> list[Field]:
        """The headers of a name, which is in lower case."""
        return [one for one in self.fields if one.name == name]

    def first(self, name: str) -> str:
        """The value of the first header of a name; empty when there is none."""
        return next((one.value for one in self.fields if one.name == name), "")


def head_of(content: bytes) -> Head:
    """Read the headers; those beyond what any mail server writes are not looked at."""
    return Head(tuple(_fields(_lines(content))))


def _lines(content: bytes) -> bytes:
    start = content[:_MOST_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return head + b"\n\n"


def _fields(head: bytes) -> Iterator[Field]:
    for place, one in enumerate(fields(head)[:_MOST_FIELDS]):
        value = " ".join(one.value[:_MOST_LETTERS].split())
        yield Field(one.label.lower(), value.encode("utf-8", "replace").decode("ascii", "replace"), place)
