"""Today: what waits for whom."""

from datetime import UTC
from zoneinfo import ZoneInfo

from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.jobs.occasions import occasion_of, overview
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
    outlines = (desk().store.editions.outline(one.row.id) for one in waiting.drafts)
    occasions = {one.id: occasion_of(desk(), one) for one in outlines if one}
    outlooks = [one for one in overview(desk()) if person().may(Right.LOOK, one.bulletin.id)]
    coming = [one for outlook in outlooks for one in outlook.occasions if not one.is_approved and not one.waits]
    return page(
        "today.html",
        today=waiting,
        days=days,
        now=now.astimezone(UTC),
        titles=titles,
        looked=looked,
        occasions=occasions,
        outlooks=outlooks,
        also=[one for one in coming if one.goes and one.edition.id not in occasions],
    )


ROUTES = (get("/", show, Right.LOOK),)
