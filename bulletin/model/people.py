"""Who works at the desk, and what each of them may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Right(StrEnum):
    """What somebody may do; each stands for itself, none implies another."""

    LOOK = "look"
    EDIT = "edit"  # decide on items, change a draft
    APPROVE = "approve"  # an edition, or take that back
    FILES = "files"  # topics, feeds, bulletins and lists, which belong to every bulletin
    READERS = "readers"  # subscribers, who belong to every bulletin
    ADMIN = "admin"  # people, and the record of what everybody did


class Role(StrEnum):
    """What somebody is, in all bulletins or in one."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"


_RIGHTS = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.EDITOR: frozenset({Right.LOOK, Right.EDIT, Right.FILES, Right.READERS}),
    Role.APPROVER: frozenset({Right.LOOK, Right.EDIT, Right.FILES, Right.READERS, Right.APPROVE}),
    Role.ADMIN: frozenset(Right),
}
_OF_EVERY_BULLETIN = frozenset({Right.FILES, Right.READERS, Right.ADMIN})  # nobody has these for one bulletin alone


@dataclass(frozen=True)
class Grant:
    """A role in one bulletin (its id), or in every bulletin, those to come too, when that is empty."""

    role: Role
    bulletin: str = ""


@dataclass(frozen=True)
class Editor:
    """A person who works at the desk."""

    id: str  # given when added, for ever
    name: str  # stands beside what this person decides
    email: str  # normalised; no two people share one
    grants: tuple[Grant, ...] = ()
    has_totp: bool = False  # a second step at log-in
    active: bool = True

    def may(self, right: Right, bulletin: str) -> bool:
        """Whether this person has a right in one bulletin."""
        return any(_gives(grant, right) and grant.bulletin in ("", bulletin) for grant in self.grants)

    def may_everywhere(self, right: Right) -> bool:
        """Whether this person has a right in every bulletin."""
        return any(_gives(grant, right) and not grant.bulletin for grant in self.grants)

    def may_somewhere(self, right: Right) -> bool:
        """Whether there is a bulletin in which this person has a right."""
        return any(_gives(grant, right) for grant in self.grants)


def _gives(grant: Grant, right: Right) -> bool:
    return right in _RIGHTS[grant.role] and not (grant.bulletin and right in _OF_EVERY_BULLETIN)


@dataclass(frozen=True)
class Session:
    """Somebody at the desk, from log-in to log-out; the token that proves it is known to the browser alone."""

    id: int
    editor: Editor
    began: datetime
    last_seen: datetime  # to within minutes
    browser: str = ""  # what it calls itself, for the person to know it by


@dataclass(frozen=True)
class Deed:
    """One line of the record of who did what; no secret is ever in it."""

    at: datetime
    who: str  # an editor's email, or "the command line"; empty: nobody who is known
    did: str  # in plain words, a verb first: approved, added a subscriber
    what: str  # the id of an edition, item, topic, feed; a person's email
    before: str = ""  # in words or JSON; empty where there was nothing
    after: str = ""
    id: int = 0  # the store numbers the lines
    digest: str = ""  # the store seals with it this line and all that came before
