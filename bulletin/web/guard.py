"""The guard at the door: who asks, whether they may, and what every answer carries."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from bulletin import log
from bulletin.jobs import Newsroom, concerns, people
from bulletin.people.tokens import Keys
from bulletin.web import forgery, menu, mishaps
from bulletin.web.access import Answer, judge
from bulletin.web.route import Route
from bulletin.web.show import UNLISTED, is_htmx

MOST_BYTES = 1_000_000  # of a request; a page that takes files says how big they may be (Route.takes)
_SAFE = {"GET", "HEAD", "OPTIONS"}
_ALWAYS = {"login", "second"}  # modules of pages that stay open to who must set up a second step first
_PORTS = {"http": 80, "https": 443}

# Reference bar W8. What the pages do: htmx asks this host (connect), a preview stands in a frame of this host.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SAYS_NOTHING = "no-referrer"  # about addresses that hold a token
_HSTS = "max-age=31536000"  # a year


class Guard:
    """Stands before every view and behind every answer."""

    def __init__(self, newsroom: Newsroom, routes: dict[str, Route], keys: Keys) -> None:
        self._newsroom = newsroom
        self._routes = routes
        self._keys = keys

    def enter(self) -> ResponseReturnValue | None:
        """Look at a request before any view does; an answer means that no view gets it."""
        self._look()
        if not (self._is(lambda route: route.any_host) or _is_our_host(g.desk.config.web.base_url)):
            abort(400, "This address is not one of ours.")
        holds_proof = self._holds_proof()
        if not holds_proof:
            self._recognise()
        if request.routing_exception is not None:
            return None  # there is no such page: Flask says so
        route = self._routes[request.endpoint or ""]
        if route.takes and g.person is not None:
            request.max_content_length = route.takes
        if request.method not in _SAFE and not holds_proof:
            self._refuse_forgery()
        return self._judge(route)

    def leave(self, response: Response) -> Response:
        """Put on every answer what browsers need to know, and log it."""
        if g.get("person") is not None and request.endpoint != "static.file":
            response.headers["Cache-Control"] = "no-store"
        if self._holds_proof():
            response.headers["Referrer-Policy"] = _SAYS_NOTHING
            response.headers["X-Robots-Tag"] = UNLISTED
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if "desk" in g and g.desk.config.web.base_url.startswith("https:"):
            response.headers["Strict-Transport-Security"] = _HSTS
        forgery.keep(response)
        response.headers["X-Request-Id"] = g.id  # ours, whatever a client sent: the log has it
        log.event(
            "answered",
            request=g.id,
            method=request.method,
            page=request.endpoint,
            status=response.status_code,
            ms=round((perf_counter() - g.began) * 1000, 1),
            editor=g.person.id if g.get("person") else None,
        )
        return response

    def context(self) -> dict[str, object]:
        """What every template gets; the token is made only where a page shows one, and with it a visitor's cookie."""
        person = g.get("person")
        return {
            "person": person,
            "mistakes": g.get("mistakes", ()),
            "menu": menu.of(person, self._routes) if person else (),
            "standstill": lambda: concerns.standstill(g.desk),
            "csrf": LocalProxy(lambda: forgery.token(self._keys)),
        }

    def _look(self) -> None:
        g.id, g.began, g.person, g.session, g.keys = secrets.token_hex(8), perf_counter(), None, None, self._keys
        g.desk = self._newsroom.desk()
        g.mistakes = g.desk.mistakes

    def _holds_proof(self) -> bool:
        return self._is(lambda route: route.holds_proof)

    def _is(self, asked: Callable[[Route], bool]) -> bool:
        """Whether what is asked for is a page of ours of which this is true."""
        route = self._routes.get(request.endpoint or "")
        return route is not None and asked(route)

    def _recognise(self) -> None:
        """Find out who asks."""
        token = request.cookies.get(forgery.SESSION)
        if token and request.endpoint != "static.file":
            g.session = people.session(g.desk, token)
            g.person = g.session.editor if g.session else None

    def _refuse_forgery(self) -> None:
        base_url = g.desk.config.web.base_url
        if not (forgery.is_from_here(base_url) and forgery.is_proved(self._keys)):
            abort(
                403, "This form was not sent from a page of ours, or the page is too old. Load it anew and try again."
            )

    def _judge(self, route: Route) -> ResponseReturnValue | None:
        match judge(g.desk, route, g.person, request.view_args or {}):
            case Answer.LOG_IN:
                return _to_log_in(route)
            case Answer.FORBIDDEN:
                abort(403, "Your role does not allow this. An admin can change it.")
            case Answer.NOT_THERE:
                abort(404)
            case Answer.WELCOME:
                pass
        if route.is_open or route.endpoint.partition(".")[0] in _ALWAYS or not people.is_forced(g.desk, g.person):
            return None
        return redirect(url_for("second.show"), 303)


def install(app: Flask, newsroom: Newsroom, routes: dict[str, Route]) -> None:
    """Stand before every view of the app; `routes` by endpoint. Raises InputError when the secret is no secret."""
    guard = Guard(newsroom, routes, newsroom.desk().keys)
    app.extensions["plain pages"] = frozenset(name for name, route in routes.items() if _is_plain(route))
    app.extensions["later"] = ThreadPoolExecutor(1, "later")  # what nobody should wait for
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
    app.before_request(guard.enter)
    app.after_request(guard.leave)
    app.context_processor(guard.context)
    mishaps.install(app)


def _is_plain(route: Route) -> bool:
    """Whether somebody may be sent there after log-in: a page that names nothing (reference bar C10)."""
    return route.methods == ("GET",) and "<" not in route.rule and not route.is_open


def _is_our_host(base_url: str) -> bool:
    """Whether the request names the host that the settings name, with its port (reference bar C7)."""
    ours = urlsplit(base_url)
    given = request.environ.get("HTTP_HOST", "").lower()
    return given in {ours.netloc.lower(), f"{ours.hostname}:{ours.port or _PORTS[ours.scheme]}"}


def _to_log_in(route: Route) -> ResponseReturnValue:
    """Send who is not logged in to the log-in page; a form that was under way is not repeated by it."""
    if request.method in _SAFE and not is_htmx():
        return redirect(url_for("login.show", next=route.endpoint if _is_plain(route) else None), 303)
    answer = mishaps.page(401, "You were logged out. Log in, and do it again.")
    answer.headers["HX-Redirect"] = url_for("login.show")
    return answer
