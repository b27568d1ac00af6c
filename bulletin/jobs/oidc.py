"""Signing in with one's organisation: from the newsroom to who signs people in, and back with somebody's address."""

from bulletin.errors import FetchError, InputError, SignInError
from bulletin.fetch import plain
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.visitor import Visitor
from bulletin.model import Editor, Oidc
from bulletin.people import oidc

BACK = "/login/oidc"  # where the organisation sends people back to; it must be told, with our address before it


def set_out(desk: Desk, visitor: Visitor, visit: str) -> str:
    """Where to send the browser that has this visit cookie; raises SignInError."""
    settings = _settings(desk)
    way = oidc.set_out(visitor.keys, visit, desk.now())
    return oidc.address(_provider(desk, settings), settings, _back(desk), way)


def come_back(desk: Desk, visitor: Visitor, visit: str, state: str, code: str) -> Editor | None:
    """Whom the organisation vouches for, if it is somebody who works here; nobody gets an account by signing in.

    Raises SignInError when the way back is not this browser's, or what was told is not to be believed.
    """
    settings = _settings(desk)
    way = oidc.come_back(visitor.keys, visit, state, desk.now())
    there = _provider(desk, settings)
    form, user = oidc.trade(there, settings, _back(desk), way, code)
    try:
        answer = plain.ask(there.token, form, user, desk.config.proxy, desk.config.ca_file)
        keys = plain.ask(there.keys, proxy=desk.config.proxy, ca_file=desk.config.ca_file)
    except FetchError as error:
        raise SignInError(f"the sign-in service did not take us: {error}") from error
    email = oidc.email(answer, keys, settings, way, desk.now())
    editor = desk.store.editors.by_email(email) if email else None
    return editor if editor and editor.active else None


def _settings(desk: Desk) -> Oidc:
    if desk.config.oidc is None:
        raise InputError("nobody else signs people in here: set BULLETIN_OIDC_ISSUER and the two beside it")
    return desk.config.oidc


def _provider(desk: Desk, settings: Oidc) -> oidc.Provider:
    try:
        about = plain.ask(oidc.about(settings.authority), proxy=desk.config.proxy, ca_file=desk.config.ca_file)
        return oidc.provider(about, settings)
    except FetchError as error:
        raise SignInError(f"the sign-in service cannot be asked: {error}") from error


def _back(desk: Desk) -> str:
    return desk.config.web.base_url + BACK
