"""Who wrote a preprint, and the paper that became of it."""

from bulletin.model import Item

_INITIALS = 3  # letters: Adams AB, Adams A.B.


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
