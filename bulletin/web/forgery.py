"""Whether a form comes from a page of ours: a token that only one browser has, and what browsers say themselves.

The token is bound to the session, and for visitors without one to a cookie of their own. Reference bar W5.
"""

import secrets

from flask import Response, g, request

from bulletin.people.tokens import Keys

SESSION, VISIT = "__Host-bulletin", "__Host-visit"
_SHORTEST = 20  # characters of a cookie that somebody could not simply guess


def token(keys: Keys) -> str:
    """The token for the forms of this answer; may set the visitor's cookie with it."""
    return keys.mark("csrf", _subject(keys, make=True))


def is_proved(keys: Keys) -> bool:
    """Whether this request carries the token of its browser, as a field or as a header."""
    subject = _subject(keys, make=False)
    given = request.headers.get("X-CSRF") or request.form.get("csrf", "")
    return bool(subject) and keys.proves(given, "csrf", subject)


def is_from_here(base_url: str) -> bool:
    """Whether the browser says that one of our own pages sent this; who says nothing is refused.

    Sec-Fetch-Site comes first: pages that tell nobody where they are, as those of links do, send `Origin: null`.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None:
        return origin == base_url
    return site == "same-origin" and origin in (None, "null", base_url)


def visit(keys: Keys) -> str:
    """The random value of this browser's visit, made if need be; what must not leave the browser is bound to it."""
    return _visit(keys, make=True)


def keep(response: Response) -> None:
    """Set the cookie of a visit that began with this request."""
    begun: str | None = g.get("new_visit")
    if begun:
        set_cookie(response, VISIT, begun)


def set_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie that only this host gets, only over a safe line, and that no script reads; empty: remove it."""
    age = None if value else 0
    response.set_cookie(name, value, max_age=age, path="/", secure=True, httponly=True, samesite="Lax")


def _subject(keys: Keys, *, make: bool) -> str:
    """What the token is bound to; empty when this browser has nothing yet."""
    session = request.cookies.get(SESSION, "")
    return f"session {session}" if len(session) >= _SHORTEST else _visit(keys, make=make)


def _visit(keys: Keys, *, make: bool) -> str:
    known: str | None = g.get("new_visit") or request.cookies.get(VISIT)
    value, _, mark = (known or "").partition(".")
    if value and keys.proves(mark, "visit", value):
        return f"visit {value}"
    if not make:
        return ""
    value = secrets.token_urlsafe(24)
    g.new_visit = f"{value}.{keys.mark('visit', value)}"
    return f"visit {value}"
