"""The second step at log-in: turned on with an authenticator app, off with the password."""

from flask import g
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError
from bulletin.jobs import people
from bulletin.model import Right
from bulletin.people.tokens import Keys
from bulletin.web import visit
from bulletin.web.forms import fields
from bulletin.web.mishaps import sentence
from bulletin.web.route import get, post
from bulletin.web.show import desk, go, page, person


def show() -> ResponseReturnValue:
    """What a second step is, and the button that begins it."""
    return _page()


def begin() -> ResponseReturnValue:
    """Show a new secret to who knows the password; nothing is stored yet."""
    if error := _wrong_password():
        return error
    return _set_up("")


def confirm() -> ResponseReturnValue:
    """Turn it on, if the app shows the right code; the recovery codes are shown this once."""
    given = fields("secret", "seal", "code")
    if not _keys().proves(given["seal"], "second step", given["secret"], _here()):
        return go("second.show")
    try:
        codes = people.confirm_second_step(desk(), person(), given["secret"], given["code"])
    except InputError as error:
        return _set_up(given["secret"], sentence(error))
    return visit.hush(page("second-codes.html", codes=codes))


def renew() -> ResponseReturnValue:
    """Give new recovery codes to who knows the password."""
    if error := _wrong_password():
        return error
    return visit.hush(page("second-codes.html", codes=people.new_codes(desk(), person())))


def stop() -> ResponseReturnValue:
    """Turn it off, for who knows the password."""
    if error := _wrong_password():
        return error
    people.stop_second_step(desk(), person().email, person())
    return go("account.show", done="second")


def _wrong_password() -> ResponseReturnValue | None:
    """The page that says so, when the password is not the person's."""
    given = fields("password")
    try:
        people.check_password(desk(), visit.visitor(), person(), given["password"])
    except InputError as error:
        return _page(visit.status_of(error), error=sentence(error))
    return None


def _set_up(secret: str, error: str = "") -> ResponseReturnValue:
    """The picture and the secret; the seal shows that the secret is ours, and meant for this session."""
    setup = people.set_up(desk(), person(), secret)
    seal = _keys().mark("second step", setup.secret, _here())
    return visit.hush(page("second-setup.html", 400 if error else 200, setup=setup, seal=seal, error=error))


def _page(status: int = 200, error: str = "") -> ResponseReturnValue:
    left = desk().store.editors.codes_left(person().id)
    forced = people.is_forced(desk(), person())
    return page("second.html", status, error=error, forced=forced, codes_left=left)


def _keys() -> Keys:
    found: Keys = g.keys
    return found


def _here() -> str:
    return str(visit.session().id)


ROUTES = (
    get("/account/second-step", show, Right.LOOK),
    post("/account/second-step/begin", begin, Right.LOOK),
    post("/account/second-step/confirm", confirm, Right.LOOK),
    post("/account/second-step/codes", renew, Right.LOOK),
    post("/account/second-step/stop", stop, Right.LOOK),
)
