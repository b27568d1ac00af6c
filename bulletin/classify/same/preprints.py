"""Preprints, and the papers that became of them."""

from urllib.parse import urlsplit

from bulletin.identity import is_preprint_doi
from bulletin.model import Item

_HOSTS = frozenset(
    {"arxiv.org", "biorxiv.org", "medrxiv.org", "preprints.org", "researchsquare.com", "papers.ssrn.com"}
)
_INITIALS = 3  # letters: Adams AB, Adams A.B.


def is_preprint(item: Item) -> bool:
    """Whether an item is on a preprint server, by its DOI, or without one by its address."""
    if item.doi:
        return is_preprint_doi(item.doi)
    return (urlsplit(item.url).hostname or "").removeprefix("www.") in _HOSTS


def surnames(item: Item) -> frozenset[str]:
    """The family names of an item's authors, in lower case: Ann B. Adams, Adams AB and Adams, Ann are one."""
    return frozenset(filter(None, map(_surname, item.authors)))


def _surname(name: str) -> str:
    family, comma, _ = name.partition(",")
    parts = [part.strip(".") for part in family.split()]
    whole = [part for part in parts if comma or not _is_initials(part)]
    return (whole or parts or [""])[-1].casefold()


def _is_initials(part: str) -> bool:
    letters = part.replace(".", "").replace("-", "")
    return len(letters) == 1 or (len(letters) <= _INITIALS and letters.isupper())
