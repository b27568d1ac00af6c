"""One's own account: name, password, and the browsers that are logged in."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import people
from bulletin.model import Right
from bulletin.web import visit
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.route import get, post
from bulletin.web.show import desk, go, page, person

_DONE = {
    "name": "Your name was changed.",
    "password": "Your password was changed, and every other browser was logged out.",
    "session": "That browser was logged out.",
    "sessions": "Every other browser was logged out.",
    "second": "The second step at log-in was turned off.",
}


def show() -> ResponseReturnValue:
    """Everything about the account on one page."""
    return _page(notice=_DONE.get(request.args.get("done", ""), ""))


def rename() -> ResponseReturnValue:
    """Take another name."""
    given = fields("name")
    try:
        people.rename(desk(), person().email, person(), given["name"])
    except InputError as error:
        return _page({"name": sentence(error)}, name=given["name"])
    return go("account.show", done="name")


def change_password() -> ResponseReturnValue:
    """Take another password, for who knows the old one; this browser gets a session of its own anew."""
    given, wrong = fields("old", "new"), "old"
    try:
        people.check_password(desk(), visit.visitor(), person(), given["old"])
        wrong = "new"
        token = people.change_password(desk(), visit.visitor(), person(), given["new"])
    except InputError as error:
        return _page({wrong: sentence(error)}, visit.status_of(error))
    return visit.begin(visit.go("account.show", done="password"), token)


def end_session(number: int) -> ResponseReturnValue:
    """Log another browser out."""
    fields()
    people.end_session(desk(), person(), number)
    return go("account.show", done="session")


def end_others() -> ResponseReturnValue:
    """Log every other browser out."""
    fields()
    people.end_sessions(desk(), person().email, person(), but=visit.session().id)
    return go("account.show", done="sessions")


def _page(errors: dict[str, str] | None = None, status: int = 400, **values: str) -> ResponseReturnValue:
    told = {"name": person().name, "notice": "", **values}
    return page(
        "account.html",
        status if errors else 200,
        errors=errors or {},
        here=visit.session().id,
        sessions=desk().store.sessions.of(person().id),
        codes_left=desk().store.editors.codes_left(person().id),
        roles=people.in_words(person().grants),
        **told,
    )


ROUTES = (
    get("/account", show, Right.LOOK),
    post("/account/name", rename, Right.LOOK),
    post("/account/password", change_password, Right.LOOK),
    post("/account/sessions/<int(max=2147483647):number>/end", end_session, Right.LOOK),
    post("/account/sessions/end", end_others, Right.LOOK),
)
