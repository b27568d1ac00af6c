"""Export: an edition, or a list of items under a title, in the form of other programs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bulletin import export as room
from bulletin import render
from bulletin.errors import InputError, UnknownError
from bulletin.jobs.archive import read, read_now
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import edition_of, list_of
from bulletin.model import (
    Approval,
    Archive,
    Bulletin,
    Channel,
    DistributionList,
    Edition,
    Page,
    Placed,
    Schedule,
    Section,
)
from bulletin.render.words import day as day_in_words
from bulletin.render.words import many

_MOST_LISTED = 500  # items of a list
_MOST_TITLE = 200  # letters
_MONTHLY = "0 9 1 * *"


@dataclass(frozen=True)
class Exported:
    """A file, ready to be written or sent."""

    shape: room.Shape
    name: str  # of the file
    folder: Path  # where it belongs
    content: bytes
    is_draft: bool
    items: int
    left_off: tuple[str, ...]  # items that may not be printed, and why


def export(desk: Desk, edition_id: str, shape: str, list_id: str = "", *, public: bool = False) -> Exported:
    """Make a file of an edition: of what was approved, or of the draft as it would be approved now.

    `public`: as everybody may see it. `list_id`: for one of its lists, and as everybody may see it if its readers are
    people of other organisations. InputError and UnknownError say what cannot be done; RenderError as for its emails.
    """
    made = room.shape(shape)
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    audience = list_of(bulletin, list_id) if list_id else None
    public = public or (audience is not None and audience.readers is Channel.OUTSIDE)
    paper = _paper(desk, edition, bulletin, audience, public=public)
    folder = desk.config.output / edition.bulletin / edition.id
    ways = ([audience.id] if audience else []) + (["public"] if public else [])
    return _exported(made, paper, folder, "-".join([paper.name, *ways]))


def export_read(desk: Desk, bulletin: Bulletin, edition_id: str, shape: str) -> Exported:
    """Make a file of an approved edition as the readers of its bulletin see it; UnknownError when there is none."""
    made = room.shape(shape)
    page = read(desk, bulletin, edition_id)
    edition = edition_of(desk, edition_id)
    approval = desk.store.approvals.holding([edition_id]).get(edition_id)
    paper = _of(desk, edition, bulletin, page, approval)
    return _exported(made, paper, desk.config.output / bulletin.id / edition.id, paper.name)


def resources(desk: Desk, title: str, items: Sequence[str], shape: str, intro: str = "") -> Exported:
    """Make a file of items under a title, in the order of their ids, with what the organisation's people may see.

    InputError for no title, no items or too many, and for items that may not be printed; UnknownError names the ids
    that no item has.
    """
    if shape not in room.LISTED:
        raise InputError(f"a list of items can be had as {', '.join(room.LISTED)}, not as {shape[:40]!r}")
    title = " ".join(title.split())
    if not title or len(title) > _MOST_TITLE:
        raise InputError(f"give the list a title of 1 to {_MOST_TITLE} letters, such as Schwartz Round: reading")
    paper = _list(desk, title, _placed(desk, items), intro)
    return _exported(room.shape(shape), paper, desk.config.output / "lists", paper.name)


def write_export(made: Exported, place: Path | None = None) -> Path:
    """Write a file where it belongs, or to a place of its own; whole or not at all, and OutputError says why not."""
    place = place or made.folder / made.name
    room.write(made.content, place)
    return place


def _paper(
    desk: Desk, edition: Edition, bulletin: Bulletin, audience: DistributionList | None, *, public: bool
) -> room.Paper:
    approval = desk.store.approvals.holding([edition.id]).get(edition.id)
    if approval:
        page = read(desk, bulletin, edition.id, public=public)
        if audience and audience != bulletin.lists[0]:  # whose dress and foot are kept with what was approved
            page = render.dressed(page, edition, bulletin, audience, desk.house)
    else:
        its = replace(bulletin, lists=(audience,)) if audience else bulletin
        page = read_now(desk, its, edition, public=public)
    paper = _of(desk, edition, bulletin, page, approval)
    if audience and audience.readers is Channel.OUTSIDE:
        paper = replace(paper, page=render.outside(paper.page))
    return replace(paper, audience=audience.name) if audience else paper


def _of(desk: Desk, edition: Edition, bulletin: Bulletin, page: Page, approval: Approval | None) -> room.Paper:
    base = desk.config.web.readers_url
    is_read = approval is not None and base and bulletin.archive is not Archive.NONE
    return room.Paper(
        page=page,
        name=edition.id,
        day=edition.day,
        updated=approval.at if approval else datetime.combine(edition.day, time(9), UTC),
        is_draft=approval is None,
        home=f"{base}/read/{bulletin.id}/{edition.id}" if is_read else "",
    )


def _placed(desk: Desk, ids: Sequence[str]) -> tuple[Placed, ...]:
    """The items with these ids, each once, with the library's own words for them."""
    ids = list(dict.fromkeys(ids))
    if not 0 < len(ids) <= _MOST_LISTED:
        raise InputError(f"choose 1 to {_MOST_LISTED} items for the list: `bulletin items` lists them with their ids")
    found = {item.id: item for item in desk.store.items.list(ids=ids)}
    if missing := [one[:40] for one in ids if one not in found]:
        raise UnknownError(f"no item {', '.join(map(repr, missing))}: `bulletin items` lists them with their ids")
    wordings = desk.store.sittings.wordings(ids)
    return tuple(Placed(found[one], wording=wordings.get(one)) for one in ids)


def _list(desk: Desk, title: str, items: tuple[Placed, ...], intro: str) -> room.Paper:
    """A list of items is put into words as an edition of no bulletin, with one heading that has no name."""
    library, now = desk.config.library, desk.now()
    audience = DistributionList("", "", "", library.email, library.email, "file")
    zone = next((one.schedule.zone for one in desk.config.bulletins), "UTC")
    schedule = Schedule(_MONTHLY, zone)
    bulletin = Bulletin("", title, (), schedule, timedelta(), len(items), keep_empty=True, lists=(audience,))
    edition = Edition("", "", 0, now.date(), now.date(), (Section("", "", items),))
    page = render.web_page(edition, bulletin, desk.house, public=False)
    if page.left_off:  # who chose it by hand shall not miss it in silence
        raise InputError("\n".join(f"this cannot be listed yet: {told}" for told in page.left_off))
    size = many(len(items), "item")
    page = replace(page, subject=title, day=day_in_words(now.date()), intro=intro, size=size)
    return room.Paper(page, name=_slug(title), day=now.date(), updated=now)


def _exported(made: room.Shape, paper: room.Paper, folder: Path, name: str) -> Exported:
    page = paper.page
    return Exported(made, f"{name}{made.suffix}", folder, made.make(paper), paper.is_draft, page.count, page.left_off)


def _slug(title: str) -> str:
    """A title as the name of a file: small ASCII letters, digits and hyphens."""
    ascii_ = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:60].rstrip("-") or "list"
