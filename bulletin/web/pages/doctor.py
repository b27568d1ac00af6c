"""Doctor: whether the settings are well, and whether an email that arrived would arrive everywhere."""

from contextlib import closing

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import doctor as job
from bulletin.model import Checkup, Right
from bulletin.web.forms import fields
from bulletin.web.route import Of, get, post, upload
from bulletin.web.show import desk, page

_FIELDS = 100_000  # bytes for the other fields of the form


def show() -> ResponseReturnValue:
    """The settings, judged without asking the mail server; and a form for an email that arrived."""
    return _page()


def ask() -> ResponseReturnValue:
    """Judge the settings, and ask the mail server whether it lets us in."""
    fields()
    return _page(connects=True)


def examine() -> ResponseReturnValue:
    """Judge an email that was pasted or uploaded."""
    pasted = fields("source")["source"]
    content = b""
    if file := request.files.get("file"):
        with closing(file):  # a large one lies on the disk
            content = file.read(job.MOST_BYTES + 1)
    try:
        checkup = job.examined(content or pasted.encode("utf-8", "replace"))
    except InputError as error:
        return _page(wrong=str(error), source=pasted)
    return _page(checkup)


def _page(
    checkup: Checkup | None = None, *, wrong: str = "", source: str = "", connects: bool = False
) -> ResponseReturnValue:
    return page(
        "doctor.html",
        422 if wrong else 200,
        checkup=checkup,
        wrong=wrong,
        source=source,
        remarks=() if checkup else job.settings(desk(), connects=connects),
        can_ask=desk().config.smtp is not None and not connects,
    )


ROUTES = (
    get("/doctor", show, Right.LOOK),
    upload("/doctor", examine, Right.LOOK, job.MOST_BYTES + _FIELDS),
    post("/doctor/server", ask, Right.APPROVE, Of.EVERYTHING),
)
