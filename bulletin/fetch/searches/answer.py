"""JSON from a service, read with care: it may be a web page, cut short, or made to hurt."""

import json
from dataclasses import dataclass
from typing import NoReturn, Self

from bulletin.errors import FetchError
from bulletin.model import Trouble

_MOST_PARTS = 500_000  # lists and objects in one page; a hundred works with all their references have a tenth of it
_MOST_WORDS = 200  # characters of a service's own words that go into a message


@dataclass(frozen=True)
class Answer:
    """One JSON object of a service; every look inside says in plain words when it is not what was asked for."""

    service: str  # its name, for the message
    value: dict[str, object]

    @classmethod
    def of(cls, service: str, body: bytes) -> Self:
        """Read a body; raises FetchError when it is not one JSON object."""
        if body.count(b"[") + body.count(b"{") > _MOST_PARTS:
            raise unreadable(service)
        try:
            value = json.loads(body, strict=False)  # PubMed repeats a search's own line breaks as they are
        except (ValueError, RecursionError) as error:
            raise unreadable(service) from error
        return cls(service, value if isinstance(value, dict) else _refuse(service))

    def part(self, name: str) -> "Answer":
        """Give the object under this name."""
        value = self.value.get(name)
        return Answer(self.service, value if isinstance(value, dict) else _refuse(self.service))

    def size(self, name: str) -> int:
        """Give the number of objects in the list under this name."""
        value = self.value.get(name)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise unreadable(self.service)
        return len(value)

    def text(self, name: str) -> str:
        """Give the text under this name, empty when there is none."""
        value = self.value.get(name, "")
        return value if isinstance(value, str) else _refuse(self.service)

    def texts(self, name: str) -> list[str]:
        """Give what is in the list under this name as texts, none when there is no list."""
        value = self.value.get(name, [])
        return [str(each) for each in value] if isinstance(value, list) else _refuse(self.service)

    def number(self, name: str) -> int:
        """Give the whole number under this name; PubMed writes numbers as text."""
        value = str(self.value.get(name))
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= 12 else _refuse(self.service)


def unreadable(service: str) -> FetchError:
    """The error for an answer that is not what was asked for."""
    return FetchError(
        f"{service} answered, but not with what was asked for; it is asked again at the next visit",
        Trouble.UNREADABLE,
    )


def in_words(value: object) -> str:
    """A service's own words, on one line and cut, fit for a message."""
    line = " ".join(str(value).split())
    return "".join(filter(str.isprintable, line))[:_MOST_WORDS]


def _refuse(service: str) -> NoReturn:
    raise unreadable(service)
