"""Changes to feeds.yaml on behalf of people who do not know YAML: a few lines, and every other byte stays as it was.

A change is read back before it is written; one that would be a mistake, or would touch another feed, is refused.
"""

from collections.abc import Sequence
from pathlib import Path

from bulletin.config.document import Place, Plain
from bulletin.config.feedrules import feed_rules
from bulletin.config.feedshape import FeedsFile, FeedShape
from bulletin.config.filechange import Change, write
from bulletin.config.formfile import Filled, Group, Values, changed, filled, judged, member, opened, refuse_mistakes
from bulletin.config.newfeed import NewFeed, distinct
from bulletin.config.scalar import scalar
from bulletin.config.schema import fit
from bulletin.config.values import line, nearest, quoted, slugify
from bulletin.config.yamledit import take_out
from bulletin.config.yamltext import Slot, YamlText
from bulletin.errors import ConfigError, InputError, Mistake, UnknownError

__all__ = ["NewFeed", "append", "change", "distinct", "form", "readdress", "removal"]

FILE = Path("feeds.yaml")
FIELDS = tuple(FeedShape.keys())
_ADDRESSES = ("url", "page")


def form(folder: Path, feed_id: str) -> Filled:
    """Return what the file says of a feed; raises UnknownError, and ConfigError when it cannot be understood."""
    text = opened(folder, FILE)
    return filled(text, (_group(_place(text, feed_id)),))


def change(folder: Path, feed_id: str, values: Values, expected: str) -> Change:
    """Return the change that gives a feed other values; its id stays, and is written down if a new name needs that.

    Raises UnknownError, ChangedError when the file has not the digest that is expected, ConfigError when it has
    mistakes already, and FormError or InputError when the values cannot be taken.
    """
    text = opened(folder, FILE, expected)
    place = _place(text, feed_id)
    kept = dict(values) | {"id": _given_id(text, place)}
    if not kept["id"] and slugify(str(values.get("name") or feed_id)) != feed_id:
        kept["id"] = feed_id  # or what it has brought so far would be another's
    return changed(folder, text, (_group(place),), kept, lambda text: _mistakes(folder, text))


def removal(folder: Path, feed_id: str, expected: str) -> Change:
    """Return the change that takes a feed out of the list; raises what `change` raises."""
    text = opened(folder, FILE, expected)
    refuse_mistakes(text, lambda text: _mistakes(folder, text))
    after = take_out(text, _place(text, feed_id))
    return judged(folder, text, after, lambda text: _mistakes(folder, text))


def append(folder: Path, feeds: Sequence[NewFeed]) -> tuple[str, ...]:
    """Add feeds at the end of the list in a workspace's feeds.yaml, and return their ids.

    Raises ConfigError when the file has mistakes already, InputError when a feed would be one, ChangedError when the
    file is not any more what was read, and OutputError when it cannot be written; it is then as it was.
    """
    before = opened(folder, FILE)
    if before.document.data.get("feeds", "missing"):  # an empty list is the one mistake that is mended here
        refuse_mistakes(before, lambda text: _mistakes(folder, text))
    if not feeds:
        return ()
    emptied, slot = before.slot(_LIST)
    written = [slot.fill(feed.lines()) for feed in feeds]
    after = emptied.with_lines(slot.line, [line for lines in written for line in lines])
    _refuse_new_mistakes(folder, after, slot, feeds)
    old, new = before.members(_LIST), after.members(_LIST)
    if new[: len(old)] != old or len(new) != len(old) + len(feeds):
        raise before.by_hand
    write(Change(folder, FILE, before.raw, after.raw))
    return tuple(_id(feed) for feed in new[len(old) :] if isinstance(feed, dict))


def readdress(folder: Path, feed_id: str, url: str) -> int:
    """Give a feed or page in a workspace's feeds.yaml another address; return the line where it stands, from 1.

    Raises UnknownError when there is no such feed, and what `append` raises.
    """
    before = opened(folder, FILE)
    refuse_mistakes(before, lambda text: _mistakes(folder, text))
    at = _place(before, feed_id)
    place = next(((*at, key) for key in _ADDRESSES if before.value((*at, key))), None)
    if place is None:
        raise InputError(f"{quoted(feed_id)} has no address of its own: only what has a url or page can move")
    after = before.with_value(place, scalar(url))
    for mistake in _mistakes(folder, after):
        raise InputError(f"the address of {quoted(feed_id)} cannot be changed: {mistake.message}")
    write(Change(folder, FILE, before.raw, after.raw))
    return before.document.line(place)


_LIST: Place = ("feeds",)


def _group(place: Place) -> Group:
    return Group(place, FIELDS, frozenset({"topics"}))


def _mistakes(folder: Path, text: YamlText) -> list[Mistake]:
    """Return what is wrong with the feeds; whether there is a mailbox is not the file's business."""
    topics = {path.stem for path in (folder / "topics").glob("*.yaml")}
    mistakes = [*text.document.mistakes, *feed_rules(text.document, topics, folder, mailbox=True)]
    fit(FeedsFile, text.document, mistakes)
    return list(dict.fromkeys(mistakes))


def _refuse_new_mistakes(folder: Path, text: YamlText, slot: Slot, feeds: Sequence[NewFeed]) -> None:
    if not text.document.whole:
        raise text.by_hand
    mistakes = _mistakes(folder, text)
    names = dict(enumerate((feed.name for feed in feeds for _ in feed.lines()), start=slot.line + 1))
    new = [f"{quoted(names[one.line])} cannot be added: {one.message}" for one in mistakes if one.line in names]
    if new:
        raise InputError("\n".join(new))
    if mistakes:
        raise ConfigError(mistakes)


def _place(text: YamlText, feed_id: str) -> Place:
    found = member(text, _LIST, lambda feed: _id(feed) == feed_id)
    if found is None:
        known = [_id(feed) for feed in text.members(_LIST) if isinstance(feed, dict)]
        raise UnknownError(f"there is no feed {quoted(feed_id)} in feeds.yaml{nearest(feed_id, known)}")
    return found


def _given_id(text: YamlText, place: Place) -> str:
    return str(text.value((*place, "id")) or "")


def _id(feed: dict[str, Plain]) -> str:
    return str(feed.get("id") or slugify(line(str(feed["name"]))))
