"""What the library says of OpenAthens, LibKey, its form and its notices; a list of its readers and language."""

import pytest

from bulletin.config import bulletinsfile, load
from bulletin.config.filechange import write
from bulletin.config.ways import ask, language, libkey, openathens
from bulletin.errors import FormError
from bulletin.model import Access, Channel, Rights

REDIRECTOR = "https://go.openathens.net/redirector/example.nhs.uk"


@pytest.mark.parametrize("written", ["example.nhs.uk", "Example.NHS.uk", REDIRECTOR, f"{REDIRECTOR}?url="])
def test_openathens_is_known_by_the_domain_however_it_is_written(written):
    assert openathens(written) == "example.nhs.uk"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nhs",
        "javascript:alert(1)",
        "http://go.openathens.net/redirector/example.nhs.uk?url=",
        "https://go.openathens.net.evil.example/redirector/example.nhs.uk?url=",
        "https://evil.example/redirector/example.nhs.uk?url=",
        f"{REDIRECTOR}?url=https://evil.example",
        f"{REDIRECTOR}/../evil?url=",
        "example.nhs.uk/evil",
        "example.nhs.uk?url=x",
        "example.nhs.uk#",
        "example.nhs.uk\r\nBcc: x",
        "example.nhs.uk\n",
        "exa mple.nhs.uk",
        "exämple.nhs.uk",
        "-.nhs.uk",
        ".".join(["a" * 60] * 5),
    ],
)
def test_what_is_no_institution_of_openathens_is_refused_in_one_line(written):
    with pytest.raises(ValueError, match=r"^\".*\" is neither your organisation's domain at OpenAthens, such as "):
        openathens(written)


@pytest.mark.parametrize("written", ["1234", "https://libkey.io/libraries/1234", "https://libkey.io/libraries/1234/"])
def test_libkey_is_known_by_the_number_however_it_is_written(written):
    assert libkey(written) == "1234"


@pytest.mark.parametrize(
    "written", ["", "0", "01", "-1", "12 34", "1234\n", "١٢٣", "9" * 10, "1/../2", "https://evil.example/libraries/1"]
)
def test_what_is_no_number_of_libkey_is_refused_in_one_line(written):
    with pytest.raises(ValueError, match=r"^\".*\" is not your library's number at LibKey, such as 1234$"):
        libkey(written)


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/request",
        "https://example.org/request?title={title}&doi={doi}&url={url}&source={source}",
        "https://example.org/{doi}",
        "https://example.org?t={title}",
        "https://example.org/request#{title}{title}",
    ],
)
def test_a_form_may_have_any_of_the_four_places(written):
    assert ask(written) == written


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("javascript:alert('{title}')", "is no web address"),
        ("mailto:x@example.org?subject={title}", "is no web address"),
        ("//example.org/{title}", "is no web address"),
        ("https://example.org/\r\nBcc: x", "is no web address"),
        ("https://example.org/ {title}", "is no web address"),
        ("https://me:secret@example.org/{title}", "holds a user name or password"),
        ("https://{title}/", "write the host as it is"),
        ("https://{source}.example.org/", "write the host as it is"),
        ("https://example.org:{doi}/", "is no web address"),
        ("{url}", "is no web address"),
        ("https://example.org/{author}", "has other braces than {title}, {doi}, {url}, {source}: take them out"),
        ("https://example.org/{{title}}", "has other braces"),
        ("https://example.org/{title", "has other braces"),
        ("https://example.org/{TITLE}", "has other braces"),
        ("https://example.org/{title.__class__}", "has other braces"),
        (f"https://example.org/{'a' * 1_000}", "is longer than 1000 letters"),
    ],
)
def test_what_is_no_form_is_refused_in_one_line(written, said):
    with pytest.raises(ValueError, match=r"^.*$") as error:
        ask(written)
    assert said in str(error.value)


@pytest.mark.parametrize("tag", ["en-GB", "cy", "zh-Hant", "zh-Hant-TW", "es-419", "gsw"])
def test_a_language_is_a_tag(tag):
    assert language(tag) == tag


@pytest.mark.parametrize("tag", ["", "english", "en_GB", "en-gb", "e", 'cy" onload="x', "cy\n", "en-GB-oed"])
def test_what_is_no_tag_is_refused_in_one_line(tag):
    with pytest.raises(ValueError, match=r"is no language: write en-GB, cy, or another tag of BCP 47$"):
        language(tag)


LIBRARY = f"""\
  openathens: {REDIRECTOR}?url=
  libkey: 1234
  ask: https://example.org/request?t={{title}}
  address: 1 Example Road
  hours: 9 to 5
  privacy: https://example.org/privacy
  impact: https://example.org/impact
  disclaimer: >-
    No
    advice.
bulletins:"""


def test_a_library_is_what_the_file_says_and_without_a_word_it_is_nothing(tmp_path, write_workspace):
    library = load(write_workspace(tmp_path / "a", ("bulletins", "bulletins:", LIBRARY)), {}).library
    names = ("openathens", "libkey", "ask", "address", "hours", "privacy", "impact", "disclaimer")
    assert [getattr(library, name) for name in names] == [
        "example.nhs.uk",
        "1234",
        "https://example.org/request?t={title}",
        "1 Example Road",
        "9 to 5",
        "https://example.org/privacy",
        "https://example.org/impact",
        "No advice.",
    ]
    silent = load(write_workspace(tmp_path / "b"), {}).library
    assert {getattr(silent, name) for name in names} == {""}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  openathens: nhs", '4: openathens: "nhs" is neither your organisation\'s domain at OpenAthens'),
        ("  libkey: none", '4: libkey: "none" is not your library\'s number at LibKey, such as 1234'),
        ("  ask: https://example.org/{name}", '4: ask: "https://example.org/{name}" has other braces than {title}'),
        ("  privacy: javascript:alert(1)", '4: privacy: "javascript:alert(1)" is no web address'),
        ("  impact: our form", '4: impact: "our form" is no web address'),
        ('  address: "a\\x07b"', "4: address: holds an invisible control character"),
    ],
)
def test_a_mistake_in_them_is_one_plain_line(tmp_path, write_workspace, mistakes, line, said):
    (mistake,) = mistakes(write_workspace(tmp_path, ("bulletins", "bulletins:", f"{line}\nbulletins:")))
    assert mistake.startswith(f"bulletins.yaml:{said}")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("openathens", "javascript:alert(1)"),
        ("openathens", "example.nhs.uk\nphone: 1"),
        ("libkey", "1\n2"),
        ("ask", "https://example.org/{x}"),
        ("ask", "https://example.org/\nBcc: x"),
        ("privacy", "javascript:alert(1)"),
        ("impact", "data:text/html,x"),
    ],
)
def test_a_hostile_form_is_told_at_its_field_and_changes_nothing(tmp_path, write_workspace, key, value):
    folder = write_workspace(tmp_path)
    form = bulletinsfile.library(folder)
    with pytest.raises(FormError) as error:
        write(bulletinsfile.change_library(folder, form.values | {key: value}, form.digest))
    assert list(error.value.fields) == [key]


END = "        from: Example Library <library@example.nhs.uk>\n"


def test_a_list_is_for_people_inside_and_in_english_unless_it_says_otherwise(tmp_path, write_workspace):
    (bulletin,) = load(write_workspace(tmp_path / "a"), {}).bulletins
    assert (bulletin.lists[0].readers, bulletin.lists[0].language) == (Channel.INSIDE, "en-GB")
    more = f"{END}        readers: outside\n        language: cy\n"
    (bulletin,) = load(write_workspace(tmp_path / "b", ("bulletins", END, more)), {}).bulletins
    assert (bulletin.lists[0].readers, bulletin.lists[0].language) == (Channel.OUTSIDE, "cy")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("readers: web", '13: readers: must be inside or outside, not "web"'),
        ("language: Welsh", '13: language: "Welsh" is no language: write en-GB, cy, or another tag of BCP 47'),
    ],
)
def test_a_mistake_in_a_list_is_one_plain_line(tmp_path, write_workspace, mistakes, line, said):
    folder = write_workspace(tmp_path, ("bulletins", END, f"{END}        {line}\n"))
    assert mistakes(folder) == [f"bulletins.yaml:{said}"]


def test_a_feed_with_an_open_licence_says_whom_to_name_and_is_free(tmp_path, write_workspace):
    credit = "rights: open\n    credit: © The authors, CC BY 4.0"
    (feed,) = load(write_workspace(tmp_path, ("feeds", "rights: ogl", credit)), {}).feeds
    assert (feed.rights, feed.credit, feed.access) == (Rights.OPEN, "© The authors, CC BY 4.0", Access.FREE)


def test_a_feed_that_does_not_say_whom_to_name_stops_nobody(tmp_path, write_workspace):
    (feed,) = load(write_workspace(tmp_path, ("feeds", "rights: ogl", "rights: open")), {}).feeds
    assert feed.credit == ""
