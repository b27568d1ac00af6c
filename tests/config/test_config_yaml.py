"""YAML without its surprises: what is written is what is meant, and what is broken is told in plain words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.config import load, source
from bulletin.config.source import MAX_BYTES, MAX_DEPTH, read
from bulletin.errors import ConfigError

SPACES = "a colon is not expected here: check the spaces at the front of the line, or put the words in quotes"
NO_FIT = "this line does not fit those above it: check the spaces at its front, its dash and colon"
BRACKET = "a bracket on this line is not closed: check the commas, and that every [ has its ] and every { its }"
QUOTE = "a quotation mark on this line is never closed: put one at the end of the words too"
NO_COLON = "a key without its colon: write it as key: value"
ESCAPE = "inside double quotes a \\ is special: use single quotes instead"
NO_TOP = 'the file must begin with a key and its colon, such as "feeds:"'
EMPTY = "the file is empty: copy the one of a new workspace (bulletin init)"
INVISIBLE = "an invisible control character stands on this line: delete it, or type the line again"
TAB = "there is a tab in this line: use spaces"
ODD = "there is an odd space in this line, as Word makes them: type it again"
SPACE = "a space is missing after the colon: write it as key: value"
DASH = "a space is missing after the dash: write it as - words"
APOSTROPHE = "the apostrophe on this line ends the value too early: put the value into double quotation marks"
AFTER = "the value goes on after its closing quotation mark: put one pair around all of it"
LOST = "what follows # would be lost: put the value in quotation marks, or a space after the # if it is a note"
PERCENT = "a line cannot begin with %: take the line out, or put the words in quotes"

BROKEN = {
    "nothing": ("", 1, EMPTY),
    "only a note": ("# later\n", 1, EMPTY),
    "a list at the top": ("- a\n- b\n", 1, NO_TOP),
    "a word at the top": ("\nfeeds\n", 2, NO_TOP),
    "two documents": ("a: 1\n---\nb: 2\n", 3, "a second document begins here: take out the --- before it"),
    "a tab": ("a:\n\t- b\n", 2, TAB),
    "two colons": ("a: 1\nb: c: d\n", 2, SPACES),
    "a line too far right": ("a: 1\n  b: 2\n", 2, SPACES),
    "a line too far left": ("a:\n    b: 1\n  c: 2\n", 3, NO_FIT),
    "a dash among keys": ("a: 1\n- b\n", 2, NO_FIT),
    "a missing colon": ("a: 1\nb\nc: 2\n", 2, NO_COLON),
    "an open bracket": ("a: 1\nb: [c,\n  d\n", 2, BRACKET),
    "the wrong bracket": ("a: {b: 1]\n", 1, BRACKET),
    "a bracket too many": (
        "a: ]\n",
        1,
        "this line cannot be understood: check its spaces, colons, quotation marks and brackets",
    ),
    "an open quotation mark": ("a: 'b\nc: d\n", 1, QUOTE),
    "an open double quotation mark": ('a: 1\nb: "c\n', 2, QUOTE),
    "an open quotation mark that the next one closes": ('a: "b\nc: d\ne: "f"\n', 1, QUOTE),
    "an open quotation mark in brackets": ('a: ["b, c]\nd:\ne: "f"\n', 1, QUOTE),
    "an apostrophe in single quotes": ("a: 1\nb: 'Manager's update'\n", 2, APOSTROPHE),
    "words after the quotation mark": ('a: "b" c\n', 1, AFTER),
    "quotation marks in quotation marks": ('a: ["say "yes" now"]\n', 1, AFTER),
    "words on the line after the quotation mark": ('a: "b"\n  c\n', 2, NO_FIT),
    "a tab after a colon": ("a:\n  - title:\tHealth\n", 2, TAB),
    "a tab before quotation marks": ('a:\n  - title:\t"Health"\n', 2, TAB),
    "a tab after a dash": ("a:\n  -\tb\n", 2, TAB),
    "a tab before a note": ("a: 1\nb: c\t# note\nd: 2\n", 2, TAB),
    "no space after the colon": ("- name: a\n  rights:ogl\n  url: b\n", 2, SPACE),
    "no space after the first colon": ("a:\n  - name:b\n    # note\n\n    url: c\n", 2, SPACE),
    "no space after the last colon": ("a: 1\nb:2\n", 2, SPACE),
    "no space after the colon at the top": ("heading:a\nphrases: [b]\n", 1, SPACE),
    "no space after the dash at the top": ("-feeds\n", 1, DASH),
    "no space between dash and key at the top": ("-feeds: a\n", 1, DASH),
    "an address without its key": ("a: 1\nhttps://b\nc: 2\n", 2, NO_COLON),
    "a missing colon after a dash": ("a:\n  - name b\n    url: c\n", 2, 'a colon is missing after "name"'),
    "a missing colon at the top": ("heading a\nphrases: [b]\n", 1, 'a colon is missing after "heading"'),
    "two colons in a list": ("a:\n  - net zero\n  - b: c: d\n", 3, SPACES),
    "no space after a dash": ("a:\n  - b\n  -budget line\n  - c\n", 3, DASH),
    "no space after the last dash": ("a:\n  - b\n  -budget line\n", 3, DASH),
    "no space after the first dash": ("a:\n  -budget line\n  - c\n", 2, DASH),
    "no space between dash and key": ("a:\n  -name: b\n    url: c\n", 2, DASH),
    "no space between a later dash and key": ("a:\n  - name: b\n  -name: c\n", 3, DASH),
    "an odd space in front": ("a:\n\u00a0 - b\n", 2, ODD),
    "an odd space between the spaces in front": ("a:\n \u00a0- b\n", 2, ODD),
    "an odd space after a dash": ("a:\n  -\u00a0b\n", 2, ODD),
    "an odd space after a colon": ("a: 1\nb:\u00a0c\n", 2, ODD),
    "an odd space after colon and space": ("a:\n  - b: \u00a0c\n", 2, ODD),
    "an unknown escape": ('a: "C:\\Windows"\n', 1, ESCAPE),
    "an escape without digits": ('a: "\\xyz"\n', 1, ESCAPE),
    "an escape beyond all characters": (
        'a: "\\UFFFFFFFF"\n',
        1,
        "the \\U on this line names no character: type the character itself",
    ),
    "a reserved sign": (
        "a: @b\n",
        1,
        "a value cannot begin with this character: put the whole value in quotation marks",
    ),
    "an anchor": ("a: &b c\n", 1, "a value cannot begin with &: put it in quotation marks"),
    "an alias": ("a:\n  - *b\n", 2, "a value cannot begin with *: put it in quotation marks"),
    "a tag": ("a: !!int 3\n", 1, "a value cannot begin with !: put it in quotation marks"),
    "a tag on a list": ("a: !!set [b]\n", 1, "a value cannot begin with !: put it in quotation marks"),
    "a merge key": ("a:\n  <<: b\n", 2, "<< is not used here: write the keys and values out"),
    "a key that is a list": ("? [a]\n: b\n", 1, "a list or bracket cannot be a key: write key: value"),
    "a key that is nothing": (": b\n", 1, "the key before the colon is missing: write key: value"),
    "a directive": ("%YAML 1.11\n---\na: 1\n", 1, PERCENT),
    "a control character": ("a: 1\nb: \x07\n", 2, INVISIBLE),
    "a second byte order mark": ("\ufeff\ufeffa: 1\n", 1, INVISIBLE),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_in_plain_words(tmp_path, text, line, message):
    (tmp_path / "a.yaml").write_bytes(text.encode("utf-8"))
    document = read(tmp_path, Path("a.yaml"))
    assert [str(mistake) for mistake in document.mistakes] == [f"a.yaml:{line}: {message}"]
    assert not document.whole


def plain(folder: Path, text: str) -> object:
    (folder / "a.yaml").write_bytes(text.encode("utf-8"))
    document = read(folder, Path("a.yaml"))
    assert not document.mistakes
    return document.data


@pytest.mark.parametrize(
    "value",
    ["NO", "yes", "on", "0123", "1.10", "1e3", "2026-01-01", "12:30:45", "0x1F", "1_000", ".inf", "=", "True"],
)
def test_a_value_is_the_text_that_stands_there(tmp_path, value):
    assert plain(tmp_path, f"a: {value}\n") == {"a": value}


@pytest.mark.parametrize("value", ["", "~", "null", "Null", "NULL", "# a note"])
def test_an_empty_value_is_none(tmp_path, value):
    assert plain(tmp_path, f"a: {value}\n") == {"a": None}


@pytest.mark.parametrize("value", ["''", '""', "'~'", '"null"'])
def test_a_value_in_quotes_is_never_none(tmp_path, value):
    assert plain(tmp_path, f"a: {value}\n") == {"a": value[1:-1]}


def test_a_key_is_the_text_that_stands_there(tmp_path):
    assert plain(tmp_path, "no: 1\n0123: 2\n") == {"no": "1", "0123": "2"}


@pytest.mark.parametrize("value", ["-1", "b\u00a0c", "b#1", "'b #1'", '"b #1"', "'-b'"])
def test_a_sign_that_does_no_harm_may_stand_there(tmp_path, value):
    assert plain(tmp_path, f"a: {value}\n") == {"a": value.strip("'\"")}


@pytest.mark.parametrize("note", ["# note", "#", "##", "## note", "#  1"])
def test_a_note_is_passed_over(tmp_path, note):
    assert plain(tmp_path, f"{note}\na: {note}\n  - b {note}\n") == {"a": ["b"]}


@pytest.mark.parametrize(
    "text", ["a: Update #1 for managers\n", "a: #1 for managers\n", "a: [b #1\n  ]\n", "a:   b  #note\n"]
)
def test_words_that_a_number_sign_would_cut_off_are_told(tmp_path, text):
    (tmp_path / "a.yaml").write_text(f"b: 1\n{text}", encoding="utf-8")
    document = read(tmp_path, Path("a.yaml"))
    assert [str(mistake) for mistake in document.mistakes] == [f"a.yaml:2: {LOST}"]
    assert document.whole


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_every_editor_s_files_are_read_with_the_right_lines(
    tmp_path, right, write_workspace, mistakes, line_end, mark
):
    texts = {name: mark + text.replace("\n", line_end) for name, text in right.items()}
    folder = write_workspace(tmp_path, **texts)
    assert len(load(folder, {}).feeds) == 1
    wrong = texts["feeds"].replace("ogl", "gpl")
    (said,) = mistakes(write_workspace(tmp_path, templates=False, **(texts | {"feeds": wrong})))
    assert said.startswith("feeds.yaml:4: ")


def test_a_key_that_stands_twice_is_told_with_all_other_mistakes(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path, ("feeds", "    rights: ogl", "    rights: gpl\n    url:\n      - x"))
    assert mistakes(folder) == [
        'feeds.yaml:4: rights: must be ogl, open, abstract or citation, not "gpl"; did you mean "ogl"?',
        'feeds.yaml:5: "url" stands here a second time: keep one of them',
    ]


def test_a_file_that_is_not_utf8_is_told_where(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path, policy="heading: Policy\nphrases: [caf\xe9]\n".encode("cp1252"))
    said = 'topics/policy.yaml:2: the file is not UTF-8: save it again with the encoding "UTF-8"'
    assert mistakes(folder) == [said]


def test_a_folder_in_place_of_a_file_is_told(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path)
    (folder / "feeds.yaml").unlink()
    (folder / "feeds.yaml").mkdir()
    assert mistakes(folder) == ["feeds.yaml: this is a folder and must be a file"]


def test_a_file_that_cannot_be_opened_is_told(tmp_path, write_workspace, mistakes, monkeypatch):
    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    folder = write_workspace(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    assert "feeds.yaml: the file cannot be read: Permission denied" in mistakes(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * (MAX_BYTES + 1), "a.yaml: the file is over 2 MB"),
        ("a:\n " + "[" * (MAX_DEPTH + 1), "a.yaml:2: lists and keys stand over 20 deep here"),
        ("a:\n " + "{b: " * (MAX_DEPTH + 1), "a.yaml:2: lists and keys stand over 20 deep here"),
    ],
    ids=["size", "lists", "keys"],
)
def test_a_file_beyond_all_measure_is_refused(tmp_path, text, said):
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (mistake,) = read(tmp_path, Path("a.yaml")).mistakes
    assert str(mistake).startswith(said)


def test_a_file_with_too_many_values_is_refused_before_they_are_built(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_NODES", 10)
    (tmp_path / "a.yaml").write_text("a:\n" + "  - b\n" * 10, encoding="utf-8")
    (mistake,) = read(tmp_path, Path("a.yaml")).mistakes
    assert str(mistake) == "a.yaml:9: the file holds over 100,000 values: check that it is the right one"


def test_lists_and_keys_may_stand_as_deep_as_the_limit(tmp_path):
    assert plain(tmp_path, "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))


@pytest.fixture(name="workspace", scope="module")
def _workspace(tmp_path_factory, write_workspace):
    return write_workspace(tmp_path_factory.mktemp("workspace"))


WORDS = [
    *(
        " ",
        "\n",
        "\n  - ",
        "\n    ",
        "\t",
        "- ",
        ": ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #1",
        "&a",
        "*a",
        "!t ",
        "|",
        ">",
    ),
    *(
        "'",
        '"',
        "%",
        "@",
        "`",
        "\\",
        "~",
        "<<",
        "---\n",
        "...\n",
        "\r\n",
        "\ufeff",
        "\x85",
        "\xa0",
        "\\ud800",
        "\\U00110000",
    ),
    *(
        "feeds:",
        "name: ",
        "url: ",
        "https://",
        "http://[::1",
        "example.org",
        ":80",
        ":99999",
        "every: ",
        "6h",
        "id: ",
    ),
    *("topics: ", "policy", "rights: ", "ogl", "é", "健", "0", "１", "%YAML 1.", "%ff"),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map("".join)))
@settings(deadline=None, max_examples=60)
def test_any_text_is_a_config_or_a_list_of_mistakes(workspace, text):
    (workspace / "feeds.yaml").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        config = load(workspace, {})
    except ConfigError as caught:
        wrong = caught
    else:
        assert config.feeds
        return
    assert wrong.mistakes
    assert len(str(wrong).splitlines()) == len(wrong.mistakes)
    str(wrong).encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
@settings(deadline=None, max_examples=60)
def test_any_name_is_kept_or_refused_but_never_changed(workspace, name):
    quoted = "'" + name.replace("'", "''") + "'"
    text = f"feeds:\n  - name: {quoted}\n    id: one\n    url: https://example.org/\n"
    (workspace / "feeds.yaml").write_text(text, encoding="utf-8", newline="")
    try:
        (feed,) = load(workspace, {}).feeds
    except ConfigError:
        assert set(name) & {"\ufeff", "\ufffe", "\uffff"}  # what no YAML file may hold
    else:
        assert feed.name == " ".join(name.split())
