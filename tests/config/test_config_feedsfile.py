"""Changes to feeds.yaml: a few lines are new, every other byte is as it was, and no mistake is ever written."""

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.config import feedsfile, init, load
from bulletin.config.feedsfile import NewFeed, append, readdress
from bulletin.errors import ChangedError, ConfigError, InputError, OutputError, UnknownError
from bulletin.model import FeedKind, Selectors

NEW = NewFeed("New", "https://new.example/feed")
A = "  - name: A\n    url: https://a.example/\n"
LINES = "  - name: New\n    url: https://new.example/feed\n"
BY_HAND = "feeds.yaml is laid out in a way that only a person can change: write it in by hand"


@pytest.fixture(name="room")
def _room(tmp_path, write_workspace):
    """Give a workspace with this feeds.yaml, and the function that reads the file again."""

    def make(text: str) -> Path:
        return write_workspace(tmp_path, feeds=text.encode("utf-8"))

    return make


def text(folder: Path) -> str:
    return (folder / "feeds.yaml").read_bytes().decode("utf-8")


APPENDED = {
    "the plain file": (f"feeds:\n{A}", f"feeds:\n{A}{LINES}"),
    "notes and empty lines": (
        f"# top\n\nfeeds:\n\n  # group\n{A}    # access: free\n\n  # - name: B\n# end\n",
        f"# top\n\nfeeds:\n\n  # group\n{A}    # access: free\n{LINES}\n  # - name: B\n# end\n",
    ),
    "no indentation": (
        "feeds:\n- name: A\n  url: https://a.example/\n",
        "feeds:\n- name: A\n  url: https://a.example/\n- name: New\n  url: https://new.example/feed\n",
    ),
    "wide indentation": (
        "feeds:\n    -   name: A\n        url: https://a.example/\n",
        "feeds:\n    -   name: A\n        url: https://a.example/\n    -   name: New\n        url: https://new.example/feed\n",
    ),
    "a dash on a line of its own": (
        "feeds:\n  -\n    name: A\n    url: https://a.example/\n",
        f"feeds:\n  -\n    name: A\n    url: https://a.example/\n{LINES}",
    ),
    "a feed in brackets": (
        "feeds:\n  - {name: A, url: https://a.example/}  # note\n",
        f"feeds:\n  - {{name: A, url: https://a.example/}}  # note\n{LINES}",
    ),
    "a feed in brackets on two lines": (
        "feeds:\n  - {name: A,\n     url: https://a.example/}\n",
        f"feeds:\n  - {{name: A,\n     url: https://a.example/}}\n{LINES}",
    ),
    "an empty last value": (f"feeds:\n{A}    topics:\n\n# end\n", f"feeds:\n{A}    topics:\n{LINES}\n# end\n"),
    "words on many lines": (
        "feeds:\n  - url: https://a.example/\n    name: >-\n      A\n      b\n\n\n# end\n",
        f"feeds:\n  - url: https://a.example/\n    name: >-\n      A\n      b\n{LINES}\n\n# end\n",
    ),
    "quotes on many lines": (
        'feeds:\n  - url: https://a.example/\n    name: "A\n      b"\n',
        f'feeds:\n  - url: https://a.example/\n    name: "A\n      b"\n{LINES}',
    ),
    "no final newline": (f"feeds:\n{A}".rstrip(), f"feeds:\n{A}{LINES}".rstrip()),
    "no newline but after the list's key": ("feeds: []", f"feeds: \n{LINES}".rstrip()),
    "windows": (f"feeds:\n{A}".replace("\n", "\r\n"), f"feeds:\n{A}{LINES}".replace("\n", "\r\n")),
    "windows without a final newline": (
        f"feeds:\n{A}".rstrip().replace("\n", "\r\n"),
        f"feeds:\n{A}{LINES}".rstrip().replace("\n", "\r\n"),
    ),
    "old mac": (f"feeds:\n{A}".replace("\n", "\r"), f"feeds:\n{A}{LINES}".replace("\n", "\r")),
    "mixed line ends": (
        f"# top\r\nfeeds:\r{A}# end\r\n",
        f"# top\r\nfeeds:\r{A}{LINES}# end\r\n",
    ),
    "a byte order mark": (f"\ufefffeeds:\n{A}", f"\ufefffeeds:\n{A}{LINES}"),
    "an empty list": ("# top\nfeeds: []  # none yet\n# end\n", f"# top\nfeeds:   # none yet\n{LINES}# end\n"),
    "an empty list with a space": ("feeds: [ ]\n", f"feeds: \n{LINES}"),
    "a list with nothing in it": ("feeds:\n# end\n", f"feeds:\n{LINES}# end\n"),
    "a list that is null": ("feeds: ~\n", f"feeds: \n{LINES}"),
}


@pytest.mark.parametrize(("before", "after"), APPENDED.values(), ids=APPENDED)
def test_a_feed_is_added_at_the_end_of_the_list_and_nothing_else_changes(room, before, after):
    folder = room(before)
    assert append(folder, [NEW]) == ("new",)
    assert text(folder) == after
    assert load(folder, {}).feeds[-1].name == "New"


def test_many_feeds_are_added_at_once_with_their_ids(room):
    folder = room(f"feeds:\n{A}")
    page = NewFeed("P: 1", "https://p.example/", FeedKind.PAGE, Selectors("li.a", date="time"), id="page")
    assert append(folder, [page, NEW, NewFeed("Beds", "beds[ti]", FeedKind.PUBMED, every="1d")]) == (
        "page",
        "new",
        "beds",
    )
    assert text(folder).split("\n")[3:] == [
        '  - name: "P: 1"',
        "    page: https://p.example/",
        "    items: li.a",
        "    date: time",
        "    id: page",
        *LINES.rstrip().split("\n"),
        "  - name: Beds",
        '    pubmed: "beds[ti]"',
        "    every: 1d",
        "",
    ]


def test_no_feed_added_is_no_change(room):
    folder = room(f"feeds:\n{A}")
    assert append(folder, []) == ()
    assert text(folder) == f"feeds:\n{A}"


def test_a_mail_folder_can_be_added_before_the_mailbox_is_set(room):
    folder = room(f"feeds:\n{A}")
    append(folder, [NewFeed("Alerts", "INBOX/Alerts", FeedKind.MAIL)])
    assert text(folder).endswith("  - name: Alerts\n    mail: INBOX/Alerts\n")


REFUSED = {
    "a taken name": (NewFeed("a", "https://new.example/"), "name: line 2 has the same name: change one of them"),
    "a taken address": (NewFeed("B", "https://a.example/"), "url: line 3 has the same address: change one of them"),
    "a taken id": (
        NewFeed("A!", "https://new.example/"),
        "name: line 2 has the same id (the name makes it where none is written): change one of them",
    ),
    "a name that says nothing": (NewFeed("\n", "https://new.example/"), "name: is empty: write something"),
    "a control character": (NewFeed("B\x07", "https://new.example/"), "name: holds an invisible control character"),
    "no address": (NewFeed("B", "javascript:alert(1)"), 'url: "javascript:alert(1)" is no web address'),
    "a page without items": (
        NewFeed("B", "https://new.example/", FeedKind.PAGE),
        "items is missing: a page needs it",
    ),
    "no such topic": (
        NewFeed("B", "https://new.example/", topics=("polcy",)),
        'topics: there is no topic "polcy"; did you mean "policy"?',
    ),
    "too often": (NewFeed("B", "https://new.example/", every="5m"), 'every: "5m" is too often'),
}


@pytest.mark.parametrize(("feed", "said"), REFUSED.values(), ids=REFUSED)
def test_a_feed_that_would_be_a_mistake_is_refused_and_the_file_stays(room, feed, said):
    folder = room(f"feeds:\n{A}")
    with pytest.raises(InputError) as caught:
        append(folder, [NEW, feed])
    (line,) = str(caught.value).split("\n")
    assert f'" cannot be added: {said}' in line
    assert text(folder) == f"feeds:\n{A}"


def test_every_feed_that_is_refused_is_named(room):
    with pytest.raises(InputError) as caught:
        append(room(f"feeds:\n{A}"), [NewFeed("B", "x"), NEW, NewFeed("C", "y")])
    assert [line.split(":")[0] for line in str(caught.value).split("\n")] == [
        '"B" cannot be added',
        '"C" cannot be added',
    ]


BROKEN = {
    "no yaml": ("feeds: [\n", "feeds.yaml:2: a bracket on this line is not closed"),
    "only notes": ("# feeds\n", "feeds.yaml:1: the file is empty"),
    "no list": ("sources: []\n", "feeds.yaml:1: feeds is missing: feeds.yaml needs it"),
    "words for a list": ("feeds: none\n", "feeds.yaml:1: feeds: must be a list"),
    "another mistake": (f"feeds:\n{A}    rights: gpl\n", "feeds.yaml:4: rights: must be ogl, open, abstract or "),
    "another mistake beside an empty list": ("version: 1\nfeeds: []\n", 'feeds.yaml:1: unknown key "version"'),
}


@pytest.mark.parametrize("change", [lambda folder: append(folder, [NEW]), lambda folder: readdress(folder, "a", "x")])
@pytest.mark.parametrize(("before", "said"), BROKEN.values(), ids=BROKEN)
def test_a_file_with_mistakes_is_not_changed_before_they_are_mended(room, before, said, change):
    folder = room(before)
    with pytest.raises(ConfigError) as caught:
        change(folder)
    assert str(caught.value).startswith(said)
    assert text(folder) == before


ODD = {
    "a list in brackets": "feeds: [{name: A, url: https://a.example/}]\n",
    "a file in brackets": "{feeds: []}\n",
    "an empty list on two lines": "feeds: [\n  ]\n",
    "words that keep the empty lines under them": "feeds:\n  - url: https://a.example/\n    name: |+\n      A\n\n\n",
}


@pytest.mark.parametrize("before", ODD.values(), ids=ODD)
def test_an_odd_layout_is_left_to_a_person(room, before):
    folder = room(before)
    with pytest.raises(InputError, match=BY_HAND):
        append(folder, [NEW])
    assert text(folder) == before


@given(
    st.lists(
        st.tuples(
            st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1),
            st.sampled_from(["https://{}.example/", "https://example.org/?a=b&c={}#d", "http://{}.example/[x]'y:z,"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_what_is_added_is_what_is_loaded(tmp_path_factory, write_workspace, feeds, line_end, ended):
    before = f"# é\nfeeds:\n{A}".replace("\n", line_end)
    before = before if ended else before.rstrip()
    folder = write_workspace(tmp_path_factory.mktemp("room"), feeds=before.encode("utf-8"))
    (known,) = load(folder, {}).feeds
    new = feedsfile.distinct([NewFeed(name, url.format(at)) for at, (name, url) in enumerate(feeds)], [known])
    ids = append(folder, new)
    same, *loaded = load(folder, {}).feeds
    assert same == known
    assert [(feed.name, feed.url) for feed in loaded] == [(" ".join(feed.name.split()), feed.asked) for feed in new]
    assert [feed.id for feed in loaded] == list(ids)
    assert text(folder).startswith(before)
    assert text(folder).endswith(line_end) is ended


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from([A, "  - {name: A, url: 'x://y'}\n"])
)
@settings(deadline=None, max_examples=80)
def test_an_address_is_changed_to_what_was_asked_for_or_not_at_all(tmp_path_factory, write_workspace, tail, feed):
    before = f"feeds:\n{feed.replace('x://y', 'https://a.example/')}"
    folder = write_workspace(tmp_path_factory.mktemp("room"), feeds=before)
    url = "https://b.example/" + tail
    try:
        readdress(folder, "a", url)
    except InputError:
        assert text(folder) == before
    else:
        assert [feed.url for feed in load(folder, {}).feeds] == [url.strip()]


READDRESSED = {
    "plain": ("    url: https://a.example/\n", "    url: https://b.example/x?y=1\n"),
    "with a note": ("    url:   https://a.example/  # old\n", "    url:   https://b.example/x?y=1  # old\n"),
    "in double quotes": ('    url: "https://a.example/"\n', "    url: https://b.example/x?y=1\n"),
    "in single quotes": ("    url: 'https://a.example/'\r\n", "    url: https://b.example/x?y=1\r\n"),
    "a page": (
        "    page: https://a.example/\n    items: li\n",
        "    page: https://b.example/x?y=1\n    items: li\n",
    ),
    "without a final newline": ("    url: https://a.example/", "    url: https://b.example/x?y=1"),
}


@pytest.mark.parametrize(("before", "after"), READDRESSED.values(), ids=READDRESSED)
def test_a_new_address_changes_its_own_line_and_no_other(room, before, after):
    head = "\ufeff# top\r\nfeeds:\n  - name: Z\n    url: https://z.example/\n\n  - name: A\n    id: one\n"
    folder = room(head + before)
    assert readdress(folder, "one", "https://b.example/x?y=1") == 8
    assert text(folder) == head + after


@pytest.mark.parametrize(
    "url", ["https://b.example/a,b", "https://b.example/[x]", "https://b.example/x#y", "http://b:80/"]
)
def test_an_address_with_signs_of_yaml_is_put_in_quotes_only_if_it_must(room, url):
    folder = room("\ufeff{feeds: [{name: A, url: https://a.example/}, {name: B, url: https://z.example/}]}")
    assert readdress(folder, "a", f" {url}\n") == 1
    assert [feed.url for feed in load(folder, {}).feeds] == [url, "https://z.example/"]


@pytest.mark.parametrize(
    ("feed_id", "url", "said"),
    [
        ("b", "https://b.example/", 'there is no feed "b" in feeds.yaml'),
        ("oen", "https://b.example/", 'there is no feed "oen" in feeds.yaml; did you mean "one"?'),
        ("a", "ftp://b.example/", 'the address of "a" cannot be changed: url: "ftp://b.example/" is no web address'),
        ("a", "https://b.example/ x", 'the address of "a" cannot be changed: url: "https://b.example/ x" is no web'),
        ("a", "https://me:pw@b.example/", 'the address of "a" cannot be changed: url: holds a user name or password'),
        ("a", "https://one.example/", 'the address of "a" cannot be changed: url: line 3 has the same address'),
        ("beds", "https://b.example/", '"beds" has no address of its own: only what has a url or page can move'),
        ("two", "https://b.example/", BY_HAND),
    ],
)
def test_an_address_that_cannot_be_changed_is_told_and_the_file_stays(room, feed_id, url, said):
    before = (
        f"feeds:\n{A.replace('A', 'One').replace('a.', 'one.')}{A}  - name: Beds\n    pubmed: beds\n"
        "  - name: Two\n    url: >-\n      https://two.example/\n"
    )
    folder = room(before)
    with pytest.raises(InputError) as caught:
        readdress(folder, feed_id, url)
    assert str(caught.value).startswith(said)
    assert isinstance(caught.value, UnknownError) is said.startswith("there is no feed")
    assert text(folder) == before


def test_the_address_already_there_may_be_given_again(room):
    folder = room(f"feeds:\n{A}")
    assert readdress(folder, "a", "https://a.example/") == 3
    assert text(folder) == f"feeds:\n{A}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_file_keeps_its_permissions(room):
    folder = room(f"feeds:\n{A}")
    (folder / "feeds.yaml").chmod(0o640)
    append(folder, [NEW])
    assert stat.S_IMODE((folder / "feeds.yaml").stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a privilege to make a link")
def test_a_link_stays_a_link(room, tmp_path):
    folder = room(f"feeds:\n{A}")
    (folder / "kept").mkdir()
    (folder / "feeds.yaml").rename(folder / "kept" / "ours.yaml")
    (folder / "feeds.yaml").symlink_to(Path("kept") / "ours.yaml")
    append(folder, [NEW])
    assert (folder / "feeds.yaml").is_symlink()
    assert (folder / "kept" / "ours.yaml").read_text(encoding="utf-8") == f"feeds:\n{A}{LINES}"


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(room, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    folder = room(f"feeds:\n{A}")
    before = sorted(folder.iterdir())
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=r"^feeds\.yaml cannot be written: No space left on device$"):
        append(folder, [NEW])
    assert text(folder) == f"feeds:\n{A}"
    assert sorted(folder.iterdir()) == before


def test_what_somebody_else_wrote_meanwhile_is_not_lost(room, monkeypatch):
    folder = room(f"feeds:\n{A}")
    line_up = NewFeed.lines

    def write_meanwhile(feed):
        (folder / "feeds.yaml").write_text("feeds: []\n", encoding="utf-8")
        return line_up(feed)

    monkeypatch.setattr(NewFeed, "lines", write_meanwhile)
    with pytest.raises(ChangedError, match="was changed by somebody else meanwhile: try again"):
        append(folder, [NEW])
    assert text(folder) == "feeds: []\n"


def test_the_starter_can_be_added_to(tmp_path):
    init(tmp_path)
    before = text(tmp_path).splitlines()
    append(tmp_path, [NEW])
    after = text(tmp_path).splitlines()
    at = after.index("  - name: New")
    assert after[:at] + after[at + 2 :] == before
    assert after[at - 1].startswith("    ")
