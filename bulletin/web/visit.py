"""Who is at the browser, as jobs need to know it, and the cookies that say so."""

from typing import Any

from flask import Response, current_app, g, redirect, request, url_for

from bulletin.errors import WaitError
from bulletin.jobs.people import Visitor
from bulletin.model import Session
from bulletin.web import forgery

STEP = "__Host-step"  # between the password and the code


def visitor() -> Visitor:
    """Who asks. What a proxy says of the address is not believed (reference bar C11)."""
    return Visitor(g.keys, request.remote_addr or "", _browser(request.user_agent.string))


def session() -> Session:
    """The session of this request; only pages that need a right may call this."""
    found: Session = g.session
    return found


def go(endpoint: str, /, **values: Any) -> Response:  # noqa: ANN401 - parts of any address
    """The way to another page, on which cookies can be set."""
    answer: Response = current_app.make_response(redirect(url_for(endpoint, **values), 303))
    return answer


def begin(response: Response, token: str) -> Response:
    """Let the browser keep the token of a session, and nothing that led to it."""
    forgery.set_cookie(response, forgery.SESSION, token)
    for name in (STEP, forgery.VISIT):
        forgery.set_cookie(response, name, "")
    return response


def end(response: Response) -> Response:
    """Have the browser forget who it was."""
    forgery.set_cookie(response, forgery.SESSION, "")
    return response


def status_of(error: Exception) -> int:
    """429 for too many tries, else 400."""
    return 429 if isinstance(error, WaitError) else 400


def hush(response: Response) -> Response:
    """Have the browser tell nobody the address of this page, which holds a token."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS"}


def _browser(told: str) -> str:
    """Words by which a person knows a browser of theirs: Firefox on Windows."""
    name = next((name for sign, name in _BROWSERS.items() if sign in told), "A browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in told), "Linux" if "Linux" in told else "")
    return f"{name} on {system}" if system else name
