"""Forms that write the newsroom's files: their fields, what was typed into them, and what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask.typing import ResponseReturnValue

from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Values
from bulletin.config.yamledit import Value
from bulletin.errors import BulletinError, ChangedError, FormError, InputError, OutputError
from bulletin.jobs import files
from bulletin.web.forms import fields as sent
from bulletin.web.forms import many
from bulletin.web.show import desk, page, person

REFUSED = 422  # the status of a form that cannot be taken as it is
_LAST = 10**6  # the place of what has a place that is no number


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    AREA = "area"
    LINES = "lines"  # a list, one on each line
    CHOICE = "choice"
    CHECKS = "checks"  # a list, ticked
    ORDER = "order"  # a list, numbered


_LISTS = {Kind.LINES, Kind.CHECKS, Kind.ORDER}


@dataclass(frozen=True)
class Field:
    """One field, named as its key in the file; `options` are values and what they are called."""

    name: str
    label: str
    hint: str = ""
    kind: Kind = Kind.LINE
    options: tuple[tuple[str, str], ...] = ()
    size: str = ""  # short or medium; empty: as wide as there is room
    aside: bool = False  # stands with its neighbours in a part of the form that is opened when wanted

    @property
    def names(self) -> list[str]:
        """The names under which a browser sends it."""
        return [f"{self.name}-{value}" for value, _ in self.options] if self.kind is Kind.ORDER else [self.name]

    def typed(self, told: Mapping[str, str]) -> Value:
        """What was typed into it; `told` are the values that the browser sent, by name."""
        match self.kind:
            case Kind.ORDER:
                places = {name: _place(told[name]) for name in self.names if told[name].strip()}
                return tuple(name.removeprefix(f"{self.name}-") for name in sorted(places, key=lambda at: places[at]))
            case Kind.CHECKS:
                return tuple(many(self.name))
            case Kind.LINES:
                return tuple(words for line in told[self.name].splitlines() if (words := line.strip()))
            case _:
                return told[self.name].strip()


@dataclass(frozen=True)
class Form:
    """Fields and what stands in them; `digest` tells the bytes of the file that the form was made from."""

    fields: tuple[Field, ...]
    values: Mapping[str, Value]
    digest: str
    errors: dict[str, str] = field(default_factory=dict)  # sentences by field
    clashes: tuple[tuple[str, str, str], ...] = ()  # label, what somebody else wrote, what was typed
    has_changed: bool = False  # the file is not any more what the form was made from

    @property
    def is_open(self) -> bool:
        """Whether the part that is opened when wanted is wanted: something stands there, or is wrong."""
        return any(one.aside and (self.values.get(one.name) or one.name in self.errors) for one in self.fields)

    def options(self, one: Field) -> list[tuple[str, str]]:
        """What can be chosen; what stands in the file can be chosen too, whatever it is."""
        chosen, known = (
            self.values.get(one.name, () if one.kind in _LISTS else ""),
            {value for value, _ in one.options},
        )
        others = [chosen] if isinstance(chosen, str) else [value for value in chosen if value not in known]
        return [*one.options, *((value, value) for value in others if value not in known)]

    def order(self, one: Field) -> list[tuple[str, str, str]]:
        """What can be numbered: value, name and number, the numbered ones first."""
        numbers = {value: str(at) for at, value in enumerate(self.values.get(one.name, ()), start=1)}
        known = dict(self.options(one))
        return [(value, name, numbers.get(value, "")) for value, name in sorted(
            known.items(), key=lambda pair: int(numbers.get(pair[0], _LAST))
        )]  # fmt: skip


def made(fields: tuple[Field, ...], filled: Filled) -> Form:
    """A form with what the file says."""
    return Form(fields, filled.values, filled.digest)


def typed(fields: tuple[Field, ...]) -> tuple[dict[str, Value], str]:
    """What was typed, by field, and the digest that the form carried."""
    told = sent(*(name for one in fields for name in one.names), "digest")
    return {one.name: one.typed(told) for one in fields}, told["digest"]


def save(
    fields: tuple[Field, ...],
    make: Callable[[Values, str], Change],
    now: Callable[[], Filled],
    did: str,
    what: str,
) -> Form | None:
    """Save what was typed; gives the form to show again when that cannot be: nothing that was typed is lost.

    `make` gives the change to the file, `now` what the file says now, and `did` and `what` go into the record.
    """
    values, digest = typed(fields)
    try:
        files.save(desk(), person().email, did, what, make(values, digest))
    except (InputError, OutputError) as error:
        return again(fields, values, digest, error, now)
    return None


def again(
    fields: tuple[Field, ...],
    values: Mapping[str, Value],
    digest: str,
    error: BulletinError,
    now: Callable[[], Filled],
) -> Form:
    """The form as it was typed, with what is wrong."""
    if not isinstance(error, ChangedError):
        return Form(fields, values, digest, troubles(fields, error))
    found = now()
    differ = [(one, found.values.get(one.name, "")) for one in fields if one.name in values]
    clashes = [
        (one.label, _shown(theirs), _shown(values[one.name])) for one, theirs in differ if theirs != values[one.name]
    ]
    return Form(fields, values, found.digest, clashes=tuple(clashes), has_changed=True)


def troubles(fields: tuple[Field, ...], error: BulletinError) -> dict[str, str]:
    """What is wrong, by field, in sentences that name it; what belongs to no field comes under the empty name."""
    labels = {one.name: one.label for one in fields}
    if not isinstance(error, FormError):
        return {"": _sentence(str(error))}
    return {
        name if name in labels else "": _of_field(labels[name], told) if name in labels else _sentence(told)
        for name, told in error.fields.items()
    }


def answer(template: str, form: Form, /, **values: object) -> ResponseReturnValue:
    """The page of a form; one that cannot be taken has a status of its own."""
    return page(template, status=REFUSED if form.errors or form.has_changed else 200, form=form, **values)


def _place(words: str) -> float:
    return float(words) if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", words.strip()) else _LAST


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _of_field(label: str, told: str) -> str:
    return f"{label} {told}." if told.startswith("is empty") else f"{label}: {told}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
