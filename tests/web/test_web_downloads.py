"""Downloads: editions and lists as files, for who may look; readers take an approved edition with them."""

import re
from io import BytesIO

import docx
import editing
import newsroom
import pytest
import rispy
from visiting import Browser, at_desk

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.export import SHAPES
from bulletin.web.pages import downloads


@pytest.fixture
def settings(tmp_path):
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    text = newsroom.BULLETINS.replace("    most: 2\n", "    most: 9\n    archive: public\n")
    (folder / "bulletins.yaml").write_text(text, encoding="utf-8")
    return newsroom.settings(folder)


@pytest.fixture
def items(desk):
    return [editing.shelve(desk, title, greener=0.9) for title in ("Gowns that last", "Falls on wards")]


@pytest.fixture
def edition(desk, items):
    return jobs.compose(desk, desk.bulletin("update")).id


@pytest.fixture
def viewer(app, desk):
    return at_desk(app, desk, "viewer")


def name_of(answer):
    return re.fullmatch(r'attachment; filename="([\x20-\x7e]+)"', answer.headers["Content-Disposition"])[1]


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "pdf"])
def test_who_may_look_gets_an_edition_as_a_file(viewer, edition, shape):
    answer = viewer.get(f"/editions/{edition}/download/{shape}")
    assert answer.status_code == 200
    assert answer.content_type == SHAPES[shape].content_type
    assert name_of(answer) == f"{edition}{SHAPES[shape].suffix}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data


def test_the_files_are_offered_where_an_edition_is_worked_on(viewer, edition):
    for page in ("", "/approval", "/history"):
        text = viewer.get(f"/editions/{edition}{page}").text
        for shape in ("docx", "pdf", "ris", "csv", "talking-points"):
            assert f'href="/editions/{edition}/download/{shape}"' in text


def test_a_shape_or_an_edition_that_there_is_not_is_not_found(viewer, edition):
    assert viewer.get(f"/editions/{edition}/download/exe").status_code == 404
    assert viewer.get("/editions/update-1999-01-01/download/ris").status_code == 404


def test_what_is_missing_on_the_machine_is_told_in_words(viewer, edition, monkeypatch):
    def refuse(*told):
        raise InputError("a PDF needs Pango, which is not on this machine")

    monkeypatch.setattr(jobs, "export", refuse)
    answer = viewer.get(f"/editions/{edition}/download/pdf")
    assert answer.status_code == 400
    assert "A PDF needs Pango" in answer.text


def test_readers_take_an_approved_edition_with_them(app, desk, edition):
    reader = Browser(app)
    assert reader.get(f"/read/update/{edition}?as=ris").status_code == 404
    jobs.approve(desk, edition, "ann@example.nhs.uk")
    assert f"/read/update/{edition}?as=docx" in reader.get(f"/read/update/{edition}").text
    told = reader.get(f"/read/update/{edition}?as=ris")
    assert {one["title"] for one in rispy.loads(told.text)} == {"Gowns that last", "Falls on wards"}
    assert name_of(told) == f"{edition}.ris"
    document = docx.Document(BytesIO(reader.get(f"/read/update/{edition}?as=docx").data))
    assert "Draft notice" not in {one.style.name for one in document.paragraphs}
    assert reader.get(f"/read/update/{edition}?as=pdf").content_type.startswith("text/html")
    assert "Set-Cookie" not in told.headers


def test_ticked_items_become_a_list_under_a_title(viewer, items):
    asked = {"title": "Schwartz Round: reading", "intro": "For Thursday.", "as": "ris", "item": items}
    answer = viewer.get("/resources", query_string=asked)
    assert name_of(answer) == "schwartz-round-reading.ris"
    assert [one["title"] for one in rispy.loads(answer.text)] == ["Gowns that last", "Falls on wards"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Give the list a title"),
        ({"item": []}, "Choose 1 to 500 items"),
        ({"item": ["nobody"]}, "No item &#39;nobody&#39;"),
        ({"as": "exe"}, "A list of items can be had as docx"),
    ],
)
def test_where_something_is_missing_all_that_was_typed_is_kept(viewer, items, change, words):
    asked = {"title": "Reading & more", "intro": "For Thursday.", "as": "csv", "item": items}
    answer = viewer.get("/resources", query_string=asked | change)
    assert answer.status_code == 422
    assert words in answer.text
    assert "For Thursday." in answer.text
    kept = re.findall(r'name="item" value="(\w+)" checked', answer.text)
    assert set(kept) == (set(items) if "item" not in change else set())


def test_items_can_be_ticked_where_they_are_found_and_kept_while_searching_on(viewer, items):
    gowns, falls = items
    text = viewer.get("/search?q=gowns").text
    assert f'form="make-list" name="item" value="{gowns}"' in text
    assert 'id="make-list"' in text
    text = viewer.get(f"/search?q=falls&item={gowns}&title=Reading").text
    assert f'name="item" value="{gowns}" checked' in text
    assert f'type="hidden" name="item" value="{gowns}"' in text
    assert f'form="make-list" name="item" value="{falls}"' in text
    assert 'value="Reading"' in text


def test_items_that_wait_can_be_ticked(viewer, desk):
    lonely = editing.shelve(desk, "Nobody knows where")
    assert f'form="make-list" name="item" value="{lonely}"' in viewer.get("/items").text


def test_the_page_of_a_list_can_be_opened_by_itself(viewer):
    answer = viewer.get("/resources")
    assert answer.status_code == 200
    assert "There is a problem" not in answer.text


def test_lists_are_had_as_shapes_that_there_are():
    assert {name for name, _ in downloads.shapes()} <= set(SHAPES)
