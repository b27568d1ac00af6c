"""The way from a folder to a Config: read every file, fit each into its shape, hold them against each other."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bulletin.config import environment, rules
from bulletin.config.asked import Places
from bulletin.config.brandfile import read_brands
from bulletin.config.brandrules import no_such_brand
from bulletin.config.document import Document
from bulletin.config.feedrules import feed_rules
from bulletin.config.feedshape import FeedsFile
from bulletin.config.holidaysfile import holidays
from bulletin.config.newsroom import starter
from bulletin.config.schema import BulletinsFile, TopicFile, fit
from bulletin.config.source import read
from bulletin.config.stylefile import style
from bulletin.errors import ConfigError, Mistake
from bulletin.model import Config, Topic

_TOPICS = Path("topics")


def load(folder: Path, environ: Mapping[str, str]) -> Config:
    """Read a workspace and the environment; raise ConfigError with the mistakes of all files at once."""
    mistakes: list[Mistake] = []
    templates = folder / "templates" if (folder / "templates").is_dir() else starter() / "templates"
    feeds_yaml, bulletins_yaml = read(folder, Path("feeds.yaml")), read(folder, Path("bulletins.yaml"))
    topics_yaml = [read(folder, file) for file in _topic_files(folder, mistakes)]
    ids = {document.file.stem for document in topics_yaml}
    for document in (feeds_yaml, bulletins_yaml, *topics_yaml):
        mistakes.extend(document.mistakes)
    mistakes.extend(rules.topic_rules(topics_yaml))
    mistakes.extend(feed_rules(feeds_yaml, ids, folder, environment.names_mailbox(environ)))
    mistakes.extend(rules.bulletin_rules(bulletins_yaml, ids, templates))
    mistakes.extend(no_such_brand(bulletins_yaml, folder))
    brands = read_brands(folder, mistakes)
    feeds, bulletins = fit(FeedsFile, feeds_yaml, mistakes), fit(BulletinsFile, bulletins_yaml, mistakes)
    topics = tuple(_topics(topics_yaml, mistakes))
    machine, house_style = environment.read(environ, mistakes), style(folder, mistakes)
    days_off = holidays(folder, mistakes)
    if mistakes or feeds is None or bulletins is None:
        raise ConfigError(list(dict.fromkeys(mistakes)))
    places = Places(folder, machine.services, machine.mailbox)
    return Config(
        folder=folder,
        feeds=tuple(feed.feed(places) for feed in feeds.feeds),
        topics=topics,
        bulletins=tuple(bulletin.bulletin() for bulletin in bulletins.bulletins),
        library=bulletins.makers(),
        database_url=environment.database_url(folder, environ),
        output=folder / "output",
        templates=templates,
        brands=brands,
        style=house_style,
        holidays=days_off,
        **vars(machine),
    )


def topic_file(path: Path) -> Topic:
    """Read one topic file, wherever it lies, as `load` would; raise ConfigError with its mistakes."""
    document = read(Path(), path)
    mistakes = [*document.mistakes, *rules.topic_rules([document])]
    found = list(_topics([document], mistakes))
    if mistakes or not found:
        raise ConfigError(list(dict.fromkeys(mistakes)))
    return found[0]


def _topic_files(folder: Path, mistakes: list[Mistake]) -> list[Path]:
    """Return the topic files, relative to the workspace, in the order of their names."""
    files = sorted(path.name for path in (folder / _TOPICS).glob("*") if not path.name.startswith("."))
    short = [name for name in files if name.endswith(".yml")]
    mistakes.extend(Mistake(_TOPICS / name, 0, "the name must end in .yaml: rename the file") for name in short)
    found = [_TOPICS / name for name in files if name.endswith(".yaml")]
    if not found:
        mistakes.append(Mistake(_TOPICS, 0, "there is no topic here: write one .yaml file for each"))
    return found


def _topics(documents: list[Document], mistakes: list[Mistake]) -> Iterator[Topic]:
    for document in documents:
        shape = fit(TopicFile, document, mistakes)
        if shape is not None:
            yield shape.topic(document.file.stem)
