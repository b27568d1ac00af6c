"""Links that count: an address of ours that leads on to where an item was approved to lead, and nowhere else."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from bulletin import log
from bulletin.errors import StoreError, UnknownError
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
        _count(edition, item)
    return redirect(place, 302)


def _count(edition: str, item: str) -> None:
    try:
        followed.click(desk(), edition, item, request.remote_addr or "", request.user_agent.string)
    except StoreError:  # a database that is busy or full keeps nobody from reading
        log.event("click not counted", page=request.endpoint)


def _looks_ahead() -> bool:
    said = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


ROUTES = (proved("/to/<edition>/<item>/<mark>", to, "GET"),)
