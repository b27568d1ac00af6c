"""Useful: what an edition printed, with a button each, for readers to say in one click what was of use."""

from itertools import groupby
from operator import attrgetter

from flask import abort, request
from flask.typing import ResponseReturnValue

from bulletin.errors import UnknownError
from bulletin.jobs import edition_of, followed
from bulletin.jobs.stood import Stood
from bulletin.web.forms import fields
from bulletin.web.route import proved
from bulletin.web.show import desk, page


def show(edition: str, mark: str) -> ResponseReturnValue:
    """The items with their buttons; to look at them counts nothing."""
    return _page(edition, mark, _items(edition, mark))


def say(edition: str, mark: str) -> ResponseReturnValue:
    """Count one item as useful; pressed twice on a day, it counts once."""
    wanted, items = fields("item")["item"], _items(edition, mark)
    chosen = next((one for one in items if one.id == wanted), None)
    if chosen is None:
        abort(404)
    followed.is_useful(desk(), edition, chosen.id, request.remote_addr or "", request.user_agent.string)
    return _page(edition, mark, items, chosen)


def _items(edition: str, mark: str) -> tuple[Stood, ...]:
    try:
        found = followed.items_of(desk(), edition, mark)
    except UnknownError:
        abort(404)
    return found or abort(404)


def _page(edition: str, mark: str, items: tuple[Stood, ...], chosen: Stood | None = None) -> ResponseReturnValue:
    outline = edition_of(desk(), edition)
    titles = {one.id: one.title for one in desk().config.bulletins}
    return page(
        "useful.html",
        edition=edition,
        mark=mark,
        title=titles.get(outline.bulletin, outline.bulletin),
        day=outline.day,
        headings=[(name, list(printed)) for name, printed in groupby(items, key=attrgetter("heading"))],
        counts=followed.is_approved(desk(), edition),
        chosen=chosen,
        library=desk().config.library.name,
        impact=desk().config.library.impact,
    )


ROUTES = (
    proved("/useful/<edition>/<mark>", show, "GET"),
    proved("/useful/<edition>/<mark>", say, "POST"),
)
