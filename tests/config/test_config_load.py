"""What a workspace that is right becomes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bulletin.config import load, starter, topic_file
from bulletin.errors import ConfigError
from bulletin.model import (
    Access,
    Aim,
    Archive,
    DistributionList,
    Feed,
    ItemType,
    Library,
    Order,
    Rights,
    Schedule,
    Topic,
)


def test_a_feed_is_what_the_file_says(tmp_path, write_workspace):
    text = """\
feeds:
  - name: "Trust   news,
      weekly"
    url: https://example.org/feed?x=1
    id: trust
    every: 6h
    rights: abstract
    access: free
    topics: [digital, policy, digital]
"""
    (feed,) = load(write_workspace(tmp_path, feeds=text), {}).feeds
    assert feed == Feed(
        id="trust",
        name="Trust news, weekly",
        url="https://example.org/feed?x=1",
        every=timedelta(hours=6),
        rights=Rights.ABSTRACT,
        access=Access.FREE,
        topics=("digital", "policy"),
    )


def test_a_feed_that_says_little_is_visited_twice_a_day_and_cited_only(tmp_path, write_workspace):
    text = "feeds:\n  - {name: Trust’s “Café” news, url: 'https://example.org/'}\n"
    (feed,) = load(write_workspace(tmp_path, feeds=text), {}).feeds
    assert feed == Feed(id="trusts-cafe-news", name="Trust’s “Café” news", url="https://example.org/")
    assert (feed.every, feed.rights, feed.access) == (timedelta(hours=12), Rights.CITATION, Access.LOGIN)


@pytest.mark.parametrize(
    ("rights", "access"), [("ogl", Access.FREE), ("abstract", Access.LOGIN), ("citation", Access.LOGIN)]
)
def test_only_open_government_feeds_are_free_unless_the_file_says_so(tmp_path, write_workspace, rights, access):
    folder = write_workspace(tmp_path, ("feeds", "ogl", rights))
    assert load(folder, {}).feeds[0].access is access


def test_a_key_without_a_value_counts_as_left_out(tmp_path, write_workspace):
    folder = write_workspace(
        tmp_path, ("feeds", "[policy]", "~"), ("bulletins", "    lists", "    intro:\n    most:\n    lists")
    )
    config = load(folder, {})
    assert config.feeds[0].topics == ()
    assert (config.bulletins[0].intro, config.bulletins[0].most) == ("", 8)


def test_a_topic_takes_its_id_from_the_file_and_counts_every_phrase_once(tmp_path, write_workspace):
    text = """\
heading: Sustainable Healthcare
phrases: [net zero, "net  zero", librar*]
not: [financial sustainability]
examples: ["Gowns: reusable or not?"]
threshold: 0.25
aim: fewer wrong
"""
    config = load(write_workspace(tmp_path, **{"net-zero": text}), {})
    assert [topic.id for topic in config.topics] == ["digital", "net-zero", "policy"]
    assert config.topics[1] == Topic(
        id="net-zero",
        heading="Sustainable Healthcare",
        phrases=("net zero", "librar*"),
        not_phrases=("financial sustainability",),
        examples=("Gowns: reusable or not?",),
        threshold=0.25,
        aim=Aim.FEWER_WRONG,
    )


def test_a_topic_may_have_examples_alone(tmp_path, write_workspace):
    folder = write_workspace(tmp_path, policy="heading: Policy\nexamples: [A white paper on beds]\n")
    topic = load(folder, {}).topics[1]
    assert (topic.threshold, topic.aim) == (None, Aim.BALANCED)


def test_a_topic_file_may_be_read_alone_wherever_it_lies(tmp_path):
    draft = tmp_path / "net-zero.yaml"
    draft.write_text("heading: Green\nphrases: [net zero]\naim: fewer missed\n", encoding="utf-8")
    assert topic_file(draft) == Topic("net-zero", "Green", ("net zero",), aim=Aim.FEWER_MISSED)


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("a.yaml", "heading: Green\n", ":1: nothing says what belongs to this topic"),
        ("a.yaml", "heading: Green\nphrases: [one]\naim: all\n", ":3: aim: must be fewer wrong"),
        ("Net Zero.yaml", "heading: Green\nphrases: [one]\n", "the name of the file is the topic's id"),
        ("a.yaml", "heading: [", "a.yaml:"),
    ],
)
def test_a_topic_file_read_alone_is_checked_like_any_other(tmp_path, name, text, mistake):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(mistake)):
        topic_file(tmp_path / name)


def test_a_topic_file_that_is_not_there_is_told():
    with pytest.raises(ConfigError, match=r"nowhere\.yaml"):
        topic_file(Path("nowhere.yaml"))


def test_a_bulletin_that_says_little_is_monthly_short_and_stays_in_the_house(tmp_path, write_workspace):
    (bulletin,) = load(write_workspace(tmp_path), {}).bulletins
    assert (bulletin.window, bulletin.most, bulletin.keep_empty) == (timedelta(days=35), 8, False)
    assert bulletin.schedule == Schedule("0 9 1st-mon * *", "Europe/London")
    assert bulletin.headings == ("policy", "digital")
    assert bulletin.lists == (
        DistributionList(
            id="managers",
            name="Managers",
            template="default",
            sender="Example Library <library@example.nhs.uk>",
            reply_to="library@example.nhs.uk",
            delivery="file",
        ),
    )


def test_a_bulletin_is_what_the_file_says(tmp_path, write_workspace):
    folder = write_workspace(
        tmp_path,
        ("bulletins", "    lists", "    intro: Hello\n    window: 2w\n    most: 3\n    empty: keep\n    lists"),
        (
            "bulletins",
            "        from",
            (
                "        reply_to: Desk <desk@example.org>\n        delivery: address\n"
                "        address: all@example.org\n        from"
            ),
        ),
        ("bulletins", "        from", "        why: Because.\n        from"),
    )
    (bulletin,) = load(folder, {}).bulletins
    assert (bulletin.intro, bulletin.window, bulletin.most, bulletin.keep_empty) == ("Hello", timedelta(14), 3, True)
    (one,) = bulletin.lists
    assert (one.reply_to, one.delivery, one.why) == ("Desk <desk@example.org>", "address", "Because.")


@pytest.mark.parametrize("told", ["", "staff", "public", "none"])
def test_an_archive_is_for_staff_unless_the_file_says_otherwise(tmp_path, write_workspace, told):
    line = f"    archive: {told}\n" if told else ""
    (bulletin,) = load(write_workspace(tmp_path, ("bulletins", "    lists", f"{line}    lists")), {}).bulletins
    assert bulletin.archive is Archive(told or "staff")


def test_the_library_is_what_the_file_says(tmp_path, write_workspace):
    more = "  phone: 01632 960123\n  web: https://example.org\n  full_text: >-\n    Ask\n    us.\n"
    more += "  login: Ask first.\nbulletins:"
    config = load(write_workspace(tmp_path, ("bulletins", "bulletins:", more)), {})
    assert config.library == Library(
        name="Example Library",
        email="library@example.nhs.uk",
        phone="01632 960123",
        web="https://example.org",
        full_text="Ask us.",
        login="Ask first.",
    )


def test_a_workspace_has_its_output_and_templates(tmp_path, write_workspace):
    config = load(write_workspace(tmp_path), {})
    assert (config.folder, config.output, config.templates) == (tmp_path, tmp_path / "output", tmp_path / "templates")


def test_a_workspace_without_templates_uses_those_of_the_starter(tmp_path, write_workspace):
    assert load(write_workspace(tmp_path, templates=False), {}).templates == starter() / "templates"


def test_files_that_begin_with_a_dot_are_no_topics(tmp_path, write_workspace):
    folder = write_workspace(tmp_path)
    (folder / "topics" / ".policy.yaml").write_text("{", encoding="utf-8")
    assert len(load(folder, {}).topics) == 2


def test_the_starter_newsroom_has_no_mistakes():
    config = load(Path(__file__).parents[2], {})
    assert len(config.feeds) > 10
    assert len(config.topics) > 5
    assert len(config.bulletins) >= 3
    assert config.allow_addresses == frozenset()
    assert {one.delivery for bulletin in config.bulletins for one in bulletin.lists} == {"file"}


def test_the_files_that_the_design_shows_are_enough(tmp_path):
    """A library block, keys for looks and all that has a good default may be left out."""
    (tmp_path / "topics").mkdir()
    for name in ("policy", "workforce", "sustainable-healthcare"):
        (tmp_path / "topics" / f"{name}.yaml").write_text("heading: H\nphrases: [net zero]\n", encoding="utf-8")
    (tmp_path / "feeds.yaml").write_text(
        "feeds:\n  - name: NHS England news\n    url: https://www.england.nhs.uk/news/feed/\n    every: 6h\n"
        "    rights: ogl\n    topics: [policy]\n",
        encoding="utf-8",
    )
    (tmp_path / "bulletins.yaml").write_text(
        """\
bulletins:
  - id: health-management
    title: Health Management Update
    headings: [policy, workforce, sustainable-healthcare]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    window: 35d
    most: 8
    lists:
      - id: senior-managers
        name: Senior managers
        template: default
        from: Library <library@example.nhs.uk>
        reply_to: library@example.nhs.uk
        delivery: individual
""",
        encoding="utf-8",
    )
    library = load(tmp_path, {}).library
    assert library == Library("Library", "library@example.nhs.uk")
    assert library.login == "May need a login: ask the library"


@pytest.mark.parametrize("told", ["", *ItemType])
def test_what_kind_of_thing_a_feed_has_is_as_the_file_says(tmp_path, write_workspace, told):
    line = f"rights: ogl\n    type: {told}" if told else "rights: ogl"
    (feed,) = load(write_workspace(tmp_path, ("feeds", "rights: ogl", line)), {}).feeds
    assert feed.type == (told or None)


@pytest.mark.parametrize("told", ["", "type", "best"])
def test_items_stand_by_kind_unless_the_file_says_otherwise(tmp_path, write_workspace, told):
    line = f"    order: {told}\n" if told else ""
    (bulletin,) = load(write_workspace(tmp_path, ("bulletins", "    lists", f"{line}    lists")), {}).bulletins
    assert bulletin.order is Order(told or "type")


def test_kinds_and_orders_that_there_are_not_are_mistakes(tmp_path, write_workspace):
    odd = ("feeds", "rights: ogl", "rights: ogl\n    type: guide")
    changes = odd, ("bulletins", "    lists", "    order: worst\n    lists")
    with pytest.raises(ConfigError) as caught:
        load(write_workspace(tmp_path, *changes), {})
    said = str(caught.value)
    assert "type: must be guidance, report, systematic-review, research, statistics, news, consultation, " in said
    assert 'order: must be type or best, not "worst"' in said
