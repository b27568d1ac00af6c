"""Render: write an edition, as each of its distribution lists gets it, to the output folder."""

from dataclasses import dataclass
from pathlib import Path

from bulletin import render as room
from bulletin.errors import UnknownError
from bulletin.jobs.desk import Desk, nearest
from bulletin.model import Edition, Email


@dataclass(frozen=True)
class Written:
    """One list's email and the files it was written to: html, text, eml."""

    email: Email
    files: tuple[Path, ...]

    @property
    def bytes(self) -> int:
        """Size of the HTML part, which mail programs cut when it is too big."""
        return len(self.email.html.encode("utf-8"))


def render(desk: Desk, edition_id: str) -> list[Written]:
    """Render an edition once for each list; nothing is written unless all of them can be rendered."""
    edition = _edition(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    emails = [
        room.email(edition, bulletin, one, desk.config.library, desk.topics, desk.feeds, desk.config.templates)
        for one in bulletin.lists
    ]
    folder = desk.config.output / bulletin.id / edition.id
    return [Written(email, tuple(room.write(email, folder / email.list))) for email in emails]


def latest_editions(desk: Desk) -> list[str]:
    """The latest edition of each bulletin, by id, in the order of bulletins.yaml."""
    newest = {row.bulletin: row.id for row in sorted(desk.store.editions.list(), key=lambda row: row.day)}
    found = [newest[bulletin.id] for bulletin in desk.config.bulletins if bulletin.id in newest]
    if not found:
        raise UnknownError("no bulletin of bulletins.yaml has an edition yet: `bulletin compose` drafts one")
    return found


def _edition(desk: Desk, name: str) -> Edition:
    edition = desk.store.editions.get(name)
    if edition is None:
        raise unknown_edition(desk, name)
    return edition


def unknown_edition(desk: Desk, name: str) -> UnknownError:
    """The error for an edition that there is not, with the nearest that there is."""
    known = [row.id for row in desk.store.editions.list()]
    hint = nearest(name, known) or ": `bulletin compose` drafts one"
    return UnknownError(f"no edition {name[:80]!r}{hint}")
