"""A list's emails wear its brand: its colours in both palettes, its logo, its words, and who answers its readers."""

from dataclasses import replace

import pytest
import sample_edition as sample
import sample_everything as everything
from email_reader import Document, text
from sample_edition import edition, item, section

from bulletin import render
from bulletin.lint import lint
from bulletin.model import Brand, Colours, Contact, Logo, Severity, brands

BERRY = {"banner": "#7c2855", "link": "#6d1f4a", "accent": "#c2185b"}
TRUST = Brand(
    light=brands.light(BERRY),
    dark=brands.dark({}, BERRY),
    logo=Logo("https://library.example.nhs.uk/logo.png", "Example NHS Trust", 120, 48),
    header="Library & Knowledge Service",
    footer="Example NHS Trust, Main Road",
    contact=Contact("Jo Example", "jo@example.nhs.uk", "01632 960124", "https://example.nhs.uk/jo"),
)
TEMPLATES = ["default", "brief", "plain"]


def wearing(brand, template, one=sample.RICH):
    """The sample in a brand."""
    house = replace(sample.HOUSE, brands={"trust": brand})
    return render.email(one, sample.BULLETIN, replace(sample.AUDIENCE, template=template, brand="trust"), house)


@pytest.mark.parametrize("template", TEMPLATES)
def test_links_have_the_colour_of_the_brand_in_the_light_and_in_the_dark(template):
    document = Document(wearing(TRUST, template).html)
    links = document.all("h3 a")
    assert {document.style(link, "color") for link in links} == {TRUST.light.link}
    assert {document.style(link, "color", dark=True) for link in links} == {TRUST.dark.link}
    assert TRUST.dark.link not in (TRUST.light.link, Colours().link)


@pytest.mark.parametrize("template", ["default", "brief"])
def test_the_banner_has_its_colour_and_headings_follow(template):
    document = Document(wearing(TRUST, template).html)
    (banner,) = document.all(".banner")
    assert document.style(banner, "background-color") == "#7c2855"
    assert {document.style(one, "color") for one in document.all(".body h2")} == {"#7c2855"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_colour_of_the_house_is_left(template):
    """Every colour of a design comes from the brand."""
    odd = Colours(*(f"#{place:02x}{place:02x}{place:02x}" for place in range(11)))
    html = wearing(Brand(odd, odd), template).html
    house = {*vars(Colours()).values(), *vars(brands.DARK).values()}
    assert not [colour for colour in house if colour in html]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_logo_stands_on_the_banner_with_its_words_and_its_size(template):
    document = Document(wearing(TRUST, template).html)
    (logo,) = document.all(".banner img")
    assert {name: logo.get(name) for name in ("src", "alt", "width", "height")} == {
        "src": "https://library.example.nhs.uk/logo.png",
        "alt": "Example NHS Trust",
        "width": "120",
        "height": "48",
    }


@pytest.mark.parametrize("template", TEMPLATES)
def test_without_a_brand_there_is_no_picture_and_the_library_is_named(send, template):
    document = Document(send(template=template).html)
    assert not document.all("img")
    assert text(document.all(".banner p")[0]) == sample.LIBRARY.name


@pytest.mark.parametrize("template", TEMPLATES)
def test_its_header_footer_and_contact_are_in_both_parts(template):
    email = wearing(TRUST, template)
    body = text(Document(email.html).all("body")[0])
    for said in (body, " ".join(email.text.split())):
        for words in (TRUST.header, TRUST.footer, "Jo Example", "jo@example.nhs.uk", "01632 960124"):
            assert words in said
    assert "mailto:jo@example.nhs.uk" in email.html
    assert "https://example.nhs.uk/jo" in email.html
    assert "https://example.nhs.uk/jo" in email.text


def test_a_contact_that_says_little_leaves_the_rest_to_the_library():
    email = wearing(Brand(contact=Contact("Jo Example")), "default")
    for words in ("Jo Example", sample.LIBRARY.email, sample.LIBRARY.phone, sample.LIBRARY.web):
        assert words in email.text


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_linter_finds_no_error_in_a_brand_nor_in_everything_that_an_edition_holds(template):
    emails = [
        wearing(TRUST, template),
        render.email(
            everything.EDITION, sample.BULLETIN, replace(everything.AUDIENCE, template=template), everything.HOUSE
        ),
    ]
    for email in emails:
        found = lint(email.mime)
        assert [one for one in found if one.severity is Severity.ERROR] == []
        assert {one.name for one in found} <= {"browser"}  # nobody can read the sample on the web


def test_sixty_items_that_the_library_opens_arrive_whole():
    words = "This sentence is of about the length that summaries in journals and on websites often have. " * 3
    title = "A title of the length that reports and articles about health services usually have"
    one = edition(*[section("policy", *[item(title, "journal", summary=words) for _ in range(6)]) for _ in range(10)])
    email = render.email(one, sample.BULLETIN, everything.AUDIENCE, everything.HOUSE)
    assert email.html.count("go.openathens.net") == 60
    assert len(email.html.encode()) <= render.MOST_BYTES
