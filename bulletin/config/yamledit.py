"""Other values in a file, written so that as few lines as possible change and every note stays where it was.

Each change is read back: the file must say the new value, and all else that it said before, or nothing is changed.
"""

import re
from collections.abc import Sequence

from bulletin.config.document import Place, Plain
from bulletin.config.scalar import folded, respelled, scalar
from bulletin.config.yamllist import bracketed, with_list
from bulletin.config.yamltext import YamlText
from bulletin.errors import InputError

Value = str | tuple[str, ...]  # words, or a list of them; what is empty is left out of the file

_FOLDED = re.compile(r">-?(\s+#.*)?")  # the sign before words that run over several lines
_IN_BRACKETS = frozenset({"topics"})  # the lists that the house writes on one line


def put(text: YamlText, place: Place, value: Value, order: Sequence[str]) -> YamlText:
    """Return the text with a value at a place; an empty one is taken out.

    `order` are the keys that may stand beside it, as the documentation has them: a new key goes behind those before
    it. Raises InputError when the file's layout allows no such change.
    """
    if (meant(text.value(place)) or None) == (meant(value) or None):  # an empty list and no words are both nothing
        return text
    return proved(text, _put(text, place, value, order), place, value)


def add(text: YamlText, place: Place, lines: list[str], data: Plain) -> YamlText:
    """Return the text with a member at the end of a list, written on these lines; `data` is what they say."""
    emptied, slot = text.slot(place)
    return proved(text, emptied.with_lines(slot.line, slot.fill(lines)), (*place, len(text.members(place))), data)


def take_out(text: YamlText, place: Place) -> YamlText:
    """Return the text without a member of a list, whose own notes go with it."""
    whole, member = text.document.spans[place[:-1]], text.document.spans[place]
    line, column = text.at(member.start)
    if whole.flow:
        raise text.by_hand
    first = line if "-" in text.lines[line][:column] else line - 1
    changed = text.with_rows(first, text.behind(member, text.at(whole.start)[1]), ())
    return proved(text, changed, place, None)


def proved(text: YamlText, changed: YamlText, place: Place, value: Plain | Value) -> YamlText:
    """Return the changed text if it says what it should and nothing else; else raise InputError."""
    if not changed.document.whole:
        raise InputError("; ".join(mistake.message for mistake in changed.document.mistakes))
    if meant(changed.document.data) != meant(_with(text.document.data, place, value)):
        raise text.by_hand
    return changed


def meant(data: Plain | Value) -> object:
    """Return what data means to the readers of values: white space is one space, and what is empty is not there."""
    if isinstance(data, dict):
        return {key: found for key, one in data.items() if (found := meant(one))}
    if isinstance(data, list | tuple):
        return [meant(one) for one in data]
    return " ".join(data.split()) if data else ""


def key_lines(key: str, value: Value) -> list[str]:
    """Return a key and its value as the house writes them."""
    if isinstance(value, str):
        return [f"{key}: {scalar(value)}"]
    if key in _IN_BRACKETS:
        return [f"{key}: {bracketed(value)}"]
    return [f"{key}:", *(f"  - {scalar(one)}" for one in value)]


def _with(data: Plain, place: Place, value: Plain | Value) -> Plain:
    """Return the data as it should be with another value at a place; None takes a member out."""
    if not place:
        return list(value) if isinstance(value, tuple) else value
    step, *rest = place
    if isinstance(data, list):
        at = int(step)
        new = _with(data[at] if at < len(data) else None, tuple(rest), value)
        return [*data[:at], *([] if new is None else [new]), *data[at + 1 :]]
    around = data if isinstance(data, dict) else {}
    return around | {str(step): _with(around.get(str(step)), tuple(rest), value)}


def _put(text: YamlText, place: Place, value: Value, order: Sequence[str]) -> YamlText:
    old = text.value(place)
    if place not in text.document.lines:
        return _new_key(text, place, value, order)
    if not value and not isinstance(old, list):
        return _without(text, place)
    if isinstance(value, tuple):
        return with_list(text, place, value) if isinstance(old, list) else _fill(text, place, value)
    return _fill(text, place, value) if old is None else _reworded(text, place, value)


def _reworded(text: YamlText, place: Place, value: str) -> YamlText:
    """Words in place of others; what ran over several lines does so again."""
    span = text.document.spans[place]
    first, end = text.rows(span)
    if end - first == 1:
        return text.spliced(span.start, span.end, respelled(value, text.between(span.start, span.end)))
    head = text.between(span.start, span.end).partition("\n")[0]
    lines = folded(value, _indent(text.lines[first + 1 : end])) if _FOLDED.fullmatch(head) else None
    if lines:
        return text.with_rows(first + 1, end, lines)
    if head.startswith((">", "|")) and "#" in head:
        raise text.by_hand  # a note beside the sign would be lost
    return text.spliced(span.start, span.end, scalar(value))


def _indent(lines: Sequence[str]) -> int:
    """How far in the first line stands that is not empty."""
    first = next(line for line in lines if line.strip())
    return len(first) - len(first.lstrip(" "))


def _fill(text: YamlText, place: Place, value: Value) -> YamlText:
    """A value behind a key that has none."""
    span = text.document.spans[place]
    in_line = scalar(value) if isinstance(value, str) else bracketed(value)
    if span.end > span.start:  # a ~, say
        return text.spliced(span.start, span.end, in_line)
    if isinstance(value, str) or place[-1] in _IN_BRACKETS or text.document.spans[place[:-1]].flow:
        behind = text.colon(span.end)
        return text.spliced(behind, behind, f" {in_line}")
    column = text.at(text.document.spans[place[:-1]].start)[1]
    return text.with_lines(text.rows(span)[1], [" " * column + line for line in key_lines("", value)[1:]])


def _without(text: YamlText, place: Place) -> YamlText:
    """A key and its value taken out; the first of a list's member stays, empty, for its dash stands there."""
    span, around = text.document.spans[place], text.document.spans[place[:-1]]
    line = text.document.line(place) - 1
    if around.flow:
        return _without_in_brackets(text, place)
    if text.at(around.start)[0] == line and len(place) > 1 and isinstance(place[-2], int):
        return text.with_value(place, "")
    return text.with_rows(line, text.rows(span)[1], ())


def _without_in_brackets(text: YamlText, place: Place) -> YamlText:
    """A key and its value taken out with the comma before it, or behind it when it is the first."""
    span, around = text.document.spans[place], text.document.spans[place[:-1]]
    before = _beside(text, place, list(_keys(text, place[:-1])))
    start, end = (text.document.spans[before].end if before else around.start + 1), span.end
    if not before and (comma := re.match(r"\s*,\s*", text.between(end, around.end))):
        end += comma.end()
    if {"#", "\n"} <= set(text.between(start, end)):
        raise text.by_hand  # a note may be among them
    return text.spliced(start, end, "")


def _new_key(text: YamlText, place: Place, value: Value, order: Sequence[str]) -> YamlText:
    around = place[:-1]
    if around not in text.document.spans:
        inside = [f"  {one}" for one in key_lines(str(place[-1]), value)]
        return text.with_lines(len(text.lines), [f"{around[-1]}:", *inside])
    before = _beside(text, place, order)
    if before is None:
        keys = list(_keys(text, around))
        if not keys:
            raise text.by_hand  # nothing shows how far in the first key would stand
        before = (*around, keys[-1])
    span = text.document.spans[before]
    if text.document.spans[around].flow:
        written = scalar(value) if isinstance(value, str) else bracketed(value)
        return text.spliced(span.end, span.end, f", {place[-1]}: {written}")
    column = text.at(text.document.spans[around].start)[1]
    lines = [" " * column + line for line in key_lines(str(place[-1]), value)]
    return text.with_lines(text.behind(span, column), lines)


def _beside(text: YamlText, place: Place, order: Sequence[str]) -> Place | None:
    """Return the last key that is there of those before the place's own in an order."""
    there = _keys(text, place[:-1])
    before = order[: order.index(str(place[-1]))]
    return next(((*place[:-1], key) for key in reversed(before) if there.get(key) is not None), None)


def _keys(text: YamlText, place: Place) -> dict[str, Plain]:
    found = text.value(place)
    return found if isinstance(found, dict) else {}
