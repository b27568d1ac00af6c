"""The ways to a full text and onto a list, and a list's language: what was written goes in, what is meant comes out.

A ValueError says what to write instead, as those of `values` do. What comes from a form is read by the same rules.
"""

import re

from bulletin.config.addresses import web_address
from bulletin.config.values import quoted

PLACES = ("{title}", "{doi}", "{url}", "{source}")

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
_REDIRECTOR = re.compile(r"https://go\.openathens\.net/redirector/(?P<domain>[^/?#\s]+)(?:\?url=)?")
_LIBKEY = re.compile(r"[1-9][0-9]{0,8}")
_LIBKEY_PAGE = re.compile(r"https://libkey\.io/libraries/(?P<number>[0-9]+)/?")
_PLACE = re.compile("|".join(map(re.escape, PLACES)))
# The usual shapes of BCP 47 (RFC 5646, 2.1): language, script, region.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_LONGEST_FORM = 1_000  # letters: with an item filled in, a link of 2,000 at most


def openathens(value: str) -> str:
    """Read the redirector of OpenAthens, or the domain of the organisation alone; gives the domain."""
    found = _REDIRECTOR.fullmatch(value)
    domain = (found["domain"] if found else value).lower()
    if not _DOMAIN.fullmatch(domain) or len(domain) > 253:
        raise ValueError(
            f"{quoted(value)} is neither your organisation's domain at OpenAthens, such as example.nhs.uk, "
            "nor https://go.openathens.net/redirector/example.nhs.uk?url="
        )
    return domain


def libkey(value: str) -> str:
    """Read the number of a library at LibKey, or the address of its page there; gives the number."""
    found = _LIBKEY_PAGE.fullmatch(value)
    number = found["number"] if found else value
    if not _LIBKEY.fullmatch(number):
        raise ValueError(f"{quoted(value)} is not your library's number at LibKey, such as 1234")
    return number


def ask(value: str) -> str:
    """Read the address of a request form, which may hold {title}, {doi}, {url} and {source} behind the host."""
    bare = _PLACE.sub("", value)
    if "{" in bare or "}" in bare:
        raise ValueError(f"{quoted(value)} has other braces than {', '.join(PLACES)}: take them out")
    if len(value) > _LONGEST_FORM:
        raise ValueError(f"is longer than {_LONGEST_FORM} letters, and the item has to go in as well")
    web_address(_PLACE.sub("x", value))
    host = value.partition("//")[2]
    if _PLACE.search(re.split("[/?#]", host, maxsplit=1)[0]):
        raise ValueError(f"{quoted(value)} fills in where the form is: write the host as it is")
    return value


def language(value: str) -> str:
    """Read the tag of a language, as BCP 47 writes it."""
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(f"{quoted(value)} is no language: write en-GB, cy, or another tag of BCP 47")
    return value


def domains(value: str) -> str:
    """Read who may put themselves on a list: anyone, or the domains of their addresses, with spaces between."""
    found = [one.removeprefix("@") for one in value.lower().replace(",", " ").split()]
    if found == ["anyone"]:
        return "anyone"
    for one in found:
        if not _DOMAIN.fullmatch(one) or len(one) > 253:
            raise ValueError(f"{quoted(one)} is no domain: write example.nhs.uk, several with spaces, or anyone")
    return " ".join(dict.fromkeys(found))
