"""A part of a file as a form: what stands there goes out, what was typed comes back and is judged like the file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.config.document import Place, Plain
from bulletin.config.filechange import Change, digest
from bulletin.config.source import read
from bulletin.config.yamledit import Value, put
from bulletin.config.yamltext import YamlText
from bulletin.errors import ChangedError, ConfigError, FormError, Mistake

Values = Mapping[str, Value]
Judge = Callable[[YamlText], list[Mistake]]  # what is wrong with a file, and between it and the others

_FIELD = re.compile(r"(?P<field>\w+)(?:: | is missing)")
# What is said of a file, and is of no use to who fills in a form.
_OF_FILES = (
    (re.compile(r"line \d+ has the same"), "another one has the same"),
    (re.compile(r"the list is empty: write at least one"), "is empty: write something"),
    (re.compile(r" between the quotation marks"), ""),
    (re.compile(r"has no value: write one after the colon( or the dash)?"), "is empty: write something"),
)


@dataclass(frozen=True)
class Group:
    """Some keys of a file that stand side by side, in the order of the documentation."""

    place: Place
    keys: tuple[str, ...]
    lists: frozenset[str] = frozenset()  # of the keys, those with more than one value


@dataclass(frozen=True)
class Filled:
    """What stands in a file now, by field, empty where a key is left out, and what tells these bytes from others."""

    values: dict[str, Value]
    digest: str


def opened(folder: Path, file: Path, expected: str = "") -> YamlText:
    """Read a file that is to be changed.

    Raises ConfigError when it cannot be understood, and ChangedError when its digest is not the expected one.
    """
    document = read(folder, file)
    if not document.whole:
        raise ConfigError(list(document.mistakes))
    text = YamlText.of(file, (folder / file).read_bytes())  # which is what counts from here on
    if not text.document.whole:
        raise ConfigError(list(text.document.mistakes))
    if expected and digest(text.raw) != expected:
        raise ChangedError(f"{file.as_posix()} was changed by somebody else meanwhile: nothing was written")
    return text


def filled(text: YamlText, groups: Sequence[Group]) -> Filled:
    """Return what stands in some groups."""
    values = {key: _plain(text, (*group.place, key), key in group.lists) for group in groups for key in group.keys}
    return Filled(values, digest(text.raw))


def changed(folder: Path, text: YamlText, groups: Sequence[Group], values: Values, judge: Judge) -> Change:
    """Return the change that puts values into groups; a key that has none among `values` stays as it is.

    Raises ConfigError when the file had mistakes before, FormError when it would have some, and InputError when its
    layout allows no such change.
    """
    refuse_mistakes(text, judge)
    after = text
    for group in groups:
        for key in group.keys:
            if key in values:
                after = put(after, (*group.place, key), values[key], group.keys)
    return judged(folder, text, after, judge)


def judged(folder: Path, text: YamlText, after: YamlText, judge: Judge) -> Change:
    """Return a change if it makes no mistake; else raise FormError."""
    refuse(judge(after))
    return Change(folder, text.file, text.raw, after.raw)


def refuse_mistakes(text: YamlText, judge: Judge) -> None:
    """Raise ConfigError when a file that is to be changed has mistakes already."""
    if mistakes := judge(text):
        raise ConfigError(mistakes)


def refuse(mistakes: Sequence[Mistake]) -> None:
    """Raise FormError with the mistakes, the first of each field, in words that fit a form."""
    fields: dict[str, str] = {}
    for mistake in mistakes:
        found = _FIELD.match(mistake.message)
        fields.setdefault(found["field"] if found else "", _of_a_form(mistake.message, found))
    if fields:
        raise FormError(fields)


def member(text: YamlText, place: Place, is_it: Callable[[dict[str, Plain]], bool]) -> Place | None:
    """Return where the member of a list stands that it is."""
    members = enumerate(text.members(place))
    return next(((*place, at) for at, one in members if isinstance(one, dict) and is_it(one)), None)


def _plain(text: YamlText, place: Place, is_list: bool) -> Value:
    if is_list:
        return tuple(_words(one) for one in text.members(place))
    return _words(text.value(place))


def _words(value: Plain) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _of_a_form(message: str, found: re.Match[str] | None) -> str:
    if found and found.group().endswith(" is missing"):
        return "is empty: write something"
    said = message[found.end() :] if found else message
    for pattern, words in _OF_FILES:
        said = pattern.sub(words, said)
    return said
