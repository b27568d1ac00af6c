"""The second step at log-in: set up by the person, with recovery codes for a lost telephone."""

from dataclasses import dataclass, field

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.model import Editor
from bulletin.people import tokens, totp
from bulletin.store.editors import SecondStep


@dataclass(frozen=True)
class Setup:
    """What an authenticator app is set up with; nothing is stored until a code of it is confirmed."""

    secret: str = field(repr=False)
    address: str = field(repr=False)  # otpauth://
    picture: str = field(repr=False)  # the address as a QR code, data:image/svg+xml


def set_up(desk: Desk, editor: Editor, secret: str = "") -> Setup:
    """Give a new secret, or show one again whose code was mistyped."""
    secret = secret or totp.new_secret()
    address = totp.address(secret, editor.email, desk.config.library.name)
    return Setup(secret, address, totp.picture(address))


def confirm_second_step(desk: Desk, editor: Editor, secret: str, code: str) -> tuple[str, ...]:
    """Ask for codes from now on, if this one shows that the app has the secret; gives ten recovery codes, once.

    Raises InputError when the code is wrong.
    """
    step = totp.step_of(secret, code, desk.now(), 0)
    if step is None:
        raise InputError("this is not the code of the moment: check your telephone's clock, and type the next code")
    return _keep(desk, editor, SecondStep(secret, step), "turned on the second step at log-in")


def new_codes(desk: Desk, editor: Editor) -> tuple[str, ...]:
    """Give ten new recovery codes; the old ones are void. Raises InputError without a second step."""
    kept = desk.store.editors.second_step(editor.id)
    if kept is None:
        raise InputError("there is no second step at log-in: turn it on first")
    return _keep(desk, editor, kept, "made new recovery codes")


def stop_second_step(desk: Desk, who: str, editor: Editor) -> None:
    """Ask this person for a password alone."""
    told = deed(desk, who, "turned off the second step at log-in", editor.email)
    desk.store.editors.remove_second_step(editor.id, told)


def _keep(desk: Desk, editor: Editor, step: SecondStep, did: str) -> tuple[str, ...]:
    codes = tokens.new_codes()
    told = deed(desk, editor.email, did, editor.email)
    desk.store.editors.set_second_step(editor.id, step, map(tokens.code_digest, codes), told)
    return codes
