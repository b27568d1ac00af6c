"""Topics: what belongs under each heading, changed without knowing the files, and seen before it counts."""

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.config import topicfile
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Values
from bulletin.errors import InputError, OutputError
from bulletin.jobs import files
from bulletin.model import Right
from bulletin.web import fileform
from bulletin.web.fileform import Field, Form, Kind
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_SHOWN = 20  # items of each kind
_FIELDS = (
    Field("heading", "Heading", "The words printed in the bulletin.", size="medium"),
    Field(
        "phrases",
        "Words that belong here",
        "One on each line. A * at the end means any ending: librar* finds library and librarian.",
        Kind.LINES,
    ),
    Field(
        "not",
        "Words that only look like it",
        "One on each line. They look like the topic but are about something else, and are passed over.",
        Kind.LINES,
    ),
    Field("examples", "Titles that belong here", "One on each line, of the kind that you would choose.", Kind.LINES),
    Field(
        "aim",
        "What you would rather have",
        "The machine cannot be right in everything: some of what it suggests is wrong, and some it misses.",
        Kind.CHOICE,
        (
            ("", "As usual: a balance of both"),
            ("balanced", "A balance of both"),
            ("fewer wrong", "Fewer wrong suggestions, though more are missed"),
            ("fewer missed", "Fewer missed, though more suggestions are wrong"),
        ),
    ),
    Field(
        "threshold",
        "How sure",
        "A number from 0 to 1, such as 0.4. Leave it empty, and the machine finds it out.",
        size="short",
    ),
)  # fmt: skip

_NEW = (
    Field(
        "id",
        "Short name",
        "Small letters, digits and hyphens, such as patient-safety. It names the file, and stays.",
        size="medium",
    ),
    *_FIELDS,
)


@dataclass(frozen=True)
class Preview:
    """What a change would do: its lines, and the items that it would move."""

    change: Change
    moves: jobs.WhatIf

    @property
    def groups(self) -> list[tuple[str, list[jobs.Move]]]:
        """The moves of undecided items, by what would become of them."""
        topic, moves = self.moves.topic.id, self.moves.moves
        return [
            ("would gain this heading", [one for one in moves if topic in one.gained]),
            ("would lose this heading", [one for one in moves if topic in one.lost]),
            ("would change in another way", [one for one in moves if topic not in (*one.gained, *one.lost)]),
        ]

    @property
    def quarrels(self) -> list[tuple[str, list[jobs.Quarrel]]]:
        """The decided items of which the machine would now think otherwise."""
        found = self.moves.quarrels
        return [
            ("would now disagree with the editor", [one for one in found if not one.agrees]),
            ("would now agree with the editor", [one for one in found if one.agrees]),
        ]


def show() -> ResponseReturnValue:
    """All topics and how they do."""
    return page("topics.html", standings=files.standings(desk()))


def one(topic: str) -> ResponseReturnValue:
    """One topic's form."""
    form = fileform.made(_FIELDS, _now(topic))
    return _page(topic, form, notice="Saved." if request.args.get("saved") else "")


def preview(topic: str) -> ResponseReturnValue:
    """What would move, and the lines of the file, before anything is saved."""
    values, digest = fileform.typed(_FIELDS)
    try:
        change = topicfile.change(desk().config.folder, topic, values, digest)
    except InputError as error:
        return _page(topic, fileform.again(_FIELDS, values, digest, error, lambda: _now(topic)))
    return _page(topic, Form(_FIELDS, values, digest), Preview(change, files.would_move(desk(), change)))


def save(topic: str) -> ResponseReturnValue:
    """Change the topic's file."""

    def make(values: Values, digest: str) -> Change:
        return topicfile.change(desk().config.folder, topic, values, digest)

    form = fileform.save(_FIELDS, make, lambda: _now(topic), "changed the topic", topic)
    return _page(topic, form) if form else go("topics.one", topic=topic, saved=1)


def new() -> ResponseReturnValue:
    """The form of a topic that is not there yet."""
    return _page(None, Form(_NEW, {}, ""))


def preview_new() -> ResponseReturnValue:
    """What a new topic would move."""
    values, _ = fileform.typed(_NEW)
    try:
        change = _creation(values)
    except InputError as error:
        return _page(None, Form(_NEW, values, "", fileform.troubles(_NEW, error)))
    return _page(None, Form(_NEW, values, ""), Preview(change, files.would_move(desk(), change)))


def create() -> ResponseReturnValue:
    """Write the file of a new topic."""
    values, _ = fileform.typed(_NEW)
    try:
        files.save(desk(), person().email, "added the topic", str(values["id"]), _creation(values))
    except (InputError, OutputError) as error:
        return _page(None, Form(_NEW, values, "", fileform.troubles(_NEW, error)))
    return go("topics.one", topic=values["id"], saved=1)


def _creation(values: Values) -> Change:
    return topicfile.creation(desk().config.folder, str(values["id"]), values)


def _now(topic: str) -> Filled:
    return topicfile.form(desk().config.folder, topic)


def _page(topic: str | None, form: Form, preview: Preview | None = None, notice: str = "") -> ResponseReturnValue:
    """The page of a topic; of one that is not there yet, None."""
    carried = [bulletin for bulletin in desk().config.bulletins if topic in bulletin.headings]
    headings = {one.id: one.heading for one in desk().config.topics}
    more = {"carried": carried, "headings": headings, "shown": _SHOWN, "notice": notice}
    return fileform.answer("topic.html", form, topic=topic, preview=preview, **more)


# An id holds no underscore, and so no topic can be in the way of `new_topic`.
ROUTES = (
    get("/topics", show, Right.LOOK),
    get("/topics/<topic>", one, Right.LOOK),
    post("/topics/<topic>", save, Right.FILES, Of.EVERYTHING),
    post("/topics/<topic>/preview", preview, Right.FILES, Of.EVERYTHING),
    get("/topics/new_topic", new, Right.FILES, Of.EVERYTHING),
    post("/topics/new_topic", create, Right.FILES, Of.EVERYTHING),
    post("/topics/new_topic/preview", preview_new, Right.FILES, Of.EVERYTHING),
)
