"""Where one service answers about one DOI."""

from urllib.parse import quote

from bulletin.fetch.searches.asking import address
from bulletin.model import Service


def by_doi(service: Service, base: str, doi: str, contact: str) -> str:
    """Give the URL that asks this service about a DOI; `base` is its address, `contact` our email address.

    Crossref: /works/{doi} (https://api.crossref.org); Europe PMC: a search for the field DOI
    (https://europepmc.org/RestfulWebService); Unpaywall: /v2/{doi}, where `email` is required
    (https://unpaywall.org/products/api). A DOI may hold anything, so nothing of it is left as it is.
    """
    encoded = quote(doi, safe="", errors="replace")
    match service:
        case Service.CROSSREF:
            return address(base, f"works/{encoded}", mailto=contact)
        case Service.UNPAYWALL:
            return address(base, encoded, email=contact)
        case Service.EUROPEPMC:
            phrase = doi.replace("\\", "\\\\").replace('"', '\\"')
            return address(base, "search", query=f'DOI:"{phrase}"', resultType="core", format="json")
