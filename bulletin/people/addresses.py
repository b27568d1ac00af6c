"""An email address: the one way in which we write it, and how it is shown to who may not be its owner."""

import re
import unicodedata

from bulletin.errors import InputError

_LONGEST = 254  # RFC 5321, 4.5.3.1.3
_FORM = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def normalised(typed: str) -> str:
    """Write an address without spaces around it and in small letters; raises InputError if it is none.

    Letters beyond ASCII are refused: under one of the many ways to fold their case, a stranger's address could be
    taken for a colleague's (CVE-2019-19844).
    """
    address = typed.strip(" \t\r\n")
    if not address.isascii() or len(address) > _LONGEST or not _FORM.fullmatch(address.lower()):
        raise InputError("an email address looks like name@example.nhs.uk: check what was typed")
    return address.lower()


def masked(address: str) -> str:
    """Show whose address it is to its owner alone: a…n@example.nhs.uk; of a name of two letters the first one."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 2 else ''}@{domain}"


def of_reader(typed: str) -> str:
    """Write a reader's address as `normalised` does, its domain as mail servers know it (xn--...) if it has letters
    beyond ASCII; raises InputError if it is none.

    Python's IDNA is that of RFC 3490, which would take some domains for others (ß for ss): those are refused, as
    nobody's mail may go to a stranger's server.
    """
    address = typed.strip(" \t\r\n")
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return normalised(address)
    folded = unicodedata.normalize("NFKC", domain).lower()
    try:
        written = folded.encode("idna").decode("ascii")
        is_same = written.encode("ascii").decode("idna") == folded
    except UnicodeError:
        is_same = False
    if not is_same:
        raise InputError("an email address looks like name@example.nhs.uk: check what was typed")
    return normalised(f"{local}@{written}")
