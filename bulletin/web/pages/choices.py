"""Somebody's own choices: which lists, which headings, how often; their data, and to be forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import readers, subscribers
from bulletin.model import Rhythm, Subscriber, Way
from bulletin.people.addresses import masked
from bulletin.store import Place
from bulletin.web.download import as_file
from bulletin.web.forms import fields, many
from bulletin.web.mishaps import sentence
from bulletin.web.pages.own import about_nobody, named, own_page, with_link
from bulletin.web.route import proved
from bulletin.web.show import desk, go
from bulletin.web.visit import visitor

RHYTHMS = (
    (Rhythm.EVERY, "Each edition by itself, as soon as it is out"),
    (Rhythm.DAY, "At most one email a day, in the morning"),
    (Rhythm.WEEK, "At most one email a week, on Monday morning"),
    (Rhythm.MONTH, "At most one email a month, on the morning of its first day"),
)


@dataclass(frozen=True)
class Typed:
    """What stands in the form: as it is kept, or as somebody sent it."""

    rhythm: str
    paused_until: str
    headings: Mapping[Place, Sequence[str]]  # topic ids, of each list that is shown


@with_link
def show(token: str) -> ResponseReturnValue:
    """What somebody gets, with the forms to change it."""
    reader = readers.chooser(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    return _page(reader.token, reader.person, done=request.args.get("done", ""))


@with_link
def save(token: str) -> ResponseReturnValue:
    """Leave a list, come back to one, or keep the headings and the rhythm."""
    given = fields("do", "list", "rhythm", "paused_until", "shown", "headings")
    reader = readers.chooser(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    person, place = reader.person, subscribers.place_named(given["list"])
    try:
        if given["do"] == "leave":
            done = "left" if readers.leave(desk(), person, place, Way.PREFERENCES).is_change else "nothing"
        elif given["do"] == "back":
            done = "back" if readers.come_back(desk(), person, place).joined else "nothing"
        else:
            return _keep(reader.token, person, _typed(person, given))
    except InputError as error:
        return own_page("stopped.html", 409, words=sentence(error))
    return go("choices.show", token=reader.token, done=done)


@with_link
def export(token: str) -> ResponseReturnValue:
    """All that is kept of somebody, as a file."""
    reader = readers.chooser(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    told = subscribers.in_json(subscribers.export(desk(), reader.person))
    return as_file(f"{told}\n", "application/json; charset=utf-8", "my-data.json")


@with_link
def erase(token: str) -> ResponseReturnValue:
    """Forget somebody; it cannot be undone, so that they are asked once more."""
    given = fields("sure")
    reader = readers.chooser(desk(), visitor(), token)
    if reader.person is None:
        return about_nobody(reader)
    if given["sure"] != "yes":
        places = named(one.place for one in reader.person.places)
        return own_page("erase.html", link=reader.token, address=masked(reader.person.email), places=places)
    subscribers.erase(desk(), reader.person)
    return go("choices.show", token=reader.token)


def _keep(token: str, person: Subscriber, typed: Typed) -> ResponseReturnValue:
    """Keep the form, or show it again with what is wrong."""
    errors = dict(_mistakes(typed))
    if errors:
        return _page(token, person, typed, errors, status=400)
    paused = date.fromisoformat(typed.paused_until) if typed.paused_until else None
    subscribers.choose(desk(), person.id, Rhythm(typed.rhythm), paused, typed.headings)
    return go("choices.show", token=token, done="saved")


def _mistakes(typed: Typed) -> list[tuple[str, str]]:
    """What is wrong, by the field that it is about."""
    found = []
    if typed.rhythm not in set(Rhythm):
        found.append(("rhythm", "Choose how often you want email"))
    if typed.paused_until and not _is_ahead(typed.paused_until):
        found.append(("paused_until", "Give a day that is yet to come, or none"))
    for (bulletin, list_id), chosen in typed.headings.items():
        if not chosen:
            words = "Tick at least one heading, or leave the bulletin by its button above"
            found.append((f"{bulletin}-{list_id}", words))
    return found


def _is_ahead(told: str) -> bool:
    try:
        return date.fromisoformat(told) > desk().now().date()
    except ValueError:
        return False


def _typed(person: Subscriber, given: Mapping[str, str]) -> Typed:
    """What was sent: headings of this person's lists, of those that the page had, that their bulletins have."""
    printed, shown, ticked = _headings(person), set(many("shown")), set(many("headings"))
    chosen = {
        place: [topic for topic in topics if "/".join((*place, topic)) in ticked]
        for place, topics in printed.items()
        if "/".join(place) in shown
    }
    return Typed(given["rhythm"], given["paused_until"].strip(), chosen)


def _kept(person: Subscriber) -> Typed:
    """What is kept; no headings mean all of them."""
    printed = _headings(person)
    own = {place: one.headings for place in printed if (one := person.place(*place))}
    chosen = {
        place: [topic for topic in topics if topic in own[place]] or topics for place, topics in printed.items()
    }
    until = person.paused_until
    paused = until.isoformat() if until and until > desk().now().date() else ""
    return Typed(person.rhythm, paused, chosen)


def _headings(person: Subscriber) -> dict[Place, Sequence[str]]:
    """The headings of the bulletins that somebody gets, of those that have several, by list."""
    printed = {bulletin.id: bulletin.headings for bulletin in desk().config.bulletins}
    own = (one.place for one in person.places)
    return {place: printed[place[0]] for place in own if len(printed.get(place[0], ())) > 1}


def _page(
    token: str,
    person: Subscriber,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    typed, headings = typed or _kept(person), _headings(person)
    known = {one: person.place(one.bulletin, one.list) for one in named(_all(person))}
    return own_page(
        "choices.html",
        status,
        link=token,
        address=masked(person.email),
        places=[(one, place) for one, place in known.items() if place and place.left_at is None],
        left=[(one, place) for one, place in known.items() if place and place.left_at and one.name],
        printed=[(one, headings[one.place]) for one in known if one.place in typed.headings],
        typed=typed,
        rhythms=RHYTHMS,
        errors=errors or {},
        done=done,
        opens=bool(readers.open_lists(desk())),
    )


def _all(person: Subscriber) -> list[Place]:
    return [one.place for one in person.subscriptions]


ROUTES = (
    proved("/choices/<token>", show, "GET"),
    proved("/choices/<token>", save, "POST"),
    proved("/choices/<token>/export", export, "GET"),
    proved("/choices/<token>/erase", erase, "POST"),
)
