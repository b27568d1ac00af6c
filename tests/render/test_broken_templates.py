"""A broken template, or too long an email, is told in one line that says where and what to do."""

import re
import shutil
from dataclasses import replace

import pytest
import sample_edition as sample
from sample_edition import edition, item, section

from bulletin import render
from bulletin.errors import RenderError
from bulletin.render import MOST_BYTES


@pytest.fixture
def templates(tmp_path):
    """A copy of the templates, to break."""
    return shutil.copytree(sample.TEMPLATES, tmp_path / "templates")


def broken(send, templates, bulletin=sample.BULLETIN) -> str:
    """What the error says; its folder shortened."""
    with pytest.raises(RenderError) as error:
        send(templates=templates, bulletin=bulletin)
    said = str(error.value).replace(str(templates), "templates").replace("\\", "/")
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("<p>\n{% if %}", "2: Expected an expression", id="syntax"),
        pytest.param("\n\n{{ titel }}", "3: 'titel' is undefined", id="no such variable"),
        pytest.param(
            "\n{{ library.fax }}",
            "2: 'bulletin.model.bulletins.Library object' has no attribute 'fax'",
            id="no such part",
        ),
        pytest.param('{% include "gone.j2" %}', "1: there is no template 'gone.j2'", id="no such include"),
        pytest.param("{{ count + title }}", "1: unsupported operand type(s)", id="wrong type"),
        pytest.param("{{ count // 0 }}", "1: integer division", id="arithmetic"),
    ],
)
@pytest.mark.parametrize("name", ["bulletin.html.j2", "bulletin.txt.j2"])
def test_the_error_names_file_and_line(send, templates, name, source, said):
    (templates / "default" / name).write_text(source, encoding="utf-8")
    assert broken(send, templates).startswith(f"templates/default/{name}:{said}")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("p {\n color red\n}", '2: Property: No ":" after name found', id="colon"),
        pytest.param("p { color: red\n margin: 0 }", "2: PropertyValue: No match", id="semicolon"),
        pytest.param("\np { color: red }}", "2: CSSStyleRule: No start { of style declaration", id="brace"),
        pytest.param("@media print {\n p > > a { color: red } }", "2: Selector: Unexpected CHAR", id="selector"),
        pytest.param("@media print {\n p { color } }", "2: Property: No", id="in a media query"),
    ],
)
@pytest.mark.parametrize("name", ["default/email.css", "shared/page.css"])
def test_a_mistake_in_a_style_sheet_is_named_too(send, templates, name, source, said):
    (templates / name).write_text(source, encoding="utf-8")
    assert broken(send, templates).startswith(f"templates/{name}:{said}")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param(
            "\np { color: {{ brand.light.lnik }} }", "2: 'bulletin.model.brands.Colours object' has", id="name"
        ),
        pytest.param("\n{% if %}", "2: Expected an expression", id="syntax"),
        pytest.param('\n\n{% include "gone.css" %}', "3: there is no template 'gone.css'", id="include"),
        pytest.param("{# one\ntwo #}\np { color red }", "3: Property: No", id="behind a note"),
        pytest.param(
            "{% if false %}\np {\n margin: 0\n}\n{% endif %}\np { color red }",
            "6: Property: No",
            id="behind a choice",
        ),
        pytest.param(
            "{% for n in range(9) %}\n.p{{ n }} { margin: 0 }\n{% endfor %}\np { color red }",
            "4: Property: No",
            id="behind a loop",
        ),
        pytest.param("{% for n in range(3) %}\n.p{{ n }} { color }\n{% endfor %}", "2: Property: No", id="in a loop"),
        pytest.param("p { color: {{ title }} }", "1: PropertyValue: ", id="what is printed is no colour"),
    ],
)
@pytest.mark.parametrize("name", ["default/email.css", "shared/page.css"])
def test_a_mistake_in_a_sheet_that_prints_variables_is_found_where_it_was_written(
    send, templates, name, source, said
):
    (templates / name).write_text(source, encoding="utf-8")
    assert broken(send, templates, replace(sample.BULLETIN, title="No (colour")).startswith(
        f"templates/{name}:{said}"
    )


def test_the_sheets_that_a_template_does_not_use_are_no_matter(send, templates):
    (templates / "brief" / "email.css").write_text("{{ nobody }}", encoding="utf-8")
    assert send(templates=templates).html == send().html


def test_a_template_that_is_changed_prints_what_it_says_now(send, templates):
    before = send(templates=templates)
    small = templates / "shared" / "small-print.html.j2"
    small.write_text(small.read_text(encoding="utf-8") + "<p>Changed</p>", encoding="utf-8")
    (templates / "default" / "shared").mkdir()
    assert "Changed" in send(templates=templates).html
    (templates / "default" / "shared" / "small-print.html.j2").write_text("<p>Own</p>", encoding="utf-8")
    assert "Own" in send(templates=templates).html
    assert before == send(templates=sample.TEMPLATES)


@pytest.mark.parametrize(
    "source",
    ["p:nth-child { color: red }", "@media print { @media screen { p { color: red } } }"],
    ids=["half a pseudo-class", "a media query inside another"],
)
def test_a_style_beyond_the_inliner_is_refused(send, templates, source):
    (templates / "default" / "email.css").write_text(source, encoding="utf-8")
    assert broken(send, templates).startswith("the template has a style that cannot be written onto elements: ")


@pytest.mark.parametrize("name", ["bulletin.txt.j2", "email.css"])
def test_a_file_that_is_not_utf8_is_named(send, templates, name):
    (templates / "default" / name).write_bytes(b"caf\xe9")
    assert broken(send, templates).startswith(f"templates/default/{name}: 'utf-8' codec can't decode")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("{# nothing but a note #}\n", "the template prints nothing", id="empty"),
        pytest.param('{% include "bulletin.html.j2" %}', "maximum recursion depth exceeded", id="includes itself"),
    ],
)
def test_a_template_that_leads_nowhere_is_named(send, templates, source, said):
    (templates / "default" / "bulletin.html.j2").write_text(source, encoding="utf-8")
    assert broken(send, templates).startswith("templates/default/bulletin.html.j2")
    assert said in broken(send, templates)


def test_a_fault_in_a_shared_piece_is_found_there(send, templates):
    (templates / "shared" / "small-print.html.j2").write_text("\n{{ nobody }}", encoding="utf-8")
    assert broken(send, templates) == "templates/shared/small-print.html.j2:2: 'nobody' is undefined"


def test_a_missing_text_template_is_named(send, templates):
    (templates / "default" / "bulletin.txt.j2").unlink()
    assert broken(send, templates).startswith("templates/default/bulletin.txt.j2: there is no template")


@pytest.mark.parametrize("name", ["defualt", "../default", "shared", ""])
def test_a_template_that_is_not_there_is_named_with_those_that_are(send, name):
    with pytest.raises(RenderError, match=re.escape("choose one of: brief, default")):
        send(template=name)


def test_a_workspace_without_templates_says_so(send, tmp_path):
    assert broken(send, tmp_path / "none").endswith("choose one of: none is there")


def test_a_template_of_ones_own_needs_only_a_folder(send, templates):
    own = shutil.copytree(templates / "default", templates / "our-trust")
    (own / "email.css").write_text("h1 { color: #abcdef }", encoding="utf-8")
    assert "color:#abcdef" in send(template="our-trust", templates=templates).html


def test_a_template_edited_on_windows_is_the_same(send, templates):
    for path in templates.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert send(templates=templates).text == send().text


def test_too_long_an_email_names_its_biggest_headings_and_the_cure(send):
    words = "A sentence of nine words that fills some room. " * 6
    sections = [
        section(topic, *[item(f"{topic} {place}", "dhsc", summary=words) for place in range(number)])
        for topic, number in {"policy": 5, "finance": 45, "digital": 35, "workforce": 20}.items()
    ]
    one = edition(*sections)
    assert len(send(one).html.encode()) > MOST_BYTES
    page = render.page(one, sample.BULLETIN, sample.AUDIENCE, sample.HOUSE)
    assert re.fullmatch(
        r"lower `most` in bulletins.yaml, or leave items out of the biggest headings: "
        r"Finance and productivity \(\d\d,\d{3} bytes\), Digital and data \(\d\d,\d{3} bytes\), "
        r"Workforce and wellbeing \(\d\d,\d{3} bytes\)",
        render.heaviest(page, sample.AUDIENCE, sample.HOUSE),
    )


def test_a_full_edition_of_fourteen_headings_and_five_items_each_arrives_whole(send):
    """What the starter's biggest bulletin can hold, with a summary of usual length under every title."""
    words = "This sentence is of about the length that summaries in journals and on websites often have. " * 4
    title = "A title of the length that reports and articles about health services usually have"
    one = edition(*[section("policy", *[item(title, "journal", summary=words) for _ in range(5)]) for _ in range(14)])
    assert len(send(one).html.encode()) <= MOST_BYTES
