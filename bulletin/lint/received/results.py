"""What a receiver found out about an email: Authentication-Results (RFC 8601), Exchange's way of writing it too."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MOST = 50  # results in one header
_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|[();]|[^"();]+|"')
_PAIR = re.compile(r"([a-z0-9][a-z0-9._/-]{0,40})\s*=\s*(\"[^\"]*\"|[^\s]{1,400})", re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """One method's result: dkim, pass, {header.d: example.nhs.uk}; and what stood in brackets beside it."""

    method: str
    result: str
    told: Mapping[str, str]
    comment: str = ""


@dataclass(frozen=True)
class Results:
    """One header: who wrote it, where it says so, and what was found."""

    by: str  # the authserv-id, in lower case; empty: Exchange Online names nobody
    results: tuple[Result, ...]

    def of(self, method: str) -> list[Result]:
        """The results of one method."""
        return [one for one in self.results if one.method == method]


def read(value: str) -> Results:
    """Read the value of a header, whatever it holds."""
    pieces = list(_pieces(value))
    by = ""
    if pieces and not _PAIR.match(pieces[0][0]):
        words = pieces.pop(0)[0].split()
        by = words[0].lower() if words else ""
    results = (_result(words, comment) for words, comment in pieces[:_MOST])
    return Results(by, tuple(one for one in results if one))


def _result(words: str, comment: str) -> Result | None:
    pairs = [(name.lower(), told.strip('"').lower()) for name, told in _PAIR.findall(words)]
    if not pairs:
        return None
    (method, result), *told = pairs
    return Result(method.partition("/")[0], result, dict(reversed(told)), comment.lower())


def _pieces(value: str) -> Iterator[tuple[str, str]]:
    """What stands between semicolons, each with its comments apart."""
    words, comment, depth = [""], [""], 0
    for sign in _SIGNS.findall(value):
        if sign in ("(", ")"):
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif depth:
            comment[-1] += sign
        elif sign == ";":
            words.append("")
            comment.append("")
        else:
            words[-1] += sign
    return ((one.strip(), told.strip()) for one, told in zip(words, comment, strict=True))
