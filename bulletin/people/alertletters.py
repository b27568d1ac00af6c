"""Letters to the operator: what is wrong and what to do about it, in plain text, and nobody's address."""

import re
from collections.abc import Iterator, Sequence

from bulletin.model import Concern, Library
from bulletin.people.letters import written

# From where a word begins: to try at each letter of a very long one would take hours.
_ADDRESS = re.compile(r"(?<![^\s@<>\"'`])[^\s@<>\"'`]+@[^\s@<>\"'`]+")


def letter(library: Library, operator: str, now: Sequence[Concern], over: Sequence[str], at: float) -> bytes:
    """Write one letter about all that stands `now` and all that is `over` (in words); `at` in seconds since 1970."""
    return written(library, operator, at, _subject(len(now), len(over)), "\n".join(_lines(library, now, over)))


def _subject(now: int, over: int) -> str:
    if now:
        return f"bulletin: {now} thing needs you" if now == 1 else f"bulletin: {now} things need you"
    return f"bulletin: {over} thing is over" if over == 1 else f"bulletin: {over} things are over"


def _lines(library: Library, now: Sequence[Concern], over: Sequence[str]) -> Iterator[str]:
    yield f"Hello,\n\nthis is the bulletin service of {_plain(library.name)}.\n"
    for number, one in enumerate(now, 1):
        yield f"{number}. {_plain(one.words)}"
        if one.since:
            yield f"   Since: {one.since:%Y-%m-%d, %H:%M} UTC"
        yield f"   What to do: {_plain(one.advice)}\n"
    if over:
        yield "Over:"
        yield from (f"- {_plain(words)}" for words in over)
        yield ""
    yield "`bulletin status` says how things stand now. What lasts is told again after one day, three days and a"
    yield "week, and then once a week. You get this because BULLETIN_OPERATOR names your address.\n"


def _plain(words: str) -> str:
    """One line without addresses: words may have come from a mail server or a feed."""
    return _ADDRESS.sub("<address>", " ".join("".join(one if one.isprintable() else " " for one in words).split()))
