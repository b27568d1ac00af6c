"""The few files that pages are made up with, by a fixed map: no path is ever made from what somebody asks for."""

from importlib.resources import files
from types import MappingProxyType

from flask import Response, abort
from flask.typing import ResponseReturnValue

from bulletin.web.route import get

_CSS, _JS, _SVG = "text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml"
_KINDS = {
    "desk.css": _CSS,
    "files.css": _CSS,
    "charts.css": _CSS,
    "review.css": _CSS,
    "useful.css": _CSS,
    "own.css": _CSS,
    "htmx.min.js": _JS,
    "desk.js": _JS,
    "icon.svg": _SVG,
}
_FILES = MappingProxyType(
    {name: (kind, (files("bulletin.web") / "static" / name).read_bytes()) for name, kind in _KINDS.items()}
)


def file(name: str) -> ResponseReturnValue:
    """A stylesheet, a script or the icon."""
    if name not in _FILES:
        abort(404)
    kind, content = _FILES[name]
    answer = Response(content, content_type=kind)
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


ROUTES = (get("/static/<name>", file, None),)
