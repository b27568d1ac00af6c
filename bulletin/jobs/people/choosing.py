"""Choosing a password: by a link that came by mail, at the desk, or for somebody at the command line."""

from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.jobs.people.signin import sign_in_as
from bulletin.jobs.people.visitor import Visitor, limited
from bulletin.model import Editor
from bulletin.people import addresses, letters, limits, passwords, tokens

_LINK = "choose a password"
_LINK_IS_OLD = "this link was used before, or is too old: ask for a new one"


def ask_for_link(desk: Desk, visitor: Visitor, email: str) -> str:
    """Count that somebody asks for a link; gives the address to hand to `send_reset`, empty if it is none.

    Raises WaitError after too many requests. It never tells whether there is such an account.
    """
    try:
        address = addresses.normalised(email)
    except InputError:
        address = ""
    with limited(desk, visitor, "asking for a link", address):
        return address  # counts, whatever comes of it


def send_reset(desk: Desk, address: str) -> None:
    """Mail a link to the address that the account has, if there is one; raises SendError.

    Mailing takes long, so this must not be done while who asked waits: the time would tell that the account is known.
    """
    editor = desk.store.editors.by_email(address)
    if editor is not None and editor.active and desk.post is not None:
        _send(desk, editor, "reset", "", "asked for a new password")


def send_invitation(desk: Desk, who: str, editor: Editor) -> bool:
    """Mail somebody a link to choose a password with; False when no mail server is set. Raises SendError."""
    if desk.post is None:
        return False
    kind = "reset" if desk.store.editors.password(editor.id) else "invitation"
    _send(desk, editor, kind, who, "sent a link to choose a password")
    return True


def link_owner(desk: Desk, token: str) -> Editor | None:
    """Whose link this is, while it works."""
    return desk.store.tokens.get(tokens.digest(token), _LINK, desk.now())


def choose_password(desk: Desk, visitor: Visitor, token: str, password: str) -> Editor:
    """Use a link up for a new password; every session of the person ends, the second step stays.

    Raises UnknownError when the link does not work, InputError when the password is weak (the link then still works),
    and WaitError after too many tries.
    """
    with limited(desk, visitor, "a link", tokens.digest(token)) as this:
        editor = link_owner(desk, token)
        this.ok = editor is not None
    if editor is None:
        raise UnknownError(_LINK_IS_OLD)
    refuse_weak(desk, editor, password)
    kept = passwords.hashed(password)
    if not desk.store.tokens.take(tokens.digest(token)):
        raise UnknownError(_LINK_IS_OLD)
    _keep(desk, editor, kept, editor.email, "chose a password by a link")
    desk.store.failures.forgive(visitor.mark("an account", editor.email))
    return editor


def change_password(desk: Desk, visitor: Visitor, editor: Editor, new: str) -> str:
    """Change the password of who has just proved the old one; every session ends, the token of a new one is given.

    Raises InputError when the new password is weak.
    """
    refuse_weak(desk, editor, new)
    _keep(desk, editor, passwords.hashed(new), editor.email, "changed the password")
    return sign_in_as(desk, visitor, editor, "after changing the password")


def set_password(desk: Desk, who: str, editor: Editor, password: str) -> None:
    """Set somebody's password; raises InputError when it is weak. Every session of the person ends."""
    refuse_weak(desk, editor, password)
    _keep(desk, editor, passwords.hashed(password), who, "set a password")


def check_password(desk: Desk, visitor: Visitor, editor: Editor, password: str) -> None:
    """Have somebody at the desk prove again who they are; raises InputError or WaitError."""
    with limited(desk, visitor, "proving it again", editor.id) as this:
        this.ok = passwords.fits(password, desk.store.editors.password(editor.id))
    if not this.ok:
        raise InputError("this is not your password")


def refuse_weak(desk: Desk, editor: Editor, password: str) -> None:
    """Raise InputError for a password that somebody who knows the person and the library could guess."""
    passwords.refuse_weak(password, (editor.name, editor.email, desk.config.library.name))


def _keep(desk: Desk, editor: Editor, kept: str, who: str, did: str) -> None:
    desk.store.editors.set_password(editor.id, kept, deed(desk, who, did, editor.email))


def _send(desk: Desk, editor: Editor, kind: str, who: str, did: str) -> None:
    """Keep a new token and mail its link, which begins with the address that the settings name and no other."""
    token, now, library = tokens.new_token(), desk.now(), desk.config.library
    until = now + (limits.INVITATION if kind == "invitation" else limits.LINK)
    desk.store.tokens.add(tokens.digest(token), editor.id, _LINK, until, deed(desk, who, did, editor.email))
    link = f"{desk.config.web.base_url}/password/new/{token}"
    if desk.post is not None:
        mail = letters.letter(kind, library, editor.email, link, now.timestamp())
        desk.post.send(library.email, editor.email, mail)
