"""Lists of words in a file: each member keeps its line and its note, wherever it goes."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bulletin.config.document import Place, Span
from bulletin.config.scalar import respelled, scalar
from bulletin.config.yamltext import YamlText

_ALIKE = 0.6  # of two values: the second is the first, reworded
_LONGEST = 200  # letters; longer values are not held against each other, which takes long


def bracketed(values: Sequence[str]) -> str:
    """Return a list on one line."""
    return f"[{', '.join(map(scalar, values))}]"


def with_list(text: YamlText, place: Place, values: Sequence[str]) -> YamlText:
    """Return the text with other members in the list that stands at a place."""
    span, old = text.document.spans[place], [_words(one) for one in text.members(place)]
    if not old:
        return text.spliced(span.start, span.end, bracketed(values))
    new = [_words(one) for one in values]
    spans = [text.document.spans[(*place, at)] for at in range(len(old))]
    if span.flow:
        return text.spliced(span.start, span.end, _in_brackets(text, span, spans, old, new))
    first, end = text.rows(Span(spans[0].start, spans[-1].end))
    return text.with_rows(first, end, list(_Dashes(text, text.at(span.start)[1], spans, old).lines(new)))


def _in_brackets(text: YamlText, whole: Span, spans: list[Span], old: list[str], new: list[str]) -> str:
    """The brackets with other members between them; those that stay keep their spelling and what is behind them."""
    written = {value: text.between(span.start, span.end) for value, span in zip(old, spans, strict=True)}
    gaps = {
        value: text.between(one.end, next_.start) for value, one, next_ in zip(old, spans, spans[1:], strict=False)
    }
    members = [written.get(value) or scalar(value) for value in new]
    joints = [gaps.get(value, ", ") for value in new[:-1]] + [""]
    opening, closing = text.between(whole.start, spans[0].start), text.between(spans[-1].end, whole.end)
    return opening + "".join(map("".join, zip(members, joints, strict=True))) + closing if new else "[]"


class _Dashes:
    """A list with a dash for each member; notes and empty lines between members stay where they are."""

    def __init__(self, text: YamlText, column: int, spans: list[Span], old: list[str]) -> None:
        self._text, self._column, self._old, self._spans = text, column, old, spans
        self._rows = [text.rows(span) for span in spans]

    def lines(self, new: list[str]) -> Iterator[str]:
        """Yield the lines of the list with other members."""
        steps = SequenceMatcher(None, self._old, new, autojunk=False).get_opcodes()
        out = {value: at for kind, i, j, _, _ in steps if kind != "equal" for at, value in _from(self._old, i, j)}
        for kind, i1, i2, j1, j2 in steps:
            olds, news = range(i1, i2), new[j1:j2]
            for at, value in zip(olds, news, strict=False):
                yield from self._gap(at)
                yield from self._member(at) if kind == "equal" else self._changed(at, value, out)
            for at in olds[len(news) :]:
                yield from self._gap(at)
            for value in news[len(olds) :]:
                yield from self._new(value, out)

    def _gap(self, at: int) -> Sequence[str]:
        """What stands between a member and the one before it."""
        return self._text.lines[self._rows[at - 1][1] : self._rows[at][0]] if at else ()

    def _member(self, at: int) -> Sequence[str]:
        return self._text.lines[slice(*self._rows[at])]

    def _changed(self, at: int, value: str, out: dict[str, int]) -> Sequence[str]:
        """A member in the place of another; one that is the same reworded keeps its note."""
        span, (first, end) = self._spans[at], self._rows[at]
        if value in out or end - first > 1 or not _alike(self._old[at], value):
            return self._new(value, out)
        line, left, right = self._text.lines[first], self._text.at(span.start)[1], self._text.at(span.end)[1]
        return [line[:left] + respelled(value, line[left:right]) + line[right:]]

    def _new(self, value: str, out: dict[str, int]) -> Sequence[str]:
        """A member that is new here; one that stood elsewhere brings its line along."""
        if value in out:
            return self._member(out.pop(value))
        return [" " * self._column + "- " + scalar(value)]


def _from(old: list[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((at, old[at]) for at in range(start, end))


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _words(value: object) -> str:
    return " ".join(str(value or "").split())
