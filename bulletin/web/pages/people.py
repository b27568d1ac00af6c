"""The people at the desk, for admins: who they are and what they may do."""

from collections.abc import Callable

from flask import abort, request
from flask.typing import ResponseReturnValue

from bulletin.errors import InputError, SendError
from bulletin.jobs import people
from bulletin.model import Editor, Grant, Right, Role
from bulletin.web.forms import fields, many
from bulletin.web.mishaps import sentence
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_DONE = {
    "added": "Added. A link to choose a password with is on its way by mail.",
    "no-post": "No mail goes out from here, so give this person a password at the command line (see below).",
    "no-mail": "The mail with the link could not be sent. Try again later, or give a password at the command line.",
    "roles": "The roles were changed, and this person was logged out.",
    "off": "This person can log in no longer.",
    "on": "This person can log in again.",
    "sessions": "This person was logged out everywhere.",
    "link": "A link to choose a password with is on its way by mail.",
    "second": "The second step was turned off: a password alone is asked for.",
}
_ROLES = {
    Role.VIEWER: "Viewer: looks, and changes nothing",
    Role.EDITOR: "Editor: reviews and changes drafts",
    Role.APPROVER: "Approver: an editor who also approves what is sent",
    Role.ADMIN: "Admin: everything, and looks after people",
}


def show() -> ResponseReturnValue:
    """Everybody, and the form that adds somebody."""
    return _list()


def add() -> ResponseReturnValue:
    """Add a person, and mail a link to choose a password with."""
    given = fields("name", "email", "roles")
    try:
        added = people.add_editor(
            desk(), person().email, given["email"], given["name"], people.grants_from(many("roles"))
        )
    except InputError as error:
        return _list(400, error=sentence(error), name=given["name"], email=given["email"], chosen=many("roles"))
    return go("people.one", number=added.id, done=_invited(added, "added"))


def one(number: str) -> ResponseReturnValue:
    """One person: roles, sessions, and what an admin can do."""
    return _one(_editor(number), notice=_DONE.get(request.args.get("done", ""), ""))


def roles(number: str) -> ResponseReturnValue:
    """Give a person these roles instead of all others."""
    fields("roles")
    return _act(number, "roles", lambda who: people.set_grants(desk(), person().email, who, _chosen()))


def disable(number: str) -> ResponseReturnValue:
    """Let a person in no longer."""
    fields()
    return _act(number, "off", lambda who: people.disable(desk(), person().email, who))


def enable(number: str) -> ResponseReturnValue:
    """Let a person in again."""
    fields()
    return _act(number, "on", lambda who: people.enable(desk(), person().email, who))


def end_sessions(number: str) -> ResponseReturnValue:
    """Log a person out everywhere."""
    fields()
    people.end_sessions(desk(), person().email, _editor(number))
    return go("people.one", number=number, done="sessions")


def link(number: str) -> ResponseReturnValue:
    """Mail a person a link to choose a password with."""
    fields()
    return go("people.one", number=number, done=_invited(_editor(number), "link"))


def second_off(number: str) -> ResponseReturnValue:
    """Turn off the second step of who has lost both telephone and recovery codes."""
    fields()
    return _act(number, "second", lambda who: people.stop_second_step(desk(), person().email, who))


def _act(number: str, done: str, act: Callable[[Editor], None]) -> ResponseReturnValue:
    """Do something with a person, or say on the same page why it cannot be done."""
    who = _editor(number)
    try:
        act(who)
    except InputError as error:
        return _one(who, 400, error=sentence(error))
    return go("people.one", number=number, done=done)


def _editor(number: str) -> Editor:
    found = desk().store.editors.get(number)
    if found is None:
        abort(404)
    return found


def _chosen() -> tuple[Grant, ...]:
    return people.grants_from(many("roles"))


def _invited(who: Editor, done: str) -> str:
    """Mail the link; gives the name of the sentence about it."""
    try:
        return done if people.send_invitation(desk(), person().email, who) else "no-post"
    except SendError:
        return "no-mail"


def _list(
    status: int = 200, error: str = "", name: str = "", email: str = "", chosen: list[str] | None = None
) -> ResponseReturnValue:
    return page(
        "people.html",
        status,
        everybody=[(who, people.in_words(who.grants)) for who in desk().store.editors.list()],
        choices=_choices(),
        error=error,
        name=name,
        email=email,
        chosen=chosen or [],
    )


def _one(who: Editor, status: int = 200, notice: str = "", error: str = "") -> ResponseReturnValue:
    return page(
        "person.html",
        status,
        who=who,
        sessions=desk().store.sessions.of(who.id),
        choices=_choices(),
        chosen=[people.in_words([grant]) for grant in who.grants],
        has_password=bool(desk().store.editors.password(who.id)),
        has_post=desk().post is not None,
        notice=notice,
        error=error,
    )


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of roles to tick: for every bulletin, and for each alone."""
    everywhere = ("In every bulletin", [(str(role), told) for role, told in _ROLES.items()])
    alone = [
        (
            f"In {bulletin.title} only",
            [(f"{role}:{bulletin.id}", _ROLES[role]) for role in _ROLES if role != Role.ADMIN],
        )
        for bulletin in desk().config.bulletins
    ]
    return [everywhere, *alone]


ROUTES = (
    get("/people", show, Right.ADMIN, Of.EVERYTHING),
    post("/people", add, Right.ADMIN, Of.EVERYTHING),
    get("/people/<number>", one, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/roles", roles, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/disable", disable, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/enable", enable, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/sessions/end", end_sessions, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/link", link, Right.ADMIN, Of.EVERYTHING),
    post("/people/<number>/second-step/off", second_off, Right.ADMIN, Of.EVERYTHING),
)
