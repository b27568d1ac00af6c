"""Signing up: the page for everybody, and the one to which the link in the email leads.

The page answers alike whatever is known of an address, and as quickly: what depends on it is done afterwards.
"""

from concurrent.futures import Executor, Future

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from bulletin import log
from bulletin.errors import InputError, WaitError
from bulletin.jobs import readers
from bulletin.people.addresses import masked
from bulletin.store import Place
from bulletin.web.forms import fields, many
from bulletin.web.mishaps import sentence
from bulletin.web.pages.own import named, own_page, with_link
from bulletin.web.route import get, post, proved
from bulletin.web.show import desk, go
from bulletin.web.visit import status_of, visitor

_QUICK = "Please press the button once more: the page had not been open long enough, or too long"


def show() -> ResponseReturnValue:
    """The lists that are open to everybody, and the form."""
    if request.args.get("done") == "sent":
        return own_page("join_sent.html")
    wanted = request.args.get("bulletin", "")
    return _form([one.place for one in readers.open_lists(desk()) if one.bulletin == wanted])


def ask() -> ResponseReturnValue:
    """Have a link mailed to the address; the answer tells nothing of it."""
    given = fields("email", "lists", "website", "stamp")
    lists = [one.place for one in readers.open_lists(desk()) if "/".join(one.place) in many("lists")]
    try:
        address = readers.check(desk(), given["email"], lists)
        if not lists:
            return _form(lists, {"lists": "Tick the bulletins that you want"})
        if given["website"]:  # people do not see that field: whoever fills it in learns nothing
            return go("join.show", done="sent")
        if not readers.is_by_person(desk(), given["stamp"]):
            return _form(lists, {"": _QUICK})
        readers.count(desk(), visitor(), readers.SIGN_UPS)
    except InputError as error:
        field = "" if isinstance(error, WaitError) else "email"
        return _form(lists, {field: sentence(error)}, status_of(error))
    later: Executor = current_app.extensions["later"]
    later.submit(readers.ask, desk(), address, lists).add_done_callback(_tell_if_failed)
    return go("join.show", done="sent")


@with_link
def look(token: str) -> ResponseReturnValue:
    """The button that says yes; to look at it changes nothing."""
    one = readers.asked(desk(), visitor(), token)
    return own_page("join_confirm.html", link=token, address=masked(one.email), wanted=named(one.lists))


@with_link
def confirm(token: str) -> ResponseReturnValue:
    """Put them on the lists; pressing twice is no more than once."""
    fields()
    one = readers.asked(desk(), visitor(), token)
    try:
        joined = readers.confirm(desk(), one)
    except InputError as error:
        return own_page("stopped.html", 409, words=sentence(error))
    if joined.subscriber is None or joined.stopped:
        return own_page("stopped.html", 409, words="Email to this address was stopped")
    return own_page(
        "joined_lists.html",
        address=masked(one.email),
        joined=named(own.place for own in joined.joined),
        places=named(own.place for own in joined.subscriber.places),
        choices=readers.choices_token(desk(), joined.subscriber),
    )


def _form(lists: list[Place], errors: dict[str, str] | None = None, status: int = 0) -> Response:
    """The form with what was typed; its stamp stays while it is good, so that time goes on."""
    stamped = request.form.get("stamp", "")
    return own_page(
        "join.html",
        status or (400 if errors else 200),
        lists=readers.open_lists(desk()) if desk().post else (),
        wanted=set(lists),
        email=request.form.get("email", ""),
        consent=readers.consent(desk()),
        stamp=stamped if readers.is_ours(desk(), stamped) else readers.stamp(desk()),
        errors=errors or {},
    )


def _tell_if_failed(mailed: Future[None]) -> None:
    """Who waited for the answer has gone: the log alone can tell."""
    error = mailed.exception()
    if error:
        log.event("a sign-up could not be mailed", error)


ROUTES = (
    get("/join", show, None),
    post("/join", ask, None),
    proved("/join/<token>", look, "GET"),
    proved("/join/<token>", confirm, "POST"),
)
