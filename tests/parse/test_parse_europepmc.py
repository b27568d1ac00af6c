"""Europe PMC's JSON: what a search found, and one DOI."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from jsonwriter import known, read, spoilt

from bulletin.errors import ParseError
from bulletin.model import Citation, FeedKind, Item, Mark, Notice, Service

RESULT = {
    "id": "90000001",
    "source": "MED",
    "pmid": "90000001",
    "doi": "10.5555/WARD.1",
    "title": "Early discharge and <i>falls</i>.",
    "authorString": "Chan B, Grey A.",
    "authorList": {
        "author": [
            {"fullName": "Chan B", "firstName": "Bo", "lastName": "Chan", "initials": "B"},
            {"fullName": "Grey A", "lastName": "Grey"},
            {"collectiveName": "Ward Falls Study Group"},
        ]
    },
    "journalInfo": {
        "volume": "12",
        "issue": "3",
        "dateOfPublication": "2026 Nov-Dec",
        "printPublicationDate": "2026-11-01",
        "journal": {"title": "Journal of ward care (London, England)", "isoabbreviation": "J Ward Care"},
    },
    "pubYear": "2026",
    "pageInfo": "123-129",
    "abstractText": "<h4>Background</h4>Falls cost lives.",
    "language": "eng",
    "pubTypeList": {"pubType": ["research-article", "Journal Article", "Systematic Review"]},
    "keywordList": {"keyword": ["falls"]},
    "meshHeadingList": {"meshHeading": [{"descriptorName": "Patient Discharge"}]},
    "isOpenAccess": "Y",
    "firstPublicationDate": "2026-11-03",
    "electronicPublicationDate": "2026-11-03",
    "firstIndexDate": "2026-11-06",
    "bookOrReportDetails": {},
    "commentCorrectionList": {"commentCorrection": []},
}


def answer(*results: object) -> object:
    return {"hitCount": len(results), "resultList": {"result": list(results)}}


def one(**changes: object) -> Item:
    result = {name: value for name, value in (RESULT | changes).items() if value is not None}
    (item,) = read(FeedKind.EUROPEPMC, answer(result)).items
    return item


def related(kind: str, reference: str = "") -> dict[str, object]:
    correction = {"id": "2", "source": "MED", "type": kind, "reference": reference}
    return {"commentCorrectionList": {"commentCorrection": [correction]}}


def test_a_result_is_read_whole():
    item = one()
    assert (item.title, item.doi, item.guid) == ("Early discharge and falls", "10.5555/ward.1", "MED:90000001")
    assert item.url == "https://europepmc.org/article/MED/90000001"
    assert item.authors == ("Bo Chan", "Grey", "Ward Falls Study Group")
    assert item.citation == Citation("Journal of ward care", "12", "3", "123–129")
    assert item.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert item.summary == "<p><strong>Background</strong></p>Falls cost lives."
    assert (item.kind, item.language, item.free) == ("Systematic Review", "en", True)
    assert item.categories == ("falls", "Patient Discharge")


def test_without_a_list_of_authors_their_line_is_taken_apart():
    assert one(authorList=None).authors == ("Chan B", "Grey A")


def test_a_preprint_is_called_one():
    item = one(
        source="PPR", id="PPR1", pubTypeList=None, journalInfo=None, bookOrReportDetails={"publisher": "wardRxiv"}
    )
    assert (item.kind, item.citation.journal) == ("Preprint", "wardRxiv")


@pytest.mark.parametrize(("source", "number"), [("<b>", "1"), ("MED", ""), ("", "1")])
def test_without_a_place_in_europe_pmc_the_doi_is_the_address(source, number):
    assert one(source=source, id=number).url == "https://doi.org/10.5555/ward.1"


def test_a_number_with_other_signs_stays_inside_the_address():
    assert one(id='1" x/../').url == "https://europepmc.org/article/MED/1%22%20x%2F..%2F"


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("Retraction of", Mark.RETRACTED),
        ("Erratum for", Mark.CORRECTED),
        ("Expression of concern for", Mark.CONCERN),
    ],
)
def test_a_notice_names_the_paper_that_it_concerns(kind, mark):
    assert one(**related(kind, "J Ward Care. 2020. doi: 10.5555/ward.9")).notice == Notice(mark, "10.5555/ward.9")


@pytest.mark.parametrize(("kind", "marks"), [("Retraction in", (Mark.RETRACTED,)), ("Comment in", ())])
def test_a_paper_that_a_notice_concerns_is_marked(kind, marks):
    item = one(**related(kind))
    assert (item.notice, item.marks) == (None, marks)


def test_following_documents_are_read_too():
    parsed = read(FeedKind.EUROPEPMC, answer(RESULT), answer(RESULT | {"doi": "10.5555/ward.2", "id": "2"}))
    assert [item.doi for item in parsed.items] == ["10.5555/ward.1", "10.5555/ward.2"]


def test_nothing_found_is_no_error():
    assert read(FeedKind.EUROPEPMC, {"hitCount": 0, "resultList": {"result": []}}).items == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"errCode": 404, "errMsg": "Query\nnot understood"}, "Query not understood"),
        ({"version": "6.9"}, "nothing that was asked for"),
        ({"resultList": []}, "nothing that was asked for"),
    ],
)
def test_a_refusal_is_an_error_in_the_services_own_words(body, words):
    with pytest.raises(ParseError, match=rf"^Europe PMC could not search, and says: {words}$"):
        read(FeedKind.EUROPEPMC, body)


@settings(deadline=None)
@given(spoilt(RESULT))
def test_a_value_of_the_wrong_type_is_passed_over(result):
    for item in read(FeedKind.EUROPEPMC, answer(result, 7, None)).items:
        assert item.title


def test_a_lone_text_stands_for_a_list_of_one():
    assert one(pubTypeList={"pubType": "Review"}).kind == "Review"


# One DOI.


def test_the_hit_with_the_very_doi_is_taken():
    found = known(Service.EUROPEPMC, answer(RESULT | {"doi": "10.5555/ward.10"}, RESULT))
    assert found is not None
    assert (found.title, found.keys) == ("Early discharge and falls", ())


@pytest.mark.parametrize("results", [[], [RESULT | {"doi": "10.5555/ward.10"}], [RESULT | {"doi": None}]])
def test_other_hits_are_nothing_found(results):
    assert known(Service.EUROPEPMC, answer(*results)) is None


def test_a_retracted_publication_is_marked():
    found = known(Service.EUROPEPMC, answer(RESULT | {"pubTypeList": {"pubType": ["Retracted Publication"]}}))
    assert found is not None
    assert found.marks == (Mark.RETRACTED,)


def test_no_answer_is_not_the_same_as_nothing_found():
    with pytest.raises(ParseError):
        known(Service.EUROPEPMC, {"errMsg": "busy"})
