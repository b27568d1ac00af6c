"""What a form brings: the fields that its page names, and no others."""

from flask import request

from bulletin import log

_OURS = {"csrf"}
_LONGEST_NAME, _MOST_NAMES = 40, 10


def fields(*names: str) -> dict[str, str]:
    """The values of the named fields, empty where they are missing; all others are ignored, and logged by name.

    A field that nobody asked for may be an attack (mass assignment, reference bar W20), or a mistake of ours.
    """
    surplus = sorted(set(request.form) - set(names) - _OURS)
    if surplus:
        told = [log.scrubbed(name[:_LONGEST_NAME]) for name in surplus[:_MOST_NAMES]]
        log.event("fields ignored", endpoint=request.endpoint, names=told)
    return {name: request.form.get(name, "") for name in names}


def many(name: str) -> list[str]:
    """All values of a field that may stand there more than once; name it in `fields` too."""
    return request.form.getlist(name)
