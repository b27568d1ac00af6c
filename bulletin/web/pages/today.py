"""Today: what waits for whom."""

from flask.typing import ResponseReturnValue

from bulletin.model import Right
from bulletin.web.route import get
from bulletin.web.show import page


def show() -> ResponseReturnValue:
    """The first page after log-in."""
    return page("today.html")


ROUTES = (get("/", show, Right.LOOK),)
