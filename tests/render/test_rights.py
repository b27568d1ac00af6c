"""Whose words are printed where: one table of rights and channels, and what a licence asks in return."""

from dataclasses import replace

import pytest
import sample_edition as sample
from email_reader import Document, text
from sample_edition import item

from bulletin import render
from bulletin.model import Added, Channel, Feed, Placed, Rights, Section, Service, Wording
from bulletin.render.rights import SHOWN, Shown, credit

CC = "© The authors, CC BY 4.0"
FEEDS = {
    feed.id: feed
    for feed in [
        Feed("ogl", "Office for Care", "https://feeds.example/1", rights=Rights.OGL),
        Feed("open", "Open Medicine", "https://feeds.example/2", rights=Rights.OPEN, credit=CC),
        Feed("abstract", "Journal", "https://feeds.example/3", rights=Rights.ABSTRACT),
        Feed("citation", "Magazine", "https://feeds.example/4", rights=Rights.CITATION),
        Feed("silent", "Silent Open Medicine", "https://feeds.example/5", rights=Rights.OPEN),
        Feed("invisible", "\u200b", "https://feeds.example/6", rights=Rights.OGL, credit="\u202e"),
    ]
}
WORDS = "Eleven words that only the summary of this item has in it."
OWN = "What the library says of it."
ABSTRACT, SUMMARY, NOTHING = f"Abstract: {WORDS}", WORDS, ""
HOUSE = replace(sample.HOUSE, feeds=FEEDS)


def placed(feed, title="Title", own="", **more):
    one = item(title, feed, summary=WORDS, doi=f"10.5555/{title.lower()}", id=title, **more)
    return Placed(one, wording=Wording(title, "", own, "eve", one.date) if own else None)


def page(*items, channel=Channel.INSIDE, keep_empty=True, others=()):
    edition = sample.edition(Section("policy", "Policy", items), *others)
    return render.page(edition, replace(sample.BULLETIN, keep_empty=keep_empty), sample.AUDIENCE, HOUSE, channel)


# rights, channel: what is printed of the source's words, and whom it names (beside the item, at the foot)
TABLE = [
    ("ogl", Channel.INSIDE, SUMMARY, "", ("Office for Care",)),
    ("ogl", Channel.OUTSIDE, SUMMARY, "", ("Office for Care",)),
    ("ogl", Channel.WEB, SUMMARY, "", ("Office for Care",)),
    ("open", Channel.INSIDE, ABSTRACT, CC, ()),
    ("open", Channel.OUTSIDE, ABSTRACT, CC, ()),
    ("open", Channel.WEB, ABSTRACT, CC, ()),
    ("abstract", Channel.INSIDE, ABSTRACT, "", ()),
    ("abstract", Channel.OUTSIDE, NOTHING, "", ()),
    ("abstract", Channel.WEB, NOTHING, "", ()),
    ("citation", Channel.INSIDE, NOTHING, "", ()),
    ("citation", Channel.OUTSIDE, NOTHING, "", ()),
    ("citation", Channel.WEB, NOTHING, "", ()),
    ("forgotten", Channel.INSIDE, NOTHING, "", ()),
]


@pytest.mark.parametrize(("feed", "channel", "printed", "beside", "foot"), TABLE)
def test_rights_and_channel_decide_what_is_printed_and_who_is_named(feed, channel, printed, beside, foot):
    shown = page(placed(feed), channel=channel)
    (one,) = shown.headings[0].items
    assert ("Abstract: " if one.abstract else "") + one.summary == printed
    assert (one.credit, shown.credits) == (beside, foot)
    assert shown.left_off == ()


@pytest.mark.parametrize(("feed", "channel", "printed", "beside", "foot"), TABLE)
def test_the_librarys_own_words_are_printed_everywhere_and_never_called_an_abstract(
    feed, channel, printed, beside, foot
):
    shown = page(placed(feed, own=OWN), channel=channel)
    (one,) = shown.headings[0].items
    assert (one.summary, one.abstract) == (OWN, False)
    # Own words may still lean on the source's: whoever is named for those stays named.
    assert (one.credit, shown.credits) == (beside, foot)


def test_the_table_knows_every_right_in_every_channel():
    assert {right: set(channels) for right, channels in SHOWN.items()} == {right: set(Channel) for right in Rights}
    assert {SHOWN[Rights.CITATION][channel] for channel in Channel} == {Shown.CITATION}


@pytest.mark.parametrize(
    ("feed", "named"),
    [
        (FEEDS["ogl"], "Office for Care"),
        (replace(FEEDS["ogl"], credit="Crown copyright"), "Crown copyright"),
        (FEEDS["open"], CC),
        (FEEDS["silent"], ""),
        (FEEDS["invisible"], ""),
        (FEEDS["abstract"], ""),
    ],
)
def test_a_feed_names_whom_its_licence_asks_for(feed, named):
    assert credit(feed) == named


@pytest.mark.parametrize("feed", ["silent", "invisible"])
@pytest.mark.parametrize("channel", [*Channel])
def test_an_item_that_lacks_its_credit_is_left_off_alone_and_said_to_be(feed, channel):
    shown = page(placed("ogl", "Kept"), placed(feed, "Gone"), placed("citation", "Too"), channel=channel)
    assert [one.id for one in shown.headings[0].items] == ["Kept", "Too"]
    assert (shown.count, shown.size) == (2, "2 items under 1 heading")
    (told,) = shown.left_off
    name = FEEDS[feed].name
    assert told == f"Gone: its licence asks for a credit: write credit: at the feed {name} in feeds.yaml"
    assert "Gone" not in shown.preheader


def test_it_needs_no_credit_where_nothing_of_its_words_is_printed():
    bare = Placed(item("Bare", "silent"))
    shown = page(bare, placed("silent", "Ours", own=OWN))
    assert [one.title for one in shown.headings[0].items] == ["Bare", "Ours"]
    assert shown.left_off == ()


@pytest.mark.parametrize(("keep_empty", "names"), [(True, ["Policy", "Finance"]), (False, ["Finance"])])
def test_a_heading_that_is_left_without_items_goes_unless_the_bulletin_keeps_those(keep_empty, names):
    finance = Section("finance", "Finance", (replace(placed("ogl", "Kept"), see_also=("policy", "workforce")),))
    shown = page(placed("silent", "Gone"), keep_empty=keep_empty, others=(finance,))
    assert [one.name for one in shown.headings] == names
    there = ("Policy and strategy", "Workforce and wellbeing")
    assert shown.headings[-1].items[0].see_also == (there if keep_empty else there[1:])


def test_what_is_left_off_is_nowhere_in_the_email(send, monkeypatch):
    monkeypatch.setattr(sample, "HOUSE", HOUSE)
    email = send(sample.edition(Section("policy", "Policy", (placed("silent", "Gone"), placed("open", "Kept")))))
    assert "Gone" not in email.html + email.text + email.mime.decode("ascii")
    assert f"Abstract: {WORDS}" in text(Document(email.html).all("body")[0])


@pytest.mark.parametrize("template", ["default", "plain"])
def test_an_open_licence_is_credited_beside_the_item(send, monkeypatch, template):
    monkeypatch.setattr(sample, "HOUSE", HOUSE)
    email = send(sample.edition(Section("policy", "Policy", (placed("open"),))), template=template)
    assert CC in text(Document(email.html).all("body")[0])
    assert CC in email.text


ADDED = (Added("summary", Service.CROSSREF),)


@pytest.mark.parametrize(
    ("feed", "printed", "beside"),
    [
        ("open", "Abstract: Longer.", CC),
        ("abstract", "Abstract: Longer.", ""),
        ("ogl", WORDS, ""),
        ("citation", "", ""),
    ],
)
def test_an_abstract_that_a_service_added_comes_under_the_rights_of_its_source(feed, printed, beside):
    one = replace(placed(feed).item, summary="<p>Longer.</p>", told=f"<p>{WORDS}</p>", added=ADDED)
    (shown,) = page(Placed(one)).headings[0].items
    assert ("Abstract: " if shown.abstract else "") + shown.summary == printed
    assert shown.credit == beside


def test_people_outside_get_no_publishers_abstracts():
    outside = replace(sample.AUDIENCE, readers=Channel.OUTSIDE)
    edition = sample.edition(Section("policy", "Policy", (placed("abstract"), placed("open", "Open"))))
    shown = render.page(edition, sample.BULLETIN, outside, HOUSE)
    assert [one.summary for one in shown.headings[0].items] == ["", WORDS]
