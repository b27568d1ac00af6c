"""The plain text tells all that the HTML tells."""

from email_reader import Document, text

from bulletin.render.plain import WIDTH


def words(part: str) -> str:
    """The letters of a text, however its lines are broken."""
    return "".join(part.split())


def test_every_title_and_heading_of_the_html_is_in_the_text(rich):
    for heading in Document(rich.html).all("h1, h2, h3"):
        if heading.getparent().get("class") != "contents":
            assert words(text(heading)) in words(rich.text)


def test_every_link_of_the_html_is_in_the_text(rich):
    lines = {line.strip() for line in rich.text.splitlines()}
    for link in Document(rich.html).all("a[href]:not([href^='#'])"):
        assert link.get("href").removeprefix("mailto:") in rich.text or link.get("href") in lines


def test_every_summary_source_and_note_is_in_the_text(rich):
    for paragraph in Document(rich.html).all(".summary, .none"):
        assert words(text(paragraph)) in words(rich.text)
    for paragraph in Document(rich.html).all(".source"):
        assert words(text(paragraph).replace(" · ", " | ")) in words(rich.text.replace("\n", " "))


def test_lines_are_at_most_78_letters_but_for_addresses(rich):
    assert not [
        line for line in rich.text.splitlines() if len(line) > WIDTH and "://" not in line and "mailto:" not in line
    ]


def test_it_has_no_blank_ends_and_no_more_than_two_empty_lines(rich):
    assert rich.text.endswith("\n")
    assert not [line for line in rich.text.splitlines() if line != line.rstrip()]
    assert "\n\n\n\n" not in rich.text
