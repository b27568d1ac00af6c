"""Signing in with one's organisation: the way there, and the way back."""

from flask import abort, g, request
from flask.typing import ResponseReturnValue

from bulletin import log
from bulletin.errors import SignInError
from bulletin.jobs import oidc, people
from bulletin.web import forgery, visit
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.route import get, post
from bulletin.web.show import desk, page

_HOW = "by the organisation"


def set_out() -> ResponseReturnValue:
    """Send the browser to the organisation.

    By a page that goes on at once, because browsers hold the redirect after a form against form-action, which names
    this host alone.
    """
    fields()
    _refuse_if_unused()
    try:
        address = oidc.set_out(desk(), visit.visitor(), forgery.visit(g.keys))
    except SignInError as error:
        return _failed(error)
    return visit.hush(page("oidc-on.html", address=address))


def come_back() -> ResponseReturnValue:
    """Let in who comes back with the organisation's word, if they work here."""
    _refuse_if_unused()
    state, code = request.args.get("state", ""), request.args.get("code", "")
    if not code:
        return visit.hush(page("oidc-failed.html", 400, words="Your organisation did not sign you in."))
    try:
        editor = oidc.come_back(desk(), visit.visitor(), forgery.visit(g.keys), state, code)
    except SignInError as error:
        return _failed(error)
    if editor is None:
        return visit.hush(page("oidc-nobody.html", 403))
    admitted = people.admit(desk(), visit.visitor(), editor, _HOW)
    if admitted.is_whole:
        return visit.begin(visit.go("today.show"), admitted.token)
    answer = visit.go("login.code", next="today.show")
    forgery.set_cookie(answer, visit.STEP, admitted.token)
    return answer


def _failed(error: SignInError) -> ResponseReturnValue:
    log.event("the organisation's sign-in failed", error)
    return visit.hush(page("oidc-failed.html", 502, words=sentence(error)))


def _refuse_if_unused() -> None:
    if desk().config.oidc is None:
        abort(404)


ROUTES = (
    post("/login/oidc", set_out, None),
    get("/login/oidc", come_back, None),
)
