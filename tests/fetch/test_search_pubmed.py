"""A PubMed search is asked by E-utilities: first what there is, then the articles, page by page."""

from datetime import UTC, datetime

import pytest
from search_kit import CONTACT, asked, find, gives_in_turn

from bulletin.errors import FetchError
from bulletin.model import FeedKind, Trouble

SET = b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>%d</PubmedArticleSet>'


def found(count: object = "1", **more: object) -> dict[str, object]:
    result = {
        "count": count,
        "retmax": "0",
        "retstart": "0",
        "querykey": "1",
        "webenv": "MCID_a+b/c=&d",
        "idlist": [],
    }
    return {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result | more}


@pytest.fixture
def pubmed(publisher):
    """Search a PubMed that answers the question so, and gives these pages of articles."""

    def pubmed(answer: object, *pages: bytes, what: str = "bed occupancy", since: datetime | None = None):
        gives_in_turn(publisher, "/base/esearch.fcgi", answer)
        gives_in_turn(publisher, "/base/efetch.fcgi", *pages)
        return find(publisher, FeedKind.PUBMED, what, since).documents

    return pubmed


def test_what_was_found_is_fetched_from_the_history_of_the_search(pubmed, publisher):
    assert pubmed(found(), SET % 1) == (SET % 1,)
    (search, question), (fetch, page) = asked(publisher)
    assert search == "/base/esearch.fcgi"
    assert question == {
        "db": "pubmed",
        "tool": "bulletin",
        "email": CONTACT,
        "term": "bed occupancy",
        "datetype": "edat",
        "mindate": "2030/01/30",
        "maxdate": "2030/03/31",
        "sort": "pub_date",
        "usehistory": "y",
        "retmode": "json",
        "retmax": "0",
    }
    assert fetch == "/base/efetch.fcgi"
    assert page == {
        "db": "pubmed",
        "tool": "bulletin",
        "email": CONTACT,
        "WebEnv": "MCID_a+b/c=&d",
        "query_key": "1",
        "rettype": "abstract",
        "retmode": "xml",
        "retstart": "0",
        "retmax": "100",
    }


def test_a_later_visit_asks_from_three_days_before_the_last_one(pubmed, publisher):
    pubmed(found(), SET % 1, since=datetime(2030, 3, 2, 8, 0, tzinfo=UTC))
    assert asked(publisher)[0][1]["mindate"] == "2030/02/27"


def test_the_search_arrives_as_it_was_written(pubmed, publisher):
    written = '("net zero"[tiab] OR café) AND NHS & trusts #1 100% + \N{GREEK SMALL LETTER BETA}\nNOT a=b'
    pubmed(found(), SET % 1, what=written)
    assert asked(publisher)[0][1]["term"] == written


def test_a_hundred_articles_come_on_a_page(pubmed, publisher):
    assert pubmed(found("201"), SET % 1, SET % 2, SET % 3) == (SET % 1, SET % 2, SET % 3)
    assert [page["retstart"] for _, page in asked(publisher)[1:]] == ["0", "100", "200"]


def test_five_hundred_articles_are_the_most(pubmed, publisher):
    assert len(pubmed(found("90210"), *[SET % n for n in range(9)])) == 5
    assert len(asked(publisher)) == 6


def test_nothing_found_is_an_empty_set_without_a_second_question(pubmed, publisher):
    assert pubmed(found("0")) == (b"<PubmedArticleSet></PubmedArticleSet>",)
    assert len(asked(publisher)) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(found("0", ERROR="Empty term and\nquery_key"), "Empty term and query_key", id="an error"),
        pytest.param(found("0", errorlist={"phrasesnotfound": ["occupanzy"]}), "'occupanzy'", id="an unknown word"),
        pytest.param(found("7", errorlist={"fieldsnotfound": ["tixb"]}), "'tixb'", id="an unknown field"),
    ],
)
def test_a_search_that_pubmed_does_not_understand_says_where_to_try_it(pubmed, answer, words):
    with pytest.raises(FetchError, match=r"try the search on https://pubmed.ncbi.nlm.nih.gov") as caught:
        pubmed(answer)
    assert words in str(caught.value)
    assert caught.value.trouble is Trouble.SERVER


def test_an_unknown_word_is_no_error_while_the_other_words_find_something(pubmed):
    answer = found("1", errorlist={"phrasesnotfound": ["occupanzy"], "fieldsnotfound": []})
    assert pubmed(answer, SET % 1) == (SET % 1,)


def test_what_pubmed_says_of_an_error_cannot_flood_or_paint_the_message(pubmed):
    with pytest.raises(FetchError) as caught:
        pubmed(found("0", ERROR="\x1b[31m" + "very long " * 1000))
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<html><title>Down for maintenance</title></html>", id="a web page"),
        pytest.param(b'{"esearchresult": {"count": "1", "web', id="cut short"),
        pytest.param([], id="a list"),
        pytest.param({"error": "API rate limit exceeded"}, id="something else"),
        pytest.param(found("many"), id="a count in words"),
        pytest.param(found("9" * 13), id="a count beyond all bounds"),
        pytest.param(found("-1"), id="a negative count"),
        pytest.param(found(None), id="no count"),
        pytest.param(found(webenv=[1]), id="a history that is no text"),
        pytest.param(found(errorlist="none"), id="errors that are no object"),
        pytest.param(found("0", errorlist={"phrasesnotfound": "none"}), id="words that are no list"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b'{"a": [' + b"{}," * 500_001 + b"{}]}", id="too many parts"),
        pytest.param(b'{"esearchresult": {"count": ' + b"9" * 5000 + b"}}", id="a number to count for ever"),
        pytest.param(b"\xff\xfe\xfd", id="no text"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_is_said_to_be_so(pubmed, answer):
    with pytest.raises(FetchError, match="PubMed answered, but not with what was asked for") as caught:
        pubmed(answer)
    assert caught.value.trouble is Trouble.UNREADABLE


def test_a_page_without_articles_fails_the_visit_instead_of_losing_them(pubmed):
    with pytest.raises(FetchError, match="PubMed answered, but not with what was asked for"):
        pubmed(found("101"), SET % 1, b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")


def test_what_is_beyond_the_newest_five_hundred_is_counted(publisher):
    found = {"count": "734", "idlist": [], "webenv": "W", "querykey": "1"}
    gives_in_turn(publisher, "/base/esearch.fcgi", {"esearchresult": found})
    gives_in_turn(publisher, "/base/efetch.fcgi", *[b"<PubmedArticleSet></PubmedArticleSet>"] * 5)
    came = find(publisher, FeedKind.PUBMED, "sepsis")
    assert (len(came.documents), came.missed) == (5, 234)
