"""Every mistake in a file is one line: where it is, what is wrong, what to do."""

import pytest

from bulletin.config import load

LIST_END = "        from: Example Library <library@example.nhs.uk>\n"
FRIENDLY = 'every: month, on: first monday, at: "09:00"'
NO_DAY = (
    "is no day that every month has: write first monday, second tuesday, last friday, first working day, "
    "last working day, last day, or a number from 1 to 31"
)
EVERY = "day, weekday, working day, week, fortnight or month"
LONDON = "zone: Europe/London"
NO_FORTNIGHT = "only a fortnight is counted from a day: take this out, or write every: fortnight"
NO_HOUR = "needs an hour at which an edition goes: write review or send too, such as review: 2d, or take this out"
ANOTHER = (
    "another cannot stand beside unattended: send, by which an edition goes without anybody's approval: "
    "take one of them out"
)
SINCE_WHEN = (
    "every second week from when on? Write starting with the first day on which it comes out, "
    "such as starting: 2026-12-01"
)
NO_SENDER = "is not one sender: write it as Library <library@example.nhs.uk>"
NO_NUMBER = "means one day in some programs and another in others: write mon, tue, wed, thu, fri, sat or sun"
NO_URL = "is no web address: write it as https://www.example.org"
NO_LENGTH = "is no length of time: write a number and m, h, d or w (minutes, hours, days, weeks), such as 12h or 35d"
NO_KIND = 'schedule: write every, on and at, such as {every: week, on: monday, at: "09:00"}, or cron alone'

KEYS = (
    "name, url, page, items, title, link, date, summary, pubmed, europepmc, crossref, mail, id, every, rights, "
    "access, topics, agent, credit and type"
)

# file, what stands in the right one, what stands in the wrong one, the whole line
FEEDS = [
    ("rights", "rigths", '4: unknown key "rigths"; did you mean "rights"?'),
    (
        "rights",
        "colour",
        f'4: unknown key "colour": the keys of a feed are {KEYS}',
    ),
    ("feeds:\n", "version: 2\nfeeds:\n", '1: unknown key "version": the keys of feeds.yaml are feeds'),
    (
        "    url: https://www.england.nhs.uk/news/feed/\n",
        "",
        "2: a feed must say where to look: write one of url, page, pubmed, europepmc, crossref or mail",
    ),
    ("https://www.england.nhs.uk/news/feed/", "", "3: url: has no value: write one after the colon"),
    ("NHS England news", "", "2: name: has no value: write one after the colon"),
    ("https://www.england", "www.england", f'3: url: "www.england.nhs.uk/news/feed/" {NO_URL}'),
    ("https:", "ftp:", f'3: url: "ftp://www.england.nhs.uk/news/feed/" {NO_URL}'),
    ("www.england.nhs.uk/news/", "www.example.org:http/", f'3: url: "https://www.example.org:http/feed/" {NO_URL}'),
    ("https://www.england.nhs.uk/", "https:///", f'3: url: "https:///news/feed/" {NO_URL}'),
    ("news/feed", "news feed", f'3: url: "https://www.england.nhs.uk/news feed/" {NO_URL}'),
    (
        "https://www",
        "https://me:secret@www",
        "3: url: holds a user name or password, and this file is no place for one: take it out",
    ),
    ("ogl", "OGL", '4: rights: must be ogl, open, abstract or citation, not "OGL"; did you mean "ogl"?'),
    ("rights: ogl", "access: yes", '4: access: must be free or login, not "yes"'),
    ("rights: ogl", "every: soon", f'4: every: "soon" {NO_LENGTH}'),
    ("rights: ogl", "every: 59m", '4: every: "59m" is too often: no feed is asked more than once an hour'),
    (
        "rights: ogl",
        "agent: Café",
        '4: agent: "Café" is no User-Agent: write at most 200 plain letters, digits and signs',
    ),
    ("rights: ogl", "every: 0h", '4: every: "0h" must be more than nothing and no more than five years'),
    ("rights: ogl", "every: 600w", '4: every: "600w" must be more than nothing and no more than five years'),
    ("rights: ogl", "every: [6h]", "4: every: must be plain words, not a list or keys with values"),
    (
        "rights: ogl",
        "id: NHS News",
        '4: id: "NHS News" is no id: use small letters, digits and hyphens, such as nhs-news',
    ),
    ("rights: ogl", "id: lpt1", '4: id: "lpt1" is a name that Windows keeps for itself: choose another'),
    (
        "[policy]",
        "policy",
        "5: topics: must be a list: write each on its own line with a dash in front, or [one, two]",
    ),
    ("policy", "polcy", '5: topics: there is no topic "polcy"; did you mean "policy"?'),
    ("policy", "finance", '5: topics: there is no topic "finance": write topics/finance.yaml, or take it out'),
    ("[policy]", "[policy, ]\n  -", "6: feeds: a feed must be keys with values, such as name: ..."),
    ("NHS England news", '"a\\x07b"', "2: name: holds an invisible control character: type the words again"),
    ("NHS England news", '"  "', "2: name: is empty: write something between the quotation marks"),
    ("NHS England news", "健康新闻", "2: name: no id can be made of it: add one, such as id: my-feed"),
    ("NHS England news", "Con", "2: name: no id can be made of it: add one, such as id: my-feed"),
    (
        "NHS England news",
        "By hand",
        "2: name: the id by-hand is kept for what people add one by one: write another, such as id: my-feed",
    ),
    (
        "rights: ogl",
        "id: by-hand",
        "4: id: the id by-hand is kept for what people add one by one: write another, such as id: my-feed",
    ),
]
SECOND_FEED = [
    ("nhs  England News", "https://example.org/", "", "6: name: line 2 has the same name: change one of them"),
    (
        "B",
        "http://england.nhs.uk/news/feed?utm_source=x",
        "",
        "7: url: line 3 has the same address: change one of them",
    ),
    (
        "NHS-England: news!",
        "https://example.org/",
        "",
        "6: name: line 2 has the same id (the name makes it where none is written): change one of them",
    ),
    (
        "B",
        "https://example.org/",
        "nhs-england-news",
        "8: id: line 2 has the same id (the name makes it where none is written): change one of them",
    ),
]
TOPICS = [
    ("heading: Policy\n", "", "1: heading is missing: a topic needs it"),
    (
        "phrases: [white paper]\n",
        "",
        "1: nothing says what belongs to this topic: write at least one phrase or example",
    ),
    ("[white paper]", "['*']", '2: phrases: "*" has no letter or digit to look for'),
    (
        "[white paper]",
        "\n  - Money: where it goes",
        '3: phrases: put "Money: where it goes" in quotation marks, because it has a colon',
    ),
    (
        "[white paper]",
        "[one]\nexamples:\n  - Money:",
        '4: examples: put "Money:" in quotation marks, because it has a colon',
    ),
    (
        "[white paper]",
        "\n  - Money: [one]",
        "3: phrases: must be plain words, not a list or keys with values",
    ),
    ("[white paper]", "[one, ~]", "2: phrases: has no value: write one after the colon or the dash"),
    ("[white paper]", "[one]\nthreshold: 40", '3: threshold: must be a number from 0 to 1, such as 0.4, not "40"'),
    (
        "[white paper]",
        "[one]\naim: fewer errors",
        '3: aim: must be fewer wrong, fewer missed or balanced, not "fewer errors"; did you mean "fewer wrong"?',
    ),
    ("[white paper]", "[one]\nexample: [two]", '3: unknown key "example"; did you mean "examples"?'),
]
BULLETINS = [
    (
        "library@example.nhs.uk",
        "library",
        '3: email: "library" is not one e-mail address, such as library@example.nhs.uk',
    ),
    (
        "<library@example.nhs.uk>",
        "<a@example.org>, c@example.org",
        f'12: from: "Example Library <a@example.org>, c@example.org" {NO_SENDER}',
    ),
    (
        "Library <library@example.nhs.uk>",
        "Library <bücherei@example.org>",
        '12: from: "bücherei@example.org" is not one e-mail address, such as library@example.nhs.uk',
    ),
    (LIST_END, LIST_END + "      - managers\n", "13: lists: a list must be keys with values, such as id: ..."),
    (LIST_END, "", "10: from is missing: a list needs it"),
    (
        LIST_END,
        LIST_END + "        delivery: email\n",
        '13: delivery: must be individual, address or file, not "email"',
    ),
    (
        LIST_END,
        LIST_END + "        template: defalt\n",
        '13: template: there is no folder "defalt" in templates; did you mean "default"?',
    ),
    (
        LIST_END,
        LIST_END + "        template: brief\n",
        '13: template: there is no folder "brief" in templates: make it, or name another',
    ),
    (
        LIST_END,
        LIST_END + "      - {id: managers, name: B, from: b@example.org}\n",
        "13: id: line 10 has the same id: change one of them",
    ),
    (
        "library:\n  name: Example Library\n  email: library@example.nhs.uk\n",
        "library: Ours\n",
        "1: library: the library must be keys with values, such as name: ...",
    ),
    ("Example Library\n", "Ours\n  web: example.org\n", f'3: web: "example.org" {NO_URL}'),
    ("[policy, digital]", "[policy, policy]", "7: headings: line 7 has the same topic: change one of them"),
    ("[policy, digital]", "[policy, digitl]", '7: headings: there is no topic "digitl"; did you mean "digital"?'),
    ("[policy, digital]", "[]", "7: headings: the list is empty: write at least one"),
    ("    lists:", "    window: 2 months\n    lists:", f'9: window: "2 months" {NO_LENGTH}'),
    ("    lists:", "    most: 101\n    lists:", '9: most: must be a whole number from 1 to 100, not "101"'),
    ("    lists:", "    most: 0\n    lists:", '9: most: must be a whole number from 1 to 100, not "0"'),
    ("    lists:", "    most: 1_0\n    lists:", '9: most: must be a whole number from 1 to 100, not "1_0"'),
    ("    lists:", "    empty: hide\n    lists:", '9: empty: must be keep or drop, not "hide"'),
    ("month", "year", f'8: every: must be {EVERY}, not "year"'),
    ("month", "weekdays", f'8: every: must be {EVERY}, not "weekdays"; did you mean "weekday"?'),
    ("first monday", "fifth monday", f'8: on: "fifth monday" {NO_DAY}'),
    ("first monday", "32", f'8: on: "32" {NO_DAY}'),
    ("month, on: first monday", "week, on: mnday", '8: on: "mnday" is no day of the week; did you mean "monday"?'),
    ("month, on: first monday", "week, on: often", '8: on: "often" is no day of the week, such as monday'),
    (
        "month, on: first monday",
        "day, on: monday",
        '8: on: "monday" is too much: what comes out every day needs no day, so take this out',
    ),
    ('"09:00"', "9am", '8: at: "9am" is no time of day: write "09:00" or "17:30"'),
    ("Europe/London", "europe/Londn", '8: zone: "europe/Londn" is no time zone; did you mean "Europe/London"?'),
    ("Europe/London", "GB-Wales-North", '8: zone: "GB-Wales-North" is no time zone, such as Europe/London'),
    (", zone: Europe/London", "", "8: zone is missing: a schedule needs it"),
    ("on: first monday, ", "", f"8: {NO_KIND}"),
    ("every: month", "cron: 0 9 * * mon, every: month", f"8: {NO_KIND}"),
    (LONDON, f"{LONDON}, remind: 1d", f"8: remind: {NO_HOUR}"),
    (LONDON, f"{LONDON}, unattended: send", f"8: unattended: {NO_HOUR}"),
    (LONDON, f"{LONDON}, unattended: perhaps", '8: unattended: must be wait or send, not "perhaps"'),
    (LONDON, f"{LONDON}, when_empty: never", '8: when_empty: must be skip or draft, not "never"'),
    (LONDON, f"{LONDON}, send: 7.30", '8: send: "7.30" is no time of day: write "09:00" or "17:30"'),
    (LONDON, f"{LONDON}, review: two days", f'8: review: "two days" {NO_LENGTH}'),
    (LONDON, f"{LONDON}, review: two days, remind: 1d", f'8: review: "two days" {NO_LENGTH}'),
    (
        LONDON,
        f"{LONDON}, review: 1d, remind: 25h",
        "8: remind: is longer than the review, so that nothing would be drafted yet: write a shorter time",
    ),
    (
        f"{LONDON}}}\n",
        f"{LONDON}, review: 1d, unattended: send}}\n    approver: another\n",
        f"9: approver: {ANOTHER}",
    ),
    (
        "month, on: first monday",
        "weekday, on: monday",
        '8: on: "monday" is too much: what comes out every day needs no day, so take this out',
    ),
    (
        "month, on: first monday",
        "fortnight, on: monday",
        f"8: schedule: {SINCE_WHEN}",
    ),
    (
        "month, on: first monday",
        "fortnight, on: monday, starting: 2026-12-01",
        "8: starting: 2026-12-01 is a Tuesday and not a Monday: change it, or on",
    ),
    (
        "month, on: first monday",
        "fortnight, on: monday, starting: 1 Dec",
        '8: starting: "1 Dec" is no day: write year, month and day, such as 2026-12-01',
    ),
    ("first monday", "first monday, starting: 2026-12-01", f"8: starting: {NO_FORTNIGHT}"),
    ("every: month, on: first monday", "on: monday, starting: 2026-12-01", f"8: starting: {NO_FORTNIGHT}"),
    (
        FRIENDLY,
        'cron: "0 9,17 * * mon"',
        '8: cron: hour: "9,17" is more than one, and a bulletin comes out once on a day',
    ),
    (
        FRIENDLY,
        "cron: 0 9 30 2 *",
        '8: cron: "0 9 30 2 *" never happens: there is no such day in that month',
    ),
    (
        FRIENDLY,
        "cron: 0 9 * * 1",
        f'8: cron: day of the week: "1" {NO_NUMBER}',
    ),
]


def ids(table):
    return [row[-1].partition(": ")[2][:60] for row in table]


@pytest.mark.parametrize(("old", "new", "line"), FEEDS, ids=ids(FEEDS))
def test_a_mistake_in_the_feeds_is_one_plain_line(tmp_path, write_workspace, mistakes, old, new, line):
    assert mistakes(write_workspace(tmp_path, ("feeds", old, new))) == [f"feeds.yaml:{line}"]


@pytest.mark.parametrize(("name", "url", "feed_id", "line"), SECOND_FEED, ids=ids(SECOND_FEED))
def test_two_feeds_may_not_be_taken_for_each_other(
    tmp_path, right, write_workspace, mistakes, name, url, feed_id, line
):
    second = f'  - name: "{name}"\n    url: {url}\n    id: {feed_id}\n'
    folder = write_workspace(tmp_path, feeds=right["feeds"] + second)
    assert mistakes(folder) == [f"feeds.yaml:{line}"]


@pytest.mark.parametrize(("old", "new", "line"), TOPICS, ids=ids(TOPICS))
def test_a_mistake_in_a_topic_is_one_plain_line(tmp_path, write_workspace, mistakes, old, new, line):
    assert mistakes(write_workspace(tmp_path, ("policy", old, new))) == [f"topics/policy.yaml:{line}"]


@pytest.mark.parametrize(("old", "new", "line"), BULLETINS, ids=ids(BULLETINS))
def test_a_mistake_in_the_bulletins_is_one_plain_line(tmp_path, write_workspace, mistakes, old, new, line):
    assert mistakes(write_workspace(tmp_path, ("bulletins", old, new))) == [f"bulletins.yaml:{line}"]


def test_a_bulletin_has_its_own_id(tmp_path, right, write_workspace, mistakes):
    text = right["bulletins"]
    folder = write_workspace(tmp_path, bulletins=text + text[text.index("  - id: management") :])
    assert mistakes(folder) == ["bulletins.yaml:13: id: line 5 has the same id: change one of them"]


def test_a_list_of_another_bulletin_may_have_the_same_id(tmp_path, right, write_workspace):
    text = right["bulletins"]
    second = text[text.index("  - id: management") :].replace("id: management", "id: estates")
    config = load(write_workspace(tmp_path, bulletins=text + second), {})
    assert [bulletin.lists[0].id for bulletin in config.bulletins] == ["managers", "managers"]


def test_a_topic_file_has_a_name_that_can_be_an_id(tmp_path, right, write_workspace, mistakes):
    folder = write_workspace(tmp_path, **{"Net Zero": right["policy"]})
    said = '"Net Zero" is no id: use small letters, digits and hyphens, such as net-zero'
    assert mistakes(folder) == [f"topics/Net Zero.yaml: the name of the file is the topic's id: {said}"]


def test_a_topic_file_ends_in_yaml(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path)
    (folder / "topics" / "finance.yml").write_text("heading: Finance\n", encoding="utf-8")
    assert mistakes(folder) == ["topics/finance.yml: the name must end in .yaml: rename the file"]


def test_a_template_needs_both_its_files(tmp_path, write_workspace, write_template, mistakes):
    folder = write_workspace(tmp_path, templates=False)
    write_template(folder, "default", ("bulletin.html.j2",))
    said = "bulletins.yaml:10: template: the folder templates/default has no bulletin.txt.j2: write one"
    assert mistakes(folder) == [said]


def test_all_mistakes_of_all_files_are_told_at_once_in_order(tmp_path, write_workspace, mistakes):
    folder = write_workspace(
        tmp_path,
        ("feeds", "ogl", "gpl"),
        ("feeds", "[policy]", "[pplicy]"),
        ("bulletins", "title", "tilte"),
        ("bulletins", "digital]", "digtal]"),
        ("policy", "heading", "haeding"),
        digital="heading: @",
    )
    assert mistakes(folder, {"BULLETIN_ALLOW_ADDRESSES": "::1"}) == [
        "bulletins.yaml:5: title is missing: a bulletin needs it",
        'bulletins.yaml:6: unknown key "tilte"; did you mean "title"?',
        'bulletins.yaml:7: headings: there is no topic "digtal"; did you mean "digital"?',
        'environment: BULLETIN_ALLOW_ADDRESSES: "::1" is no host and port, such as localhost:8080 or [::1]:8080',
        'feeds.yaml:4: rights: must be ogl, open, abstract or citation, not "gpl"; did you mean "ogl"?',
        'feeds.yaml:5: topics: there is no topic "pplicy"; did you mean "policy"?',
        "topics/digital.yaml:1: a value cannot begin with this character: put the whole value in quotation marks",
        "topics/policy.yaml:1: heading is missing: a topic needs it",
        'topics/policy.yaml:1: unknown key "haeding"; did you mean "heading"?',
    ]


def test_an_empty_folder_is_told_what_is_missing(tmp_path, mistakes):
    missing = 'this file is missing: check the folder, or type "bulletin init" to make a workspace'
    assert mistakes(tmp_path) == [
        f"bulletins.yaml: {missing}",
        f"feeds.yaml: {missing}",
        "topics: there is no topic here: write one .yaml file for each",
    ]


def test_a_long_value_is_shown_in_short_and_on_one_line(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path, ("feeds", "ogl", '"' + "a\\n\\e" * 100 + '"'))
    (said,) = mistakes(folder)
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) < 150
