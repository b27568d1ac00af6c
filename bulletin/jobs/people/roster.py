"""Who works at the desk, and what they may do."""

import secrets
from collections.abc import Sequence

from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk, nearest
from bulletin.jobs.people.choosing import refuse_weak
from bulletin.jobs.people.record import deed
from bulletin.model import Editor, Grant, Right, Role
from bulletin.people import addresses, passwords

_LONGEST_NAME = 100  # characters


def add_editor(
    desk: Desk, who: str, email: str, name: str, grants: Sequence[Grant], password: str | None = None
) -> Editor:
    """Add a person; without a password they choose one by a link. Raises InputError, which says what is wrong."""
    editor = Editor(
        id=secrets.token_hex(6),
        name=_name(name),
        email=addresses.normalised(email),
        grants=_checked(desk, grants),
    )
    if desk.store.editors.by_email(editor.email):
        raise InputError(f"{editor.email} has an account already")
    if password is not None:
        refuse_weak(desk, editor, password)
    kept = "" if password is None else passwords.hashed(password)
    told = deed(desk, who, "added a person", editor.email, after=in_words(editor.grants))
    desk.store.editors.add(editor, kept, desk.now(), told)
    return editor


def find_editor(desk: Desk, email: str) -> Editor:
    """The person with this address; raises UnknownError."""
    editor = desk.store.editors.by_email(addresses.normalised(email))
    if editor is None:
        known = [one.email for one in desk.store.editors.list()]
        raise UnknownError(f"nobody here has the address {email}{nearest(email, known)}")
    return editor


def rename(desk: Desk, who: str, editor: Editor, name: str) -> None:
    """Give a person another name; what they decided before keeps the old one."""
    new = _name(name)
    told = deed(desk, who, "changed a name", editor.email, before=editor.name, after=new)
    desk.store.editors.rename(editor.id, new, told)


def set_grants(desk: Desk, who: str, editor: Editor, grants: Sequence[Grant]) -> None:
    """Give a person these roles instead of all others, and end their sessions.

    Raises InputError for who would lock themselves out, and when no admin would be left.
    """
    new = _checked(desk, grants)
    if who == editor.email and not Editor("", "", "", new).may_everywhere(Right.ADMIN):
        raise InputError("you cannot take your own admin role away: ask another admin")
    told = deed(desk, who, "changed the roles of a person", editor.email, in_words(editor.grants), in_words(new))
    desk.store.editors.set_grants(editor.id, new, told)


def disable(desk: Desk, who: str, editor: Editor) -> None:
    """Let a person in no longer; what they did stays. Raises InputError for oneself and for the last admin."""
    if who == editor.email:
        raise InputError("you cannot disable your own account: ask another admin")
    desk.store.editors.disable(editor.id, desk.now(), deed(desk, who, "disabled a person", editor.email))


def enable(desk: Desk, who: str, editor: Editor) -> None:
    """Let a person in again."""
    desk.store.editors.enable(editor.id, deed(desk, who, "enabled a person", editor.email))


def end_sessions(desk: Desk, who: str, editor: Editor, but: int = 0) -> int:
    """End every session of a person, but the one of this number; gives how many."""
    told = deed(desk, who, "ended the sessions of a person", editor.email)
    return desk.store.sessions.end_all(editor.id, told, but)


def is_forced(desk: Desk, editor: Editor) -> bool:
    """Whether this person must set up a second step before anything else, by BULLETIN_REQUIRE_TOTP."""
    wanted = desk.config.web.require_totp
    return not editor.has_totp and (wanted == "all" or (wanted == "admin" and editor.may_everywhere(Right.ADMIN)))


def grants_from(words: Sequence[str]) -> tuple[Grant, ...]:
    """Read roles as they are typed: `editor` for every bulletin, `editor:update` for one. Raises InputError."""
    found = []
    for word in words:
        role, _, bulletin = word.partition(":")
        if role not in set(Role):
            raise InputError(f"no role {role[:40]!r}: there are {', '.join(Role)}")
        found.append(Grant(Role(role), bulletin))
    return tuple(found)


def in_words(grants: Sequence[Grant]) -> str:
    """Roles as they are typed, in a fixed order."""
    return ", ".join(sorted(f"{grant.role}:{grant.bulletin}".removesuffix(":") for grant in grants))


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(f"a name has between 1 and {_LONGEST_NAME} letters, all of them visible")
    return name


def _checked(desk: Desk, grants: Sequence[Grant]) -> tuple[Grant, ...]:
    if not grants:
        raise InputError("give at least one role, or disable the account")
    for grant in grants:
        if grant.bulletin:
            desk.bulletin(grant.bulletin)
            if grant.role is Role.ADMIN:
                raise InputError("an admin is admin of every bulletin: name no bulletin with that role")
    return tuple(dict.fromkeys(grants))
