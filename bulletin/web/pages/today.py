"""Today: what waits for whom."""

from datetime import UTC
from zoneinfo import ZoneInfo

from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.model import Right
from bulletin.web.route import get
from bulletin.web.show import desk, page, person


def show() -> ResponseReturnValue:
    """The first page after log-in."""
    waiting = jobs.today(desk(), lambda bulletin: person().may(Right.LOOK, bulletin))
    zones = {one.id: ZoneInfo(one.schedule.zone) for one in desk().config.bulletins}
    titles = {one.id: one.title for one in desk().config.bulletins}
    now = desk().now()
    days = {id_: now.astimezone(zone).date() for id_, zone in zones.items()}
    looked = desk().store.measures.last_visit()
    return page("today.html", today=waiting, days=days, now=now.astimezone(UTC), titles=titles, looked=looked)


ROUTES = (get("/", show, Right.LOOK),)
