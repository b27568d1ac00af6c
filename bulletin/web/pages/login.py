"""In and out: log-in with its second step, log-out, and links for who has forgotten the password."""

from concurrent.futures import Executor, Future

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from bulletin import log
from bulletin.errors import InputError
from bulletin.jobs import people
from bulletin.model import Right
from bulletin.web import forgery, visit
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.route import get, post
from bulletin.web.show import desk, page

_HOME = "today.show"


def show() -> ResponseReturnValue:
    """The form; who is in already goes on."""
    if g.person:
        return visit.go(_next(request.args.get("next", "")))
    return _form(next=request.args.get("next", ""), done=request.args.get("done", ""))


def enter() -> ResponseReturnValue:
    """Hold address and password against what is kept."""
    given = fields("email", "password", "next")
    try:
        admitted = people.sign_in(desk(), visit.visitor(), given["email"], given["password"])
    except InputError as error:
        return _form(visit.status_of(error), next=given["next"], email=given["email"], error=sentence(error))
    if admitted.is_whole:
        return visit.begin(visit.go(_next(given["next"])), admitted.token)
    answer = visit.go("login.code", next=_next(given["next"]))
    forgery.set_cookie(answer, visit.STEP, admitted.token)
    return answer


def code() -> ResponseReturnValue:
    """The form of the second step."""
    if visit.STEP not in request.cookies:
        return visit.go("login.show")
    return page("login-code.html", next=request.args.get("next", ""), error="")


def enter_code() -> ResponseReturnValue:
    """Hold the code of the second step against the person's."""
    given = fields("code", "next")
    try:
        token = people.confirm_code(desk(), visit.visitor(), request.cookies.get(visit.STEP, ""), given["code"])
    except InputError as error:
        return page("login-code.html", visit.status_of(error), next=given["next"], error=sentence(error))
    return visit.begin(visit.go(_next(given["next"])), token)


def leave() -> ResponseReturnValue:
    """Log out."""
    fields()
    people.sign_out(desk(), visit.session())
    return visit.end(visit.go("login.show", done="out"))


def forgotten() -> ResponseReturnValue:
    """The form that asks for a link."""
    return page("password-forgotten.html", sent=False, has_post=desk().post is not None, error="")


def ask() -> ResponseReturnValue:
    """Send a link, if there is such an account; the answer is the same if there is none."""
    given, has_post = fields("email"), desk().post is not None
    try:
        address = people.ask_for_link(desk(), visit.visitor(), given["email"])
    except InputError as error:
        told = sentence(error)
        return page("password-forgotten.html", visit.status_of(error), sent=False, has_post=has_post, error=told)
    later: Executor = current_app.extensions["later"]
    later.submit(people.send_reset, desk(), address).add_done_callback(_tell_if_failed)
    return page("password-forgotten.html", sent=True, has_post=has_post, error="")


def choose(token: str) -> ResponseReturnValue:
    """The form to which a link leads; looking at it uses nothing up."""
    if people.link_owner(desk(), token) is None:
        return visit.hush(page("password-old.html", 404))
    return visit.hush(page("password-new.html", error=""))


def chosen(token: str) -> ResponseReturnValue:
    """Take the new password, once."""
    given = fields("password")
    try:
        people.choose_password(desk(), visit.visitor(), token, given["password"])
    except InputError as error:
        if people.link_owner(desk(), token) is None:
            return visit.hush(page("password-old.html", 404))
        return visit.hush(page("password-new.html", visit.status_of(error), error=sentence(error)))
    return visit.hush(visit.end(visit.go("login.show", done="password")))


def _form(status: int = 200, **values: str) -> Response:
    told = {"email": "", "error": "", "done": "", **values}
    return page("login.html", status, **told)


def _next(name: str) -> str:
    """The page to go on to: one of ours that is only looked at and names nothing, or the first (bar C10)."""
    return name if name in current_app.extensions["plain pages"] else _HOME


def _tell_if_failed(mailed: Future[None]) -> None:
    """Who waited for the answer has gone: the log alone can tell."""
    error = mailed.exception()
    if error:
        log.event("a link could not be mailed", error)


ROUTES = (
    get("/login", show, None),
    post("/login", enter, None),
    get("/login/code", code, None),
    post("/login/code", enter_code, None),
    post("/logout", leave, Right.LOOK),
    get("/password/forgotten", forgotten, None),
    post("/password/forgotten", ask, None),
    get("/password/new/<token>", choose, None),
    post("/password/new/<token>", chosen, None),
)
