"""What of an item is compared when two may be one: its title, its text, and the words in them that tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bulletin.classify.common import EVERYWHERE, GRAMMAR
from bulletin.classify.same import apart
from bulletin.classify.text import plain, stem, word
from bulletin.identity import canonical_url, is_notice, normal_title
from bulletin.model import Item

SOME = 12  # words; a text with fewer says where an article stands, or whose picture it is
_READ = 6_000  # characters of a summary, with its markup
_OPENING = 400  # characters: what a press release and those who print it have in common comes first
_BEGINNING = 5  # letters by which two forms of a word are known for one: begin, begins, beginning

_COUNTRIES = "england wales scotland ireland london europe uk"  # they stand everywhere, yet tell
_PLACES = frozenset(map(stem, _COUNTRIES.split()))
# A word with a capital letter inside a sentence; what stands in brackets is an abbreviation or an agency.
_INSIDE = re.compile(r"(?<=[\w,;'’-] )[\"'‘“]?([A-Z][\w'’]*)")


@dataclass(frozen=True)
class Wording:
    """An item as it is compared with others."""

    item: Item
    title: str  # normal, see `identity.normal_title`
    opening: str  # the first characters of the text, normal
    written: str  # title and opening with their capitals

    @property
    def has_text(self) -> bool:
        """Whether there is enough text to tell anything."""
        return self.opening.count(" ") >= SOME - 1

    @property
    def language(self) -> str:
        """The language without its country, empty when the feed does not say."""
        return self.item.language.casefold().partition("-")[0]

    @property
    def is_notice(self) -> bool:
        """Whether it corrects or retracts another."""
        return self.item.notice is not None or is_notice(self.title)

    @cached_property
    def text(self) -> str:
        """All that is read of the summary, normal."""
        return normal_title(plain(self.item.summary[:_READ]))

    @cached_property
    def site(self) -> str:
        """The host that the item is on, empty when there is none."""
        return canonical_url(self.item.url).partition("/")[0]

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """What tells one number of a series from the next."""
        return apart.numbers(self.title)

    @cached_property
    def stages(self) -> frozenset[str]:
        """What makes another thing of the same."""
        return apart.stages(self.title)

    @cached_property
    def names(self) -> frozenset[str]:
        """The telling words of the title: neither grammar nor what stands everywhere."""
        return _telling(self.title)

    @cached_property
    def heard(self) -> frozenset[str]:
        """How the words of title and text begin."""
        return _beginnings(_stems(f"{self.title} {self.text}"))

    @cached_property
    def _proper(self) -> frozenset[str]:
        inside = _stems(normal_title(" ".join(_INSIDE.findall(self.written))))
        return (inside - GRAMMAR - EVERYWHERE) | (inside & _PLACES)

    def titled_alone(self, other: "Wording") -> bool:
        """Whether the title has a word, grammar apart, that the other item has nowhere, in no form."""
        return not _beginnings(_stems(self.title) - GRAMMAR) <= other.heard

    def tells_alone(self, other: "Wording") -> bool:
        """Whether the title has a telling word that the other item has nowhere, in no form."""
        return not _beginnings(self.names) <= other.heard

    def says_alone(self, other: "Wording") -> bool:
        """Whether the opening of the text has a telling word that the other item has nowhere, in no form."""
        return not _beginnings(_telling(self.opening)) <= other.heard

    def is_about_another(self, other: "Wording") -> bool:
        """Whether title or opening have a proper name that the other item has nowhere."""
        return not _beginnings(self._proper) <= other.heard


def wording(item: Item) -> Wording:
    """What of an item is compared."""
    opening = plain(item.summary[: 3 * _OPENING])
    if len(opening) > _OPENING:
        opening = opening[:_OPENING].rpartition(" ")[0]
    return Wording(item, normal_title(item.title), normal_title(opening), f"{item.title}. {opening}")


def _stems(text: str) -> frozenset[str]:
    return frozenset(part.stem for written in text.split() for part in word(written))


def _telling(text: str) -> frozenset[str]:
    return frozenset(one for one in _stems(text) - GRAMMAR - EVERYWHERE if len(one) > 1)


def _beginnings(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(one[:_BEGINNING] for one in stems)
