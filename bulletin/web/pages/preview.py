"""Preview: the very bytes that would be sent, in a frame where nothing runs."""

import re
from urllib.parse import urlsplit

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError, RenderError
from bulletin.model import Right
from bulletin.render import MOST_BYTES
from bulletin.web.route import Of, get
from bulletin.web.show import desk, is_htmx, page

_WIDTHS, _SCHEMES, _SHAPES = ("desktop", "phone"), ("own", "light", "dark"), ("html", "text")
_ASKS_FOR_DARK = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE)
_ANSWERS = {"light": "(max-width: 0)", "dark": "(min-width: 0)"}  # never so, always so
# An email brings its own styles and links, and nothing else: no script, no form, and of pictures its logo alone.
_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
_FRAMED = _CSP + "frame-ancestors 'self'; sandbox allow-popups"
_PICTURES, _HOST = "img-src data:", re.compile(r"[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)


def show(edition: str) -> ResponseReturnValue:
    """The email of one list, at a width, in a colour scheme, as HTML or text."""
    draft = jobs.edition_of(desk(), edition)
    bulletin = desk().bulletin(draft.bulletin)
    chosen = request.args.get("list", bulletin.lists[0].id)
    if chosen not in [one.id for one in bulletin.lists]:
        abort(404)
    made, trouble = _made(edition, chosen)
    return page(
        "preview_pane.html" if is_htmx() else "preview.html",
        edition=draft,
        bulletin=bulletin,
        chosen=chosen,
        width=_one_of(_WIDTHS, "width"),
        scheme=_one_of(_SCHEMES, "scheme"),
        shape=_one_of(_SHAPES, "shape"),
        trouble=trouble,
        size=len(made.email.html.encode()) if made else 0,
        most=MOST_BYTES,
        email=made.email if made else None,
        verdict=jobs.judge(desk(), draft, [made])[0] if made else None,
    )


def html(edition: str, audience: str) -> ResponseReturnValue:
    """The HTML part, byte for byte; but where light or dark is asked for, as a screen of that kind would show it.

    A browser does not let a page choose what `prefers-color-scheme` says inside a frame.
    """
    made, trouble = _made(edition, audience)
    shown = made.email.html if made else trouble
    if (scheme := _one_of(_SCHEMES, "scheme")) in _ANSWERS:
        shown = _ASKS_FOR_DARK.sub(_ANSWERS[scheme], shown)
    answer = Response(shown, content_type="text/html; charset=utf-8")
    if not made:
        answer.content_type = "text/plain; charset=utf-8"
    return _framed(answer, made.page.brand.logo.url if made else "")


def text(edition: str, audience: str) -> ResponseReturnValue:
    """The text part, byte for byte."""
    made, trouble = _made(edition, audience)
    return _framed(Response(made.email.text if made else trouble, content_type="text/plain; charset=utf-8"))


def _framed(answer: Response, logo: str = "") -> Response:
    host = urlsplit(logo).netloc
    shown = f"{_PICTURES} https://{host}" if _HOST.fullmatch(host) else _PICTURES
    answer.headers["Content-Security-Policy"] = _FRAMED.replace(_PICTURES, shown)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _made(edition: str, audience: str) -> tuple[jobs.Made | None, str]:
    """The email as it would be sent now, or why there is none."""
    draft = jobs.edition_of(desk(), edition)
    try:
        return jobs.make(desk(), draft, jobs.list_of(desk().bulletin(draft.bulletin), audience)), ""
    except RenderError as error:
        return None, str(error)
    except InputError:
        abort(404)


def _one_of(known: tuple[str, ...], name: str) -> str:
    asked = request.args.get(name, known[0])
    return asked if asked in known else known[0]


ROUTES = (
    get("/editions/<edition>/preview", show, Right.LOOK, Of.EDITION),
    get("/editions/<edition>/preview/<audience>/html", html, Right.LOOK, Of.EDITION),
    get("/editions/<edition>/preview/<audience>/text", text, Right.LOOK, Of.EDITION),
)
