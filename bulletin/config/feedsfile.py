"""Changes to feeds.yaml on behalf of people who do not know YAML: a few lines, and every other byte stays as it was.

A change is read back before it is written; one that would be a mistake, or would touch another feed, is refused.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bulletin.config.document import Plain
from bulletin.config.feedrules import feed_rules
from bulletin.config.feedstext import BY_HAND, FILE, FeedsText, Slot
from bulletin.config.newfeed import NewFeed, distinct, scalar
from bulletin.config.schema import FeedsFile, fit
from bulletin.config.source import read
from bulletin.config.values import line, nearest, quoted, slugify
from bulletin.errors import ConfigError, InputError, Mistake, OutputError, UnknownError

__all__ = ["NewFeed", "append", "distinct", "readdress"]

_ADDRESSES = ("url", "page")


def append(folder: Path, feeds: Sequence[NewFeed]) -> tuple[str, ...]:
    """Add feeds at the end of the list in a workspace's feeds.yaml, and return their ids.

    Raises ConfigError when the file has mistakes already, InputError when a feed would be one, and OutputError when
    the file cannot be written; the file is then as it was.
    """
    before = _open(folder)
    if before.document.data.get("feeds", "missing"):  # an empty list is the one mistake that is mended here
        _refuse_mistakes(folder, before)
    if not feeds:
        return ()
    emptied, slot = before.slot()
    written = [slot.fill(feed.lines()) for feed in feeds]
    after = emptied.with_lines(slot, [line for lines in written for line in lines])
    _refuse_new_mistakes(folder, after, slot, feeds)
    if after.feeds[: len(before.feeds)] != before.feeds or len(after.feeds) != len(before.feeds) + len(feeds):
        raise InputError(BY_HAND)
    _write(folder / FILE, before, after)
    return tuple(_id(feed) for feed in after.feeds[len(before.feeds) :] if isinstance(feed, dict))


def readdress(folder: Path, feed_id: str, url: str) -> int:
    """Give a feed or page in a workspace's feeds.yaml another address; return the line where it stands, from 1.

    Raises UnknownError when there is no such feed, and what `append` raises.
    """
    before = _open(folder)
    _refuse_mistakes(folder, before)
    index, feed = _find(before, feed_id)
    key = next((key for key in _ADDRESSES if feed.get(key)), None)
    if key is None:
        raise InputError(f"{quoted(feed_id)} has no address of its own: only what has a url or page can move")
    place = ("feeds", index, key)
    after = before.with_value(place, scalar(url))
    for mistake in _mistakes(folder, after):
        raise InputError(f"the address of {quoted(feed_id)} cannot be changed: {mistake.message}")
    _write(folder / FILE, before, after)
    return before.document.line(place)


def _open(folder: Path) -> FeedsText:
    document = read(folder, FILE)
    if not document.whole:
        raise ConfigError(list(document.mistakes))
    return FeedsText.of((folder / FILE).read_bytes())


def _mistakes(folder: Path, text: FeedsText) -> list[Mistake]:
    """Return what is wrong with the feeds; whether there is a mailbox is not the file's business."""
    topics = {path.stem for path in (folder / "topics").glob("*.yaml")}
    mistakes = [*text.document.mistakes, *feed_rules(text.document, topics, folder, mailbox=True)]
    fit(FeedsFile, text.document, mistakes)
    return list(dict.fromkeys(mistakes))


def _refuse_mistakes(folder: Path, text: FeedsText) -> None:
    if mistakes := _mistakes(folder, text):
        raise ConfigError(mistakes)


def _refuse_new_mistakes(folder: Path, text: FeedsText, slot: Slot, feeds: Sequence[NewFeed]) -> None:
    if not text.document.whole:
        raise InputError(BY_HAND)
    mistakes = _mistakes(folder, text)
    names = dict(enumerate((feed.name for feed in feeds for _ in feed.lines()), start=slot.line + 1))
    new = [f"{quoted(names[one.line])} cannot be added: {one.message}" for one in mistakes if one.line in names]
    if new:
        raise InputError("\n".join(new))
    if mistakes:
        raise ConfigError(mistakes)


def _find(text: FeedsText, feed_id: str) -> tuple[int, dict[str, Plain]]:
    feeds = {_id(feed): (index, feed) for index, feed in enumerate(text.feeds) if isinstance(feed, dict)}
    if feed_id not in feeds:
        raise UnknownError(f"there is no feed {quoted(feed_id)} in feeds.yaml{nearest(feed_id, feeds)}")
    return feeds[feed_id]


def _id(feed: dict[str, Plain]) -> str:
    return str(feed.get("id") or slugify(line(str(feed["name"]))))


def _write(path: Path, before: FeedsText, after: FeedsText) -> None:
    """Put the new text in the place of the old one at one blow, with the same permissions."""
    path = path.resolve()  # of a link, what it leads to
    try:
        with path.open("r+b") as file:  # what may not be written may not be replaced either
            if file.read() != before.raw:
                raise OutputError("feeds.yaml was changed by somebody else meanwhile: try again")
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".bulletin-") as aside:
            new = Path(aside) / path.name
            with new.open("wb") as file:
                file.write(after.raw)
                file.flush()
                os.fsync(file.fileno())  # or a power cut may leave an empty file under the old name
            shutil.copymode(path, new)
            new.replace(path)
    except OSError as error:
        raise OutputError(f"feeds.yaml cannot be written: {error.strerror or error}") from error
