"""The archive: items found by their words, pulled into a draft, merged with another one, split off again."""

from datetime import UTC, date, datetime, time, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.model import Act, Item, Right
from bulletin.review import Wish
from bulletin.store import EditionRow
from bulletin.web.forms import fields
from bulletin.web.pages.downloads import shapes
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, is_htmx, may_approve, page, person

_ON_A_PAGE = 20
_ASKED = ("q", "since", "until", "feed", "edition", "merge", "page", "title", "intro", "as")
_KEPT = 100  # items on a list while one goes on searching


def show() -> ResponseReturnValue:
    """What holds the words, the best first, with what can be done with it."""
    asked = {name: request.args.get(name, "") for name in _ASKED}
    kept = request.args.getlist("item")[:_KEPT]
    drafts = _drafts()
    target = next((row for row in drafts if row.id == asked["edition"]), drafts[0] if drafts else None)
    merged = desk().store.items.get(asked["merge"]) if asked["merge"] else None
    number = _page_number(asked["page"])
    wrong = {name: told for name in ("since", "until") if (told := _mistake(asked[name]))}
    return page(
        "search_found.html" if is_htmx() else "search.html",
        asked=asked,
        wrong=wrong,
        found=_found(asked, number),
        number=number,
        last=_ON_A_PAGE * number,
        drafts=drafts,
        target=target,
        headings=_headings(target),
        merged=merged,
        feeds=sorted((feed.name, feed.id) for feed in desk().feeds.values()),
        kept=desk().store.items.list(ids=kept) if kept else [],
        shapes=shapes(),
        bulletins={one.id: one.title for one in desk().config.bulletins if person().may(Right.LOOK, one.id)},
    )


def pull(edition: str) -> ResponseReturnValue:
    """Print an item of the archive under a heading of a draft."""
    typed = fields("item", "topic")
    try:
        done = jobs.act(
            desk(),
            edition,
            typed["item"],
            Wish(Act.PULL_IN, topic=typed["topic"]),
            person().email,
            may_approve=may_approve(edition),
        )
    except InputError as error:
        return page("search_refused.html", 422, why=str(error))
    return go("review.show", edition=edition, _anchor=f"item-{done.item.id}")


def merge(item: str) -> ResponseReturnValue:
    """Make two items one."""
    typed = fields("other", "edition")
    try:
        _refuse_beyond(item, typed["other"])
        stays = jobs.merge(desk(), item, typed["other"], person().email)
    except InputError as error:
        return page("search_refused.html", 422, why=str(error))
    return _back(typed["edition"], stays)


def split(item: str) -> ResponseReturnValue:
    """Let an item that was joined into another one stand for itself again."""
    typed = fields("edition")
    try:
        _refuse_beyond(item)
        _, stays = jobs.split(desk(), item, person().email)
    except InputError as error:
        return page("search_refused.html", 422, why=str(error))
    return _back(typed["edition"], stays)


def _refuse_beyond(*names: str) -> None:
    """Readers see an approved edition's items as they are known today, so that it takes the right to edit it."""
    ids = [item.id for name in names if (item := desk().store.items.get(name))]
    approved, places = desk().store.approvals.holding(), desk().store.search.printed(ids).values()
    there = {one.bulletin for found in places for one in found if one.edition in approved}
    if not all(person().may(Right.EDIT, bulletin) for bulletin in there):
        raise InputError("it stands in an approved edition of a bulletin that you do not edit: ask somebody who does")


def _found(asked: dict[str, str], number: int) -> jobs.Hits:
    since, until = _day(asked["since"]), _day(asked["until"])
    end = (
        until + timedelta(days=1) if until and until < datetime.max.replace(tzinfo=UTC) - timedelta(days=1) else None
    )
    offset = (number - 1) * _ON_A_PAGE
    return jobs.search(desk(), asked["q"], _ON_A_PAGE, offset, since, end, asked["feed"])


def _drafts() -> list[EditionRow]:
    """The drafts into which this person may pull something."""
    return [row for row in jobs.drafts(desk()) if person().may(Right.EDIT, row.bulletin)]


def _headings(target: EditionRow | None) -> list[tuple[str, str]]:
    """The headings of a draft, in print order: ids and names."""
    topics = desk().topics
    return [(one, topics[one].heading) for one in desk().bulletin(target.bulletin).headings] if target else []


def _back(edition: str, item: Item) -> ResponseReturnValue:
    """The way back to the draft from which somebody came, else to the item in the archive."""
    if any(row.id == edition for row in _drafts()):
        return go("review.show", edition=edition, _anchor=f"item-{item.id}")
    return go("search.show", q=" ".join(item.title.split()[:8]))


def _page_number(told: str) -> int:
    return min(max(int(told), 1), 50) if told.isascii() and told.isdigit() and len(told) < 4 else 1


def _day(told: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(told), time(), UTC)
    except ValueError:
        return None


def _mistake(told: str) -> str:
    return f"{told[:20]!r} is no date: choose one, or write it as 2026-12-07" if told and not _day(told) else ""


ROUTES = (
    get("/search", show, Right.LOOK),
    post("/editions/<edition>/pull", pull, Right.EDIT, Of.EDITION),
    post("/items/<item>/merge", merge, Right.EDIT),
    post("/items/<item>/split", split, Right.EDIT),
)
