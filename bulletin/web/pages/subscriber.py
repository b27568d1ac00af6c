"""One reader: their lists, what these rest on, what was sent, and what the desk can do for them."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import subscribers
from bulletin.model import Right, Subscriber, Way, Why
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.pages.subscribers import choices
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_DONE = {
    "added": "Added.",
    "there": "This reader was on that list already.",
    "left": "Taken off. It counts at once, also for what waits to be sent.",
    "nothing": "Nothing was changed: it was so already.",
    "described": "Saved.",
    "stopped": "Nothing goes to this address any more, whoever puts it on a list.",
    "released": "This address may be written to again. The lists that they left stay left.",
}


def show(subscriber: str) -> ResponseReturnValue:
    """All of one reader."""
    return _page(_reader(subscriber), notice=_DONE.get(request.args.get("done", ""), ""))


def leave(subscriber: str) -> ResponseReturnValue:
    """Take a reader off a list, at their wish."""
    given, one = fields("list", "words"), _reader(subscriber)
    place = subscribers.place_named(given["list"])
    left = subscribers.leave(desk(), one.id, [place], Way.DESK, given["words"][:500], person().email)
    return go("subscriber.show", subscriber=one.id, done="left" if left.is_change else "nothing")


def join(subscriber: str) -> ResponseReturnValue:
    """Put a reader on a further list, or back on one."""
    given, one = fields("list", "consent", "again"), _reader(subscriber)
    try:
        place = subscribers.place_of(desk(), given["list"])
        again = given["again"] == "yes"
        joined = subscribers.add(desk(), one.email, place, given["consent"], person().email, again=again)
    except InputError as error:
        return _page(one, 400, error=sentence(error), given=given)
    return go("subscriber.show", subscriber=one.id, done="added" if joined.joined else "there")


def describe(subscriber: str) -> ResponseReturnValue:
    """Write down who a reader is."""
    given, one = fields("name", "role", "organisation"), _reader(subscriber)
    try:
        subscribers.describe(desk(), one, given["name"], given["role"], given["organisation"], person().email)
    except InputError as error:
        return _page(one, 400, error=sentence(error))
    return go("subscriber.show", subscriber=one.id, done="described")


def stop(subscriber: str) -> ResponseReturnValue:
    """Let nothing go to a reader any more."""
    words, one = fields("words")["words"][:500], _reader(subscriber)
    is_new = subscribers.suppress(desk(), one.email, Why.DESK, person().email, words)
    return go("subscriber.show", subscriber=one.id, done="stopped" if is_new else "nothing")


def release(subscriber: str) -> ResponseReturnValue:
    """Let a reader be written to again; the record keeps why."""
    words, one = fields("words")["words"].strip()[:500], _reader(subscriber)
    if not words:
        return _page(one, 400, error="Say why this address may be written to again.")
    stood = subscribers.release(desk(), one.email, person().email, words)
    return go("subscriber.show", subscriber=one.id, done="released" if stood else "nothing")


def export(subscriber: str) -> ResponseReturnValue:
    """All that is kept of a reader, as a file to give them."""
    fields()
    told = subscribers.in_json(subscribers.export(desk(), _reader(subscriber), person().email))
    answer = Response(told, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="reader-{subscriber}.json"'
    return answer


def ask_erase(subscriber: str) -> ResponseReturnValue:
    """Ask whether it is meant: it cannot be undone."""
    return page("subscriber_erase.html", one=_reader(subscriber))


def erase(subscriber: str) -> ResponseReturnValue:
    """Forget a reader for good."""
    fields()
    is_wiped = subscribers.erase(desk(), _reader(subscriber), Way.DESK, person().email)
    return go("subscribers.show", done="erased" if is_wiped else "erased-later")


def _reader(id_: str) -> Subscriber:
    found = desk().store.subscribers.get(id_)
    if found is None:
        abort(404, "There is no such reader. Perhaps they were erased.")
    return found


def _page(
    one: Subscriber, status: int = 200, notice: str = "", error: str = "", given: dict[str, str] | None = None
) -> ResponseReturnValue:
    return page(
        "subscriber.html",
        status,
        told=subscribers.story(desk(), one),
        names=subscribers.list_names(desk()),
        lists=choices(),
        notice=notice,
        error=error,
        given=given or {"list": "", "consent": "", "again": ""},
    )


_HERE = "/subscribers/<subscriber>"
ROUTES = (
    get(_HERE, show, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/leave", leave, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/join", join, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/describe", describe, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/stop", stop, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/release", release, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/export", export, Right.READERS, Of.EVERYTHING),
    get(f"{_HERE}/erase", ask_erase, Right.READERS, Of.EVERYTHING),
    post(f"{_HERE}/erase", erase, Right.READERS, Of.EVERYTHING),
)
