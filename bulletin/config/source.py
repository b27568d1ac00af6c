"""The only door of ruamel.yaml: from the bytes of a file to plain data with line numbers.

Every scalar stays text exactly as written, so that `NO`, `0123` and `1.10` mean what they say. The parser's events
are read one by one, because a limit only helps before the thing is built.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from bulletin.config import slips
from bulletin.config.document import Document, Place, Plain, Span
from bulletin.config.troubles import explain, forbidden
from bulletin.config.values import quoted
from bulletin.errors import Mistake

MAX_BYTES = 2_000_000
MAX_NODES = 100_000
MAX_DEPTH = 20

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})  # YAML 1.2.2, section 10.3.2


class _Unusable(Exception):  # noqa: N818 - it never leaves this module
    """The file cannot be read any further."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


def read(folder: Path, file: Path) -> Document:
    """Read one file of a workspace; one that cannot be used comes back with the mistake that says why."""
    return _document(file, lambda: _bytes(folder / file))


def understand(file: Path, raw: bytes) -> Document:
    """Read what is not in the file yet, as if it were."""
    return _document(file, lambda: raw)


def _document(file: Path, content: Callable[[], bytes]) -> Document:
    try:
        tree = _Tree(_text(content()))
        data = tree.top()
    except _Unusable as trouble:
        return Document(file, mistakes=(Mistake(file, trouble.line, trouble.message),), whole=False)
    mistakes = tuple(Mistake(file, line, words) for line, words in tree.mistakes)
    return Document(file, data, tree.lines, tree.spans, mistakes)


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Unusable(
            0, "the file is over 2 MB, and no file of a workspace is so big: check that it is the right one"
        )
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Unusable(line, 'the file is not UTF-8: save it again with the encoding "UTF-8"') from error
    if found := forbidden(text):
        raise _Unusable(*found)
    return text


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise _Unusable(0, "this is a folder and must be a file")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        message = 'this file is missing: check the folder, or type "bulletin init" to make a workspace'
        raise _Unusable(0, message) from error
    except OSError as error:
        raise _Unusable(0, f"the file cannot be read: {error.strerror}") from error


class _Tree:
    """Builds plain data from the parser's events; notes the lines of keys and members, and where values stand."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.spans: dict[Place, Span] = {}
        self.mistakes: list[tuple[int, str]] = []
        self._text = text
        self._events = _events(text)
        self._nodes = 0
        self._end = 0  # of the last key, value or closing bracket

    def top(self) -> dict[str, Plain]:
        """Return the keys and values that the file holds."""
        first = next(self._events, None)
        if first is None:
            raise _Unusable(1, "the file is empty: copy the one of a new workspace (bulletin init)")
        data = self._node(first, ())
        if more := next(self._events, None):
            raise _Unusable(_line(more), "a second document begins here: take out the --- before it")
        if not isinstance(data, dict):
            raise _Unusable(_line(first), 'the file must begin with a key and its colon, such as "feeds:"')
        return data

    def _node(self, event: Event, place: Place) -> Plain:
        self._check(event, place)
        data = self._content(event, place)
        flow = isinstance(event, CollectionStartEvent) and bool(event.flow_style)
        self.spans[place] = Span(min(event.start_mark.index, self._end), self._end, flow)
        return data

    def _content(self, event: Event, place: Place) -> Plain:
        if isinstance(event, MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self._list(place)
        if event.end_mark.index > event.start_mark.index:  # one that is empty stands where the next begins
            self._end = _visible_end(self._text, event)
        return _scalar(event)

    def _list(self, place: Place) -> list[Plain]:
        members: list[Plain] = []
        for event in self._until_end():
            here = (*place, len(members))
            self.lines[here] = _line(event)
            members.append(self._node(event, here))
        return members

    def _mapping(self, place: Place) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        for event in self._until_end():
            self._check(event, place)
            key = _key(event)
            self._end = event.end_mark.index
            if key in data:
                self.mistakes.append((_line(event), f"{quoted(key)} stands here a second time: keep one of them"))
                self._node(next(self._events), (*place, key, -1))  # a place of its own: the first keeps its lines
            else:
                self.lines[(*place, key)] = _line(event)
                data[key] = self._node(next(self._events), (*place, key))
        return data

    def _until_end(self) -> Iterator[Event]:
        while not isinstance(event := next(self._events), CollectionEndEvent):
            yield event
        if event.end_mark.index > event.start_mark.index:  # a bracket, and not only the end of the lines
            self._end = event.end_mark.index

    def _check(self, event: Event, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Unusable(_line(event), "the file holds over 100,000 values: check that it is the right one")
        if len(place) > MAX_DEPTH:
            raise _Unusable(_line(event), "lists and keys stand over 20 deep here: check the brackets and the spaces")
        if special := _special(event):
            raise _Unusable(_line(event), f"a value cannot begin with {special}: put it in quotation marks")
        if isinstance(event, ScalarEvent) and event.style is None:
            self._check_unquoted(event)

    def _check_unquoted(self, event: ScalarEvent) -> None:
        if slips.lacks_space(self._text, event.start_mark.index - event.start_mark.column):
            raise _Unusable(_line(event), slips.DASH)
        if slips.cut_off(self._text, event.end_mark.index):
            self.mistakes.append((event.end_mark.line + 1, slips.LOST))


def _events(text: str) -> Iterator[Event]:
    """Yield the events that carry data; what the parser complains of is put in our words."""
    event = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, NodeEvent | CollectionEndEvent):
                yield event
    except MarkedYAMLError as error:
        raise _Unusable(*(_after_quotes(text, event, error) or _trouble(text, error))) from error


def _after_quotes(text: str, last: Event | None, error: MarkedYAMLError) -> tuple[int, str] | None:
    """Return line and sentence when what the parser trips over are words right behind a value in quotes."""
    if not isinstance(last, ScalarEvent) or last.style not in {"'", '"'} or "'<scalar>'" not in error.problem:
        return None
    start, end, trouble = last.start_mark.index, last.end_mark.index, error.problem_mark.index
    if text[end:trouble].strip(" "):
        return None
    return _line(last), slips.after_quotes(text[start:end], text[end:])


def _trouble(text: str, error: MarkedYAMLError) -> tuple[int, str]:
    complaint = f"{error.context} {error.problem}"
    began, message = explain(complaint)
    mark = (error.context_mark if began else None) or error.problem_mark
    return slips.around(complaint, text, mark.line + 1) or (mark.line + 1, message)


def _special(event: Event) -> str:
    """Return the sign of an alias, an anchor or a tag: each makes a value something else than what stands there."""
    if isinstance(event, AliasEvent):
        return "*"
    if isinstance(event, NodeEvent) and event.anchor:
        return "&"
    return "!" if isinstance(event, ScalarEvent | CollectionStartEvent) and event.ctag else ""


def _key(event: Event) -> str:
    key = _scalar(event)
    if not key:
        raise _Unusable(_line(event), "the key before the colon is missing: write key: value")
    if key == "<<":
        raise _Unusable(_line(event), "<< is not used here: write the keys and values out")
    return key


def _scalar(event: Event) -> str | None:
    """Return the text as written; None for what is empty and not in quotes."""
    if not isinstance(event, ScalarEvent):
        raise _Unusable(_line(event), "a list or bracket cannot be a key: write key: value")
    value: str = event.value
    return None if event.style is None and value in _NULLS else value


def _visible_end(text: str, scalar: Event) -> int:
    """Return the end of a scalar; the parser counts the empty lines under words on many lines as theirs."""
    start: int = scalar.start_mark.index
    return start + len(text[start : scalar.end_mark.index].rstrip())


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
