"""The pages as a browser sees them, without one: cookies are kept, forms are sent with their hidden fields."""

import re
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from bulletin.jobs import Desk, people
from bulletin.model import Editor, Grant, Role
from bulletin.people.tokens import Keys
from bulletin.web import forgery

BASE = "http://127.0.0.1:8080"
PASSWORD = "four quiet otters swim"


class Browser:
    """Asks for pages of the desk; every answer is Werkzeug's, with `.text`."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, **more) -> TestResponse:
        return self.client.get(path, base_url=BASE, **more)

    def post(self, path: str, form: str | None = None, /, headers=None, **fields) -> TestResponse:
        """Send a form of the page `form` (default: the page at the same address), with its token."""
        data = {"csrf": self.token(form or path)} | fields
        return self.client.post(path, base_url=BASE, data=data, headers={"Origin": BASE} | (headers or {}))

    def token(self, page: str) -> str:
        """The token in the forms of a page."""
        return unescape(re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)[1])

    def log_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/login", email=email, password=password)

    def carry(self, token: str) -> "Browser":
        """Keep the token of a session, as if somebody had logged in."""
        self.client.set_cookie(forgery.SESSION, token, domain="127.0.0.1")
        return self

    @property
    def session(self) -> str | None:
        cookie = self.client.get_cookie(forgery.SESSION, domain="127.0.0.1")
        return cookie.value if cookie else None


def add(desk: Desk, email: str = "ann@example.nhs.uk", *roles: str, password: str | None = PASSWORD) -> Editor:
    """Add a person; by default an admin."""
    grants = people.grants_from(roles) or (Grant(Role.ADMIN),)
    return people.add_editor(desk, people.AT_TERMINAL, email, email.partition("@")[0].title(), grants, password)


def visitor(address: str = "192.0.2.1") -> people.Visitor:
    return people.Visitor(Keys(b"for tests alone " * 2), address, "Firefox on Windows")


def at_desk(app: Flask, desk: Desk, *roles: str, email: str = "") -> Browser:
    """A browser in which somebody with these roles is logged in; nobody's password is hashed for it."""
    address = email or "-".join(roles or ("admin",)).replace(":", ".") + "@example.nhs.uk"
    editor = desk.store.editors.by_email(address) or add(desk, address, *roles, password=None)
    return Browser(app).carry(people.sign_in_as(desk, visitor(), editor, "for a test"))
