"""Are two items one thing? A wrong "same" loses an item; a missed one costs an editor a glance.

So being alike is not enough: whatever points to two things, wins. The numbers below were chosen on the labelled
samples, see docs/duplicates.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bulletin.classify.same.apart import contradict, is_periodical, is_standing
from bulletin.classify.same.preprints import surnames
from bulletin.classify.same.wording import SOME, Wording
from bulletin.identity import is_preprint

SAME = 0.7  # of texts, and of the mean of titles and texts
_COPY = 0.9  # a text so alike is a copy
_TITLE = 0.9  # of titles, where nothing else can be compared
_VERSION = 0.75  # of titles, where preprint and paper have authors in common
_NAMES = 5  # telling words that a title needs to be known by
_LONG = 50  # words; a feed that brings so long a text twice brings one thing twice
_FREE = 5  # words; a shorter title is no headline that somebody wrote anew
_FRAME = 3  # words, the first or the last of a title
_FORM = 0.65  # of the words of the shorter title

_AT_ONCE = timedelta(days=2)
_SOON = timedelta(days=14)
_LATE = timedelta(days=60)
_PUBLISHED = timedelta(days=730)  # from a preprint to its paper


class Reason(StrEnum):
    """Why two items are taken for one."""

    WORDS = "same words"
    VERSIONS = "preprint and paper"


@dataclass(frozen=True)
class Verdict:
    """That two items are one thing."""

    score: float  # 0 to 1
    because: str
    reason: Reason = Reason.WORDS


def verdict(one: Wording, other: Wording, titles: float, texts: float) -> Verdict | None:
    """Judge two items by how alike their titles and texts are, 0 to 1; None: they are two things."""
    if max(titles, texts) < SAME or _are_two(one, other):
        return None
    if is_preprint(one.item) != is_preprint(other.item):
        return _as_versions(one, other, titles)
    return _as_reports(one, other, titles, texts)


def _are_two(one: Wording, other: Wording) -> bool:
    """Whether something says that these are two things, however alike they are."""
    return (
        len({one.language, other.language} - {""}) > 1
        or one.numbers != other.numbers
        or one.stages != other.stages
        or contradict(one.title, other.title)
        or (one.is_about_another(other) and other.is_about_another(one))
        or one.is_notice
        or other.is_notice
    )


def _as_versions(one: Wording, other: Wording, titles: float) -> Verdict | None:
    """A preprint and a paper: the title may change a little where authors stay."""
    if _apart(one, other) > _PUBLISHED or (one.tells_alone(other) and other.tells_alone(one)):
        return None
    ours, theirs = surnames(one.item), surnames(other.item)
    if not (ours and theirs):
        said = _by_title(one, other, titles)
        return said and Verdict(said.score, said.because, Reason.VERSIONS)
    common = sorted(ours & theirs)
    if 2 * len(common) < min(len(ours), len(theirs)) or titles < _VERSION:
        return None
    authors = ", ".join(name.title() for name in common[:3])
    return Verdict(titles, f"titles {titles:.0%} alike, both by {authors}", Reason.VERSIONS)


def _as_reports(one: Wording, other: Wording, titles: float, texts: float) -> Verdict | None:
    """Two reports of one thing: by one publisher, or by two; the later the second comes, the less will do."""
    latest = _AT_ONCE if is_periodical(one.title) else _LATE
    if len({one.item.doi, other.item.doi} - {""}) > 1 or _apart(one, other) > latest:
        return None
    if set(one.item.feeds) & set(other.item.feeds):
        return _told_twice(one, other, _LONG)
    if one.site and one.site == other.site:
        return _told_twice(one, other, SOME)
    is_soon = _apart(one, other) <= _SOON
    if one.has_text and other.has_text:
        return _as_copies(one, other, texts) or (_by_both(one, other, titles, texts) if is_soon else None)
    return _by_title(one, other, titles) if is_soon else None


def _told_twice(one: Wording, other: Wording, words: int) -> Verdict | None:
    """One publisher's two items are two things, unless title and text are the same, and the text has enough words."""
    is_one = one.title == other.title and one.text == other.text and len(one.text.split()) >= words
    return Verdict(1.0, "the same title and text") if is_one else None


def _as_copies(one: Wording, other: Wording, texts: float) -> Verdict | None:
    """By the text: the same, or one is the beginning of the other, whatever the headline."""
    if texts < _COPY or (one.says_alone(other) and other.says_alone(one)) or _fill_a_form(one, other):
        return None
    return Verdict(texts, "the same text")


def _by_both(one: Wording, other: Wording, titles: float, texts: float) -> Verdict | None:
    """By title and text together."""
    mean = (titles + texts) / 2
    if min(mean, texts) < SAME or (one.titled_alone(other) and other.titled_alone(one)):
        return None
    return Verdict(mean, f"titles {titles:.0%} alike, texts {texts:.0%}")


def _by_title(one: Wording, other: Wording, titles: float) -> Verdict | None:
    """By the title alone, which must tell enough, and the same."""
    names = min(len(one.names), len(other.names))
    if (
        titles < _TITLE
        or names < _NAMES
        or is_standing(one.title)
        or one.titled_alone(other)
        or other.titled_alone(one)
    ):
        return None
    return Verdict(titles, f"titles {titles:.0%} alike")


def _fill_a_form(one: Wording, other: Wording) -> bool:
    """Whether two titles are one form, filled in with one thing and with another: a town, a disease, a drug."""
    if not (one.titled_alone(other) and other.titled_alone(one)):
        return False
    ours, theirs = one.title.split(), other.title.split()
    shorter = min(len(ours), len(theirs))
    return (
        shorter < _FREE
        or ours[:_FRAME] == theirs[:_FRAME]
        or ours[-_FRAME:] == theirs[-_FRAME:]
        or len({*ours} & {*theirs}) >= _FORM * shorter
    )


def _apart(one: Wording, other: Wording) -> timedelta:
    return abs(one.item.date - other.item.date)
