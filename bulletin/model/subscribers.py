"""Who gets a bulletin: people, what they chose, and how they came to be asked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Rhythm(StrEnum):
    """How often somebody wants email; what falls together is one email, in which each item stands once."""

    EVERY = "every"  # each edition by itself, as soon as it is sent
    DAY = "day"  # what came in a day, the morning after
    WEEK = "week"  # what came in a week, on Monday morning
    MONTH = "month"  # what came in a month, on the morning of its first day


class Way(StrEnum):
    """By what way somebody came to be on a list, or left it."""

    DESK = "desk"  # an editor wrote it down
    IMPORT = "import"  # from a file
    SIGN_UP = "sign-up"  # by the page, confirmed by email
    PREFERENCES = "preferences"  # by the page of their own choices
    LINK = "link"  # by the link in an email, and a button
    ONE_CLICK = "one click"  # by the mail program's own button (RFC 8058)
    MAIL = "mail"  # by an email that asks for it
    COMPLAINT = "complaint"  # called it spam (RFC 5965)
    ERASURE = "erasure"  # wanted to be forgotten


class Did(StrEnum):
    """What somebody did about a list."""

    JOINED = "joined"
    LEFT = "left"
    CAME_BACK = "came back"  # undid having left


@dataclass(frozen=True)
class Subscription:
    """Somebody's place on one list of one bulletin; it stays, so that who left is not put back by a file."""

    bulletin: str  # id
    list: str  # id
    since: datetime
    headings: tuple[str, ...] = ()  # topic ids; none: all of them
    left_at: datetime | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The list, by the ids of its bulletin and its own."""
        return self.bulletin, self.list


@dataclass(frozen=True)
class Subscriber:
    """A person who gets bulletins."""

    id: str  # 16 hexadecimal letters, given when added, for ever; tells nothing of the person
    email: str  # normalised; no two people share one
    name: str = ""
    role: str = ""  # what they are: estates manager, consultant
    organisation: str = ""
    rhythm: Rhythm = Rhythm.EVERY
    paused_until: date | None = None  # the first day on which they want email again
    added_at: datetime | None = None
    subscriptions: tuple[Subscription, ...] = ()

    def place(self, bulletin: str, list_id: str) -> Subscription | None:
        """The place on one list, left or not."""
        return next((one for one in self.subscriptions if one.place == (bulletin, list_id)), None)

    @property
    def places(self) -> tuple[Subscription, ...]:
        """The lists that this person is on now."""
        return tuple(one for one in self.subscriptions if one.left_at is None)


@dataclass(frozen=True)
class Consent:
    """One line of how somebody came to be on a list, or left it: never changed, and gone when they are erased."""

    bulletin: str
    list: str
    did: Did
    way: Way
    by: str  # an editor's email, or "themselves"
    words: str  # what it rests on: the file's name and line, the words of the page that was shown
    at: datetime


class Why(StrEnum):
    """Why an address gets nothing any more, whoever puts it on a list."""

    LEFT_ALL = "left everything"
    COMPLAINED = "called it spam"
    BOUNCED = "emails came back"
    ERASED = "asked to be forgotten"
    DESK = "an editor stopped it"


@dataclass(frozen=True)
class Suppression:
    """An address that gets nothing, known by a keyed hash alone, so that it outlives the person's erasure."""

    mark: str  # hexadecimal
    why: Why
    at: datetime
    by: str = ""  # who did it
