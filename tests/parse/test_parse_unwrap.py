"""Links behind trackers and guards."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.parse.links import web_address
from bulletin.parse.unwrap import unwrapped

TARGET = "https://www.example.org/a"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fa&data=05&reserved=0",
            id="Microsoft",
        ),
        pytest.param("https://www.google.com/url?q=https://www.example.org/a&sa=D", id="Google"),
        pytest.param("https://scholar.google.co.uk/scholar_url?url=https://www.example.org/a&hl=en", id="Scholar"),
        pytest.param("https://urldefense.com/v3/__https://www.example.org/a__;!!AbC$", id="Proofpoint 3"),
        pytest.param("https://urldefense.com/v3/__https:/www.example.org/a__;!!AbC$", id="Proofpoint 3, one slash"),
        pytest.param(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_a&d=Dw", id="Proofpoint 2"
        ),
        pytest.param("https://links-2.govdelivery.com/CL0/https:%2F%2Fwww.example.org%2Fa/1/01/x=", id="GovDelivery"),
        pytest.param("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.org%2Fa&h=A", id="Facebook"),
        pytest.param(
            "https://www.google.com/url?q=https%3A%2F%2Feur01.safelinks.protection.outlook.com%2F%3Furl%3D"
            "https%253A%252F%252Fwww.example.org%252Fa",
            id="one around the other",
        ),
    ],
)
def test_the_target_is_taken_out_of_the_address(address):
    assert unwrapped(address) == TARGET


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://login.example.org/?url=https://www.example.org/a", id="a host that is no wrapper"),
        pytest.param("https://www.google.com/url?q=javascript:alert(1)", id="no web address"),
        pytest.param("https://www.google.com/url?q=https://u:p@www.example.org/a", id="a user name in the target"),
        pytest.param("https://www.google.com/search?q=early+discharge", id="no target"),
        pytest.param("https://urldefense.com/v3/__https://www.example.org/a*b__;Kw!!AbC$", id="letters left out"),
        pytest.param(
            "https://evil.example/safelinks.protection.outlook.com/?url=https://a.example/", id="in the path"
        ),
        pytest.param("https://protect-eu.mimecast.com/s/AbCdEf", id="kept by the guard"),
    ],
)
def test_any_other_address_stays_as_it_is(address):
    assert unwrapped(address) == address


def test_no_more_layers_are_taken_off_than_there_ever_are():
    address = TARGET
    for _ in range(5):
        address = "https://www.google.com/url?q=" + quote(address, safe="")
    assert unwrapped(address) == "https://www.google.com/url?q=" + quote(TARGET, safe="")


@given(st.text(max_size=60))
def test_the_target_is_always_a_clean_web_address(target):
    found = unwrapped(web_address("https://www.google.com/url?q=" + target.replace("&", "")))
    assert found == web_address(found) or found == ""
