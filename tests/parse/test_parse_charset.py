"""Which character set a document is in, whatever its labels say."""

import pytest
from feedwriter import read

TITLE = "Café £5 – naïve β-blocker"
LATIN = "It’s “smart” – cost £5 é"


def feed(title: str, encoding: str = "") -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    item = f"<item><title>{title}</title></item>"
    return f'<?xml version="1.0"{declared}?><rss version="2.0"><channel>{item}</channel></rss>'


def title(body: bytes, content_type: str = "application/xml") -> str:
    return read(body, content_type).items[0].title


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(feed(TITLE).encode(), "application/xml", id="UTF-8 unsaid"),
        pytest.param(b"\xef\xbb\xbf" + feed(TITLE, "utf-8").encode(), "text/xml", id="UTF-8 with a mark"),
        pytest.param(feed(TITLE, "UTF-8").encode(), "text/xml; charset=iso-8859-1", id="server says Latin-1"),
        pytest.param(feed(TITLE, "UTF-8").encode(), "text/xml; charset=us-ascii", id="server says ASCII"),
        pytest.param(feed(TITLE, "utf-16").encode(), "text/xml", id="declares UTF-16"),
        pytest.param(feed(TITLE, "utf-8").encode("utf-16"), "application/xml", id="UTF-16 declared UTF-8"),
        pytest.param(feed(TITLE, "utf-16").encode("utf-16-be"), "text/xml", id="UTF-16 without a mark"),
        pytest.param(feed(TITLE, "utf-16").encode("utf-16-le"), "text/xml", id="UTF-16, small end first"),
        pytest.param(feed(TITLE).encode("utf-32"), "text/xml", id="UTF-32"),
        pytest.param(feed(TITLE, "GB2312").encode("gb18030"), "text/xml", id="Chinese, declared"),
        pytest.param(feed(TITLE).encode("gb18030"), "text/xml; charset=gbk", id="Chinese, labelled"),
    ],
)
def test_the_title_is_exact_and_nothing_is_warned_of(body, content_type):
    parsed = read(body, content_type)
    assert (parsed.items[0].title, parsed.warning) == (TITLE, "")


@pytest.mark.parametrize("label", ["iso-8859-1", "Latin1", "windows-1252", "CP1252"])
def test_who_says_latin_1_means_windows_1252(label):
    assert title(feed(LATIN, label).encode("cp1252")) == LATIN


def test_cyrillic_is_read_by_its_label():
    assert title(feed("Здоровье", "koi8-r").encode("koi8-r")) == "Здоровье"


def test_the_servers_label_beats_the_declaration():
    assert title(feed("Здоровье", "iso-8859-5").encode("koi8-r"), 'text/xml; charset="KOI8-R"') == "Здоровье"


def test_windows_1252_that_calls_itself_utf_8_is_recovered_and_told():
    parsed = read(feed(LATIN, "UTF-8").encode("cp1252"))
    assert parsed.items[0].title == LATIN
    assert parsed.warning == "the feed says that its character set is utf-8, but it was read as cp1252"


def test_an_unknown_label_is_told_and_not_believed():
    parsed = read(feed(TITLE, "x-nonsense").encode())
    assert parsed.items[0].title == TITLE
    assert parsed.warning == "the feed says that its character set is x-nonsense, but it was read as utf-8"


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "idna", "rot13", "../../x"])
def test_a_label_that_could_hide_markup_is_not_believed(label):
    assert (
        title(feed("+ADw-script+AD4- \\u003c").encode(), f"text/xml; charset={label}") == "+ADw-script+AD4- \\u003c"
    )


def test_bytes_of_no_character_set_are_read_as_latin_1():
    assert title(feed("a\x81é").encode("latin-1")) == "aé"


def test_a_mark_that_lies_is_passed_over():
    assert title(b"\xef\xbb\xbf" + feed(LATIN).encode("cp1252")).endswith(LATIN)
