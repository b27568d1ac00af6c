"""Bulletins, the lists that they go to, and the library that makes them."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.config import bulletinsfile
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Values
from bulletin.model import Right
from bulletin.web import fileform
from bulletin.web.fileform import Field, Form, Kind
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_ZONES = (("Europe/London", "London"), ("Europe/Dublin", "Dublin"), ("Etc/UTC", "UTC, without summer time"))
_EMPTY = (
    ("", "As usual: leave it out"),
    ("drop", "Leave it out"),
    ("keep", "Print it, and say that there is nothing"),
)
_EVERY = (
    ("month", "Every month"),
    ("week", "Every week"),
    ("day", "Every day"),
    ("", "By the cron line at the end of this form"),
)
_APPROVERS = (
    ("", "As usual: anybody who may approve"),
    ("anybody", "Anybody who may approve"),
    ("another", "Somebody other than the last editor"),
)
_ARCHIVES = (
    ("", "As usual: who is signed in"),
    ("public", "Everybody; abstracts are withheld"),
    ("staff", "Who is signed in"),
    ("none", "Nobody"),
)
_ARCHIVES = (
    ("", "As usual: who is signed in here and may look at it"),
    ("staff", "Who is signed in here and may look at it"),
    ("public", "Everybody, without the publishers’ abstracts"),
    ("none", "Nobody"),
)
_DELIVERIES = (
    ("", "As usual: a draft in the folder “output”, to send by hand"),
    ("file", "A draft in the folder “output”, to send by hand"),
    ("individual", "One email to each person on the list"),
    ("address", "One email to a shared address"),
)
_OF_LIST = (
    Field("name", "Name", "As people at the desk see it.", size="medium"),
    Field("from", "Sender", "As readers see it: Library <library@example.nhs.uk>", size="medium"),
    Field("reply_to", "Where answers go", "One e-mail address. Left empty: to the sender.", size="medium"),
    Field("delivery", "How it goes out", kind=Kind.CHOICE, options=_DELIVERIES),
    Field("why", "Why readers get this", "One sentence at the foot of each email.", Kind.AREA),
)
_LIBRARY = (
    Field("name", "Name", size="medium"),
    Field("email", "E-mail address", "Where readers can write to.", size="medium"),
    Field("phone", "Telephone", size="medium"),
    Field("web", "Web address", "It begins with https:// or http://."),
    Field("full_text", "How to get the full text", "One or two sentences at the foot of each email.", Kind.AREA),
    Field("login", "Beside what is not free", "What stands beside each item that needs a login.", size="medium"),
)


def show() -> ResponseReturnValue:
    """All bulletins and their lists."""
    headings = {topic.id: topic.heading for topic in desk().config.topics}
    mine = [one for one in desk().config.bulletins if person().may(Right.LOOK, one.id)]
    return page("bulletins.html", bulletins=mine, headings=headings, library=desk().config.library)


def one(bulletin: str) -> ResponseReturnValue:
    """One bulletin's form, and its lists."""
    return _page(bulletin, fileform.made(_of_bulletin(), _now(bulletin)), _said())


def save(bulletin: str) -> ResponseReturnValue:
    """Change a bulletin in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_bulletin(desk().config.folder, bulletin, values, digest)

    form = fileform.save(_of_bulletin(), make, lambda: _now(bulletin), "changed the bulletin", bulletin)
    return _page(bulletin, _with_schedule(form)) if form else go("bulletins.one", bulletin=bulletin, saved=1)


def new() -> ResponseReturnValue:
    """The form of a bulletin that is not there yet, with its first list."""
    usual = {"every": "month", "on": "first monday", "at": "09:00", "zone": "Europe/London"}
    sender = desk().config.bulletins[0].lists[0].sender
    return _new_page(Form(_of_new(), usual | {"from": sender}, _library_now().digest))


def add() -> ResponseReturnValue:
    """Write a new bulletin into bulletins.yaml."""
    fields = _of_new()
    name = str(fileform.typed(fields)[0]["id"])

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.add_bulletin(desk().config.folder, values, digest)

    def now() -> Filled:
        return Filled({}, _library_now().digest)

    form = fileform.save(fields, make, now, "added the bulletin", name)
    return _new_page(_with_schedule(form)) if form else go("bulletins.one", bulletin=name, saved=1)


def one_list(bulletin: str, name: str) -> ResponseReturnValue:
    """The form of one list."""
    form = fileform.made(_of_list(), _list_now(bulletin, name))
    return _list_page(bulletin, name, form, _said())


def save_list(bulletin: str, name: str) -> ResponseReturnValue:
    """Change a list in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_list(desk().config.folder, bulletin, name, values, digest)

    what = f"{bulletin}/{name}"
    form = fileform.save(_of_list(), make, lambda: _list_now(bulletin, name), "changed the list", what)
    return (
        _list_page(bulletin, name, form) if form else go("bulletins.one_list", bulletin=bulletin, name=name, saved=1)
    )


def new_list(bulletin: str) -> ResponseReturnValue:
    """The form of a list that is not there yet."""
    digest = _now(bulletin).digest
    return _list_page(bulletin, "", Form(_of_new_list(), {"from": desk().bulletin(bulletin).lists[0].sender}, digest))


def add_list(bulletin: str) -> ResponseReturnValue:
    """Write a new list into bulletins.yaml."""
    fields = _of_new_list()
    name = str(fileform.typed(fields)[0]["id"])

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.add_list(desk().config.folder, bulletin, values, digest)

    def now() -> Filled:
        return Filled({}, _now(bulletin).digest)

    form = fileform.save(fields, make, now, "added the list", f"{bulletin}/{name}")
    return _list_page(bulletin, "", form) if form else go("bulletins.one_list", bulletin=bulletin, name=name, saved=1)


def library() -> ResponseReturnValue:
    """The form of who makes the bulletins."""
    return fileform.answer("library.html", fileform.made(_LIBRARY, _library_now()), notice=_said())


def save_library() -> ResponseReturnValue:
    """Change the library in bulletins.yaml."""

    def make(values: Values, digest: str) -> Change:
        return bulletinsfile.change_library(desk().config.folder, values, digest)

    form = fileform.save(_LIBRARY, make, _library_now, "changed the library", "library")
    return fileform.answer("library.html", form, notice="") if form else go("bulletins.library", saved=1)


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
    return form


def _of_bulletin() -> tuple[Field, ...]:
    topics = tuple((topic.id, topic.heading) for topic in desk().config.topics)
    return (
        Field("title", "Title", "As readers see it.", size="medium"),
        Field("intro", "Opening words", "One or two sentences at the top.", Kind.AREA),
        Field(
            "headings",
            "Headings",
            "Number those that are printed, in their order. Half numbers put one between two others: 2.5. "
            "Leave the others empty.",
            Kind.ORDER,
            topics,
        ),
        Field(
            "window",
            "How old an item may be",
            "By its own date: a number and d or w, such as 35d for 35 days. Left empty: 35d.",
            size="short",
        ),
        Field("most", "Items under a heading, at most", "Few, well chosen, are read. Left empty: 8.", size="short"),
        Field("empty", "A heading without items", kind=Kind.CHOICE, options=_EMPTY),
        Field("approver", "Who may approve an edition", kind=Kind.CHOICE, options=_APPROVERS),
        Field("archive", "Who may read approved editions in the archive", kind=Kind.CHOICE, options=_ARCHIVES),
        Field("archive", "Who may read what was sent", kind=Kind.CHOICE, options=_ARCHIVES),
        Field("every", "How often the next draft is made", kind=Kind.CHOICE, options=_EVERY),
        Field(
            "on",
            "On which day",
            "For a month: first monday, last friday, last day, or a number from 1 to 28. For a week: monday. "
            "For every day: leave it empty.",
            size="medium",
        ),
        Field("at", "At what time", "Such as 09:00.", size="short"),
        Field("zone", "By whose clock", kind=Kind.CHOICE, options=_ZONES),
        Field(
            "cron",
            "Or by a cron line",
            "For people who know cron, such as 0 9 * * mon. Then day and time above stay empty.",
            size="medium",
        ),
    )


def _of_new() -> tuple[Field, ...]:
    hint = "Small letters, digits and hyphens, such as health-management. It stays: readers' links have it."
    name, *others = _of_list()
    list_ = replace(name, label="Name of its first list", hint="Who it goes to, as people at the desk see it.")
    return (Field("id", "Short name", hint, size="medium"), *_of_bulletin(), list_, *others)


def _of_list() -> tuple[Field, ...]:
    found = sorted(path.name for path in desk().config.templates.iterdir() if path.is_dir())
    names = (("", "As usual: default"), *((name, name) for name in found))
    template = Field("template", "Look", "A folder in “templates”.", Kind.CHOICE, names)
    return (_OF_LIST[0], template, *_OF_LIST[1:])


def _of_new_list() -> tuple[Field, ...]:
    hint = "Small letters, digits and hyphens, such as senior-managers. It stays."
    return (Field("id", "Short name", hint, size="medium"), *_of_list())


def _page(bulletin: str, form: Form, notice: str = "") -> ResponseReturnValue:
    return fileform.answer("bulletin.html", form, bulletin=desk().bulletin(bulletin), notice=notice)


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
