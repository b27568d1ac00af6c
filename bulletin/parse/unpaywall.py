"""Unpaywall's JSON (/v2/{doi}) about one DOI: whether it is free to read, and where.

Fields are those of https://unpaywall.org/data-format.
"""

from bulletin import identity
from bulletin.errors import ParseError
from bulletin.model import Item
from bulletin.parse import loose
from bulletin.parse.links import web_address

_NAME = "Unpaywall"


def work(body: bytes, doi: str) -> Item | None:
    """Whether the work with this very DOI is free to read; None when Unpaywall does not know it.

    Raise ParseError for anything that is no answer about a DOI.
    """
    answer = loose.load(body, _NAME)
    if answer.get("error") is True or loose.text(answer, "HTTP_status_code") == "404":
        return None
    if not isinstance(answer.get("is_oa"), bool):
        raise ParseError(f"{_NAME} answered with something else than asked: try again later")
    if identity.doi(loose.text(answer, "doi")) != doi:
        return None
    free = bool(answer["is_oa"])
    place = loose.inside(answer, "best_oa_location")
    return Item(title="", doi=doi, free=free, free_url=web_address(loose.text(place, "url")) if free else "")
