"""The plain text tells all that the HTML tells."""

from urllib.parse import parse_qs, unquote, urlsplit

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
    links = {link.get("href") for link in Document(rich.html).all("a[href^='http']")}
    assert links
    assert links <= lines


def test_every_email_that_a_link_of_the_html_opens_is_told_in_words(rich):
    said = " ".join(rich.text.split())
    links = [urlsplit(link.get("href")) for link in Document(rich.html).all("a[href^='mailto:']")]
    assert len(links) >= 5
    for link in links:
        for subject in parse_qs(link.query).get("subject", []):
            if subject.startswith("Full text: "):  # one sentence tells them all
                continue
            assert f"email {unquote(link.path)} with the subject: {subject}" in said
        assert unquote(link.path) in said
    assert "mailto:" not in said


def test_every_summary_source_and_note_is_in_the_text(rich):
    for paragraph in Document(rich.html).all("p.words"):
        assert words(text(paragraph)) in words(rich.text)
    for paragraph in Document(rich.html).all("h3 + p"):
        assert words(text(paragraph).replace(" · ", " | ").replace(", ", " | ")) in words(
            rich.text.replace("\n", " ")
        )


def test_lines_are_at_most_78_letters_but_for_addresses(rich):
    assert not [line for line in rich.text.splitlines() if len(line) > WIDTH and "://" not in line]


def test_it_has_no_blank_ends_and_no_more_than_two_empty_lines(rich):
    assert rich.text.endswith("\n")
    assert not [line for line in rich.text.splitlines() if line != line.rstrip()]
    assert "\n\n\n\n" not in rich.text
