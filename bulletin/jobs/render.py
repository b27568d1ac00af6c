"""Render: write an edition, as each of its distribution lists gets it, to the output folder."""

from dataclasses import dataclass
from pathlib import Path

from bulletin import render as room
from bulletin.compose import printed
from bulletin.errors import InputError, UnknownError
from bulletin.export.files import write as put
from bulletin.jobs.calendars import events
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.followed import followed
from bulletin.model import Bulletin, DistributionList, Edition, Email, Page


@dataclass(frozen=True)
class Made:
    """One list's email as it would be sent now, and the words that it was made of."""

    email: Email
    page: Page


@dataclass(frozen=True)
class Written:
    """One list's email and the files it was written to: html, text, eml; the words it was made of, if it was now."""

    email: Email
    files: tuple[Path, ...]
    page: Page | None = None  # none: it is what was approved

    @property
    def bytes(self) -> int:
        """Size of the HTML part, which mail programs cut when it is too big."""
        return len(self.email.html.encode("utf-8"))


def render(desk: Desk, edition_id: str) -> list[Written]:
    """Write an edition's email for each list; nothing is written unless all of them can be rendered.

    Of an edition that is approved, the very bytes that were approved are written. The calendar files of events to
    which no email can link stand beside them.
    """
    edition = edition_of(desk, edition_id)
    approval = desk.store.approvals.holding([edition.id]).get(edition.id)
    frozen = desk.store.approvals.emails(approval.id) if approval else ()
    ready: list[tuple[Email, Page | None]] = [(one, None) for one in frozen]
    if not ready:
        ready = [(one.email, one.page) for one in make_all(desk, edition)]
    folder = desk.config.output / edition.bulletin / edition.id
    written = [Written(one, tuple(room.write(one, folder / one.list)), page) for one, page in ready]
    for bulletin in desk.config.bulletins:  # of which it may be none any more
        if bulletin.id == edition.bulletin:
            found = events(desk, bulletin, edition)
            for old in [old for old in folder.glob("*-event-*.ics") if old.name not in found]:
                old.unlink()  # of an event that was removed
            for name, content in found.items():
                put(content, folder / name)
    return written


def take_away(desk: Desk, edition_id: str) -> None:
    """Remove the messages of an edition whose approval is gone from the output folder: nobody shall send them now."""
    edition = outline_of(desk, edition_id)
    for folder in sorted((desk.config.output / edition.bulletin / edition.id).glob("*/")):
        room.take_away(folder)


def email(desk: Desk, edition: Edition, audience: DistributionList) -> Email:
    """One list's email, as it would be sent now."""
    return make(desk, edition, audience).email


def make(desk: Desk, edition: Edition, audience: DistributionList) -> Made:
    """One list's email and its words: the one path on which an edition is rendered."""
    bulletin, house = desk.bulletin(edition.bulletin), desk.house
    shown = printed(edition, bulletin)
    page = followed(desk, room.page(shown, bulletin, audience, house), edition.id, audience)
    return Made(room.email_of(page, shown, audience, house), page)


def make_all(desk: Desk, edition: Edition) -> tuple[Made, ...]:
    """The emails of all lists; RenderError when one of them cannot be made."""
    return tuple(make(desk, edition, one) for one in desk.bulletin(edition.bulletin).lists)


def list_of(bulletin: Bulletin, list_id: str) -> DistributionList:
    """One of a bulletin's lists; raises InputError."""
    found = next((one for one in bulletin.lists if one.id == list_id), None)
    if found is None:
        raise InputError(f"{bulletin.title} has no list {list_id[:60]!r}")
    return found


def latest_editions(desk: Desk) -> list[str]:
    """The latest edition of each bulletin, by id, in the order of bulletins.yaml."""
    newest = {row.bulletin: row.id for row in desk.store.editions.newest()}
    found = [newest[bulletin.id] for bulletin in desk.config.bulletins if bulletin.id in newest]
    if not found:
        raise UnknownError("no bulletin of bulletins.yaml has an edition yet: `bulletin compose` drafts one")
    return found


def edition_of(desk: Desk, name: str) -> Edition:
    """The edition of this id; raises UnknownError."""
    edition = desk.store.editions.get(name)
    if edition is None:
        raise unknown_edition(desk, name)
    return edition


def outline_of(desk: Desk, name: str) -> Edition:
    """The edition of this id in outline, its items with their ids alone; raises UnknownError."""
    edition = desk.store.editions.outline(name)
    if edition is None:
        raise unknown_edition(desk, name)
    return edition


def unknown_edition(desk: Desk, name: str) -> UnknownError:
    """The error for an edition that there is not, with the nearest that there is."""
    known = [row.id for row in desk.store.editions.list()]
    hint = nearest(name, known) or ": `bulletin compose` drafts one"
    return UnknownError(f"no edition {name[:80]!r}{hint}")
