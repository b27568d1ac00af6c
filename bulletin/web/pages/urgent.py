"""Urgent: an item that cannot wait for the next edition goes into one of its own."""

from flask import abort
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs.urgent import compose_urgent
from bulletin.model import Right
from bulletin.web.forms import fields
from bulletin.web.route import Of, post
from bulletin.web.show import desk, go, page, person


def compose(bulletin: str) -> ResponseReturnValue:
    """Draft today's urgent edition with an item, or put it into the one that stands, and review that."""
    ours, typed = desk().bulletin(bulletin), fields("item")
    item = desk().store.items.get(typed["item"])
    if item is None:
        abort(404)
    try:
        edition = compose_urgent(desk(), ours, [item.id], person().email)
    except InputError as error:
        return page("urgent.html", 422, bulletin=ours, item=item, wrong=str(error))
    return go("review.show", edition=edition.id)


ROUTES = (post("/bulletins/<bulletin>/urgent", compose, Right.EDIT, Of.BULLETIN),)
