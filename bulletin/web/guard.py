"""The guard at the door: who asks, whether they may, and what every answer carries."""

from flask import Flask, g

from bulletin.web.newsroom import Newsroom
from bulletin.web.route import Route


def install(app: Flask, newsroom: Newsroom, routes: dict[str, Route]) -> None:
    """Stand before every view of the app; `routes` by endpoint."""

    @app.before_request
    def _enter() -> None:
        g.desk = newsroom.desk()
        g.mistakes = newsroom.mistakes
        g.person = None

    del routes
