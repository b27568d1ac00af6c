"""Labelled texts as JSON lines, plain or packed by gzip: one object a line, with title, text and labels."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from bulletin.errors import InputError, Mistake
from bulletin.model import Example

MOST_BYTES = 512 * 1024 * 1024  # of a file, and of what it unpacks to
_MIB = 1024 * 1024
_RATIO = 200  # times that a file may unpack to; texts pack to a third, JSON lines of one word to a fiftieth
_STEP = 1024 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b\x08"
_MOST_DIGITS = 100
_SHORT = 60  # characters of a wrong value that a message repeats


@dataclass(frozen=True)
class Labelled:
    """What a file holds: its examples, every mistake in it, and what is odd but does no harm."""

    examples: tuple[Example, ...]
    mistakes: tuple[Mistake, ...]
    warnings: tuple[str, ...]


def labelled(content: bytes, file: Path, *, with_labels: bool = True) -> Labelled:
    """Read a file; further fields are ignored, and so are `labels` where none are wanted.

    Raise InputError when the file as a whole cannot be read. `file` is for the messages only.
    """
    examples, mistakes = list[Example](), list[Mistake]()
    seen, repeated = dict[str, int](), dict[str, int]()
    for number, line in _lines(_unpacked(content, file)):
        try:
            example = _example(line, number, with_labels)
        except ValueError as error:
            mistakes.append(Mistake(file, number, str(error)))
            continue
        examples.append(example)
        if seen.setdefault(example.id, number) != number:
            repeated.setdefault(example.id, number)
    if not examples and not mistakes:
        raise InputError(f"{file}: there is nothing in it; each line must be an object such as {_LIKE}")
    return Labelled(tuple(examples), tuple(mistakes), tuple(_repeats(file, seen, repeated)))


_LIKE = '{"id": "1", "title": "...", "text": "...", "labels": ["policy"]}'


def _repeats(file: Path, seen: dict[str, int], repeated: dict[str, int]) -> Iterator[str]:
    if repeated:
        name, again = next(iter(repeated.items()))
        told = f"id {name[:_SHORT]!r} stands in line {seen[name]} too"
        more = f", and {len(repeated) - 1} more ids stand there twice" if len(repeated) > 1 else ""
        yield f"{file}:{again}: {told}{more}; each line counts"


def _unpacked(content: bytes, file: Path) -> bytes:
    """The bytes of a file, unpacked where they are packed; never more than a bound."""
    if not content.startswith(_MAGIC):
        return content
    found, rest = bytearray(), content
    while rest.startswith(_MAGIC):  # a file may have several members, one after the other
        unpack = zlib.decompressobj(_GZIP)
        try:
            while rest and not unpack.eof:
                found += unpack.decompress(rest, _STEP)
                rest = unpack.unconsumed_tail
                _check_size(len(found), len(content), file)
        except zlib.error as error:
            raise InputError(f"{file}: its gzip is broken; pack it again") from error
        if not unpack.eof:
            raise InputError(f"{file}: its gzip is cut short; copy or pack it again")
        rest = unpack.unused_data
    return bytes(found)


def _check_size(size: int, packed: int, file: Path) -> None:
    if size > MOST_BYTES:
        raise InputError(f"{file}: it unpacks to more than {MOST_BYTES // _MIB} MB; use fewer texts")
    if size > 10 * _MIB and size > _RATIO * packed:
        raise InputError(f"{file}: it unpacks to more than {_RATIO} times its size, as no texts do")


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(BytesIO(content), start=1):
        if line.strip():
            yield number, line


def _example(line: bytes, number: int, with_labels: bool) -> Example:
    """Read one line; ValueError, in words, for whatever is wrong with it."""
    row = _object(line)
    title, text = _words(row, "title"), _words(row, "text")
    if "title" not in row and "text" not in row:
        raise ValueError('it has neither "title" nor "text"')
    return Example(_id(row, number), title, text, _labels(row) if with_labels else ())


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8"), parse_constant=_no_number, parse_int=_whole_number)
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.colno}") from error
    if not isinstance(found, dict):
        raise ValueError(f"each line must be an object such as {_LIKE}, not {_kind(found)}")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON; leave the field out, or write null")


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number has {len(digits)} digits")
    return int(digits)


def _words(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{name}" must be text, not {_kind(value)}')
    return _whole(value or "")


def _id(row: dict[str, Any], number: int) -> str:
    value = row.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise ValueError(f'"id" must be text or a whole number, not {_kind(value)}')
    return f"line {number}" if value is None else _whole(str(value))


def _labels(row: dict[str, Any]) -> tuple[str, ...]:
    value = row.get("labels")
    if "labels" not in row:
        raise ValueError('it has no "labels"; write "labels": [] for what belongs nowhere')
    if not isinstance(value, list):
        hint = f": write [{json.dumps(value, ensure_ascii=False)[:_SHORT]}]" if isinstance(value, str) else ""
        raise ValueError(f'"labels" must be a list, not {_kind(value)}{hint}')
    for label in value:
        if not isinstance(label, str):
            raise ValueError(f"a label must be text, not {_kind(label)}")
        if not label.strip():
            raise ValueError("a label is empty")
    return tuple(dict.fromkeys(" ".join(_whole(label).split()) for label in value))


def _whole(words: str) -> str:
    """The words without halves of characters, which JSON can spell and nothing can print."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _kind(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "null")
