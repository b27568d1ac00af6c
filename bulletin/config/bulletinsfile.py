"""Forms for bulletins, their lists, and the library: all parts of bulletins.yaml."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bulletin.config import rules
from bulletin.config.brandrules import no_such_brand
from bulletin.config.document import Place, Plain
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Group, Values, changed, filled, judged, member, opened, refuse_mistakes
from bulletin.config.newsroom import starter
from bulletin.config.schema import BulletinsFile, BulletinShape, LibraryShape, ListShape, ScheduleShape, fit
from bulletin.config.values import nearest, quoted, slugify
from bulletin.config.yamledit import add, key_lines
from bulletin.config.yamltext import Slot, YamlText
from bulletin.errors import Mistake, UnknownError

FILE = Path("bulletins.yaml")
LIBRARY = tuple(LibraryShape.keys())
_OF_ITS_OWN = ("id", "lists", "schedule")  # what no field of a bulletin's form changes by itself
BULLETIN = tuple(key for key in BulletinShape.model_fields if key not in _OF_ITS_OWN)
SCHEDULE = tuple(ScheduleShape.keys())
LIST = tuple(ListShape.keys())


def library(folder: Path) -> Filled:
    """Return what the file says of the library; raises ConfigError when the file cannot be understood."""
    return filled(opened(folder, FILE), _LIBRARY)


def bulletin(folder: Path, bulletin_id: str) -> Filled:
    """Return what the file says of a bulletin, its schedule included; raises UnknownError too."""
    text = opened(folder, FILE)
    return filled(text, _of_bulletin(_bulletin(text, bulletin_id)))


def list_(folder: Path, bulletin_id: str, list_id: str) -> Filled:
    """Return what the file says of a list of a bulletin; raises UnknownError too."""
    text = opened(folder, FILE)
    return filled(text, (_of_list(_list(text, bulletin_id, list_id)),))


def change_library(folder: Path, values: Values, expected: str) -> Change:
    """Return the change to the library; raises what `topicfile.change` raises."""
    text = opened(folder, FILE, expected)
    return changed(folder, text, _LIBRARY, values, lambda text: _mistakes(folder, text))


def change_bulletin(folder: Path, bulletin_id: str, values: Values, expected: str) -> Change:
    """Return the change to a bulletin, whose id stays; raises what `topicfile.change` raises."""
    text = opened(folder, FILE, expected)
    groups = _of_bulletin(_bulletin(text, bulletin_id))
    return changed(folder, text, groups, values, lambda text: _mistakes(folder, text))


def change_list(folder: Path, bulletin_id: str, list_id: str, values: Values, expected: str) -> Change:
    """Return the change to a list, whose id stays; raises what `topicfile.change` raises."""
    text = opened(folder, FILE, expected)
    groups = (_of_list(_list(text, bulletin_id, list_id)),)
    return changed(folder, text, groups, dict(values) | {"id": list_id}, lambda text: _mistakes(folder, text))


def add_list(folder: Path, bulletin_id: str, values: Values, expected: str) -> Change:
    """Return the change that gives a bulletin one more list; raises what `topicfile.change` raises."""
    text = opened(folder, FILE, expected)
    refuse_mistakes(text, lambda text: _mistakes(folder, text))
    place = _bulletin(text, bulletin_id)
    given = _given(values, LIST)
    after = add(text, (*place, "lists"), _lines(given, LIST) or ["id:"], given)
    return judged(folder, text, after, lambda text: _mistakes(folder, text))


def add_bulletin(folder: Path, values: Values, expected: str) -> Change:
    """Return the change that adds a bulletin with its first list, whose short name is made of its name.

    `values` are those of a bulletin and those of a list; raises what `topicfile.change` raises.
    """
    text = opened(folder, FILE, expected)
    refuse_mistakes(text, lambda text: _mistakes(folder, text))
    first = _given(values, LIST) | {"id": slugify(str(values.get("name", ""))) or "readers"}
    schedule, own = _given(values, SCHEDULE), _given(values, ("id", *BULLETIN))
    data: dict[str, Plain] = {**own, "schedule": {**schedule}, "lists": [{**first}]}
    lines = [
        *_lines(own, ("id", *BULLETIN)),
        f"schedule: {{{', '.join(_lines(schedule, SCHEDULE))}}}",
        "lists:",
        *Slot(0, 2, 4).fill(_lines(first, LIST)),
    ]
    return judged(folder, text, add(text, ("bulletins",), lines, data), lambda text: _mistakes(folder, text))


def _given(values: Values, keys: Iterable[str]) -> dict[str, Plain]:
    given = {key: values[key] for key in keys if values.get(key)}
    return {key: value if isinstance(value, str) else [*value] for key, value in given.items()}


def _lines(given: Mapping[str, Plain], keys: Iterable[str]) -> list[str]:
    """Return the lines of what is given, in the order of the documentation."""
    return [line for key in keys if key in given for line in _key(key, given[key])]


def _key(key: str, value: Plain) -> list[str]:
    return key_lines(key, tuple(map(str, value)) if isinstance(value, list) else str(value))


_LIBRARY = (Group(("library",), LIBRARY),)


def _of_bulletin(place: Place) -> tuple[Group, ...]:
    return Group(place, BULLETIN, frozenset({"headings"})), Group((*place, "schedule"), SCHEDULE)


def _of_list(place: Place) -> Group:
    return Group(place, LIST)


def _bulletin(text: YamlText, bulletin_id: str) -> Place:
    return _member(text, ("bulletins",), bulletin_id, "bulletin")


def _list(text: YamlText, bulletin_id: str, list_id: str) -> Place:
    return _member(text, (*_bulletin(text, bulletin_id), "lists"), list_id, f"list of {bulletin_id}")


def _member(text: YamlText, place: Place, wanted: str, what: str) -> Place:
    found = member(text, place, lambda one: one.get("id") == wanted)
    if found is None:
        known = [str(one.get("id")) for one in text.members(place) if isinstance(one, dict)]
        raise UnknownError(f"there is no {what} {quoted(wanted)} in bulletins.yaml{nearest(wanted, known)}")
    return found


def _mistakes(folder: Path, text: YamlText) -> list[Mistake]:
    topics = {path.stem for path in (folder / "topics").glob("*.yaml")}
    own = folder / "templates"
    templates = own if own.is_dir() else starter() / "templates"
    mistakes = [*text.document.mistakes, *rules.bulletin_rules(text.document, topics, templates)]
    mistakes.extend(no_such_brand(text.document, folder))
    fit(BulletinsFile, text.document, mistakes)
    return list(dict.fromkeys(mistakes))
