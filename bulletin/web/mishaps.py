"""What people see when something goes wrong: a page of ours that says what to do, and never how we are made."""

import logging

from flask import Flask, Response, g, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from bulletin import log
from bulletin.errors import BulletinError, InputError, StoreError, UnknownError, WaitError

_TITLES = {
    400: "That cannot be read",
    401: "Please log in",
    403: "You may not do this",
    404: "There is no such page",
    405: "That is not how this page is asked",
    413: "That is too much",
    415: "That cannot be read",
    429: "Please wait",
    500: "Something went wrong",
    503: "Not at the moment",
}
_WORDS = {
    400: "Go back, and try again.",
    404: "The address is mistyped, or what was there has gone.",
    405: "Go back to the page that you came from, and use its buttons.",
    413: "What was sent is larger than this page takes. Send less at once.",
    503: "The newsroom's database is busy, or does not answer. Try again in a moment.",
    500: "It is not your doing, and what you had saved is safe. Try again; if it goes wrong again, tell an admin.",
}


def install(app: Flask) -> None:
    """Have the app answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(BulletinError, _told)
    app.register_error_handler(Exception, _bug)
    app.logger.addFilter(_without_path)  # an address may hold a token


def page(status: int, words: str = "", reference: str = "") -> Response:
    """A page about an error; the reference is the name under which the log tells more."""
    title = _TITLES.get(status, "That did not work")
    words = words or _WORDS.get(status, "Go back, and try again.")
    return make_response(render_template("mishap.html", title=title, words=words, reference=reference), status)


def sentence(error: BulletinError) -> str:
    """The words of an error of ours as a page says them."""
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."


def _refused(error: HTTPException) -> Response:
    """Werkzeug's own words are for programmers; those that we gave to `abort` are ours."""
    if isinstance(error, InternalServerError):
        return _bug(error.original_exception or error)
    status = error.code or 500
    ours = error.description if error.description != type(error).description else ""
    if error.response is not None or 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]
    answer = page(status, ours or "")
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _told(error: BulletinError) -> Response:
    """Our own errors say in plain words what to do."""
    match error:
        case UnknownError():
            status = 404
        case WaitError():
            status = 429
        case InputError():
            status = 400
        case StoreError():
            status = 503
        case _:
            status = 500
    if status >= 500:  # its words are for who runs the program
        log.event("failed", error, request=g.get("id"))
        return page(status, reference=g.get("id") or "none")
    return page(status, sentence(error))


def _bug(error: BaseException) -> Response:
    """Nothing of it is shown but the name under which the log has it."""
    reference = g.get("id") or "none"
    log.event("bug", error, request=reference)
    return page(500, reference=reference)


def _without_path(record: logging.LogRecord) -> bool:
    """Flask names the path of what failed outside a view, and a path may hold a token."""
    record.msg, record.args = "bug outside a view", ()
    return True
