"""What came of an edition, and of a year, in pictures, numbers and files."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from bulletin import report
from bulletin.errors import InputError
from bulletin.jobs.outcome import YEARS, came, came_in, years
from bulletin.jobs.outcomefile import SHAPES, filed
from bulletin.model import Right
from bulletin.model.outcomes import Came
from bulletin.web.download import as_file
from bulletin.web.route import Of, get
from bulletin.web.show import desk, page, person


def edition(edition: str) -> ResponseReturnValue:
    """What came of one edition; `?as=html`, csv or items for a file. Of a draft it says that there is nothing yet."""
    try:
        found = came(desk(), edition)
    except InputError as error:
        return page("outcome.html", wrong=str(error), edition=edition, came=None, parts=(), words=(), years=())
    return _answer(found, edition)


def year() -> ResponseReturnValue:
    """What came of a year's editions of the bulletins that the person sees; `?year=2026`, else this year."""
    seen = [one.id for one in desk().config.bulletins if person().may(Right.LOOK, one.id)]
    return _answer(came_in(desk(), _year(), seen), "", years(desk(), seen))


def _answer(found: Came, edition: str, known: list[int] | None = None) -> ResponseReturnValue:
    shape = request.args.get("as", "")
    if shape and shape in SHAPES and found.editions:
        made = filed(found, shape)
        return as_file(made.content, made.content_type, made.name)
    parts, words = report.outcome_parts(found), report.in_words(found)
    return page("outcome.html", wrong="", edition=edition, came=found, parts=parts, words=words, years=known or ())


def _year() -> int:
    told = request.args.get("year", "")
    if not told:
        return desk().now().year
    if not (told.isascii() and told.isdigit() and len(told) == 4 and int(told) in YEARS):
        abort(404)
    return int(told)


ROUTES = (
    get("/editions/<edition>/outcome", edition, Right.LOOK, Of.EDITION),
    get("/report", year, Right.LOOK),
)
