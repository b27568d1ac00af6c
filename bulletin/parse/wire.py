"""Values between a reader's process and ours: JSON written by what they are, and read by what was asked for.

The receiver names the type, never the message, so that no document can make anything but the values it should give.
Strings go as UTF-8 that may hold halves of characters: escaped, two of them would come back as one character.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import IO, Any, get_args, get_origin, get_type_hints

from bulletin.model import Fetched

OUT_OF_MEMORY = 12  # exit status of a reader
_SIZE = 4  # bytes that hold the length of what follows, the highest first


class FrameError(ValueError):
    """The other side ended in the middle, or sends more than was agreed."""


def send(stream: IO[bytes], value: bytes, bodies: tuple[bytes, ...] = ()) -> None:
    """Write a value's text, and behind it bytes as they are, whose lengths the value must tell."""
    for part in (len(value).to_bytes(_SIZE, "big"), value, *bodies):
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes:
    """Read a value's text of at most so many bytes; empty at the end of the stream. Raise FrameError."""
    size = stream.read(_SIZE)
    if not size:
        return b""
    length = int.from_bytes(size, "big")
    if len(size) < _SIZE or length > most:
        raise FrameError(f"a frame of {length:,} bytes")
    return exactly(stream, length)


def exactly(stream: IO[bytes], length: int) -> bytes:
    """Read so many bytes. Raise FrameError."""
    data = stream.read(length)
    if len(data) < length:
        raise FrameError("the stream ended too early")
    return data


def text(value: object) -> bytes:
    """A value of ours as JSON: dataclasses by their fields, instants as ISO text, durations in seconds."""
    whole = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return whole.encode("utf-8", "surrogatepass")


def loads(data: bytes) -> Any:  # noqa: ANN401 - it is JSON of any shape
    """What JSON holds, as Python has it; `reader` makes values of it."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def without_bytes(fetched: Fetched) -> tuple[dict[str, object], tuple[bytes, ...]]:
    """A visit as a record that tells only the lengths of its body and pages, and these."""
    lengths = {"body": len(fetched.body), "pages": [len(page) for page in fetched.pages]}
    return vars(fetched) | lengths, (fetched.body, *fetched.pages)


def with_bytes(record: Mapping[str, Any], stream: IO[bytes]) -> Fetched:
    """The visit of such a record, with the bytes that follow it. Raise FrameError."""
    body = exactly(stream, record["body"])
    pages = [exactly(stream, length) for length in record["pages"]]
    fetched: Fetched = reader(Fetched)({**record, "body": body, "pages": pages})
    return fetched


@cache
def reader(kind: object) -> Callable[[Any], Any]:
    """What makes a value of this type from JSON: one of our dataclasses, or whatever these are made of."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _fields_reader(kind)
    if get_origin(kind) is tuple:
        one = reader(get_args(kind)[0])
        return tuple if one is _same else lambda values: tuple(map(one, values))
    if isinstance(kind, UnionType):
        some = next(reader(part) for part in get_args(kind) if part is not type(None))
        return lambda value: None if value is None else some(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind is datetime:
        return datetime.fromisoformat
    return _seconds if kind is timedelta else _same


def _fields_reader(kind: type) -> Callable[[Any], Any]:
    readers = {name: reader(hint) for name, hint in get_type_hints(kind).items()}
    changed = [(name, read) for name, read in readers.items() if read is not _same]
    return lambda record: kind(**record | {name: read(record[name]) for name, read in changed})


def _same(value: object) -> object:
    return value


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else vars(value)
