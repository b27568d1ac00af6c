"""Downloads: an edition in the form of other programs, and a list of items under a title."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.export import LISTED, SHAPES
from bulletin.model import Right
from bulletin.web.download import attachment
from bulletin.web.route import Of, get
from bulletin.web.show import desk, page

_MOST_INTRO = 4_000  # letters


def edition(edition: str, shape: str) -> ResponseReturnValue:
    """An edition as it was approved, or a draft, which says so; `?list=` for one of its lists."""
    return attachment(jobs.export(desk(), edition, shape, request.args.get("list", "")))


def resources() -> ResponseReturnValue:
    """The list of what was ticked; where something is missing, the form again with all that was typed."""
    ids, asked = request.args.getlist("item"), {name: request.args.get(name, "") for name in ("title", "intro", "as")}
    if not request.args:
        return page("resources.html", wrong="", kept=[], asked=asked, shapes=shapes())
    try:
        made = jobs.resources(desk(), asked["title"], ids, asked["as"] or LISTED[0], asked["intro"][:_MOST_INTRO])
    except InputError as error:
        listed = desk().store.items.list(ids=ids) if ids else []
        return page("resources.html", 422, wrong=str(error), kept=listed, asked=asked, shapes=shapes())
    return attachment(made)


def shapes() -> list[tuple[str, str]]:
    """What a list can be had as: names and words."""
    return [(name, SHAPES[name].words) for name in LISTED]


ROUTES = (
    get("/editions/<edition>/download/<shape>", edition, Right.LOOK, Of.EDITION),
    get("/resources", resources, Right.LOOK),
)
