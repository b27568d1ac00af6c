"""Acts: what an item's standing is after an editor did something with it."""

from dataclasses import dataclass, replace

from bulletin.errors import InputError
from bulletin.model import Act, Standing

LONGEST_TITLE = 500  # letters
LONGEST_TEXT = 5_000

_FIRST = 0


@dataclass(frozen=True)
class Wish:
    """An act with what it needs: topics, words, or another item."""

    act: Act
    topic: str = ""
    title: str = ""
    summary: str = ""
    note: str = ""
    behind: str = ""  # the id of an item of the same heading; empty: nobody


@dataclass(frozen=True)
class Around:
    """What an act goes by besides the standing itself."""

    headings: tuple[str, ...]  # the bulletin's topics
    suggested: tuple[str, ...]  # the machine's topics for the item, best first
    places: dict[str, tuple[str, ...]]  # ids printed under each topic, in order


def act(now: Standing, item: str, wish: Wish, around: Around) -> Standing:
    """What the item is after the act; InputError, in plain words, when that makes no sense."""
    match wish.act:
        case Act.ACCEPT | Act.MOVE | Act.ADD | Act.DROP | Act.DISCARD | Act.PULL_IN:
            return _ruled(now, wish, around)
        case Act.UNSURE:
            return replace(now, topics=None, unsure=True)
        case Act.LEAVE_OUT:
            return replace(_unprinted(now), left_out=True)
        case Act.REWORD:
            return _reworded(now, wish)
        case Act.UNDO:
            raise InputError("undoing takes back what was done last, and wants no item")
        case _:
            return _set(_printed(now), item, wish, around)


def _set(now: Standing, item: str, wish: Wish, around: Around) -> Standing:
    """How this edition prints it: an act that makes sense only where it does."""
    match wish.act:
        case Act.NOTE:
            return replace(now, note=_short(wish.note, LONGEST_TEXT, "the note"))
        case Act.PICK:  # it leads its heading
            return replace(now, pick=True, position=_FIRST)
        case Act.UNPICK:
            return replace(now, pick=False)
        case _:
            return _shifted(now, item, wish, around)


def _ruled(now: Standing, wish: Wish, around: Around) -> Standing:
    topics = _topics(now, wish, around)
    # A heading that the bulletin has no longer keeps, until the next draft, what stands under it.
    here = tuple(topic for topic in topics if topic in around.headings or topic == now.place)
    if not here:
        return _unprinted(now.ruled(topics))
    stays = now.place == here[0]
    position = now.position if stays else len(around.places.get(here[0], ()))
    return replace(now.ruled(topics), place=here[0], position=position, left_out=False, held_over="")


def _unprinted(now: Standing) -> Standing:
    """The same where this edition does not print it, with what was said of it here gone too."""
    return replace(now, place="", position=_FIRST, held_over="", note="", pick=False)


def _topics(now: Standing, wish: Wish, around: Around) -> tuple[str, ...]:
    """The topics of the ruling that an act makes, best first."""
    known = now.topics if now.topics is not None else around.suggested
    match wish.act:
        case Act.DISCARD:
            return ()
        case Act.ACCEPT:
            return _once(now.place, *known) if now.place else _some(known)
        case Act.MOVE | Act.PULL_IN:
            return _once(wish.topic, *(topic for topic in known if topic != now.place))
        case Act.ADD:
            return _once(now.place, *known, wish.topic)
        case _:
            return _some(tuple(topic for topic in _once(now.place, *known) if topic != wish.topic))


def _some(topics: tuple[str, ...]) -> tuple[str, ...]:
    if not topics:
        raise InputError("it has no heading: move it to one, or discard it")
    return topics


def _once(*topics: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for topic in topics if topic))


def _reworded(now: Standing, wish: Wish) -> Standing:
    title = _short(" ".join(wish.title.split()), LONGEST_TITLE, "the title")
    return replace(now, title=title, summary=_short(wish.summary.strip(), LONGEST_TEXT, "the summary"))


def _short(words: str, most: int, what: str) -> str:
    words = words.replace("\r\n", "\n").replace("\0", " ").strip()  # no database has room for a NUL
    if len(words) > most:
        raise InputError(f"{what} has {len(words):,} letters, and there is room for {most:,}: shorten it")
    return words


def _shifted(now: Standing, item: str, wish: Wish, around: Around) -> Standing:
    others = [other for other in around.places.get(now.place, ()) if other != item]
    if wish.act is Act.BEHIND:
        if wish.behind and wish.behind not in others:
            raise InputError("that item stands under another heading now: reload the page")
        return replace(now, position=others.index(wish.behind) + 1 if wish.behind else _FIRST)
    step = -1 if wish.act is Act.UP else 1
    return replace(now, position=max(_FIRST, min(len(others), now.position + step)))


def _printed(now: Standing) -> Standing:
    if not now.is_printed:
        raise InputError("this edition does not print it: move it under a heading first")
    return now
