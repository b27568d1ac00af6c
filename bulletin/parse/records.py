"""What bibliographic records share: how they write titles, names, pages, dates, languages and their relations."""

import re
from collections.abc import Iterable

from bulletin.model import DateSource

Dates = tuple[tuple[DateSource, str], ...]  # as a raw entry holds them
Notices = tuple[tuple[str, str], ...]

# Of several types of one article, the first of these says most; the others follow in the record's own order.
_TELLING = (
    "Practice Guideline",
    "Guideline",
    "Systematic Review",
    "Meta-Analysis",
    "Scoping Review",
    "Randomized Controlled Trial",
    "Clinical Trial",
    "Review",
    "Observational Study",
    "Preprint",
    "Editorial",
    "Letter",
    "Comment",
    "News",
)
_SAYS_LITTLE = re.compile(
    r"journal article|research-article|article|other|english abstract|research support\b.*"
    r"|(?:comparative|multicenter) study",
    re.IGNORECASE,
)
# MARC codes, as the National Library of Medicine writes them; the web has ISO 639-1.
_LANGUAGES = (
    {"eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt"}
    | {"nld": "nl", "dan": "da", "nor": "no", "swe": "sv", "fin": "fi", "pol": "pl", "cze": "cs", "hun": "hu"}
    | {"gre": "el", "tur": "tr", "rus": "ru", "ukr": "uk", "ara": "ar", "heb": "he", "per": "fa", "chi": "zh"}
    | {"kor": "ko", "wel": "cy", "cym": "cy"}
)
_UNSAID = frozenset({"und", "mul", "unknown"})
_PLACE = re.compile(r"\s+(?:\([^()]*\)|[:=]\s.*)$")
_PAGES = re.compile(r"\s*(\w{1,20})\s*[-–]{1,2}\s*(\w{1,20})\s*(?:[,;].*)?")
_MONTHS = r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_MEDLINE_DATE = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d)\b(?:[\s/-]+(?P<month>{_MONTHS})[a-z]*(?:\s+(?P<day>\d\d?)\b)?)?", re.IGNORECASE
)
_ORGANISATION = re.compile(r"\b(?:of|for|the|and)\b|&", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\s*\d{4}\s*")


def title(text: str) -> str:
    """A title without its final full stop, and without the brackets that mark a translated one."""
    text = text.strip()
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    whole = text.startswith("[") and text.endswith("]") and "]" not in text[:-1]
    return text[1:-1].removesuffix(".") if whole else text


def given_first(name: str) -> str:
    """ "Chan, Bo, Jr" as "Bo Chan Jr"; a name without a comma, and an organisation's, as it is."""
    if _ORGANISATION.search(name):
        return name
    family, _, rest = name.partition(",")
    given, _, suffix = rest.partition(",")
    return " ".join(filter(None, map(str.strip, (given, family, suffix))))


def journal(name: str) -> str:
    """A journal's name without the place and subtitle that libraries add: "Lancet (London, England)"."""
    return _PLACE.sub("", name.strip().removesuffix("."))


def pages(text: str) -> tuple[str, str]:
    """First and last page out of "123-9" (which is 129) or "e1-e9"; what is no range is the first page alone."""
    found = _PAGES.fullmatch(text)
    if not found:
        return text.strip(), ""
    first, last = found[1], found[2]
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def language(code: str) -> str:
    """A language as the web names it; empty for "undetermined" and the like."""
    code = code.strip().lower()
    return "" if code in _UNSAID else _LANGUAGES.get(code, code)


def kinds(types: Iterable[str]) -> tuple[str, ...]:
    """Publication types, the most telling first, without those that every article has."""
    telling = [kind for kind in types if not _SAYS_LITTLE.fullmatch(kind.strip())]
    return tuple(sorted(telling, key=lambda kind: _TELLING.index(kind) if kind in _TELLING else len(_TELLING)))


def dates(*words: str) -> Dates:
    """Candidates for the date of publication, best first; a year alone comes after all that name a month."""
    said = [text for text in words if text.strip()]
    return tuple(
        (DateSource.PUBLISHED, text) for text in sorted(said, key=lambda text: bool(_YEAR_ALONE.fullmatch(text)))
    )


def medline_date(words: str) -> str:
    """The first day that a MEDLINE date names: "2026 Nov-Dec", "2026 Nov 20-27", "Winter 2026"; empty for none."""
    found = _MEDLINE_DATE.search(words)
    return " ".join(filter(None, (found["day"], found["month"], found["year"]))) if found else ""


def relations(stated: Iterable[tuple[str, str]]) -> tuple[Notices, tuple[str, ...]]:
    """What a record is a notice of, and the words for the notices about it, out of relations and where they lead.

    PubMed and Europe PMC have "RetractionOf", "Erratum for" and, the other way round, "Retraction in".
    """
    stated = tuple(stated)
    return (
        tuple((word, text) for word, text in stated if word.lower().endswith(("of", "for"))),
        tuple(word for word, _ in stated if word.lower().endswith("in")),
    )
