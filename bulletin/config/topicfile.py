"""Forms for topics: each topic is a file of its own, whose name is the topic's id."""

from pathlib import Path

from bulletin.config import rules
from bulletin.config.document import Document
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Group, Values, changed, filled, opened, refuse
from bulletin.config.schema import TopicFile, fit
from bulletin.config.source import understand
from bulletin.config.values import nearest, quoted, slug
from bulletin.config.yamledit import key_lines
from bulletin.config.yamltext import YamlText
from bulletin.errors import ConfigError, FormError, Mistake, UnknownError
from bulletin.model import Topic

FIELDS = tuple(TopicFile.keys())
_FORM = (Group((), FIELDS, frozenset({"phrases", "not", "examples"})),)


def form(folder: Path, topic_id: str) -> Filled:
    """Return what a topic's file says; raises UnknownError, and ConfigError when it cannot be understood."""
    return filled(_opened(folder, topic_id), _FORM)


def change(folder: Path, topic_id: str, values: Values, expected: str) -> Change:
    """Return the change that puts values into a topic's file, which has the digest that is expected.

    Raises UnknownError, ChangedError, ConfigError when the file has mistakes already, and FormError or InputError
    when the values cannot be taken.
    """
    return changed(folder, _opened(folder, topic_id, expected), _FORM, values, _mistakes)


def creation(folder: Path, topic_id: str, values: Values) -> Change:
    """Return the change that makes a new topic; raises FormError, for the field `id` when there is such a topic."""
    try:
        file = _file(slug(topic_id))
    except ValueError as error:
        raise FormError({"id": str(error)}) from error
    if (folder / file).exists():
        raise FormError({"id": f"there is a topic {quoted(topic_id)} already: choose another"})
    lines = [line for key in FIELDS if values.get(key) for line in key_lines(key, values[key])]
    after = YamlText.of(file, "".join(f"{line}\n" for line in lines or ["heading:"]).encode("utf-8"))
    refuse(_mistakes(after))
    return Change(folder, file, None, after.raw)


def topic(change: Change) -> Topic:
    """Return the topic as it would be after a change to its file."""
    mistakes: list[Mistake] = []
    shape = fit(TopicFile, understand(change.file, change.after), mistakes)
    if shape is None:
        raise ConfigError(mistakes)
    return shape.topic(change.file.stem)


def _file(topic_id: str) -> Path:
    return Path("topics") / f"{topic_id}.yaml"


def _opened(folder: Path, topic_id: str, expected: str = "") -> YamlText:
    known = [path.stem for path in (folder / "topics").glob("*.yaml")]
    if topic_id not in known:  # and so no id can lead out of the folder
        raise UnknownError(f"there is no topic {quoted(topic_id)}{nearest(topic_id, known)}")
    return opened(folder, _file(topic_id), expected)


def _mistakes(text: YamlText) -> list[Mistake]:
    document: Document = text.document
    mistakes = [*document.mistakes, *rules.topic_rules([document])]
    fit(TopicFile, document, mistakes)
    return list(dict.fromkeys(mistakes))
