"""Readers: who is on which list, found by their words, added, and written for a spreadsheet."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import subscribers
from bulletin.model import Right, Subscriber, Suppression
from bulletin.web.download import as_file
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_ON_A_PAGE = 50
_PAGES = 2000
_DONE = {
    "erased": "Forgotten. Nothing of this reader is kept but a hash, by which no file can put the address back.",
    "erased-later": "Forgotten. Somebody was reading the database just then, so a trace may stand in its log for a "
    "while: `bulletin forget` wipes it.",
}


@dataclass(frozen=True)
class Shown:
    """A reader on the list of them."""

    one: Subscriber
    stopped: Suppression | None


def show() -> ResponseReturnValue:
    """The lists with their numbers, and who is on them: all, or who is found by words and list."""
    words, list_ = request.args.get("q", "")[:200], request.args.get("list", "")
    number = _page_number()
    lists = subscribers.all_lists(desk())
    place = next((one.place for one in lists if "/".join(one.place) == list_), None)
    found, total = desk().store.subscribers.page(words, place, _ON_A_PAGE, (number - 1) * _ON_A_PAGE)
    return page(
        "subscribers.html",
        notice=_DONE.get(request.args.get("done", ""), ""),
        lists=lists,
        found=_shown(found),
        total=total,
        all=desk().store.subscribers.total(),
        number=number,
        last=number * _ON_A_PAGE,
        words=words,
        place=place,
        returned=subscribers.stopped_lately(desk()),
        stopped=sorted(desk().store.suppressions.counts().items()),
        list_options=[("", "All lists"), *(("/".join(one.place), f"{one.bulletin}: {one.name}") for one in lists)],
        names={one.place: f"{one.bulletin}: {one.name}" for one in lists},
    )


def ask() -> ResponseReturnValue:
    """The form that adds a reader."""
    return _form(dict.fromkeys(("email", "name", "role", "organisation", "list", "consent", "again"), ""))


def add() -> ResponseReturnValue:
    """Put somebody on a list."""
    given = fields("email", "name", "role", "organisation", "list", "consent", "again")
    try:
        joined = subscribers.add(
            desk(),
            given["email"],
            subscribers.place_of(desk(), given["list"]),
            given["consent"],
            person().email,
            name=given["name"],
            role=given["role"],
            organisation=given["organisation"],
            again=given["again"] == "yes",
        )
    except InputError as error:
        return _form(given, sentence(error), 400)
    done = "added" if joined.joined else "there"
    return go("subscriber.show", subscriber=joined.subscriber.id if joined.subscriber else "", done=done)


def as_csv() -> ResponseReturnValue:
    """Who is on a list now, for a spreadsheet; it is asked for by a button, as the record tells of it."""
    bulletin, list_id = place = subscribers.place_of(desk(), fields("list")["list"])
    sheet = subscribers.list_sheet(desk(), place, person().email)
    return as_file(sheet, "text/csv; charset=utf-8", f"{bulletin}-{list_id}-readers.csv")


def choices() -> list[tuple[str, str]]:
    """The lists that somebody can be put on: as they are named to the program, and to people."""
    return [("/".join(place), name) for place, name in subscribers.list_names(desk()).items()]


def _page_number() -> int:
    told = request.args.get("page", "")
    return min(max(int(told), 1), _PAGES) if told.isascii() and told.isdigit() and len(told) < 5 else 1


def _shown(found: list[Subscriber]) -> list[Shown]:
    stopped = subscribers.stopped_among(desk(), [one.email for one in found])
    return [Shown(one, stopped.get(one.email)) for one in found]


def _form(given: dict[str, str], error: str = "", status: int = 200) -> ResponseReturnValue:
    return page("subscriber_add.html", status, given=given, lists=choices(), error=error)


ROUTES = (
    get("/subscribers", show, Right.READERS, Of.EVERYTHING),
    get("/subscribers/add", ask, Right.READERS, Of.EVERYTHING),
    post("/subscribers/add", add, Right.READERS, Of.EVERYTHING),
    post("/subscribers/csv", as_csv, Right.READERS, Of.EVERYTHING),
)
