"""Who may ask for what: the one place that judges it."""

from enum import Enum, auto
from typing import Any

from bulletin.jobs import Desk
from bulletin.model import Editor
from bulletin.web.route import Of, Route


class Answer(Enum):
    """What to do with somebody who asks."""

    WELCOME = auto()
    LOG_IN = auto()
    FORBIDDEN = auto()
    NOT_THERE = auto()


def judge(desk: Desk, route: Route, person: Editor | None, named: dict[str, Any]) -> Answer:
    """Hold the right that a route needs against the person's, in the bulletin that the address names.

    `named`: the parts of the address by name.
    """
    if route.needs is None:
        return Answer.WELCOME
    if person is None:
        return Answer.LOG_IN
    match route.of:
        case Of.EVERYTHING:
            may = person.may_everywhere(route.needs)
        case Of.SOMETHING:
            may = person.may_somewhere(route.needs)
        case Of.BULLETIN | Of.EDITION:
            bulletin = _bulletin(desk, route.of, named)
            if bulletin is None:  # who sees nothing at all need not learn what there is not
                return Answer.NOT_THERE if person.may_somewhere(route.needs) else Answer.FORBIDDEN
            may = person.may(route.needs, bulletin)
    return Answer.WELCOME if may else Answer.FORBIDDEN


def _bulletin(desk: Desk, of: Of, named: dict[str, Any]) -> str | None:
    """The bulletin that an address is about; None when there is none."""
    if of is Of.EDITION:
        return desk.store.editions.bulletin_of(str(named["edition"]))
    known = {bulletin.id for bulletin in desk.config.bulletins}
    return named["bulletin"] if named["bulletin"] in known else None
