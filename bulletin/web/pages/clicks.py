"""Links that count: an address of ours that leads on to where an item was approved to lead, and nowhere else."""

from flask import Response, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue

from bulletin.errors import UnknownError
from bulletin.jobs import followed
from bulletin.web.route import proved
from bulletin.web.show import desk

_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")  # by these a browser says that nobody has clicked yet


def to(edition: str, item: str, mark: str) -> ResponseReturnValue:
    """Count a click and lead on; who only looks whether the address answers, or looks ahead, is not counted."""
    try:
        place = followed.target(desk(), edition, item, mark)
    except UnknownError:
        abort(404)
    if request.method == "GET" and not _looks_ahead():
        followed.click(desk(), edition, item, request.remote_addr or "", request.user_agent.string)
    answer: Response = current_app.make_response(redirect(place, 302))
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _looks_ahead() -> bool:
    said = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


ROUTES = (proved("/to/<edition>/<item>/<mark>", to, "GET"),)
