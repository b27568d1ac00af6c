"""Crossref's JSON: the works of a journal, and one work."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from jsonwriter import known, read, spoilt

from bulletin import parse
from bulletin.errors import ParseError
from bulletin.model import Citation, FeedKind, Item, Mark, Notice, Service

WORK = {
    "DOI": "10.5555/Ward.1",
    "URL": "https://doi.org/10.5555/ward.1",
    "type": "journal-article",
    "title": ["Early discharge &amp; <i>falls</i>"],
    "subtitle": ["A trial"],
    "author": [
        {"given": "Bo", "family": "Chan", "sequence": "first"},
        {"family": "Grey", "given": "Ann", "suffix": "Jr"},
        {"name": "Ward Falls Study Group"},
    ],
    "container-title": ["Journal of Ward Care"],
    "volume": "12",
    "issue": "3",
    "page": "123-9",
    "published-online": {"date-parts": [[2026, 11, 3]]},
    "published-print": {"date-parts": [[2027, 1]]},
    "issued": {"date-parts": [[2026]]},
    "created": {"date-time": "2026-11-05T10:00:00Z"},
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>Of "
    "10<jats:sup>3</jats:sup> <jats:italic>people</jats:italic>.</jats:p></jats:sec>",
    "language": "en",
    "subject": ["Geriatrics"],
    "license": [
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor", "delay-in-days": 0}
    ],
    "relation": {},
    "update-to": [],
    "updated-by": [],
    "institution": [],
}


def works(*items: object) -> object:
    return {
        "status": "ok",
        "message-type": "work-list",
        "message": {"total-results": len(items), "items": list(items)},
    }


def journal(*items: object) -> parse.Parsed:
    return read(FeedKind.CROSSREF, works(*items))


def one(**changes: object) -> Item:
    """The item of the work above with some other values; those that are None are left out."""
    changed = {name.replace("_", "-"): value for name, value in changes.items()}
    work = {name: value for name, value in (WORK | changed).items() if value is not None}
    (item,) = journal(work).items
    return item


def test_a_work_is_read_whole():
    item = one()
    assert item.title == "Early discharge & falls: A trial"
    assert (item.doi, item.url) == ("10.5555/ward.1", "https://doi.org/10.5555/ward.1")
    assert item.authors == ("Bo Chan", "Ann Grey Jr", "Ward Falls Study Group")
    assert item.citation == Citation("Journal of Ward Care", "12", "3", "123–129")
    assert item.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert item.summary == "<p><strong>Background</strong></p><p>Of 10<sup>3</sup> <i>people</i>.</p>"
    assert (item.language, item.categories, item.free, item.kind) == ("en", ("Geriatrics",), True, "")


def test_an_abstract_may_leave_out_the_prefix_of_its_elements():
    item = one(
        abstract="<sec><title>Aim</title><p>To <bold>see</bold>.</p></sec><list><list-item>x</list-item></list>"
    )
    assert item.summary == "<p><strong>Aim</strong></p><p>To <b>see</b>.</p><ul><li>x</li></ul>"


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"published_online": None, "published": {"date-parts": [[2026, 10]]}}, (2026, 10, 1)),
        ({"published_online": None, "published_print": None}, (2026, 11, 5)),
        ({"published_online": {"date-parts": [[2026, None]]}, "published_print": None}, (2026, 11, 5)),
        ({"published_online": {"date-parts": [["2026", 3]]}, "published_print": None, "created": None}, (2026, 1, 1)),
    ],
)
def test_the_day_it_came_out_is_the_best_that_is_known(changes, day):
    item = one(**changes)
    assert item.published is not None
    assert item.published.date() == datetime(*day, tzinfo=UTC).date()


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "posted-content", "subtype": "preprint"},
        {"relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/ward.2"}]}},
    ],
)
def test_a_preprint_is_called_one(changes):
    assert one(**changes).kind == "Preprint"


def test_a_preprints_server_stands_in_for_a_journal():
    item = one(type="posted-content", container_title=None, institution=[{"name": "wardRxiv"}])
    assert item.citation.journal == "wardRxiv"


@pytest.mark.parametrize(("kind", "word"), [("book-chapter", "Book chapter"), ("report", "Report"), ("", "")])
def test_other_types_keep_crossrefs_word(kind, word):
    assert one(type=kind).kind == word


@pytest.mark.parametrize(
    "licence",
    [
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "am", "delay-in-days": 365},
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor", "delay-in-days": 180},
        {"URL": "https://www.example.org/terms", "content-version": "vor"},
    ],
)
def test_a_licence_of_later_or_of_a_manuscript_makes_nothing_free(licence):
    assert not one(license=[licence]).free


@pytest.mark.parametrize(
    ("word", "mark"),
    [("retraction", Mark.RETRACTED), ("expression_of_concern", Mark.CONCERN), ("erratum", Mark.CORRECTED)],
)
def test_an_update_of_another_work_is_a_notice(word, mark):
    item = one(update_to=[{"DOI": "10.5555/ward.0", "type": word, "source": "publisher"}])
    assert (item.notice, item.marks) == (Notice(mark, "10.5555/ward.0"), ())


def test_an_update_of_the_work_itself_marks_it():
    item = one(update_to=[{"DOI": "10.5555/WARD.1", "type": "retraction"}])
    assert (item.notice, item.marks) == (None, (Mark.RETRACTED,))


def test_a_work_that_was_updated_by_another_is_marked():
    item = one(updated_by=[{"DOI": "10.5555/n", "type": "correction"}, {"DOI": "10.5555/m", "type": "retraction"}])
    assert (item.notice, item.marks) == (None, (Mark.RETRACTED, Mark.CORRECTED))


def test_a_new_version_is_no_notice():
    assert one(update_to=[{"DOI": "10.5555/ward.0", "type": "new_version"}]).notice is None


def test_a_subtitle_that_the_title_has_already_is_not_said_twice():
    assert one(title=["Falls: a trial"], subtitle=["A Trial"]).title == "Falls: a trial"


def test_following_documents_are_read_too():
    parsed = read(FeedKind.CROSSREF, works(WORK), works(WORK | {"DOI": "10.5555/ward.2"}))
    assert [item.doi for item in parsed.items] == ["10.5555/ward.1", "10.5555/ward.2"]


def test_without_a_doi_its_address_stands():
    assert one(DOI="none", URL="https://www.example.org/w").url == "https://www.example.org/w"


@pytest.mark.parametrize("body", [{}, [], {"message": []}, {"message": {"items": {}}}, {"message": None}])
def test_what_is_no_list_of_works_is_an_error(body):
    with pytest.raises(ParseError, match=r"^Crossref answered with something else than asked: try again later$"):
        read(FeedKind.CROSSREF, body)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff", b"[" * 100_000, b'{"a": ' + b"9" * 9_999 + b"}"])
def test_what_is_no_json_is_an_error(body):
    with pytest.raises(ParseError, match=r"^Crossref answered with what cannot be read: try again later$"):
        read(FeedKind.CROSSREF, body)


def test_more_parts_than_any_answer_has_are_not_read():
    with pytest.raises(ParseError, match="more than can be read"):
        read(FeedKind.CROSSREF, b'{"a": [' + b"[]," * 500_000 + b"[]]}")


@settings(deadline=None)
@given(spoilt(WORK))
def test_a_value_of_the_wrong_type_is_passed_over(work):
    for item in journal(work, 7, None, []).items:
        assert item.title


@settings(deadline=None)
@given(spoilt({"message": {"items": [WORK]}}))
def test_an_answer_of_the_wrong_shape_is_at_worst_an_error(body):
    try:
        items = read(FeedKind.CROSSREF, body).items
    except ParseError:
        return
    assert all(item.title for item in items)


# One work, asked by its DOI.


def test_a_work_tells_what_crossref_knows():
    found = known(Service.CROSSREF, {"status": "ok", "message": WORK})
    assert found is not None
    assert found.title == "Early discharge & falls: A trial"
    assert (found.doi, found.url, found.keys, found.guid) == (
        "10.5555/ward.1",
        "https://doi.org/10.5555/ward.1",
        (),
        "",
    )


def test_what_crossref_does_not_know_is_empty():
    found = known(Service.CROSSREF, {"message": {"DOI": "10.5555/ward.1"}})
    assert found == Item(title="", url="https://doi.org/10.5555/ward.1", doi="10.5555/ward.1")


def test_a_notice_that_crossref_knows_of_marks_the_work():
    updated = WORK | {"updated-by": [{"DOI": "10.5555/n", "type": "retraction", "source": "retraction-watch"}]}
    found = known(Service.CROSSREF, {"message": updated})
    assert found is not None
    assert found.marks == (Mark.RETRACTED,)


@pytest.mark.parametrize(
    "body", [b"Resource not found.", {"message": WORK | {"DOI": "10.5555/other"}}, {"message": {}}]
)
def test_nothing_found_is_none(body):
    assert known(Service.CROSSREF, body) is None


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"", {"status": "failed", "message": [{"type": "x"}]}, {}])
def test_no_answer_is_not_the_same_as_nothing_found(body):
    with pytest.raises(ParseError):
        known(Service.CROSSREF, body)
