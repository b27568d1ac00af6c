"""How a view answers: a whole page, a piece of one for htmx, or the way to another page."""

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from bulletin.jobs import Desk
from bulletin.model import Editor, Right

UNLISTED = "noindex, nofollow"  # X-Robots-Tag: search engines are asked to leave a page out


def desk() -> Desk:
    """The desk of this request."""
    found: Desk = g.desk
    return found


def person() -> Editor:
    """Who asks; only pages that need a right may call this."""
    found: Editor = g.person
    return found


def may_approve(edition: str) -> bool:
    """Whether who asks may approve this edition, and so take its approval back."""
    return person().may(Right.APPROVE, desk().store.editions.bulletin_of(edition) or "")


def is_htmx() -> bool:
    """Whether a piece of the page is wanted and not the whole."""
    return request.headers.get("HX-Request") == "true"


def page(template: str, /, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - a template takes anything
    """A whole page."""
    return make_response(render_template(template, **values), status)


def go(endpoint: str, /, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - parts of any address
    """Send the browser to another page, so that reloading does nothing twice (303)."""
    return redirect(url_for(endpoint, **values), 303)
