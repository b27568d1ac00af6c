"""What goes between a reader's process and ours comes back as it was."""

import io
from dataclasses import fields
from datetime import UTC, timedelta
from enum import StrEnum
from types import UnionType
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model import Citation, Feed, FeedKind, Fetched, Item, Selectors, Validators
from bulletin.parse import Parsed, wire

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # halves of characters and NUL too
WHEN = st.datetimes(timezones=st.just(UTC))
DURATION = st.timedeltas(timedelta(0), timedelta(days=4_000))
BYTES = st.binary(max_size=50)


def anything(kind):
    """Values of a type of ours, with the most hostile texts in them."""
    with_hostile = {"str": ANY_TEXT, "datetime": WHEN, "timedelta": DURATION, "bytes": BYTES, "bool": st.booleans()}
    with_hostile["int"] = st.integers(0, 2**31)
    if getattr(kind, "__name__", "") in with_hostile:
        return with_hostile[kind.__name__]
    if isinstance(kind, UnionType):
        return st.one_of(*(st.none() if part is type(None) else anything(part) for part in kind.__args__))
    if getattr(kind, "__origin__", None) is tuple:
        return st.lists(anything(kind.__args__[0]), max_size=3).map(tuple)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: anything(hints[field.name]) for field in fields(kind)})


def sent(kind, value):
    """The value after its way."""
    stream = io.BytesIO()
    wire.send(stream, wire.text(value))
    stream.seek(0)
    return wire.reader(kind)(wire.loads(wire.receive(stream, 2**20)))


@given(anything(Parsed))
def test_whatever_was_read_comes_back_equal(parsed):
    assert sent(Parsed, parsed) == parsed


@pytest.mark.parametrize("kind", [Item | None, tuple[Item, ...], Selectors | None, tuple[str, ...]], ids=str)
@given(st.data())
def test_the_answers_of_other_tasks_come_back_equal(kind, data):
    value = data.draw(anything(kind))
    assert sent(kind, value) == value


@given(anything(Fetched))
def test_a_visit_comes_back_equal_with_its_bytes(fetched):
    record, bodies = wire.without_bytes(fetched)
    stream = io.BytesIO()
    wire.send(stream, wire.text(record), bodies)
    stream.seek(0)
    assert wire.with_bytes(wire.loads(wire.receive(stream, 2**20)), stream) == fetched
    assert stream.read() == b""


def test_a_choice_comes_back_as_the_choice_and_not_only_as_its_words():
    feed = Feed("f", "F", "https://example.org/", kind=FeedKind.PAGE)
    assert sent(Feed, feed).kind is FeedKind.PAGE


def test_two_halves_of_a_character_stay_two():
    item = Item("\ud83d" + "\ude00", citation=Citation(journal="\0"))
    assert sent(Item, item) == item


def test_no_message_says_what_kind_of_value_it_is():
    with pytest.raises(TypeError):
        wire.reader(Validators)({"etag": None, "last_modified": None, "__class__": "os.system"})


def test_the_end_of_the_stream_is_an_empty_frame():
    assert wire.receive(io.BytesIO(b""), 100) == b""


@pytest.mark.parametrize(
    "bytes_",
    [
        pytest.param(b"\0\0", id="half a length"),
        pytest.param(b"\0\0\0\x05abc", id="half a value"),
        pytest.param(b"\0\0\0\x65" + b"x" * 101, id="more than was agreed"),
        pytest.param(b"\xff\xff\xff\xff", id="four gigabytes"),
    ],
)
def test_a_frame_that_is_none_is_refused(bytes_):
    with pytest.raises(wire.FrameError):
        wire.receive(io.BytesIO(bytes_), 100)
