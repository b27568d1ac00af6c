"""The words that somebody's being on a list rests on."""

from bulletin.errors import InputError

_SHORTEST, _LONGEST = 3, 500  # characters


def consent_of(words: str) -> str:
    """What somebody wrote of how people agreed, on one line; raises InputError when it is nothing, or too much.

    Whoever sends must be able to show it (UK GDPR, article 7(1)).
    """
    told = " ".join(words.split())
    if not _SHORTEST <= len(told) <= _LONGEST:
        raise InputError(f"say how they agreed to get it, in {_SHORTEST} to {_LONGEST} characters")
    return told
