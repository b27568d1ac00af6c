"""Where a feed is looked for: an address, a page, a search, a journal or a mail folder, and always one of them."""

from dataclasses import replace

import pytest

from bulletin.config import load
from bulletin.model import Feed, FeedKind, Selectors, Services

IMAP = {"BULLETIN_IMAP_URL": "imaps://me:secret@mail.example.org"}
NOWHERE = "a feed must say where to look: write one of url, page, pubmed, europepmc, crossref or mail"
NO_MAILBOX = (
    "mail: there is no mailbox to look in: set BULLETIN_IMAP_URL=imaps://user:password@host, "
    "or end the name with / if it is a folder of .eml files"
)
NO_ITEMS = 'items is missing: a page needs it: type "bulletin feeds try ADDRESS", which proposes it'
NO_ADDRESS = "is no web address: write it as https://www.example.org"
PROPOSES = 'type "bulletin feeds try ADDRESS", which proposes one'


def feeds(*groups: str) -> str:
    """Write feeds named A, B, ... whose other keys are the given lines."""
    names = "ABCDEFG"
    return "feeds:\n" + "".join(
        "\n    ".join([f"  - name: {name}", *group.split("\n")]) + "\n"
        for name, group in zip(names, groups, strict=False)
    )


def feed(tmp_path, write_workspace, keys: str, **environ: str) -> Feed:
    (one,) = load(write_workspace(tmp_path, feeds=feeds(keys)), environ).feeds
    return one


def test_a_page_has_an_address_and_says_where_its_items_stand(tmp_path, write_workspace):
    keys = 'page: https://a.example/news\nitems: "#news  li"\ntitle: h3\nlink: a[href*="/report"]\ndate: time'
    assert feed(tmp_path, write_workspace, keys) == Feed(
        id="a",
        name="A",
        url="https://a.example/news",
        kind=FeedKind.PAGE,
        selectors=Selectors(item="#news li", title="h3", link='a[href*="/report"]', date="time"),
    )


@pytest.mark.parametrize(
    ("keys", "kind", "url", "search"),
    [
        ("pubmed: NHS[ti] AND (beds OR staff)", FeedKind.PUBMED, Services.pubmed, "NHS[ti] AND (beds OR staff)"),
        ("pubmed: >-\n  one\n  OR two", FeedKind.PUBMED, Services.pubmed, "one OR two"),
        ('europepmc: TITLE:"virtual ward"', FeedKind.EUROPEPMC, Services.europepmc, 'TITLE:"virtual ward"'),
        ("crossref: 01688510", FeedKind.CROSSREF, Services.crossref, "0168-8510"),
    ],
    ids=["pubmed", "on two lines", "europepmc", "crossref"],
)
def test_a_search_goes_to_the_address_of_its_service(tmp_path, write_workspace, keys, kind, url, search):
    assert feed(tmp_path, write_workspace, keys) == Feed("a", "A", url, kind=kind, search=search)


def test_a_service_may_be_asked_elsewhere(tmp_path, write_workspace):
    mirror = {"BULLETIN_PUBMED_URL": "https://mirror.example.org/pubmed/"}
    config = load(write_workspace(tmp_path, feeds=feeds("pubmed: beds", "crossref: 0168-8510")), mirror)
    assert config.services == replace(Services(), pubmed="https://mirror.example.org/pubmed")
    assert [one.url for one in config.feeds] == ["https://mirror.example.org/pubmed", Services.crossref]


def test_a_mail_folder_that_ends_in_a_slash_is_one_of_the_workspace(tmp_path, write_workspace):
    one = feed(tmp_path, write_workspace, "mail: alerts & more/")
    assert (one.kind, one.search) == (FeedKind.MAIL, "")
    assert one.url == (tmp_path.resolve() / "alerts & more").as_uri()
    assert one.url.startswith("file:///")


def test_a_mail_folder_that_is_there_is_one_of_the_workspace(tmp_path, write_workspace):
    (tmp_path / "alerts" / "bmj").mkdir(parents=True)
    one = feed(tmp_path, write_workspace, "mail: alerts/bmj", **IMAP)
    assert one.url == (tmp_path.resolve() / "alerts" / "bmj").as_uri()


@pytest.mark.parametrize(
    ("account", "url"),
    [
        ("imaps://me:secret@mail.example.org", "imaps://mail.example.org"),
        ("imaps://me:secret@Mail.example.org:1993/", "imaps://mail.example.org"),
        ("imap://me:secret@127.0.0.1:1143", "imaps://127.0.0.1"),
        ("imap://me:secret@[::1]", "imaps://[::1]"),
    ],
)
def test_any_other_mail_folder_is_one_of_the_mailbox_and_its_password_stays_out_of_the_address(
    tmp_path, write_workspace, account, url
):
    one = feed(tmp_path, write_workspace, "mail: INBOX/Alerts", BULLETIN_IMAP_URL=account)
    assert one == Feed("a", "A", url, kind=FeedKind.MAIL, search="INBOX/Alerts")


def test_a_mailbox_folder_may_have_a_name_that_no_file_can_have(tmp_path, write_workspace):
    name = "é" * 200  # 400 bytes, and Linux allows 255
    assert feed(tmp_path, write_workspace, f"mail: {name}", **IMAP).search == name


def test_a_feed_may_have_an_agent_of_its_own(tmp_path, write_workspace):
    keys = "url: https://a.example/\nagent: Mozilla/5.0  (compatible; library)"
    assert feed(tmp_path, write_workspace, keys).agent == "Mozilla/5.0 (compatible; library)"


MISTAKES = {
    "two sources": (
        "url: https://a.example/\nid: x\npage: https://a.example/news\nitems: li",
        "5: page: a feed is asked in one way, and line 3 says url: keep one of them",
    ),
    "two searches": (
        "crossref: 0168-8510\npubmed: beds",
        "4: pubmed: a feed is asked in one way, and line 3 says crossref: keep one of them",
    ),
    "no source": ("id: x", f"2: {NOWHERE}"),
    "an empty source": ("pubmed:\nid: x", "3: pubmed: has no value: write one after the colon"),
    "an empty page with items": ("page:\nitems: li", "3: page: has no value: write one after the colon"),
    "a page without items": ("page: https://a.example/\ntitle: h2", f"3: {NO_ITEMS}"),
    "a page with empty items": ("page: https://a.example/\nitems:", f"4: {NO_ITEMS}"),
    "selectors without a page": (
        "pubmed: beds\ntitle: h2",
        "4: title: says where something stands on a web page, and this feed has no page: take it out",
    ),
    "a page that is no address": ("page: a.example\nitems: li", f'3: page: "a.example" {NO_ADDRESS}'),
    "a selector that is none": (
        "page: https://a.example/\nitems: ul {",
        f'4: items: "ul {{" is no CSS selector, such as ul.news > li: {PROPOSES}',
    ),
    "an address for a search": (
        "pubmed: https://pubmed.ncbi.nlm.nih.gov/?term=beds",
        "3: pubmed: is an address: write the words of the search, or put the address of a feed after url",
    ),
    "no issn": ("crossref: Lancet", '3: crossref: "Lancet" is no ISSN, the number of a journal, such as 0140-6736'),
    "a misread issn": (
        "crossref: 0168-8519",
        '3: crossref: "0168-8519" is no ISSN, because its last digit does not fit: copy it once more',
    ),
    "a mailbox that nobody named": ("mail: Alerts", f"3: {NO_MAILBOX}"),
    "a mail folder that is too long": (
        "mail: " + "a" * 201,
        "3: mail: is over 200 letters long: check the name of the folder",
    ),
}


@pytest.mark.parametrize(("keys", "line"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_about_where_to_look_is_one_plain_line(tmp_path, write_workspace, mistakes, keys, line):
    assert mistakes(write_workspace(tmp_path, feeds=feeds(keys))) == [f"feeds.yaml:{line}"]


@pytest.mark.parametrize(
    ("key", "hint"),
    [("ulr", "url"), ("pages", "page"), ("pubmed_search", "pubmed"), ("crosref", "crossref"), ("emails", "mail")],
)
def test_a_misspelt_source_gets_its_near_match_and_still_counts_as_none(
    tmp_path, write_workspace, mistakes, key, hint
):
    assert mistakes(write_workspace(tmp_path, feeds=feeds(f"{key}: x"))) == [
        f"feeds.yaml:2: {NOWHERE}",
        f'feeds.yaml:3: unknown key "{key}"; did you mean "{hint}"?',
    ]


def test_a_mailbox_that_is_named_wrongly_is_told_once_and_not_at_every_feed(tmp_path, write_workspace, mistakes):
    folder = write_workspace(tmp_path, feeds=feeds("mail: One", "mail: Two"))
    (said,) = mistakes(folder, {"BULLETIN_IMAP_URL": "imaps://mail.example.org"})
    assert said.startswith("environment: BULLETIN_IMAP_URL: lacks the user or the password")


TWICE = {
    "search": ("pubmed: Beds  AND staff", "pubmed: beds AND staff", "pubmed", "search"),
    "other search": ("europepmc: beds", "europepmc: Beds", "europepmc", "search"),
    "journal": ("crossref: 0168-8510", "crossref: 01688510", "crossref", "journal"),
    "folder": ("mail: alerts/", "mail: alerts//", "mail", "folder"),
    "page": (
        "page: https://a.example/news/\nitems: li.a",
        "page: http://www.a.example/news\nitems: li.a",
        "page",
        "address and items",
    ),
}


@pytest.mark.parametrize(("one", "other", "key", "what"), TWICE.values(), ids=TWICE)
def test_nothing_is_asked_for_twice(tmp_path, write_workspace, mistakes, one, other, key, what):
    second = 4 + len(one.split("\n"))
    said = f"feeds.yaml:{second}: {key}: line 3 has the same {what}: change one of them"
    assert mistakes(write_workspace(tmp_path, feeds=feeds(one, other))) == [said]


def test_different_things_may_be_asked_of_one_place(tmp_path, write_workspace):
    groups = (
        "pubmed: beds",
        "europepmc: beds",
        "page: https://a.example/\nitems: li.news",
        "page: https://a.example/\nitems: li.reports",
        "url: https://a.example/",
    )
    found = load(write_workspace(tmp_path, feeds=feeds(*groups)), {}).feeds
    assert len({one.address for one in found}) == 5
