"""Several editions in one email: each item once, in its first place, and nothing that was not in one of them."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from itertools import pairwise

import pytest
import sample_edition as sample
from email_reader import Document
from hypothesis import given
from hypothesis import strategies as st

from bulletin import render
from bulletin.lint import lint
from bulletin.model import Block, BlockKind, PrintedCorrection, Severity

DAY = date(2026, 12, 7)
WHY = "You asked for one email a week. You are on these lists of the library: Senior managers."
AUDIENCE = replace(sample.AUDIENCE, delivery="individual")
RICH = sample.numbered(sample.RICH)
FIRST = render.page(RICH, sample.BULLETIN, AUDIENCE, sample.HOUSE)


def other(title="Estates Update", page=FIRST, **changes):
    """Another bulletin, which has the first two headings of the first one's page."""
    return replace(page, title=title, number=7, headings=page.headings[:2], **changes)


def alone(page, start=100):
    """The page with items that no other page has."""
    headings, number = [], start
    for heading in page.headings:
        items = []
        for one in heading.items:
            number += 1
            own = {"id": f"{number:x}", "doi": "", "url": f"https://example.org/{number}"}
            items.append(replace(one, title=f"{one.title}, part {number}", **own))
        headings.append(replace(heading, items=tuple(items)))
    return replace(page, headings=tuple(headings))


def items(page):
    return [item for heading in page.headings for item in heading.items]


def all_items(merged):
    return [item for part in merged.parts for item in items(part)]


def one_item(**changes):
    """A page of one item."""
    heading = FIRST.headings[0]
    only = replace(heading.items[0], see_also=(), **changes)
    return replace(FIRST, headings=(replace(heading, items=(only,)),), count=1)


def test_the_parts_stand_in_their_order_with_their_own_words():
    pages = (FIRST, alone(other(intro="For estates managers.")))
    merged = render.merged(pages, DAY, WHY)
    assert [part.title for part in merged.parts] == ["Health Management Update", "Estates Update"]
    assert merged.parts[1].intro == "For estates managers."
    assert (merged.count, merged.size) == (len(items(FIRST)) + 5, f"{len(items(FIRST)) + 5} items in 2 bulletins")
    assert (merged.title, merged.day, merged.why) == ("Your bulletins", "Monday 7 December 2026", WHY)


def test_an_item_of_two_bulletins_stands_in_the_first_alone_and_says_so():
    merged = render.merged((FIRST, other()), DAY, WHY)
    assert [item.id for item in all_items(merged)] == [item.id for item in items(FIRST)]
    assert {item.also_in for item in items(merged.parts[0])} == {(), ("Estates Update",)}
    assert merged.parts[1].headings == ()


@pytest.mark.parametrize(
    ("one", "two", "is_same"),
    [
        ({"id": "a"}, {"id": "a", "url": "https://example.org/2"}, True),
        ({"id": "a", "doi": "10.1000/X"}, {"id": "b", "doi": "10.1000/x", "url": "https://example.org/2"}, True),
        (
            {"id": "a", "url": "https://www.example.org/1/"},
            {"id": "b", "url": "http://example.org/1?utm_source=x"},
            True,
        ),
        (
            {"id": "a", "url": "https://l.example/to/1", "leads_to": "https://example.org/1"},
            {"id": "b", "url": "https://l.example/to/2", "leads_to": "https://example.org/1"},
            True,
        ),
        ({"id": "a", "url": "https://example.org/1"}, {"id": "b", "url": "https://example.org/2"}, True),  # by title
        ({"id": "a", "title": "Editorial", "url": ""}, {"id": "b", "title": "Editorial", "url": ""}, False),
        ({"id": "a", "doi": "10.1000/1"}, {"id": "b", "doi": "10.1000/2"}, False),
    ],
)
def test_items_are_the_same_by_id_doi_address_or_title(one, two, is_same):
    merged = render.merged((one_item(**one), replace(one_item(**two), title="Estates Update")), DAY, WHY)
    assert len(all_items(merged)) == 2 - is_same


def test_two_items_of_one_edition_stay_two():
    page = one_item(id="a")
    (heading,) = page.headings
    twin = replace(heading.items[0], id="b")
    page = replace(page, headings=(replace(heading, items=(*heading.items, twin)),), count=2)
    assert len(all_items(render.merged((page, alone(other())), DAY, WHY))) == 2 + 5


def test_what_the_editor_of_the_other_bulletin_said_of_an_item_is_kept():
    pages = one_item(id="a"), replace(one_item(id="a", note="Check your boilers.", pick=True), title="Estates Update")
    (item,) = all_items(render.merged(pages, DAY, WHY))
    assert (item.note, item.pick, item.also_in) == ("Check your boilers.", True, ("Estates Update",))


def test_an_item_of_two_editions_of_one_bulletin_does_not_name_its_own_bulletin():
    merged = render.merged((FIRST, replace(FIRST, number=5)), DAY, WHY)
    assert {item.also_in for item in all_items(merged)} == {()}
    assert (merged.title, merged.subject) == (FIRST.title, "Health Management Update, 2 editions: 7 December 2026")


def test_an_item_points_to_no_heading_that_is_gone():
    merged = render.merged((alone(other()), FIRST), DAY, WHY)
    for part in merged.parts:
        names = {heading.name for heading in part.headings}
        assert all(set(item.see_also) <= names for item in items(part))


def test_a_correction_stands_once():
    told = (PrintedCorrection("[Retracted] Gowns", "https://example.org/gowns", "1 November 2026"),)
    pages = replace(FIRST, corrections=told), alone(other(corrections=told))
    assert [part.corrections for part in render.merged(pages, DAY, WHY).parts] == [told, ()]


@given(st.lists(st.sampled_from([FIRST, other(), alone(other("B")), alone(FIRST, 500)]), min_size=2, max_size=4))
def test_every_item_of_every_edition_stands_there_once(pages):
    merged = render.merged([replace(page, title=f"Bulletin {n}") for n, page in enumerate(pages)], DAY, WHY)
    found = [item.id for item in all_items(merged)]
    assert len(found) == len(set(found)) == merged.count
    assert set(found) == {item.id for page in pages for item in items(page)}


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (("Health Update", "Estates Update"), "Health Update and Estates Update: 7 December 2026"),
        (
            ("Health Management and Leadership Update", "Estates Update"),
            "7 December 2026: 2 bulletins from Example Health Library and Knowledge Service",
        ),
    ],
)
def test_the_subject_names_the_bulletins_if_they_are_short_and_the_day(titles, subject):
    pages = [alone(other(title), number * 100) for number, title in enumerate(titles)]
    assert render.merged(pages, DAY, WHY).subject == subject


def email(template="default", pages=None):
    audience = replace(AUDIENCE, template=template)
    page = render.merged(pages or (FIRST, other(), alone(other("Digital Digest"))), DAY, WHY)
    return render.email_of(page, RICH, audience, sample.HOUSE)


@pytest.fixture(params=["default", "brief", "plain"], scope="module")
def together(request):
    return email(request.param)


def test_the_linter_finds_no_fault(together):
    assert [one for one in lint(together.mime) if one.severity is Severity.ERROR] == []


def test_every_heading_and_title_stands_in_the_html_and_in_the_text(together):
    document = Document(together.html)
    shown = [" ".join(one.itertext()).strip() for one in document.all("h1, h2, h3, h4")]
    text = " ".join(together.text.split())
    for words in (item.title for item in items(FIRST)):
        assert words in shown
        assert words in text
    assert {"Health Management Update", "Estates Update", "Digital Digest"} <= set(shown)


def test_headings_are_nested_without_a_gap(together):
    levels = [int(one.tag[1]) for one in Document(together.html).all("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_item_says_in_which_other_bulletins_it_stands(together):
    assert "Also in: Estates Update" in together.html
    assert "Also in: Estates Update" in together.text
    assert "Its items stand above, under other bulletins." in together.text


def test_the_list_is_that_of_all_together(together):
    assert message_from_bytes(together.mime)["List-Id"] == "<together.example.nhs.uk>"


def test_what_editors_wrote_stands_in_its_part():
    block = Block(1, BlockKind.NEWS, "New reading room", "Open from Monday.")
    page = render.page(replace(RICH, blocks=(block,)), sample.BULLETIN, AUDIENCE, sample.HOUSE)
    found = email(pages=(alone(other()), page))
    assert found.html.index("Estates Update") < found.html.index("New reading room")
    assert "New reading room" in found.text


def test_what_editors_wrote_alike_in_two_bulletins_stands_once():
    blocks = tuple(Block(number, BlockKind.NEWS, "New reading room", "Open from Monday.") for number in (1, 4))
    pages = [render.page(replace(RICH, blocks=(block,)), sample.BULLETIN, AUDIENCE, sample.HOUSE) for block in blocks]
    assert [len(part.blocks) for part in render.merged((pages[0], alone(pages[1])), DAY, WHY).parts] == [1, 0]


def test_a_design_may_have_its_own_template_for_several(tmp_path):
    for path in sample.TEMPLATES.rglob("*"):
        if path.is_file():
            there = tmp_path / path.relative_to(sample.TEMPLATES)
            there.parent.mkdir(exist_ok=True)
            there.write_bytes(path.read_bytes())
    (tmp_path / "plain" / "together.html.j2").write_text("<p>{{ parts | length }} in one</p>", encoding="utf-8")
    page = render.merged((FIRST, other()), DAY, WHY)
    house = replace(sample.HOUSE, templates=tmp_path)
    found = [
        render.email_of(page, RICH, replace(AUDIENCE, template=name), house).html for name in ("plain", "default")
    ]
    assert ["2 in one" in html for html in found] == [True, False]
