"""Preprints, and the papers that became of them."""

import re
from urllib.parse import urlsplit

from bulletin.model import Item

# Crossref and DataCite prefixes of preprint servers. 10.1101 is bioRxiv and medRxiv before a digit, and Cold Spring
# Harbor's journals before a letter.
_DOI = re.compile(
    r"10\.1101/\d"
    r"|10\.64898/"  # openRxiv: bioRxiv and medRxiv since late 2025
    r"|10\.21203/rs\."  # Research Square
    r"|10\.2139/ssrn"  # SSRN
    r"|10\.48550/arxiv"  # arXiv
    r"|10\.20944/preprints"  # Preprints.org
    r"|10\.312(?:19|2\d|3[0-5])/"  # OSF Preprints, PsyArXiv, SocArXiv and their family
    r"|10\.22541/au\."  # Authorea
    r"|10\.2196/preprints"  # JMIR
)
_HOSTS = frozenset(
    {"arxiv.org", "biorxiv.org", "medrxiv.org", "preprints.org", "researchsquare.com", "papers.ssrn.com"}
)
_INITIALS = 3  # letters: Adams AB, Adams A.B.


def is_preprint(item: Item) -> bool:
    """Whether an item is on a preprint server, by its DOI, or without one by its address."""
    if item.doi:
        return bool(_DOI.match(item.doi))
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
