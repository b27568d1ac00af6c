"""Signing in and out, and who is there."""

from contextlib import suppress
from dataclasses import dataclass, field

from bulletin.errors import InputError, StoreError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed, record
from bulletin.jobs.people.visitor import Try, Visitor, limited
from bulletin.model import Editor, Session
from bulletin.people import addresses, limits, passwords, tokens, totp

SECOND_STEP = "second step"
_LONGEST_BROWSER = 200  # characters of what it calls itself


@dataclass(frozen=True)
class Admission:
    """A token that proves a session, or, when it is not whole, that the password was right and a code must follow."""

    token: str = field(repr=False)
    is_whole: bool = True


def sign_in(desk: Desk, visitor: Visitor, email: str, password: str) -> Admission:
    """Let somebody in by address and password.

    Raises InputError, in the same words and after the same time whatever was wrong; WaitError after too many tries.
    """
    address = _address(email)
    with limited(desk, visitor, "an account", address) as this:
        editor = desk.store.editors.by_email(address)
        kept = desk.store.editors.password(editor.id) if editor and editor.active else ""
        this.ok = passwords.fits(password, kept)
        if not this.ok:
            _tell_of_many(desk, this, editor)
    if not this.ok or editor is None:
        raise InputError("the email address or the password is not right, or there is no such account")
    if passwords.is_stale(kept):
        desk.store.editors.rehash(editor.id, kept, passwords.hashed(password))
    return admit(desk, visitor, editor, _how("a password", this))


def admit(desk: Desk, visitor: Visitor, editor: Editor, how: str) -> Admission:
    """Let somebody in who has proved who they are, by a second step where there is one. `how`: for the record."""
    if editor.has_totp:
        return Admission(_ask_for_code(desk, editor), is_whole=False)
    return Admission(sign_in_as(desk, visitor, editor, how))


def confirm_code(desk: Desk, visitor: Visitor, step: str, code: str) -> str:
    """Finish a log-in by the code of an authenticator app, or a recovery code; gives the token of the session.

    Raises InputError when the code is wrong or was used before, or the first step is too long ago; WaitError.
    """
    digest = tokens.digest(step)
    editor = desk.store.tokens.get(digest, SECOND_STEP, desk.now())
    if editor is None:
        raise InputError("the log-in took too long: begin again with your password")
    with limited(desk, visitor, "a second step", editor.id) as this:
        used = _use(desk, editor, code)
        this.ok = bool(used)
        if not this.ok:
            _tell_of_many(desk, this, editor)
    if not this.ok or not desk.store.tokens.take(digest):
        raise InputError("the code is not right, or was used before: wait for the next one")
    return sign_in_as(desk, visitor, editor, _how(f"a password and {used}", this))


def sign_in_as(desk: Desk, visitor: Visitor, editor: Editor, how: str) -> str:
    """Begin a session for somebody who has proved who they are; gives its token. `how` goes into the record."""
    now, token = desk.now(), tokens.new_token()
    begun = Session(0, editor, now, now, visitor.browser[:_LONGEST_BROWSER])
    told = deed(desk, editor.email, "logged in", editor.email, after=how)
    if not desk.store.sessions.begin(tokens.digest(token), begun, told, now - limits.ABSOLUTE):
        raise InputError("this account was disabled: ask an admin")
    return token


def session(desk: Desk, token: str) -> Session | None:
    """Whose token this is, while the session lasts; writes down, every few minutes, that the person is there."""
    found, now = desk.store.sessions.get(tokens.digest(token)), desk.now()
    if found is None or limits.is_over(found.began, found.last_seen, now):
        return None
    if now - found.last_seen >= limits.SEEN_EVERY:
        with suppress(StoreError):  # somebody writes for long: it is written down the next time
            desk.store.sessions.seen(found.id, now)
    return found


def sign_out(desk: Desk, ended: Session) -> None:
    """End the session that somebody sits in."""
    email = ended.editor.email
    desk.store.sessions.end(ended.editor.id, ended.id, deed(desk, email, "logged out", email))


def end_session(desk: Desk, editor: Editor, id_: int) -> bool:
    """End another session of one's own; False when there is none of this number."""
    told = deed(desk, editor.email, "ended a session", editor.email)
    return desk.store.sessions.end(editor.id, id_, told)


def _address(email: str) -> str:
    """The address as we would write it; what is none is nobody's, and takes the same way."""
    try:
        return addresses.normalised(email)
    except InputError:
        return ""


def _ask_for_code(desk: Desk, editor: Editor) -> str:
    token = tokens.new_token()
    desk.store.tokens.add(tokens.digest(token), editor.id, SECOND_STEP, desk.now() + limits.SECOND_STEP)
    return token


def _use(desk: Desk, editor: Editor, code: str) -> str:
    """Use a code up and say which kind it was; empty when it is none."""
    kept = desk.store.editors.second_step(editor.id)
    step = totp.step_of(kept.secret, code, desk.now(), kept.last) if kept else None
    if step is not None:
        return "a code" if desk.store.editors.use_step(editor.id, step) else ""
    if desk.store.editors.use_code(editor.id, tokens.code_digest(code)):
        return f"a recovery code (left: {desk.store.editors.codes_left(editor.id)})"
    return ""


def _how(way: str, this: Try) -> str:
    return f"with {way}; failed tries before it: {this.failed}" if this.failed else f"with {way}"


def _tell_of_many(desk: Desk, this: Try, editor: Editor | None) -> None:
    """Record when an account has failed as often as is allowed; of unknown ones too, so that the time is the same."""
    failed = this.failed + 1
    if failed % limits.ACCOUNT == 0:
        known = editor.email if editor else "an unknown account"
        record(desk, "", "failed to log in", known, after=f"{failed} times in a day")
