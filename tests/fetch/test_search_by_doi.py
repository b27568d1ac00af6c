"""One service is asked about one DOI, whatever stands in the DOI."""

from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.fetch.searches import by_doi
from bulletin.model import Service

BASE = "https://service.example/v1"
HOSTILE = '10.5555/a?b=c&d#e/../%2e" OR x:\\y é\n'


@pytest.mark.parametrize(
    ("service", "url"),
    [
        (Service.CROSSREF, f"{BASE}/works/10.5555%2F1?mailto=library%40example.nhs.uk"),
        (Service.UNPAYWALL, f"{BASE}/10.5555%2F1?email=library%40example.nhs.uk"),
        (Service.EUROPEPMC, f"{BASE}/search?query=DOI%3A%2210.5555%2F1%22&resultType=core&format=json"),
    ],
    ids=str,
)
def test_the_address_is_the_one_that_the_service_documents(service, url):
    assert by_doi(service, BASE, "10.5555/1", "library@example.nhs.uk") == url


@given(doi=st.text().map("10.5555/{}".format) | st.just(HOSTILE))
@pytest.mark.parametrize("service", [Service.CROSSREF, Service.UNPAYWALL], ids=str)
def test_no_doi_leaves_its_place_in_the_path(service, doi):
    url = httpx.URL(by_doi(service, BASE, doi, "a@b.example"))
    assert url.host == "service.example"
    assert url.raw_path.count(b"/") == (3 if service is Service.CROSSREF else 2)
    assert len(parse_qs(url.query.decode("ascii"))) == 1
    assert url.fragment == ""


def test_no_doi_leaves_its_quotation_marks():
    url = httpx.URL(by_doi(Service.EUROPEPMC, BASE, HOSTILE, "a@b.example"))
    assert url.params["query"] == 'DOI:"10.5555/a?b=c&d#e/../%2e\\" OR x:\\\\y é\n"'
