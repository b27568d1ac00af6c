"""Forms for bulletins, their lists, and the library: all parts of bulletins.yaml."""

from pathlib import Path

from bulletin.config import rules
from bulletin.config.document import Place, Plain
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Group, Values, changed, filled, judged, member, opened, refuse_mistakes
from bulletin.config.newsroom import starter
from bulletin.config.schema import BulletinsFile, BulletinShape, LibraryShape, ListShape, ScheduleShape, fit
from bulletin.config.values import nearest, quoted
from bulletin.config.yamledit import add, key_lines
from bulletin.config.yamltext import YamlText
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
    given: dict[str, Plain] = {key: str(values[key]) for key in LIST if values.get(key)}
    lines = [line for key, value in given.items() for line in key_lines(key, str(value))]
    after = add(text, (*place, "lists"), lines or ["id:"], given)
    return judged(folder, text, after, lambda text: _mistakes(folder, text))


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
    fit(BulletinsFile, text.document, mistakes)
    return list(dict.fromkeys(mistakes))
