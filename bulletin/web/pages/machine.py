"""Whether the newsroom is well, for machines that watch it: yes or no for all, numbers for who has the token."""

from hmac import compare_digest
from typing import cast

from flask import Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from bulletin.errors import StoreError
from bulletin.jobs.measures import numbers
from bulletin.store.turns import SILENT
from bulletin.web.measures import CONTENT_TYPE, Counted
from bulletin.web.route import anywhere
from bulletin.web.show import desk


def healthz() -> ResponseReturnValue:
    """200 while the database answers and the schedule, if there ever was one, is alive; else 503.

    `schedule` is null where none ever ran, or where nobody can know.
    """
    try:
        last = desk().store.beats.last("schedule")
    except StoreError:
        return jsonify(database=False, schedule=None), 503
    is_alive = None if last is None else desk().now() - last <= SILENT
    return jsonify(database=True, schedule=is_alive), 503 if is_alive is False else 200


def metrics() -> ResponseReturnValue:
    """The numbers, for who shows the token of the settings; for everybody else there is no such page."""
    ours = desk().config.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not ours or not compare_digest(given.encode(), ours.encode()):
        abort(404)
    counted = cast("Counted", current_app.extensions["numbers"])
    return Response(counted.text(lambda: numbers(desk())), content_type=CONTENT_TYPE)


ROUTES = (anywhere("/healthz", healthz), anywhere("/metrics", metrics))
