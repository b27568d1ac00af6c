"""The tables have the fields of the nouns, and instants keep their zone."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from papers import NOON, visit

from bulletin import model
from bulletin.store import Form, desktables, peopletables, tables, turntables


def names(noun):
    return {field.name for field in fields(noun)}


@pytest.mark.parametrize(
    ("table", "noun", "elsewhere", "besides"),
    [
        pytest.param(tables.visit, model.Visit, {"validators"}, names(model.Validators) | {"id"}, id="visit"),
        pytest.param(
            tables.item,
            model.Item,
            {"citation", "keys", "feeds", "notice", "marks", "added", "told"},
            names(model.Citation) | {"merged_into", "notice_mark", "notice_doi"},
            id="item",
        ),
        pytest.param(tables.lookup, model.Lookup, set(), {"id"}, id="lookup"),
        pytest.param(tables.addition, model.Added, set(), {"item", "value", "at"}, id="added"),
        pytest.param(
            tables.classification, model.Classification, {"suggestions", "near"}, {"id"}, id="classification"
        ),
        pytest.param(tables.suggestion, model.Suggestion, {"item"}, {"classification", "rank"}, id="suggestion"),
        pytest.param(tables.decision, model.Decision, set(), {"id", "says"}, id="decision"),
        pytest.param(tables.wording, model.Wording, set(), {"id"}, id="wording"),
        pytest.param(
            tables.edition,
            model.Edition,
            {"sections", "blocks", "corrections", "is_urgent"},
            {"composed_at"},
            id="edition",
        ),
        pytest.param(
            tables.edition_section, model.Section, {"items", "held_over"}, {"edition", "section"}, id="section"
        ),
        pytest.param(tables.edition_item, model.Placed, {"wording"}, {"edition", "section", "position"}, id="placed"),
        pytest.param(desktables.change, model.Change, set(), set(), id="change"),
        pytest.param(
            desktables.approval, model.Approval, {"emails", "ended_at", "ended_by", "ended_why"}, set(), id="approval"
        ),
        pytest.param(peopletables.deed, model.Deed, set(), set(), id="deed"),
        pytest.param(peopletables.session, model.Session, set(), {"digest"}, id="session"),
        pytest.param(
            peopletables.editor,
            model.Editor,
            {"grants", "has_totp", "active"},
            {"password", "added_at", "disabled_at"},
            id="editor",
        ),
        pytest.param(turntables.beat, model.Beat, set(), set(), id="beat"),
        pytest.param(
            turntables.turn,
            model.Turn,
            {"tries", "taken_at", "ended_at", "outcome", "words", "edition"},
            {"id"},
            id="turn",
        ),
        pytest.param(desktables.archived, Form, set(), {"approval", "size"}, id="form"),
        pytest.param(desktables.email, model.Email, {"edition"}, {"approval", "digest"}, id="email"),
    ],
)
def test_columns_are_named_like_the_fields(table, noun, elsewhere, besides):
    assert {column.name for column in table.columns} == names(noun) - elsewhere | besides


def test_an_instant_comes_back_in_utc_to_the_microsecond(store):
    there = datetime(2026, 7, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    store.visits.record(model.Visit("bmj", there, model.Outcome.OK))
    at = store.visits.latest()["bmj"].at
    assert (at, at.tzinfo) == (there, UTC)


def test_an_instant_without_a_zone_is_refused(store):
    with pytest.raises(Exception, match="no time zone"):
        store.visits.record(model.Visit("bmj", NOON.replace(tzinfo=None), model.Outcome.OK))
    assert store.visits.latest() == {}


def test_a_store_can_be_used_again_after_a_refusal(store):
    with pytest.raises(Exception, match="no time zone"):
        store.visits.record(model.Visit("bmj", NOON.replace(tzinfo=None), model.Outcome.OK))
    store.visits.record(visit())
    assert store.visits.latest() == {"bmj": visit()}
