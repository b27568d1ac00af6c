"""Single values: what was written goes in, what is meant comes out, or a ValueError that says what to write instead.

The sentences come after the key's name and a colon: `most: must be a whole number from 1 to 100, not "many"`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Windows keeps these for itself, in every folder (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset({"con", "nul", "aux", "prn"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)})


def written(value: object) -> str:
    """Return a value that must be plain words."""
    if value is None:
        raise ValueError("has no value: write one after the colon or the dash")
    if not isinstance(value, str):
        raise ValueError(_not_plain(value))
    return value


def _not_plain(value: object) -> str:
    match list(value.items()) if isinstance(value, dict) else []:
        case [(str(before), None | str() as after)]:
            words = f"{before}: {after or ''}".rstrip()
            return f"put {quoted(words)} in quotation marks, because it has a colon"
    return "must be plain words, not a list or keys with values"


def some(members: tuple[T, ...]) -> tuple[T, ...]:
    """Return a list that must have a member."""
    if not members:
        raise ValueError("the list is empty: write at least one")
    return members


def quoted(value: str) -> str:
    """Show a value inside a message: one short line, whatever it holds."""
    shown = "".join(c if c.isprintable() else "�" for c in " ".join(value.split()))
    return f'"{shown if len(shown) <= 60 else shown[:57] + "..."}"'


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the known word that is most like this one, or nothing."""
    by_small = {one.lower(): one for one in known}
    found = get_close_matches(word[:80].lower(), by_small, n=1)
    return f'; did you mean "{by_small[found[0]]}"?' if found else ""


def listed(words: Iterable[str], join: str = "or") -> str:
    """Join words for a sentence: `one, two or three`."""
    *most, last = words
    return f"{', '.join(most)} {join} {last}" if most else last


def text(value: str) -> str:
    """Read words for people, with white space collapsed and no control characters; they may be empty."""
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n\r" for c in value):
        raise ValueError("holds an invisible control character: type the words again")
    return " ".join(value.split())


def line(value: str) -> str:
    """Read words for people that must not be empty."""
    words = text(value)
    if not words:
        raise ValueError("is empty: write something between the quotation marks")
    return words


def phrase(value: str) -> str:
    """Read a phrase of a topic: there must be something in it to look for."""
    words = line(value)
    if not any(map(str.isalnum, words)):
        raise ValueError(f"{quoted(words)} has no letter or digit to look for")
    return words


def slugify(name: str) -> str:
    """Make an id from a name: small ASCII letters, digits and hyphens; empty when nothing of it is left."""
    ascii_only = unicodedata.normalize("NFKD", re.sub("['’]", "", name)).encode("ascii", "ignore").decode("ascii")
    return re.sub("[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:64].rstrip("-")


def slug(value: str) -> str:
    """Read an id, which is a folder name on every system."""
    if value in _DEVICES:
        raise ValueError(f"{quoted(value)} is a name that Windows keeps for itself: choose another")
    if not _SLUG.fullmatch(value):
        example = slugify(value)
        such = f", such as {example}" if _SLUG.fullmatch(example) and example not in _DEVICES else ""
        raise ValueError(f"{quoted(value)} is no id: use small letters, digits and hyphens{such}")
    return value


def choice(*words: str) -> Callable[[str], str]:
    """Make the reader of a key that has a few fixed words."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"must be {listed(words)}, not {quoted(value)}{nearest(value, words)}")
        return value

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """Make the reader of a whole number between two, both included."""

    def read(value: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {quoted(value)}")
        return int(value)

    return read


def number(least: int, most: int) -> Callable[[str], float]:
    """Make the reader of a number between two, both included; it may have decimal places."""

    def read(value: str) -> float:
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", value) or not least <= float(value) <= most:
            raise ValueError(f"must be a number from {least} to {most}, not {quoted(value)}")
        return float(value)

    return read


def share(value: str) -> float:
    """Read a number from 0 to 1."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,17})?|\.[0-9]{1,17}", value) or float(value) > 1:
        raise ValueError(f"must be a number from 0 to 1, such as 0.4, not {quoted(value)}")
    return float(value)
