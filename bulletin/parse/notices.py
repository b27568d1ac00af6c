"""What is itself a notice about another item, and what a notice has been laid on: retractions, concerns, corrections.

What a record states counts first. A title counts only in the shapes in which publishers write such titles, at its
very beginning or end: papers about corrections and retractions are many more than retractions.
"""

import re
from collections.abc import Iterable

from bulletin import identity
from bulletin.model import Mark, Notice
from bulletin.parse.text import plain

_TITLE = 500  # characters that are looked at
_HINTS = ("retract", "withdr", "remov", "concern", "correct", "corrig", "errat", "error", "publisher")

# What records call such a thing: Crossref's update types, PubMed's and Europe PMC's relations and publication types.
_SAYS = (
    (Mark.RETRACTED, re.compile(r"retract|withdraw|removal", re.IGNORECASE)),
    (Mark.CONCERN, re.compile(r"concern", re.IGNORECASE)),
    (Mark.CORRECTED, re.compile(r"correct|corrig|errat|error|note", re.IGNORECASE)),
)
_KIND = re.compile(
    r"(?:retraction|withdrawal)(?: of publication| notice| note)?|(?:editorial )?expressions? of concern"
    r"|(?:published |author |publisher )?(?:erratum|errata|corrigend(?:um|a)|corrections?)",
    re.IGNORECASE,
)
_OWN_KIND = re.compile(r"(?:retracted|withdrawn)(?: publication| article| paper)?", re.IGNORECASE)

_DASH = r"(?:\s*[—―]\s*|\s+[–‒-]\s+)"
_NOTE = r"(?:notice|note|statement|announcement)"
_WHOSE = r"(?:(?:author|publisher|editor|editorial|printer)(?:['’]?s['’]?)?\s+)"
# Words that mean nothing else, and words that a paper's own title may begin with.
_SURE = (
    rf"(?:{_WHOSE}?(?:corrigend(?:um|a)|errat(?:um|a))(?:\s+and\s+addend(?:um|a))?(?:\s+{_NOTE})?"
    rf"|(?:retraction|correction)\s+{_NOTE}|{_NOTE}\s+of\s+(?:partial\s+)?(?:retraction|correction)"
    rf"(?:\s+and\s+replacement)?|retraction\s+and\s+replacement|{_WHOSE}corrections?"
    r"|publisher['’]?s\s+note|department\s+of\s+error)"
)
_UNSURE = (
    r"(?:(?:partial\s+)?retraction|correction"
    rf"|(?:{_WHOSE}|{_NOTE}\s+of\s+|an\s+)*expressions?\s+of\s+concern"
    rf"|(?:withdrawal|removal)\s+{_NOTE}|{_NOTE}\s+of\s+(?:withdrawal|removal|concern))"
)
_PLURAL = r"(?:corrections|retractions|withdrawal|removal)"  # these begin the titles of quite other things
_QUOTE = r"(?:[“\"«][^”\"»]{12,}|[‘'](?:[^’']|['’](?=\w)){12,})"
_TO = r"\s+(?:to|for|of|on|in)"
_YEAR = r"\((?:19|20)\d\d[a-z]?\)"
_BEGINNINGS = tuple(
    re.compile(rf"{words}(?:{bounds})(?P<rest>.*)", re.IGNORECASE)
    for words, bounds in (
        (
            _SURE,
            rf"\s*[.!]?$|\s*[:.](?=\s|[“\"‘])|{_DASH}|\s+(?:to|for|of|on|regarding)\b\s*:?|\s*(?={_QUOTE})",
        ),
        (
            _UNSURE,
            (
                rf"\s*[.!]?$|\s*:|\.(?=\s+[A-Z])|{_DASH}|{_TO}\s*:|{_TO}\s+(?=[^“”\"‘:]{{0,80}}{_QUOTE})"
                rf"|\s+(?:to|for)\s+(?=.{{1,100}}?(?:\bet\s+al\b|{_YEAR}))|\s*(?={_QUOTE})"
            ),
        ),
        (_PLURAL, rf"{_TO}\s*:|{_TO}\s+(?={_QUOTE})|\s*:\s*(?={_QUOTE})"),
        (r"(?:corrections|retractions)", r"\s*[.!]?$"),
        (
            r"(?:data\s+|missing\s+|incorrect\s+)?errors?\s+in\s+(?:the\s+)?",
            (
                r"(?:figures?|tables?|text|abstract|results?|byline|methods?|authors?|title|references?|legends?"
                r"|(?:author\s+|funding\s+)?(?:affiliations?|names?|information|statement))[\w\s,.-]{0,40}$"
            ),
        ),
        (rf"[\[(]\s*(?:{_SURE}|{_UNSURE})\s*[\])]", r"\s*:?"),
    )
)
_END = re.compile(
    rf"(?P<rest>.*\S)(?:[:.]?\s*[\[(](?P<bracketed>{_SURE}|{_UNSURE})[\])]"
    rf"|(?:{_DASH}|\s*:\s+|[.?!]\s+)(?=(?-i:[A-Z]))(?P<named>{_SURE}|{_UNSURE})"
    rf"(?:\s+to\s+.{{1,80}}?(?:\bet\s+al\b\.?|{_YEAR}).{{0,12}})?)\.?",
    re.IGNORECASE,
)

# The item itself, renamed by its publisher.
_OWN_BEGINNING = re.compile(
    r"(?:[\[(]?\s*(?:this\s+(?:article|paper)\s+(?:has\s+been|was)\s+)?(?:retracted|withdrawn)"
    r"(?:\s+(?:article|paper|chapter|publication|study|preprint|manuscript|review|protocol|guidance|guideline))?"
    rf"(?:\s+and\s+(?:republished|replaced))?\s*(?:[\])]\s*:?|:|{_DASH})"
    r"|(?-i:(?:TEMPORARILY\s+)?REMOVED|(?:TEMPORARY\s+)?REMOVAL)\s*:)(?P<rest>.*)",
    re.IGNORECASE,
)
_OWN_END = re.compile(
    r"(?P<rest>.*\S)(?:\s*[\[(](?P<word>retracted|withdrawn|corrected)(?:\s+(?:article|paper))?(?:[.,:;][^\])]{0,100})?"
    rf"[\])]|{_DASH}(?-i:RETRACTED|WITHDRAWN))\.?",
    re.IGNORECASE,
)

_QUOTED = re.compile(
    r"(?:.{0,80}?\bet al\.?,?\s*|(?:the\s+)?(?:[\w-]+\s+){0,3}(?:article|paper|report|review|letter|study|editorial)"
    r"(?:\s+(?:entitled|titled))?:?\s*)?(?:[“\"«](?P<double>.{12,})[”\"»]|[‘'](?P<single>.{12,})['’](?!\w))"
    r"\s*(?:$|[\[(.,;].*|by\b.*)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\s*(?:\[[^\[\]]*\d{4}[^\[\]]*\]|\([^()]*\d{4}[^()]*\))\.?$")
_JOURNAL = re.compile(r"\.\s+[^\W\d_][^.:]{1,60}\s\d{1,4}(?:\s?\([^()]{1,10}\))?:\s?[\w–-]+\.?(?:\s.*)?$")
_LINK = re.compile(r"\s*\b(?:https?://|doi:)\S*\s*$", re.IGNORECASE)
_ET_AL = re.compile(r"[^:“\"]{0,60}\bet\s+al\.?,?\s+", re.IGNORECASE)
_INITIALS = re.compile(r".*\s[A-Z]{1,3}")


def mark_of(word: str) -> Mark | None:
    """What a record's own word for a notice says of the item that it concerns; None for words of other kinds."""
    return next((mark for mark, words in _SAYS if words.search(word)), None)


def notice(title: str, kinds: Iterable[str] = (), stated: Iterable[tuple[str, str]] = ()) -> Notice | None:
    """What makes an item a notice about another: by what its record states, by its kind, or else by its title.

    `stated` holds pairs of the record's own word for it and the DOI of the item that it concerns, or nothing. The
    gravest counts.
    """
    found = [Notice(mark, identity.doi(text)) for word, text in stated if (mark := mark_of(word))]
    if found:
        return min(found, key=lambda one: (_gravity(one.mark), not one.doi))
    said = next((kind for kind in kinds if _KIND.fullmatch(kind.strip())), "") or _words(title)
    mark = mark_of(said) if said else None
    return Notice(mark, identity.doi(title)) if mark else None


def marks(title: str, kinds: Iterable[str] = (), stated: Iterable[str] = ()) -> tuple[Mark, ...]:
    """What notices say of an item, as far as its own record tells, the gravest first: "RETRACTED: ..." for one.

    `stated` holds the record's own words for the notices about it.
    """
    found = {mark for word in stated if (mark := mark_of(word))}
    if any(_OWN_KIND.fullmatch(kind.strip()) for kind in kinds):
        found.add(Mark.RETRACTED)
    own = _own(title)
    if own:
        word = own.groupdict().get("word") or ""
        found.add(Mark.CORRECTED if word.lower() == "corrected" else Mark.RETRACTED)
    return tuple(sorted(found, key=_gravity))


def about(title: str) -> str:
    """The title of the item that a notice with this title concerns; empty when it names none, or is no notice."""
    found = _own(title) or _noticed(title)
    rest = (found["rest"] or "").strip(" :.") if found else ""
    quoted = _QUOTED.fullmatch(rest)
    if quoted:
        return (quoted["double"] or quoted["single"]).strip()
    rest = _JOURNAL.sub("", _LINK.sub("", rest))
    return _ET_AL.sub("", _without_authors(_REFERENCE.sub("", rest)), count=1).strip()


def _gravity(mark: Mark) -> int:
    return list(Mark).index(mark)


def _may_be(title: str) -> bool:
    """Whether it is worth a closer look: nearly no title is, and every feed's titles come by here."""
    small = title[:_TITLE].lower()
    return any(hint in small for hint in _HINTS)


def _own(title: str) -> re.Match[str] | None:
    """The title of an item that itself was retracted or corrected, taken apart; None for any other."""
    if not _may_be(title):
        return None
    title = plain(title, _TITLE)
    return _OWN_BEGINNING.fullmatch(title) or _OWN_END.fullmatch(title)


def _noticed(title: str) -> re.Match[str] | None:
    """The title of a notice, taken apart; None for any other."""
    if not _may_be(title):
        return None
    title = plain(title, _TITLE)
    return next(filter(None, (shape.fullmatch(title) for shape in _BEGINNINGS)), None) or _END.fullmatch(title)


def _words(title: str) -> str:
    """The words that make a title a notice's; empty when nothing does."""
    found = None if _own(title) else _noticed(title)
    if not found:
        return ""
    ending = found.groupdict().get("bracketed") or found.groupdict().get("named")
    return ending or found.string[: found.start("rest")]


def _without_authors(text: str) -> str:
    """The same without "Chan B, Grey A (2026)" before it."""
    before, year, after = re.split(rf"({_YEAR})", text, maxsplit=1) if re.search(_YEAR, text) else ("", "", text)
    is_authors = year and all(map(_INITIALS.fullmatch, before.strip().split(", ")))
    return after.lstrip(" .:,") if is_authors and after.strip() else text
