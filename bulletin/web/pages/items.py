"""Items that wait outside of any edition: without a heading, not sure, and near misses."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.model import Right
from bulletin.web.forms import fields
from bulletin.web.pages.downloads import shapes
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, is_htmx, page, person

_KINDS = {"needs_heading": "Need a heading", "unsure": "Not sure", "near": "Near misses"}
_LISTS: dict[str, Callable[[jobs.Desk, int], Sequence[jobs.Shelved | jobs.NearMiss]]] = {
    "needs_heading": jobs.needs_heading,
    "unsure": jobs.unsure,
    "near": jobs.nearest_misses,
}
_SHOWN = 50


def show() -> ResponseReturnValue:
    """One of the queues, the newest first."""
    kind = request.args.get("show", "needs_heading")
    kind = kind if kind in _KINDS else "needs_heading"
    found = _LISTS[kind](desk(), _SHOWN)
    return page(
        "items.html",
        kind=kind,
        kinds=_KINDS,
        counts=asdict(jobs.waiting(desk())),
        items=found,
        shown=_SHOWN,
        topics=[(topic.id, topic.heading) for topic in desk().config.topics],
        shapes=shapes(),
    )


def decide(item: str) -> ResponseReturnValue:
    """Rule on an item: its drafts follow."""
    typed = fields("topic", "discard", "show")
    try:
        if not (typed["topic"] or typed["discard"]):
            raise InputError("choose a heading, or discard it")
        jobs.decide(desk(), item, [] if typed["discard"] else [typed["topic"]], person().email)
    except InputError as error:
        return page("review_said.html" if is_htmx() else "items_refused.html", 200, said=str(error), alarm=True)
    if is_htmx():
        return page("items_decided.html", said="Discarded." if typed["discard"] else "Decided.", item=item)
    return go("items.show", show=typed["show"] if typed["show"] in _KINDS else "needs_heading")


ROUTES = (
    get("/items", show, Right.LOOK),
    post("/items/<item>", decide, Right.EDIT, Of.SOMETHING),
)
