"""A file of readers: brought, looked at, and taken in only when somebody says so."""

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import subscribers
from bulletin.jobs.subscribers import Wish
from bulletin.model import Right
from bulletin.people.rosterfile import MOST_BYTES
from bulletin.web.download import as_file
from bulletin.web.forms import fields
from bulletin.web.kept import Kept, Shelf
from bulletin.web.mishaps import sentence
from bulletin.web.pages.subscribers import choices
from bulletin.web.route import Of, get, post, upload
from bulletin.web.show import desk, go, page, person

_WITH_THE_FORM = 100_000  # bytes around the file
_GONE = "This file is no longer here: it is kept for half an hour. Choose it again."


def ask() -> ResponseReturnValue:
    """The form that takes a file."""
    return _form({"list": request.args.get("list", ""), "consent": "", "interests": ""})


def look() -> ResponseReturnValue:
    """Look at a file, and keep it until somebody says yes."""
    given = fields("list", "consent", "interests")
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    if sent:
        sent.close()  # a big one lies in a file of its own
    try:
        if not content:
            raise InputError("choose a file")
        place = subscribers.place_of(desk(), given["list"])
        consent = subscribers.consent_of(given["consent"])
        wish = Wish(place, consent, (sent.filename or "")[:100] if sent else "", given["interests"] == "yes")
        seen = subscribers.preview(desk(), content, wish)
    except InputError as error:
        return _form(given, sentence(error), 422)
    return go("subscribersfile.show", kept=_shelf().put(person().id, content, wish, seen))


def show(kept: str) -> ResponseReturnValue:
    """What the file would do, or what it did."""
    one = _kept(kept)
    told = one.seen
    bulletin = desk().bulletin(told.place[0])
    listed = next((found.name for found in bulletin.lists if found.id == told.place[1]), told.place[1])
    return page("subscribers_look.html", told=told, wish=one.wish, kept=kept, bulletin=bulletin.title, listed=listed)


def take_in(kept: str) -> ResponseReturnValue:
    """Take the file in; a second press of the button does nothing more."""
    fields()
    one = _kept(kept)
    if not one.seen.is_done:
        _shelf().finish(kept, subscribers.take_in(desk(), one.content, one.wish, person().email))
    return go("subscribersfile.show", kept=kept)


def refused(kept: str) -> ResponseReturnValue:
    """The refused rows, for a spreadsheet."""
    content = subscribers.refused_sheet(_kept(kept).seen)
    return as_file(content, "text/csv; charset=utf-8", "refused.csv")


def _kept(key: str) -> Kept:
    found = _shelf().get(key, person().id)
    if found is None:
        abort(404, _GONE)
    return found


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions["files of readers"]
    return shelf


def _form(given: dict[str, str], error: str = "", status: int = 200) -> ResponseReturnValue:
    return page("subscribers_file.html", status, given=given, lists=choices(), error=error)


ROUTES = (
    get("/subscribers/import", ask, Right.READERS, Of.EVERYTHING),
    upload("/subscribers/import", look, Right.READERS, MOST_BYTES + _WITH_THE_FORM, Of.EVERYTHING),
    get("/subscribers/import/<kept>", show, Right.READERS, Of.EVERYTHING),
    post("/subscribers/import/<kept>", take_in, Right.READERS, Of.EVERYTHING),
    get("/subscribers/import/<kept>/refused", refused, Right.READERS, Of.EVERYTHING),
)
