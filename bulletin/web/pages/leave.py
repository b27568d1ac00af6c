"""Leaving by the link in an email: a page with one button, and the mail program's own button (RFC 8058).

To look at the page changes nothing, whoever looks: scanners open every link. The link is all the proof there is, so
that nobody needs to log in, and a mail program's request is answered at once and without a redirect.
"""

from collections.abc import Iterable
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import readers
from bulletin.model import Subscriber, Subscription, Way
from bulletin.people.addresses import masked
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.pages.own import about_nobody, named, own_page, with_link
from bulletin.web.route import proved
from bulletin.web.show import desk
from bulletin.web.visit import visitor

_ONE_CLICK = "one-click"  # RFC 8058, 3.1


@with_link
def show(token: str) -> ResponseReturnValue:
    """Ask whether they want to leave; who has left already is told when."""
    reader = readers.leaver(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    return _ask(reader, reader.person) if reader.places else _nothing(reader, reader.person)


@with_link
def press(token: str) -> ResponseReturnValue:
    """Leave: by the mail program's button at once, by the page's after a second look while the email is new."""
    given = fields("List-Unsubscribe", "what", "sure")
    reader = readers.leaver(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    is_one_click = given["List-Unsubscribe"].strip().lower() == _ONE_CLICK
    everything = given["what"] == "everything"
    if not (is_one_click or given["sure"]) and readers.is_fresh(desk(), reader.person):
        return _ask(reader, reader.person, everything=everything, again=True)
    about = None if everything else reader.about
    left = readers.leave(desk(), reader.person, about, Way.ONE_CLICK if is_one_click else Way.LINK)
    if not left.is_change:
        return _nothing(reader, left.subscriber)
    return own_page(
        "left.html",
        link=reader.token,
        address=masked(left.subscriber.email),
        ended=_names(left.ended),
        at=left.ended[0].left_at if left.ended else None,
        others=_names(left.subscriber.places),
    )


@with_link
def undo(token: str) -> ResponseReturnValue:
    """Bring back exactly what one act ended."""
    given = fields("at")
    reader = readers.leaver(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    try:
        back = readers.undo(desk(), reader.person, _moment(given["at"]))
    except InputError as error:
        return own_page("stopped.html", 409, words=sentence(error))
    person = back.subscriber or reader.person
    told = {"address": masked(person.email), "places": _names(person.places)}
    return own_page("back.html", link=reader.token, back=_names(back.joined), **told)


def _ask(
    reader: readers.Reader, person: Subscriber, *, everything: bool = False, again: bool = False
) -> ResponseReturnValue:
    places = (one for one in person.places if everything or one.place in reader.places)
    return own_page(
        "leave.html",
        link=reader.token,
        address=masked(person.email),
        wanted=_names(places),
        others=_names(one for one in person.places if one.place not in reader.places),
        everything=everything or reader.about is None,
        again=again,
    )


def _nothing(reader: readers.Reader, person: Subscriber) -> ResponseReturnValue:
    """Say when they left before; a button that did nothing must not look as if it had."""
    meant = [one for one in person.subscriptions if reader.about in (None, one.place)]
    earlier = [one for one in meant if one.left_at]
    last = max((one.left_at for one in earlier if one.left_at), default=None)
    return own_page(
        "not_on_it.html",
        link=reader.token,
        address=masked(person.email),
        earlier=[(*_names([one]), one.left_at) for one in earlier],
        at=last,
        back=named(readers.ended_at(person, last)),
        others=_names(person.places),
        about_one=reader.about is not None,
        pressed=request.method == "POST",
    )


def _names(places: Iterable[Subscription]) -> tuple[readers.Named, ...]:
    return named(one.place for one in places)


def _moment(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None


ROUTES = (
    proved("/leave/<path:token>", show, "GET"),
    proved("/leave/<path:token>", press, "POST"),
    proved("/leave/<token>/undo", undo, "POST"),
)
