"""The names of authors, one by one, out of the ways in which feeds write them."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bulletin.parse.markup import text_of
from bulletin.parse.text import plain

_MOST = 50  # names
_MOST_LOOKED_AT = 500
_LONGEST = 200  # characters of a name
_MOST_AT_ONCE = 10_000  # characters of one author element that are looked at

_EMAIL = re.compile(r"<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}>?")
_BRACKETED = re.compile(r"^\((.*)\)$")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
# A list of names is a comma list of two to five words each; with one of these it is rather an organisation.
_NO_NAME = frozenset({"of", "for", "the", "in", "by", "and", "&", "at", "on", "with", "from"})
_AND = re.compile(r",? and (?=[^,]*$)")


def names(authors: Iterable[str]) -> tuple[str, ...]:
    """At most 50 different names of at most 200 characters, in their order, without email addresses.

    A list within one author is taken apart only where it cannot be one name: "Smith, J" stays.
    """
    found: dict[str, None] = {}
    for author in islice(dict.fromkeys(authors), _MOST_LOOKED_AT):
        for name in _split(_without_email(text_of(author[:_MOST_AT_ONCE]))):
            found.setdefault(plain(name, _LONGEST))
    return tuple(name for name in found if name)[:_MOST]


def _without_email(author: str) -> str:
    """RSS 2.0 has "a@b.c (Name)", mail has "Name <a@b.c>"."""
    name = _EMAIL.sub("", author).strip(" ,;<>")
    bracketed = _BRACKETED.match(name)
    return bracketed[1] if bracketed else name.removesuffix("()").strip()


def _split(author: str) -> Iterable[str]:
    if ";" in author:
        return [part.strip() for part in author.split(";")]
    if "," not in author:
        return [author]
    parts = [part.strip() for part in author.split(",")]
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return list(_paired(parts)) if len(parts) > 2 else [author]
    parts = [part.strip() for part in _AND.sub(",", author).split(",")]
    people = [part for part in parts if part not in ("", "et al", "et al.")]
    return people if all(map(_is_full_name, people)) else [author]


def _paired(parts: list[str]) -> Iterator[str]:
    """Surname and initials, which the comma parted too: Kaur, M., Shukla, A."""
    for surname, initials in zip(parts[::2], parts[1::2], strict=True):
        yield f"{surname}, {initials}"


def _is_full_name(part: str) -> bool:
    words = part.split()
    return 2 <= len(words) <= 5 and not _NO_NAME & {word.lower() for word in words}
