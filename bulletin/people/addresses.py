"""An editor's email address: the one way in which we write it."""

import re

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
