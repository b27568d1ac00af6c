"""Bulletins, lists, the library and feeds as forms: what is typed is what is loaded, in as few lines as can be."""

import difflib
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.config import bulletinsfile, feedsfile, init, load
from bulletin.config.filechange import write
from bulletin.errors import ChangedError, ConfigError, FormError, UnknownError


@pytest.fixture(name="starter", scope="session")
def _starter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("starter")
    init(folder)
    return folder


@pytest.fixture(name="room")
def _room(starter, tmp_path):
    return shutil.copytree(starter, tmp_path / "room")


def text(folder, file="bulletins.yaml"):
    return (folder / file).read_bytes().decode("utf-8")


def moved(before, after):
    told = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line for line in told if not line.startswith("@@")]


def save_bulletin(folder, name="health-management", **values):
    form = bulletinsfile.bulletin(folder, name)
    write(bulletinsfile.change_bulletin(folder, name, form.values | values, form.digest))


def save_list(folder, name="senior-managers", **values):
    values = {key.rstrip("_"): value for key, value in values.items()}
    form = bulletinsfile.list_(folder, "health-management", name)
    write(bulletinsfile.change_list(folder, "health-management", name, form.values | values, form.digest))


def save_library(folder, **values):
    form = bulletinsfile.library(folder)
    write(bulletinsfile.change_library(folder, form.values | values, form.digest))


def save_feed(folder, feed, /, **values):
    form = feedsfile.form(folder, feed)
    write(feedsfile.change(folder, feed, form.values | values, form.digest))


def test_a_form_shows_what_the_file_says(room):
    values = bulletinsfile.bulletin(room, "executive-edition").values
    assert {key: value for key, value in values.items() if value} == {
        "title": "Executive Edition",
        "intro": "The week on one screen, chosen by your library.",
        "headings": ("policy", "finance", "governance", "workforce", "patient-safety", "sustainable-healthcare"),
        "window": "7d",
        "most": "1",
        "empty": "drop",
        "every": "week",
        "on": "monday",
        "at": "08:00",
        "zone": "Europe/London",
    }
    assert bulletinsfile.list_(room, "executive-edition", "executive-team").values == {
        "id": "executive-team",
        "name": "Executive team",
        "template": "brief",
        "brand": "",
        "from": "Example Health Library <library@example.nhs.uk>",
        "reply_to": "library@example.nhs.uk",
        "delivery": "file",
        "why": "You get this edition because you are a member of the executive team.",
        "readers": "",
        "language": "",
        "address": "",
        "sign_up": "",
        "clicks": "",
    }
    assert bulletinsfile.library(room).values["full_text"].startswith("Many articles open with your NHS OpenAthens")


INTRO = "New reports, research and news for people who run health services, chosen by your library."
HEADINGS = ("policy", "finance", "governance", "workforce", "patient-safety")
CHANGES = {
    "a title": (
        save_bulletin,
        {"title": "Managers' Update: health"},
        ["-    title: Health Management Update", '+    title: "Managers\' Update: health"'],
    ),
    "an intro on many lines": (
        save_bulletin,
        {"intro": f"{INTRO} Write: us # at once, or call."},
        [
            f"-      {INTRO}",
            "-      Tell us what else you would like to see.",
            f"+      {INTRO} Write: us #",
            "+      at once, or call.",
        ],
    ),
    "an intro that would look like a note": (
        save_bulletin,
        {"intro": "# 1 of all"},
        [
            f"-      {INTRO}",
            "-      Tell us what else you would like to see.",
            "-    intro: >-",
            '+    intro: "# 1 of all"',
        ],
    ),
    "a heading less": (
        save_bulletin,
        {"name": "executive-edition", "headings": HEADINGS},
        ["-      - sustainable-healthcare"],
    ),
    "a heading moved": (
        save_bulletin,
        {"name": "executive-edition", "headings": ("sustainable-healthcare", *HEADINGS)},
        ["-      - sustainable-healthcare", "+      - sustainable-healthcare"],
    ),
    "a time": (
        save_bulletin,
        {"at": "10:30"},
        [
            '-    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}',
            '+    schedule: {every: month, on: first monday, at: "10:30", zone: Europe/London}',
        ],
    ),
    "every day": (
        save_bulletin,
        {"every": "day", "on": ""},
        [
            '-    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}',
            '+    schedule: {every: day, at: "09:00", zone: Europe/London}',
        ],
    ),
    "cron instead": (
        save_bulletin,
        {"every": "", "on": "", "at": "", "cron": "0 9 * * mon"},
        [
            '-    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}',
            '+    schedule: {zone: Europe/London, cron: 0 9 * * mon}',
        ],
    ),
    "a number": (save_bulletin, {"most": "5"}, ["-    most: 3", "+    most: 5"]),
    "the usual number": (save_bulletin, {"most": ""}, ["-    most: 3"]),
    "a delivery": (
        save_list,
        {"delivery": "individual"},
        ["-        delivery: file", "+        delivery: individual"],
    ),
    "a sender": (
        save_list,
        {"from_": "St. Mary's, Leeds <a@b.nhs.uk>"},
        [
            "-        from: Example Health Library <library@example.nhs.uk>",
            '+        from: "St. Mary\'s, Leeds <a@b.nhs.uk>"',
        ],
    ),
    "no reason": (
        save_list,
        {"why": ""},
        ["-        why: You get this update because you are on the library's list of senior managers."],
    ),
    "the library's name": (
        save_library,
        {"name": "Wexbridge"},
        ["-  name: Example Health Library and Knowledge Service", "+  name: Wexbridge"],
    ),
    "the library's telephone": (save_library, {"phone": ""}, ["-  phone: 01632 960123"]),
}  # fmt: skip


@pytest.mark.parametrize(("save", "values", "lines"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_the_fewest_lines(room, save, values, lines):
    before = text(room)
    save(room, **values)
    assert sorted(moved(before, text(room))) == sorted(lines)
    load(room, {})


def test_a_library_that_was_not_there_is_written_at_the_end(tmp_path, write_workspace, right):
    before = right["bulletins"].partition("bulletins:")
    folder = write_workspace(tmp_path, bulletins="bulletins:" + before[2])
    save_library(folder, name="L", email="l@example.nhs.uk", phone="1")
    assert text(folder) == f"bulletins:{before[2]}library:\n  name: L\n  email: l@example.nhs.uk\n  phone: 1\n"
    assert load(folder, {}).library.phone == "1"


NEW_LIST = {
    "id": "board",
    "name": "Board: all",
    "from": "library@example.nhs.uk",
    "template": "",
    "why": "You asked.",
}


def test_a_list_is_added_behind_the_others_and_nothing_else_changes(room):
    form = bulletinsfile.bulletin(room, "health-management")
    before = text(room)
    write(bulletinsfile.add_list(room, "health-management", NEW_LIST, form.digest))
    assert (
        moved(before, text(room))
        == [
            "+      - id: board",
            '+        name: "Board: all"',
            '+        from: "library@example.nhs.uk"',
            "+        why: You asked.",
        ]
        or moved(before, text(room))[2] == "+        from: library@example.nhs.uk"
    )
    lists = load(room, {}).bulletins[0].lists
    assert [one.id for one in lists] == ["senior-managers", "department-leads", "board"]


NEW_BULLETIN = {
    "id": "board",
    "title": "Board: update",
    "headings": ("policy", "finance"),
    "every": "week",
    "on": "friday",
    "at": "09:00",
    "zone": "Europe/London",
    "name": "Board members",
    "from": "Library <library@example.nhs.uk>",
    "why": "You sit on the board.",
    "cron": "",
    "intro": "",
}


def test_a_bulletin_is_added_behind_the_others_with_its_first_list(room):
    before = text(room)
    write(bulletinsfile.add_bulletin(room, NEW_BULLETIN, bulletinsfile.library(room).digest))
    assert (
        text(room)
        == before
        + """\
  - id: board
    title: "Board: update"
    headings:
      - policy
      - finance
    schedule: {every: week, on: friday, at: "09:00", zone: Europe/London}
    lists:
      - id: board-members
        name: Board members
        from: "Library <library@example.nhs.uk>"
        why: You sit on the board.
"""
    )
    assert load(room, {}).bulletins[-1].lists[0].id == "board-members"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"id": "health-management"}, {"id": "another one has the same id: change one of them"}),
        ({"headings": ()}, {"headings": "is empty: write something"}),
        ({"name": "", "from": ""}, dict.fromkeys(["name", "from"], "is empty: write something")),
        ({"every": "", "on": "", "at": ""}, {"schedule": "write every, on and at"}),
    ],
)
def test_a_bulletin_that_would_be_a_mistake_is_told_at_its_fields(room, changes, fields):
    before = text(room)
    with pytest.raises(FormError) as caught:
        bulletinsfile.add_bulletin(room, NEW_BULLETIN | changes, bulletinsfile.library(room).digest)
    assert {key: told.partition(", such as {every")[0] for key, told in caught.value.fields.items()} == fields
    assert text(room) == before


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (NEW_LIST | {"id": "senior-managers"}, {"id": "another one has the same id: change one of them"}),
        (NEW_LIST | {"id": "A b"}, {"id": '"A b" is no id: use small letters, digits and hyphens, such as a-b'}),
        (NEW_LIST | {"name": "", "from": ""}, dict.fromkeys(["name", "from"], "is empty: write something")),
        (NEW_LIST | {"from": "me"}, {"from": '"me" is not one e-mail address, such as library@example.nhs.uk'}),
        (
            NEW_LIST | {"template": "defualt"},
            {"template": 'there is no folder "defualt" in templates; did you mean "default"?'},
        ),
        (
            NEW_LIST | {"delivery": "pigeon"},
            {"delivery": 'must be individual, address or file, not "pigeon"'},
        ),
        ({}, dict.fromkeys(["id", "name", "from"], "is empty: write something")),
    ],
)  # fmt: skip
def test_a_list_that_would_be_a_mistake_is_told_at_its_fields(room, values, fields):
    before = text(room)
    form = bulletinsfile.bulletin(room, "health-management")
    with pytest.raises(FormError) as caught:
        bulletinsfile.add_list(room, "health-management", values, form.digest)
    assert caught.value.fields == fields
    assert text(room) == before


REFUSED = {
    "no headings": ({"headings": ()}, {"headings": "is empty"}),
    "no such heading": (
        {"headings": ("polcy",)},
        {"headings": 'there is no topic "polcy"; did you mean "policy"?'},
    ),
    "a heading twice": (
        {"headings": ("policy", "policy")},
        {"headings": "another one has the same topic: change one of them"},
    ),
    "a day that is none": ({"on": "someday"}, {"on": '"someday" is no day that every month has'}),
    "too long a window": ({"window": "10y"}, {"window": '"10y" is no length of time'}),
    "a schedule of two kinds": (
        {"cron": "0 9 * * mon"},
        {"schedule": 'write every, on and at, such as {every: week, on: monday, at: "09:00"}, or cron alone'},
    ),
    "no title": ({"title": ""}, {"title": "is empty"}),
}  # fmt: skip


@pytest.mark.parametrize(("values", "fields"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_a_mistake_is_told_at_its_field(room, values, fields):
    before = text(room)
    with pytest.raises(FormError) as caught:
        save_bulletin(room, **values)
    assert {key: told.split(": write")[0] for key, told in caught.value.fields.items()} == fields
    assert text(room) == before


def test_what_there_is_not_is_told(room):
    for ask in (
        lambda: bulletinsfile.bulletin(room, "health-managment"),
        lambda: bulletinsfile.list_(room, "health-management", "senior-manager"),
        lambda: feedsfile.form(room, "nhs-england"),
    ):
        with pytest.raises(UnknownError, match="did you mean"):
            ask()


def test_what_changed_since_the_form_was_made_is_not_overwritten(room):
    form = bulletinsfile.bulletin(room, "health-management")
    save_list(room, name="department-leads", why="")
    before = text(room)
    for change in (
        lambda: bulletinsfile.change_bulletin(room, "health-management", form.values, form.digest),
        lambda: bulletinsfile.add_list(room, "health-management", NEW_LIST, form.digest),
        lambda: bulletinsfile.change_library(room, {}, form.digest),
    ):
        with pytest.raises(ChangedError, match="somebody else"):
            change()
    assert text(room) == before


TEXT = st.text(max_size=60) | st.sampled_from(
    ["a: b", "# no", "x #y", "!!python/x", "a\nb", "[a", "'a", ">-", "null", "\u200ba b", ",", "]", "}"]
)


@pytest.mark.slow
@given(title=TEXT, intro=TEXT | st.text("abc d# :-\"'>", max_size=400), why=TEXT, name=TEXT)
@settings(deadline=None, max_examples=25)
def test_what_is_saved_is_what_is_loaded_or_nothing_is(starter, tmp_path_factory, title, intro, why, name):
    room = shutil.copytree(starter, tmp_path_factory.mktemp("law") / "room")
    before = text(room)
    notes = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    try:
        save_bulletin(room, title=title, intro=intro)
        save_list(room, why=why)
        save_library(room, name=name)
    except FormError:
        pass
    else:
        loaded = load(room, {})
        bulletin = loaded.bulletins[0]
        assert [bulletin.title, bulletin.intro, bulletin.lists[0].why, loaded.library.name] == [
            " ".join(words.split()) for words in (title, intro, why, name)
        ]
    assert [line for line in text(room).splitlines() if line.lstrip().startswith("#")] == notes


def test_a_feed_is_changed_in_its_own_lines(room):
    before = text(room, "feeds.yaml")
    save_feed(room, "nhs-england-news", every="1d")
    assert moved(before, text(room, "feeds.yaml")) == ["-    every: 6h", "+    every: 1d"]
    before = text(room, "feeds.yaml")
    save_feed(room, "nhs-england-news", topics=("policy", "finance"), access="login")
    assert moved(before, text(room, "feeds.yaml")) == ["+    access: login", "+    topics: [policy, finance]"]
    feed = next(feed for feed in load(room, {}).feeds if feed.id == "nhs-england-news")
    assert feed.topics == ("policy", "finance")


def test_a_feed_with_a_new_name_keeps_its_id(room):
    before = text(room, "feeds.yaml")
    save_feed(room, "nhs-england-news", name="News of NHS England")
    assert moved(before, text(room, "feeds.yaml")) == [
        "-  - name: NHS England news",
        "+  - name: News of NHS England",
        "+    id: nhs-england-news",
    ]
    save_feed(room, "nhs-england-news", name="NHS England news!")
    assert next(feed for feed in load(room, {}).feeds if feed.id == "nhs-england-news").name == "NHS England news!"


def test_a_feed_is_taken_out_with_its_own_notes_only(tmp_path, write_workspace):
    a, b = (
        "  - name: A\n    url: https://a.example/\n    # rights: ogl\n",
        "  - name: B\n    url: https://b.example/\n",
    )
    folder = write_workspace(tmp_path, feeds=f"feeds:\n  # group\n{a}\n  # other\n{b}# end\n")
    write(feedsfile.removal(folder, "a", feedsfile.form(folder, "a").digest))
    assert text(folder, "feeds.yaml") == f"feeds:\n  # group\n\n  # other\n{b}# end\n"
    with pytest.raises(FormError) as caught:
        feedsfile.removal(folder, "b", feedsfile.form(folder, "b").digest)
    assert caught.value.fields == {"feeds": "is empty: write something"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"url": "javascript:alert(1)"}, {"url": '"javascript:alert(1)" is no web address: write it as https://www.example.org'}),
        (
            {"url": ""},
            {"": "a feed must say where to look: write one of url, page, pubmed, europepmc, crossref or mail"},
        ),
        ({"every": "5m"}, {"every": '"5m" is too often: no feed is asked more than once an hour'}),
        ({"rights": "all"}, {"rights": 'must be ogl, open, abstract or citation, not "all"'}),
        ({"name": ""}, {"name": "is empty: write something"}),
        ({"topics": ("policies",)}, {"topics": 'there is no topic "policies"; did you mean "policy"?'}),
    ],
)  # fmt: skip
def test_a_feed_that_would_be_a_mistake_is_told_at_its_field(room, values, fields):
    before = text(room, "feeds.yaml")
    with pytest.raises(FormError) as caught:
        save_feed(room, "nhs-england-news", **values)
    assert caught.value.fields == fields
    assert text(room, "feeds.yaml") == before


def test_a_file_with_mistakes_is_not_changed(room):
    (room / "bulletins.yaml").write_text(text(room) + "colour: red\n", encoding="utf-8")
    with pytest.raises(ConfigError, match='unknown key "colour"'):
        save_bulletin(room, title="New")
