"""Labelled texts: every line is an example or a mistake with its number, and no file takes more than its share."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import InputError, Mistake
from bulletin.model import Example
from bulletin.parse.labelled import labelled

FILE = Path("train.jsonl")
GOOD = '{"id": "1", "title": "Net zero", "text": "Theatres cut waste.", "labels": ["green", "estates"]}'
OTHER = GOOD.replace('"1"', '"2"')


def read(text, **more):
    return labelled(text.encode("utf-8"), FILE, **more)


def only_mistake(line):
    (mistake,) = read(line).mistakes
    return mistake.message


def test_a_line_is_an_example():
    assert read(GOOD).examples == (Example("1", "Net zero", "Theatres cut waste.", ("green", "estates")),)


def test_the_classifier_reads_the_title_on_a_line_of_its_own():
    assert Example("1", "Net\nzero ", " Theatres\ncut waste. ").words == "Net zero\nTheatres\ncut waste."


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [("Net zero", "", "Net zero"), ("", "First line.\nSecond line.", "First line. Second line."), ("", "", "")],
)
def test_the_first_line_of_a_text_without_a_title_is_not_taken_for_one(title, text, words):
    assert Example("1", title, text).words == words


def test_a_packed_file_is_known_by_its_content():
    assert labelled(gzip.compress(GOOD.encode()), FILE).examples == read(GOOD).examples


def test_a_packed_file_may_have_several_members():
    packed = gzip.compress(f"{GOOD}\n".encode()) + gzip.compress(GOOD.replace('"1"', '"2"').encode())
    assert [example.id for example in labelled(packed, FILE).examples] == ["1", "2"]


def test_a_byte_order_mark_blank_lines_and_windows_line_ends_do_no_harm():
    read_ = read(f"\ufeff{GOOD}\r\n\r\n   \r\n{OTHER}\r\n")
    assert ([example.id for example in read_.examples], read_.mistakes) == (["1", "2"], ())


def test_labels_said_twice_count_once_and_their_spaces_do_not():
    (example,) = read('{"id": "1", "text": "a", "labels": ["green ", "green", "net  zero"]}').examples
    assert example.labels == ("green", "net zero")


def test_an_example_may_belong_nowhere():
    assert read('{"id": "1", "text": "a", "labels": []}').examples[0].labels == ()


def test_further_fields_are_ignored_however_odd():
    assert read('{"id": "1", "text": "a", "labels": ["x"], "trust": {"a": [1e999, null]}}').mistakes == ()


def test_a_missing_id_is_the_number_of_the_line():
    assert [
        one.id for one in read('\n{"text": "a", "labels": []}\n{"id": 7, "text": "", "labels": []}').examples
    ] == [
        "line 2",
        "7",
    ]


def test_a_pool_needs_no_labels_and_wrong_ones_do_no_harm():
    read_ = read('{"id": "1", "text": "a"}\n{"id": "2", "text": "b", "labels": 7}', with_labels=False)
    assert ([one.labels for one in read_.examples], read_.mistakes) == ([(), ()], ())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1, 2]", "each line must be an object such as"),
        ('"words"', "not text"),
        ("{'id': 1}", "not JSON: Expecting property name"),
        (GOOD[:-1], "not JSON"),
        (GOOD + GOOD, "not JSON: Extra data"),
        ('{"id": "1", "labels": ["x"]}', 'neither "title" nor "text"'),
        ('{"id": "1", "text": 7, "labels": ["x"]}', '"text" must be text, not a number'),
        ('{"id": "1", "title": ["a"], "text": "", "labels": ["x"]}', '"title" must be text, not a list'),
        ('{"id": true, "text": "a", "labels": ["x"]}', '"id" must be text or a whole number, not true or false'),
        ('{"id": "1", "text": "a"}', 'it has no "labels"; write "labels": []'),
        ('{"id": "1", "text": "a", "labels": null}', '"labels" must be a list, not null'),
        ('{"id": "1", "text": "a", "labels": "green"}', '"labels" must be a list, not text: write ["green"]'),
        ('{"id": "1", "text": "a", "labels": {"green": 1}}', '"labels" must be a list, not an object'),
        ('{"id": "1", "text": "a", "labels": [7]}', "a label must be text, not a number"),
        ('{"id": "1", "text": "a", "labels": [" "]}', "a label is empty"),
        ('{"id": "1", "text": "a", "labels": ["x"], "score": NaN}', "NaN is no JSON"),
        ('{"id": "1", "text": "a", "labels": ["x"], "score": -Infinity}', "-Infinity is no JSON"),
        ('{"id": ' + "9" * 5000 + "}", "a number has 5000 digits"),
        ("[" * 100_000, "it is nested too deep"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(line, told):
    assert told in only_mistake(line)


def test_bytes_that_are_no_utf8_are_told_with_their_line():
    content = f"{GOOD}\n".encode() + b'{"id": "2", "text": "caf\xe9", "labels": []}'
    read_ = labelled(content, FILE)
    assert read_.mistakes == (Mistake(FILE, 2, "byte 25 is not UTF-8; save the file as UTF-8"),)
    assert len(read_.examples) == 1


def test_every_mistake_is_told_at_once():
    read_ = read(f'oh\n{GOOD}\n{{"text": "a"}}\n[]')
    assert [mistake.line for mistake in read_.mistakes] == [1, 3, 4]


def test_half_a_character_is_replaced():
    (example,) = read('{"id": "1", "text": "a \\ud83d b", "labels": ["\\udc00"]}').examples
    assert (example.text, example.labels) == ("a \ufffd b", ("\ufffd",))


def test_an_id_that_stands_twice_is_told_and_does_no_harm():
    read_ = read(f"{GOOD}\n{GOOD}\n{OTHER}\n{OTHER}")
    assert len(read_.examples) == 4
    assert read_.warnings == (
        "train.jsonl:2: id '1' stands in line 1 too, and 1 more ids stand there twice; each line counts",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is nothing in it"),
        (b"\xef\xbb\xbf\r\n \n", "there is nothing in it"),
        (gzip.compress(b"", mtime=0), "there is nothing in it"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], "its gzip is cut short"),
        (gzip.compress(GOOD.encode(), mtime=0)[:10], "its gzip is cut short"),
        (b"\x1f\x8b\x08" + b"oh no" * 9, "its gzip is"),
        (gzip.compress(b" " * 20_000_000, mtime=0), "more than 200 times its size"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, told):
    with pytest.raises(InputError, match=told) as caught:
        labelled(content, FILE)
    assert str(caught.value).startswith("train.jsonl: ")


def test_a_file_that_unpacks_to_more_than_a_file_may_hold_is_refused(monkeypatch):
    monkeypatch.setattr("bulletin.parse.labelled.MOST_BYTES", 1024 * 1024)
    with pytest.raises(InputError, match="it unpacks to more than 1 MB"):
        labelled(gzip.compress(b" " * 5_000_000), FILE)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_there_are_examples_mistakes_or_one_error_in_words(content):
    try:
        read_ = labelled(content, FILE)
    except InputError as error:
        told = str(error)
    else:
        told = "train.jsonl: " * bool(read_.examples or read_.mistakes)
    assert told.startswith("train.jsonl: ")


@given(st.lists(st.tuples(st.text(), st.text(), st.lists(st.text().filter(str.strip), max_size=3)), min_size=1))
def test_what_was_written_is_read(rows):
    lines = [
        json.dumps({"id": n, "title": a, "text": b, "labels": c}, ensure_ascii=n % 2 == 0)
        for n, (a, b, c) in enumerate(rows)
    ]
    read_ = labelled("\n".join(lines).encode("utf-8"), FILE)
    assert [(one.title, one.text) for one in read_.examples] == [row[:2] for row in rows]
