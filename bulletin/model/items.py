"""What the feeds bring, and what was thought and ruled of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DateSource(StrEnum):
    """Where an item's date comes from: the feed's own words, or only the day that we first saw it."""

    PUBLISHED = "published"
    UPDATED = "updated"
    FIRST_SEEN = "first seen"


class DateFlag(StrEnum):
    """What was wrong with the date that the feed gave; the date itself is then not used."""

    NONE = ""
    FUTURE = "future"  # more than 48 hours ahead
    ABSURD = "absurd"  # before 1990
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Citation:
    """Where a journal article stands; each part is empty when the feed does not say."""

    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""


class Mark(StrEnum):
    """What a notice says of an item, the gravest first."""

    RETRACTED = "retracted"
    CONCERN = "expression of concern"
    CORRECTED = "corrected"


class ItemType(StrEnum):
    """What kind of thing an item is, in the order in which a heading prints them."""

    GUIDANCE = "guidance"
    REPORT = "report"
    SYSTEMATIC_REVIEW = "systematic-review"
    RESEARCH = "research"
    STATISTICS = "statistics"
    NEWS = "news"
    CONSULTATION = "consultation"
    EVENT = "event"
    FUNDING = "funding"

    @property
    def words(self) -> str:
        """The same for readers: Systematic review."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True)
class Notice:
    """What makes an item a notice about another one."""

    mark: Mark
    doi: str = ""  # of the item that it concerns; empty when only the title tells


class Service(StrEnum):
    """Who is asked about a DOI."""

    CROSSREF = "Crossref"
    EUROPEPMC = "Europe PMC"
    UNPAYWALL = "Unpaywall"


@dataclass(frozen=True)
class Added:
    """A field that a service filled in where the feed said nothing, or less."""

    field: str  # a field of Item
    service: Service


@dataclass(frozen=True)
class Item:
    """One thing worth knowing, however many feeds carried it.

    Text fields are plain text, except `summary`, which is HTML cleaned to the allow-list of `parse`. `url` is http(s)
    or empty. `published` is the item's own date; without one, `first_seen` stands in and `date_source` says so.
    """

    title: str
    url: str = ""
    doi: str = ""  # lower case, without resolver: 10.5555/abc
    published: datetime | None = None
    date_source: DateSource = DateSource.FIRST_SEEN
    date_flag: DateFlag = DateFlag.NONE
    authors: tuple[str, ...] = ()
    summary: str = ""
    kind: str = ""  # the feed's own word: Research, Guidance, News ...
    categories: tuple[str, ...] = ()
    citation: Citation = Citation()
    language: str = ""
    free: bool = False  # the feed itself says that the full text is open
    guid: str = ""  # the feed's own identifier, as it came
    keys: tuple[str, ...] = ()  # what identity knows it by, strongest first
    id: str = ""  # given at shelving, for ever
    first_seen: datetime | None = None  # given at shelving
    feeds: tuple[str, ...] = ()  # ids of the feeds that carried it, the first one first
    source: str = ""  # id of the feed that speaks for it: of those that carried it, the first in feeds.yaml
    summary_feed: str = ""  # id of the feed whose summary this is, or whose own one is `told`
    told: str = ""  # the feed's own summary, where a longer one of a service stands in its place
    free_url: str = ""  # an open copy, as Unpaywall knows it
    notice: Notice | None = None  # this item is itself a notice about another one
    marks: tuple[Mark, ...] = ()  # what notices say of it; read with it from the store
    added: tuple[Added, ...] = ()  # what did not come from a feed; read with it from the store

    @property
    def date(self) -> datetime:
        """The item's own date, or the day that we first saw it."""
        date = self.published or self.first_seen
        if date is None:
            raise ValueError(f"{self.title!r} has no date before it is shelved")
        return date


@dataclass(frozen=True)
class Lookup:
    """One question to a service about an item, and its answer."""

    item: str
    service: Service
    at: datetime
    found: Item | None  # only the fields that the service knows; None: it knows nothing of this DOI


class Aim(StrEnum):
    """What the owner of a heading would rather have, where the machine cannot be right in everything."""

    FEWER_WRONG = "fewer wrong"
    FEWER_MISSED = "fewer missed"
    BALANCED = "balanced"


@dataclass(frozen=True)
class Topic:
    """A subject that an item can belong under; its heading stands in any bulletin."""

    id: str
    heading: str
    phrases: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    threshold: float | None = None  # None: the classifier's own
    aim: Aim = Aim.BALANCED


class Origin(StrEnum):
    """Where the machine has an opinion from."""

    TOPIC_FILE = "topic file"
    DECISIONS = "decisions"


@dataclass(frozen=True)
class Because:
    """One reason for a suggestion: a word or phrase and what it added to the score."""

    words: str
    weight: float


@dataclass(frozen=True)
class Suggestion:
    """The machine's opinion that an item belongs under a topic, and the words that made it."""

    item: str
    topic: str
    score: float  # 0 to 1
    because: tuple[Because, ...]
    decided_by: Origin = Origin.TOPIC_FILE  # what weighed more


@dataclass(frozen=True)
class Classification:
    """One look at one item: its suggestions, best first; none of them means that it needs a heading."""

    item: str
    suggestions: tuple[Suggestion, ...]
    recipe: str  # what the opinion was made with: the classifier, the topics and the decisions, as a short hash
    trained_on: int  # number of decisions
    at: datetime
    near: tuple[Suggestion, ...] = ()  # what just missed its threshold, best first: no suggestions


@dataclass(frozen=True)
class Decision:
    """An editor's ruling: the topics that an item belongs under, best first; none discards it."""

    item: str
    topics: tuple[str, ...]
    editor: str
    at: datetime


@dataclass(frozen=True)
class Wording:
    """The library's own words for an item, wherever it is printed; what is empty stays as the source has it."""

    item: str
    title: str
    summary: str  # plain text
    editor: str
    at: datetime
