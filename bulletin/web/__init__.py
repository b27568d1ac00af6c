"""The web pages: an editor's desk in a browser, and the readers' archive; the work is done by jobs.

    route      one line of the table: address, view, right
    routes     the table; what is not in it is not served
    guard      who asks, whether they may, what every answer carries
    show       pages, pieces of pages for htmx, ways to other pages
    words      dates, numbers and sizes as people read them
    pages/     a module for each page
    templates/ static/

Pages are templates and plain forms first; a script only makes them quicker.
"""

from flask import Flask

from bulletin.jobs import Newsroom
from bulletin.web import guard, words
from bulletin.web.kept import Shelf
from bulletin.web.measures import Counted
from bulletin.web.routes import ROUTES

__all__ = ["Newsroom", "create_app"]


def create_app(newsroom: Newsroom) -> Flask:
    """Make the application; it serves the table of routes and nothing else."""
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    words.install(app)
    app.extensions["files of readers"] = Shelf(newsroom.desk().now)
    app.extensions["numbers"] = Counted()
    guard.install(app, newsroom, {route.endpoint: route for route in ROUTES})
    for route in ROUTES:
        app.add_url_rule(route.rule, route.endpoint, route.view, methods=list(route.methods))
    return app
