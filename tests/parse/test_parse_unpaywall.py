"""Unpaywall's answer about one DOI."""

import pytest
from hypothesis import given
from jsonwriter import known, spoilt

from bulletin.errors import ParseError
from bulletin.model import Item, Service

ANSWER = {
    "doi": "10.5555/WARD.1",
    "is_oa": True,
    "best_oa_location": {
        "url": "https://repo.example.org/ward.pdf",
        "license": "cc-by",
        "version": "publishedVersion",
    },
    "title": "Early discharge",
    "error": None,
}


def test_a_free_copy_is_found():
    free = Item(title="", doi="10.5555/ward.1", free=True, free_url="https://repo.example.org/ward.pdf")
    assert known(Service.UNPAYWALL, ANSWER) == free


def test_what_is_not_free_was_found_too():
    answer = ANSWER | {"is_oa": False, "best_oa_location": None}
    assert known(Service.UNPAYWALL, answer) == Item(title="", doi="10.5555/ward.1")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "https://u:p@a.example/", 7, None])
def test_an_address_that_is_none_is_left_out(url):
    found = known(Service.UNPAYWALL, ANSWER | {"best_oa_location": {"url": url}})
    assert found == Item(title="", doi="10.5555/ward.1", free=True)


@pytest.mark.parametrize(
    "answer",
    [
        {"error": True, "HTTP_status_code": 404, "message": "'10.5555/ward.1' isn't in Unpaywall"},
        {"HTTP_status_code": 404, "message": "..."},
        ANSWER | {"doi": "10.5555/other"},
    ],
)
def test_nothing_found_is_none(answer):
    assert known(Service.UNPAYWALL, answer) is None


@pytest.mark.parametrize("answer", [{}, {"is_oa": "yes"}, b"<html>", [], b""])
def test_no_answer_is_not_the_same_as_nothing_found(answer):
    with pytest.raises(ParseError, match=r"^Unpaywall answered with "):
        known(Service.UNPAYWALL, answer)


@given(spoilt(ANSWER))
def test_an_answer_of_the_wrong_shape_is_at_worst_an_error(answer):
    try:
        found = known(Service.UNPAYWALL, answer)
    except ParseError:
        return
    assert found is None or found.free_url == "" or found.free_url.startswith("https://repo.example.org/")
