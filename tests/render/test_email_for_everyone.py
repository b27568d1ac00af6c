"""The emails keep those of the linter's rules that a template can break (numbers: reference bars, section 9)."""

import re
from itertools import pairwise

import pytest
from email_reader import contrast, own_text, text

PALETTES = [pytest.param(False, id="light"), pytest.param(True, id="dark")]


def test_it_begins_with_a_doctype_and_says_its_language(document):  # 1, 2
    assert document.html.startswith("<!DOCTYPE html>\n")
    assert document.all("html")[0].get("lang") == "en-GB"


def test_what_stands_in_the_body_says_its_language_too_because_mail_programs_drop_the_rest(document):  # 3
    children = document.all("body > *")
    assert children
    assert all((child.get("lang"), child.get("dir")) == ("en-GB", "ltr") for child in children)


def test_its_title_is_its_subject(document, rich):  # 4
    assert document.all("title")[0].text == rich.subject


def test_tables_are_layout_and_say_so(document):  # 5
    assert {table.get("role") for table in document.all("table")} == {"presentation"}


def test_headings_begin_with_one_h1_and_skip_no_level(document):  # 6, 7
    headings = document.all("h1, h2, h3, h4, h5, h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert all(text(heading) for heading in headings)


def test_links_lead_to_the_web_to_an_email_or_to_a_place_in_it(document):  # 35, 36
    assert all(
        re.match(r"(https?://[^\s]+|mailto:[^\s]+|#.+)$", link.get("href")) for link in document.all("a[href]")
    )


def test_links_say_where_they_lead_and_are_underlined(document):  # 11, 12, 14
    for link in document.all("a[href]"):
        assert len(text(link)) >= 2
        assert text(link).lower() not in {"click here", "here", "read more", "more", "link", "this"}
        assert "://" not in text(link)
        assert document.style(link, "text-decoration") == "underline"


def test_nothing_but_links_is_underlined(document):  # 14
    assert not document.all("u")
    assert {one.tag for one in document.all("*[style*=underline]")} == {"a"}


def test_jump_links_arrive_in_outlook_too_which_wants_a_name(document):  # 23
    ids = [one.get("id") for one in document.all("[id]")]
    assert len(ids) == len(set(ids))
    assert {link.get("href") for link in document.all("a[href^='#']")} <= {f"#{one}" for one in ids}
    assert [one.get("name") for one in document.all("a[name]")] == ids


def test_every_heading_of_the_contents_repeats_its_words_above_its_items(send, document):  # 70
    for link in document.all("a[href^='#']"):
        (place,) = document.all(link.get("href"))
        assert text(place.getparent()) == text(link)


@pytest.mark.parametrize("dark", PALETTES)
def test_text_can_be_read_on_its_background(document, dark):  # 15, 17, 50
    for element in document.all("body *"):
        if isinstance(element.tag, str) and own_text(element):
            colour = document.inherited(element, "color", dark=dark)
            background = document.inherited(element, "background-color", dark=dark)
            assert contrast(colour, background) >= 4.5, f"{own_text(element)}: {colour} on {background}"


def test_text_is_big_enough_with_room_between_the_lines(document):  # 18
    for element in document.all("p, li, td.item"):
        assert int(document.inherited(element, "font-size").removesuffix("px")) >= 14
        assert float(document.inherited(element, "line-height")) >= 1.5


def test_links_that_stand_alone_are_24_pixels_high(document):  # 20
    for link in document.all("h3 a, .jump a, .way a"):
        size = int(document.inherited(link, "font-size").removesuffix("px"))
        assert size * float(document.inherited(link, "line-height")) >= 24


def test_it_fills_a_phone_and_is_never_wider_than_600_pixels(document):  # 21, 22
    (viewport,) = document.all("meta[name=viewport]")
    assert viewport.get("content") == "width=device-width, initial-scale=1"
    (sheet,) = document.all(".sheet")
    assert (sheet.get("width"), document.style(sheet, "max-width")) == ("100%", "600px")
    assert document.style(document.all(".body")[0], "word-break") == "break-word"


def test_the_preheader_comes_first_and_is_not_the_subject(document, rich):  # 26, 27
    (preheader,) = document.all(".preheader")
    assert text(document.all("body")[0]).startswith(text(preheader))
    assert 40 <= len(text(preheader)) <= 130
    assert text(preheader) != rich.subject


def test_the_last_link_is_the_one_to_leave_by(document):  # 53
    link = document.all("a[href]")[-1]
    assert text(link) == "Unsubscribe"
    assert link.get("href").startswith("mailto:library@example.nhs.uk?subject=Unsubscribe")


def test_it_holds_no_element_or_attribute_that_mail_programs_forbid(document):  # 40, 41
    forbidden = "script, link, base, form, input, button, iframe, object, svg, img, video, audio, body style"
    assert not document.all(forbidden)
    names = {name for element in document.all("*") for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"background", "srcset", "src"}]


def test_the_only_comments_are_those_that_tell_outlook_its_pixels(document):  # 42
    comments = [comment.text for comment in document.tree.xpath("//comment()")]
    assert [comment.partition(">")[0] for comment in comments] == ["[if mso]"] * 3


def test_styles_are_inline_and_outlook_knows_them(document):  # 45, 46
    (style,) = document.all("style")
    assert len(style.text.encode()) <= 8_000
    assert re.findall(r"^\S.*\{", style.text, re.MULTILINE)
    assert all(line.startswith("@media") for line in re.findall(r"^\S.*\{", style.text, re.MULTILINE))
    inline = ";".join(element.get("style", "") for element in document.all("*"))
    assert not re.search(r"flex|grid|float|position|\drem|\dvw|calc\(|var\(|rgba\(|opacity|url\(|radius", inline)


def test_it_is_made_for_light_and_dark(document):  # 50
    assert {one.get("content") for one in document.all("meta[name*=color-scheme]")} == {"light dark"}
    assert len(document.all("meta[name*=color-scheme]")) == 2


def test_fonts_are_those_of_the_system(document):  # 51
    families = {document.style(element, "font-family") for element in document.all("*")} - {""}
    assert families
    assert all(family.endswith("serif") for family in families)


def test_screen_readers_hear_title_and_day_at_once(document):  # 69
    heard = text(document.all(".sheet")[0])[:200]
    assert "Health Management Update" in heard
    assert "7 December 2026" in heard


def test_nothing_of_the_template_is_left_over(rich):  # 64
    for part in (rich.html, rich.text):
        assert not re.search(r"\{\{|\}\}|\{%|\bNone\b|\bnan\b|undefined|TODO", part)


def test_an_item_in_another_language_says_so_for_screen_readers(document):
    (welsh,) = document.all("td[lang]")
    assert welsh.get("lang") == "cy"
    assert text(welsh).startswith("Gweithlu iechyd a gofal")
