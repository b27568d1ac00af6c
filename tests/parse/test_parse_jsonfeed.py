"""JSON Feed."""

from datetime import UTC, datetime

import pytest
from feedwriter import read, read_file

from bulletin.errors import ParseError
from bulletin.model import DateSource


def test_json_feed_11_is_read():
    one, two, by_doi = read_file("json-feed-1.1.json").items
    assert one.title == "5 < 7 & <b>literal</b>"
    assert one.url == "https://host.example.org/2026/one"
    assert one.summary == "<p><strong>Head</strong></p><p>Text</p>"
    assert one.authors == ("Bo Chan",)
    assert one.categories == ("Policy",)
    assert one.language == "en-GB"
    assert one.published == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert two.title == "First paragraph. Second <paragraph>."
    assert two.summary == "<p>First paragraph.</p><p>Second &lt;paragraph&gt;.</p>"
    assert (two.guid, two.authors, two.date_source) == ("2", ("Ann Grey",), DateSource.UPDATED)
    assert two.url == "https://json.example.org/two.mp3"
    assert (by_doi.doi, by_doi.url, by_doi.summary) == ("10.5555/json.3", "https://doi.org/10.5555/json.3", "Short.")


def test_json_feed_10_has_one_author():
    one, two = read_file("json-feed-1.0.json").items
    assert (one.authors, two.authors) == (("Bo Chan",), ("Ann Grey",))
    assert two.url == ""


@pytest.mark.parametrize("content_type", ["application/xml", "text/html", "application/feed+json", ""])
def test_a_json_feed_is_known_by_its_text_not_by_its_label(content_type):
    body = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "One"}]}'
    assert [item.title for item in read(body, content_type).items] == ["One"]


@pytest.mark.parametrize("items", ["null", "{}", '"x"', "[[], 7, null]", '[{"authors": 7, "tags": {}, "title": []}]'])
def test_parts_of_the_wrong_type_are_passed_over(items):
    assert read(f'{{"version": "https://jsonfeed.org/version/1", "items": {items}}}').items == ()


@pytest.mark.parametrize(
    "body", ['{"error": "no"}', "[]", '{"version": 1}', '[{"version": "jsonfeed.org/version/"}]']
)
def test_other_json_is_no_feed(body):
    with pytest.raises(ParseError, match=r"^this address gives JSON data, not a JSON Feed$"):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"version": ', id="cut off"),
        pytest.param("[" * 200_000, id="lists in lists"),
        pytest.param("[" + "9" * 5_000 + "]", id="a number of thousands of digits"),
        pytest.param("{not json}", id="no JSON"),
    ],
)
def test_json_that_cannot_be_read_is_an_error(body):
    with pytest.raises(ParseError, match=r"^the document looks like JSON but cannot be read: tell its publisher$"):
        read(body)


def test_half_a_character_in_json_is_dropped():
    body = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1\\ud800", "title": "a\\ud800b"}]}'
    (only,) = read(body).items
    assert (only.title, only.guid) == ("ab", "1")


def test_of_absurdly_many_items_only_the_first_are_read_and_the_reader_is_told():
    items = ", ".join(['{"id": "1", "title": "One"}'] * 5_001)
    parsed = read(f'{{"version": "https://jsonfeed.org/version/1", "items": [{items}]}}')
    assert parsed.warning.startswith("the feed has 5,001 entries; the first 5,000 were read")
