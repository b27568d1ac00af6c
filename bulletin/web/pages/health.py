"""Whether the newsroom is well, for machines that watch it: a word, and nothing of what is in it."""

from flask import Response
from flask.typing import ResponseReturnValue

from bulletin.errors import StoreError
from bulletin.web.route import get
from bulletin.web.show import desk


def show() -> ResponseReturnValue:
    """200 while the database answers, else 503."""
    try:
        desk().store.editors.list()
    except StoreError:
        return Response("the database does not answer\n", 503, content_type="text/plain; charset=utf-8")
    return Response("ok\n", content_type="text/plain; charset=utf-8")


ROUTES = (get("/healthz", show, None),)
