"""Quality: how the machine does, judged by what editors decided, in pictures and numbers."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import report
from bulletin.jobs.quality import quality
from bulletin.model import Right
from bulletin.web.route import get
from bulletin.web.show import desk, page


def show() -> ResponseReturnValue:
    """What became of suggestions; with `?months=again` each of the last months too, which takes a while."""
    again = request.args.get("months") == "again"
    found = quality(desk(), retell=again)
    headings = {topic.id: topic.heading for topic in desk().config.topics}
    parts = report.own_parts(found.judged, headings)
    pairs = report.pairs(found.pairs, found.right, headings)
    return page("quality.html", judged=found.judged, parts=[*parts, *pairs], again=again)


ROUTES = (get("/quality", show, Right.LOOK),)
