"""Brands: a file for the looks of a list, whose colours can all be read, or who wrote it is told which cannot."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.config import load
from bulletin.model import Brand, Colours, Contact, Logo, brands
from bulletin.model.colours import LARGE, TEXT, contrast, readable, rgb

REPOSITORY = Path(__file__).parents[2]
COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def write_brand(folder: Path, text: str, name: str = "our-trust") -> Path:
    (folder / "brands").mkdir(exist_ok=True)
    (folder / "brands" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_workspace_may_do_without_brands(tmp_path, write_workspace):
    assert load(write_workspace(tmp_path), {}).brands == {}


def test_a_list_names_its_brand(tmp_path, write_workspace):
    folder = write_workspace(tmp_path, ("bulletins", "        from", "        brand: our-trust\n        from"))
    config = load(write_brand(folder, "footer: Example Trust"), {})
    assert config.bulletins[0].lists[0].brand == "our-trust"
    assert config.brands == {"our-trust": Brand(footer="Example Trust")}


def test_a_brand_is_what_the_file_says(tmp_path, write_workspace):
    folder = write_brand(
        write_workspace(tmp_path),
        """\
light: {banner: "#7C2855", link: "#600"}
dark: {link: "#fcc"}
logo: {url: "https://library.example.nhs.uk/logo.png?v=2", alt: Example Trust, width: 160, height: 64}
header: Library and  Knowledge Service
contact: {name: Jo Example, email: jo@example.nhs.uk, phone: 01632 960124, web: https://example.nhs.uk/jo}
""",
    )
    brand = load(folder, {}).brands["our-trust"]
    assert (brand.light.banner, brand.light.heading, brand.light.link) == ("#7c2855", "#7c2855", "#600")
    assert (brand.dark.banner, brand.dark.link) == ("#7c2855", "#fcc")
    assert brand.logo == Logo("https://library.example.nhs.uk/logo.png?v=2", "Example Trust", 160, 64)
    assert brand.header == "Library and Knowledge Service"
    assert brand.contact == Contact("Jo Example", "jo@example.nhs.uk", "01632 960124", "https://example.nhs.uk/jo")


def test_the_starter_brings_an_example_that_is_the_house_s_own_look():
    assert load(REPOSITORY, {}).brands["example"] == Brand()


def test_everything_of_the_house_can_be_read():
    assert [*brands.unreadable(Brand().light), *brands.unreadable(Brand().dark)] == []


@settings(max_examples=100)
@given(banner=COLOUR, link=COLOUR, accent=COLOUR)
def test_what_a_brand_leaves_out_can_be_read_whatever_it_gives(banner, link, accent):
    by_day = {"banner": banner, "link": link, "accent": accent}
    assert not {pair.front for pair, *_ in brands.unreadable(brands.light(by_day))} - {"link", "accent"}
    assert not list(brands.unreadable(brands.dark({}, by_day)))


@given(paper=COLOUR)
def test_everything_can_be_read_on_any_paper(paper):
    assert not list(brands.unreadable(brands.light({"paper": paper})))
    assert not list(brands.unreadable(brands.dark({"paper": paper}, {})))


@given(colour=COLOUR, ground=COLOUR)
def test_the_colour_that_would_do_does(colour, ground):
    assert contrast(rgb(readable(colour, [ground], TEXT)), rgb(ground)) >= TEXT


def test_a_colour_that_does_stays_as_it_is():
    assert readable("#005eb8", ["#fff", "#f0f4f5"], TEXT) == "#005eb8"


def test_no_colour_can_be_read_on_black_and_on_white():
    assert readable("#777777", ["#000", "#fff"], TEXT) != ""
    assert readable("#777777", ["#000", "#767676", "#fff"], TEXT) == ""


@pytest.mark.parametrize("name", [name for name in asdict(Colours()) if name != "page"])
def test_every_colour_but_the_outermost_is_held_against_another(name):
    assert name in {pair.front for pair in brands.PAIRS} | {pair.behind for pair in brands.PAIRS}
    assert {pair.least for pair in brands.PAIRS} == {TEXT, LARGE}


MISTAKES = [
    ('light: {link: "#9cf"}', "1: link: #9cf on panel (#f0f4f5) has a contrast of 1.52 to 1 and needs 4.5: #54708b"),
    ('dark:\n  accent: "#333"', "2: accent: #333 on panel (#242f38) has a contrast of 1.08 to 1 and needs 3: "),
    ('light: {text: "#fff", paper: "#fff"}', "1: text: #fff on paper (#fff) has a contrast of 1.0 to 1"),
    (
        'light:\n  paper: "#fff"\n  panel: "#777"\n  page: "#000"',
        "4: page: text (#212b32) on page (#000) has a contrast of 1.45 to 1 and needs 4.5: no colour would do",
    ),
    ("light: {link: blue}", '1: link: must be a colour such as "#005eb8", not "blue"'),
    ("light: {link: }\nlogo:", None),
    ("light:\n  link: #005eb8", "2: what follows # would be lost: put the value in quotation marks"),
    ("ligth: {}", '1: unknown key "ligth"; did you mean "light"?'),
    ("light: dark", "1: light: a palette must be keys with values, such as page: ..."),
    ("logo: {alt: Trust, width: 1, height: 1}", "1: url is missing: a logo needs it"),
    ("logo: {url: https://a.org/a.png, width: 1, height: 1}", "1: alt is missing: a logo needs it"),
    ("logo: {url: http://a.org/a.png, alt: A, width: 1, height: 1}", '1: url: "http://a.org/a.png" is no picture'),
    ("logo: {url: https://a.org/a.svg, alt: A, width: 1, height: 1}", '1: url: "https://a.org/a.svg" is no picture'),
    ("logo: {url: https://a.org/a.png, alt: Logo of A, width: 1, height: 1}", "1: alt: say what the picture says"),
    ("logo: {url: https://a.org/a.png, alt: logo.png, width: 1, height: 1}", "1: alt: say what the picture says"),
    (
        f"logo: {{url: https://a.org/a.png, alt: {'A' * 126}, width: 1, height: 1}}",
        "1: alt: has 126 letters: say in at",
    ),
    ("logo: {url: https://a.org/a.png, alt: A, width: 529, height: 1}", "1: width: must be a whole number from 1 to"),
    ("contact: {email: nobody}", '1: email: "nobody" is not one e-mail address'),
    ("contact: {fax: 1}", '1: unknown key "fax": the keys of a contact are name, email, phone and web'),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path, write_workspace, mistakes, text, said):
    folder = write_brand(write_workspace(tmp_path), text)
    if said is None:
        assert load(folder, {}).brands["our-trust"] == Brand()
    else:
        assert any(one.startswith(f"brands/our-trust.yaml:{said}") for one in mistakes(folder)), mistakes(folder)


def test_all_mistakes_are_told_at_once_and_one_colour_once(tmp_path, write_workspace, mistakes):
    folder = write_brand(write_workspace(tmp_path), 'light: {link: "#fff"}\ndark: {link: "#000"}\nlogo: {}\nx: y')
    assert len([one for one in mistakes(folder) if "link: " in one]) == 2
    assert len([one for one in mistakes(folder) if "a logo needs it" in one]) == 4
    assert any('unknown key "x"' in one for one in mistakes(folder))


def test_a_file_whose_name_is_no_id_is_told(tmp_path, write_workspace, mistakes):
    folder = write_brand(write_workspace(tmp_path), "footer: Trust", "Our Trust")
    assert mistakes(folder)[0].startswith("brands/Our Trust.yaml: the name of the file is the brand's id: ")


@pytest.mark.parametrize(("name", "hint"), [("our-trsut", 'did you mean "our-trust"?'), ("x", "write brands/x.yaml")])
def test_a_brand_that_is_not_there_is_told(tmp_path, write_workspace, mistakes, name, hint):
    folder = write_workspace(tmp_path, ("bulletins", "        from", f"        brand: {name}\n        from"))
    (said,) = mistakes(write_brand(folder, "footer: Trust"))
    assert "brand: there is no brand" in said
    assert hint in said
