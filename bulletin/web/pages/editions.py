"""Editions: all there are, by bulletin, and drafting the next one."""

from datetime import date

from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.jobs.occasions import overview
from bulletin.model import Right
from bulletin.web.forms import fields
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_SHOWN = 24  # editions of a bulletin


def show() -> ResponseReturnValue:
    """Every edition of the bulletins that the person sees."""
    return _page()


def compose(bulletin: str) -> ResponseReturnValue:
    """Draft the edition of a day, or bring its draft up to date."""
    typed = fields("day")
    try:
        day = date.fromisoformat(typed["day"]) if typed["day"] else None
        edition = jobs.compose(desk(), desk().bulletin(bulletin), day)
    except ValueError:
        return _page(f"{typed['day'][:20]!r} is no date: choose one, or write it as 2026-12-07", 422)
    except InputError as error:
        return _page(str(error), 422)
    return go("review.show", edition=edition.id)


def _page(wrong: str = "", status: int = 200) -> ResponseReturnValue:
    seen = [one for one in desk().config.bulletins if person().may(Right.LOOK, one.id)]
    rows = {one.id: desk().store.editions.list(one.id)[:_SHOWN] for one in seen}
    approved = desk().store.approvals.holding()
    outlooks = {one.bulletin.id: one for one in overview(desk())}
    told = {one.edition.id: one for outlook in outlooks.values() for one in outlook.occasions}
    urgent = desk().store.urgent.among([row.id for some in rows.values() for row in some])
    more = {"outlooks": outlooks, "occasions": told, "urgent": urgent}
    return page("editions.html", status, bulletins=seen, rows=rows, approved=approved, wrong=wrong, **more)


ROUTES = (
    get("/editions", show, Right.LOOK),
    post("/bulletins/<bulletin>/compose", compose, Right.EDIT, Of.BULLETIN),
)
