"""Bulletins, the lists that they go to, and the library that makes them."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.config import bulletinsfile
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Values
from bulletin.model import Right
from bulletin.timing import in_words, next_period
from bulletin.web import bulletinfields as fields
from bulletin.web import fileform
from bulletin.web.fileform import Form
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person


def show() -> ResponseReturnValue:
    """All bulletins and their lists."""
    headings = {topic.id: topic.heading for topic in desk().config.topics}
    mine = [one for one in desk().config.bulletins if person().may(Right.LOOK, one.id)]
    rhythms = {one.id: in_words(one.schedule) for one in mine}
    return page("bulletins.html", bulletins=mine, headings=headings, rhythms=rhythms, library=desk().config.library)


def one(bulletin: str) -> ResponseReturnValue:
    """One bulletin's form, and its lists."""
    return _page(bulletin, fileform.made(_fields(), _now(bulletin)), _said())


def save(bulletin: str) -> ResponseReturnValue:
    """Change a bulletin in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_bulletin(desk().config.folder, bulletin, values, digest)

    form = fileform.save(_fields(), make, lambda: _now(bulletin), "changed the bulletin", bulletin)
    return _page(bulletin, _with_schedule(form)) if form else go("bulletins.one", bulletin=bulletin, saved=1)


def new() -> ResponseReturnValue:
    """The form of a bulletin that is not there yet, with its first list."""
    usual = {"every": "month", "on": "first monday", "at": "09:00", "zone": "Europe/London"}
    sender = desk().config.bulletins[0].lists[0].sender
    return _new_page(
        Form(
            fields.of_new_bulletin(desk().config, admin=_is_admin()), usual | {"from": sender}, _library_now().digest
        )
    )


def add() -> ResponseReturnValue:
    """Write a new bulletin into bulletins.yaml."""
    asked = fields.of_new_bulletin(desk().config, admin=_is_admin())
    name = str(fileform.typed(asked)[0]["id"])

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.add_bulletin(desk().config.folder, values, digest)

    def now() -> Filled:
        return Filled({}, _library_now().digest)

    form = fileform.save(asked, make, now, "added the bulletin", name)
    return _new_page(_with_schedule(form)) if form else go("bulletins.one", bulletin=name, saved=1)


def one_list(bulletin: str, name: str) -> ResponseReturnValue:
    """The form of one list."""
    form = fileform.made(fields.of_list(desk().config), _list_now(bulletin, name))
    return _list_page(bulletin, name, form, _said())


def save_list(bulletin: str, name: str) -> ResponseReturnValue:
    """Change a list in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_list(desk().config.folder, bulletin, name, values, digest)

    what = f"{bulletin}/{name}"
    form = fileform.save(
        fields.of_list(desk().config), make, lambda: _list_now(bulletin, name), "changed the list", what
    )
    return (
        _list_page(bulletin, name, form) if form else go("bulletins.one_list", bulletin=bulletin, name=name, saved=1)
    )


def new_list(bulletin: str) -> ResponseReturnValue:
    """The form of a list that is not there yet."""
    digest = _now(bulletin).digest
    return _list_page(
        bulletin,
        "",
        Form(fields.of_new_list(desk().config), {"from": desk().bulletin(bulletin).lists[0].sender}, digest),
    )


def add_list(bulletin: str) -> ResponseReturnValue:
    """Write a new list into bulletins.yaml."""
    asked = fields.of_new_list(desk().config)
    name = str(fileform.typed(asked)[0]["id"])

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.add_list(desk().config.folder, bulletin, values, digest)

    def now() -> Filled:
        return Filled({}, _now(bulletin).digest)

    form = fileform.save(asked, make, now, "added the list", f"{bulletin}/{name}")
    return _list_page(bulletin, "", form) if form else go("bulletins.one_list", bulletin=bulletin, name=name, saved=1)


def library() -> ResponseReturnValue:
    """The form of who makes the bulletins."""
    return fileform.answer("library.html", fileform.made(fields.LIBRARY, _library_now()), notice=_said())


def save_library() -> ResponseReturnValue:
    """Change the library in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_library(desk().config.folder, values, digest)

    form = fileform.save(fields.LIBRARY, make, _library_now, "changed the library", "library")
    return fileform.answer("library.html", form, notice="") if form else go("bulletins.library", saved=1)


def _fields() -> tuple[fileform.Field, ...]:
    return fields.of_bulletin(desk().config, admin=_is_admin())


def _is_admin() -> bool:
    """Whoever may switch off that a second person approves, or open the archive, could do so for a moment alone."""
    return person().may_everywhere(Right.ADMIN)


def _now(bulletin: str) -> Filled:
    return bulletinsfile.bulletin(desk().config.folder, bulletin)


def _list_now(bulletin: str, name: str) -> Filled:
    return bulletinsfile.list_(desk().config.folder, bulletin, name)


def _library_now() -> Filled:
    return bulletinsfile.library(desk().config.folder)


def _said() -> str:
    return "Saved." if request.args.get("saved") else ""


def _with_schedule(form: Form) -> Form:
    """What is wrong with a schedule as a whole is told at its first field."""
    told = form.errors.get("")
    if told and "cron alone" in told:
        del form.errors[""]
        form.errors["every"] = "How often: choose a day and a time, or a cron line and nothing else."
    if told and "starting" in told:
        del form.errors[""]
        form.errors["starting"] = "Counted from: write the first day on which it comes out, such as 2026-12-01."
    return form


def _page(bulletin: str, form: Form, notice: str = "") -> ResponseReturnValue:
    found, holidays = desk().bulletin(bulletin), desk().config.holidays
    coming = next_period(found.schedule, holidays, desk().now())
    rhythm = in_words(found.schedule)
    return fileform.answer("bulletin.html", form, bulletin=found, rhythm=rhythm, coming=coming, notice=notice)


def _new_page(form: Form) -> ResponseReturnValue:
    return fileform.answer("bulletin.html", form, bulletin=None, notice="")


def _list_page(bulletin: str, name: str, form: Form, notice: str = "") -> ResponseReturnValue:
    found = desk().bulletin(bulletin)
    title = next((one.name for one in found.lists if one.id == name), name or "A new list")
    return fileform.answer("list.html", form, bulletin=found, name=name, title=title, notice=notice)


# An id holds no underscore, and so nothing can be in the way of `new_list` and `new_bulletin`.
ROUTES = (
    get("/bulletins", show, Right.LOOK),
    get("/bulletins/<bulletin>", one, Right.LOOK, Of.BULLETIN),
    post("/bulletins/<bulletin>", save, Right.FILES, Of.EVERYTHING),
    get("/bulletins/<bulletin>/lists/<name>", one_list, Right.LOOK, Of.BULLETIN),
    post("/bulletins/<bulletin>/lists/<name>", save_list, Right.FILES, Of.EVERYTHING),
    get("/bulletins/<bulletin>/lists/new_list", new_list, Right.FILES, Of.EVERYTHING),
    post("/bulletins/<bulletin>/lists/new_list", add_list, Right.FILES, Of.EVERYTHING),
    get("/bulletins/new_bulletin", new, Right.FILES, Of.EVERYTHING),
    post("/bulletins/new_bulletin", add, Right.FILES, Of.EVERYTHING),
    get("/library", library, Right.LOOK),
    post("/library", save_library, Right.FILES, Of.EVERYTHING),
)
