"""An edition: each item once, under its best heading, inside the window, as many as there is room for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin import compose
from bulletin.model import (
    Bulletin,
    Candidate,
    DateSource,
    Feed,
    Item,
    ItemType,
    Order,
    Placed,
    Schedule,
    Section,
    Topic,
    Wording,
)

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 22)
TOPICS = {name: Topic(name, name.title()) for name in ("policy", "finance", "greener")}


def bulletin(**changes) -> Bulletin:
    standing = {
        "id": "update",
        "title": "Update",
        "headings": tuple(TOPICS),
        "schedule": Schedule("0 9 * * mon", "Europe/London"),
        "window": timedelta(days=30),
        "most": 3,
        "keep_empty": False,
        "lists": (),
    }
    return Bulletin(**(standing | changes))


def item(name: str, days_old: float = 1, **changes) -> Item:
    when = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=days_old)
    known = {"published": when, "date_source": DateSource.PUBLISHED, "first_seen": when}
    return Item(title=name, id=name, **(known | changes))


def candidate(name: str, days_old: float = 1, decided=(), held_over=False, **scores: float) -> Candidate:
    return Candidate(item(name, days_old), scores, tuple(decided), held_over)


def laid_out(*candidates: Candidate, **changes) -> dict[str, list[str]]:
    edition = compose.edition(bulletin(**changes), TOPICS, candidates, 1, DAY)
    return {section.topic: [placed.item.id for placed in section.items] for section in edition.sections}


def test_headings_stand_in_the_bulletins_order():
    assert list(laid_out(candidate("a", greener=0.9), candidate("b", policy=0.5))) == ["policy", "greener"]


def test_an_item_is_printed_once_under_its_best_heading():
    assert laid_out(candidate("a", policy=0.4, finance=0.7)) == {"finance": ["a"]}


def test_equal_scores_go_to_the_heading_that_comes_first():
    assert laid_out(candidate("a", greener=0.5, finance=0.5)) == {"finance": ["a"]}


def test_the_other_headings_are_named_beside_it_if_they_are_shown():
    edition = compose.edition(
        bulletin(),
        TOPICS,
        [candidate("a", policy=0.7, finance=0.4, greener=0.3), candidate("b", greener=0.5)],
        1,
        DAY,
    )
    assert edition.sections[0].items[0].see_also == ("greener",)


def test_a_topic_of_another_bulletin_counts_for_nothing():
    assert laid_out(candidate("a", elsewhere=0.9)) == {}


def test_the_editors_choice_stands_above_every_score():
    assert laid_out(candidate("a", decided=["greener"], policy=0.99)) == {"greener": ["a"]}


def test_an_item_that_the_editor_put_elsewhere_is_not_printed_here():
    assert laid_out(candidate("a", decided=["elsewhere"], policy=0.99)) == {}


@pytest.mark.parametrize(
    ("days_old", "printed"),
    [(0, True), (29.9, True), (30.2, True), (31, False), (400, False), (-1.5, False)],
    ids=["today", "inside", "first day", "the day before", "long ago", "dated after the edition"],
)
def test_only_items_inside_the_window_are_printed(days_old, printed):
    assert laid_out(candidate("a", days_old, policy=0.5)) == ({"policy": ["a"]} if printed else {})


def test_an_undated_item_counts_from_the_day_it_was_first_seen():
    undated = item("a", published=None, date_source=DateSource.FIRST_SEEN)
    assert laid_out(Candidate(undated, {"policy": 0.5})) == {"policy": ["a"]}


def test_the_window_is_told_in_the_bulletins_own_zone():
    """In June London is an hour ahead: the day begins at 23:00 UTC."""
    since, until = compose.window(bulletin(window=timedelta(days=1)), date(2026, 6, 10))
    assert (since, until) == (datetime(2026, 6, 8, 23, tzinfo=UTC), datetime(2026, 6, 10, 23, tzinfo=UTC))


@pytest.mark.parametrize("day", [date(2026, 4, 10), date(2026, 11, 10)], ids=["spring", "autumn"])
def test_the_window_begins_at_midnight_on_either_side_of_a_clock_change(day):
    edition = compose.edition(bulletin(window=timedelta(days=35)), TOPICS, [], 1, day)
    assert edition.since == day - timedelta(days=35)
    assert compose.window(bulletin(window=timedelta(days=35)), day)[0].astimezone(LONDON).time() == time.min


def test_a_heading_prints_no_more_than_its_most_and_holds_the_rest_over():
    many = [candidate(f"i{n}", n + 1, policy=n / 10) for n in range(1, 6)]
    (section,) = compose.edition(bulletin(), TOPICS, many, 1, DAY).sections
    assert [placed.item.id for placed in section.items] == ["i5", "i4", "i3"]
    assert [held.id for held in section.held_over] == ["i2", "i1"]


def test_what_was_held_over_comes_in_whatever_its_age():
    late = candidate("late", 300, held_over=True, policy=0.1)
    new = [candidate(f"i{n}", policy=0.9) for n in range(3)]
    assert laid_out(late, *new)["policy"] == ["i0", "i1", "late"]


def test_half_of_the_places_stay_for_what_is_new():
    """Else a heading that overflows every time would never print anything new again."""
    late = [candidate(f"late{n}", 300, held_over=True, policy=0.5) for n in range(9)]
    new = [candidate(f"new{n}", policy=0.9) for n in range(9)]
    assert laid_out(*late, *new, most=4)["policy"] == ["new0", "new1", "late0", "late1"]


def test_places_that_nothing_new_wants_go_to_what_was_held_over():
    late = [candidate(f"late{n}", 300, held_over=True, policy=0.5) for n in range(3)]
    assert laid_out(*late)["policy"] == ["late0", "late1", "late2"]


@pytest.mark.parametrize("held_over", [True, False])
def test_what_an_editor_chose_comes_in_before_what_the_machine_did(held_over):
    chosen = candidate("chosen", decided=["policy"])
    others = [candidate(f"i{n}", held_over=held_over, policy=0.9) for n in range(3)]
    assert laid_out(chosen, *others, most=1) == {"policy": ["chosen"]}


def test_on_the_page_the_surest_comes_first_and_of_equals_the_newest():
    shuffled = [candidate("c", 1, policy=0.2), candidate("a", 1, policy=0.5), candidate("b", 2, policy=0.5)]
    assert laid_out(*shuffled) == {"policy": ["a", "b", "c"]}


@pytest.mark.parametrize("keep_empty", [True, False])
def test_empty_headings_are_kept_or_dropped_as_the_bulletin_says(keep_empty):
    assert laid_out(keep_empty=keep_empty) == ({name: [] for name in TOPICS} if keep_empty else {})


def test_an_edition_says_what_it_is():
    edition = compose.edition(bulletin(), TOPICS, [candidate("a", policy=0.5)], 7, DAY)
    assert (edition.id, edition.number, edition.day, edition.since) == (
        "update-2026-11-22",
        7,
        DAY,
        date(2026, 10, 23),
    )
    assert edition.size == 1


def kept(name: str, days_old: float = 1, decided=(), **scores: float) -> Candidate:
    """An item on which an editor has worked in the draft before."""
    return replace(candidate(name, days_old, decided, held_over=True, **scores), kept=True)


def draft(*sections: Section):
    return replace(compose.edition(bulletin(), TOPICS, [], 1, DAY), sections=sections)


def section(topic: str, *names: str) -> Section:
    return Section(topic, topic.title(), tuple(Placed(item(name)) for name in names))


def redrafted(before, *candidates: Candidate, **changes):
    return compose.edition(bulletin(**changes), TOPICS, candidates, 1, DAY, before)


def ids(edition) -> dict[str, list[str]]:
    return {section.topic: [placed.item.id for placed in section.items] for section in edition.sections}


def test_a_draft_made_anew_keeps_its_order_and_what_is_new_comes_behind():
    before = draft(section("policy", "low", "high"))
    found = [candidate("high", policy=0.9), candidate("low", policy=0.2), candidate("new", policy=0.95)]
    assert ids(redrafted(before, *found)) == {"policy": ["low", "high", "new"]}


def test_what_moved_to_another_heading_comes_behind_there_with_what_was_said_of_it():
    words = Wording("a", "Own", "", "ann", item("a").date)
    said = Placed(item("a"), ("finance",), "Ours", pick=True, wording=words)
    before = draft(replace(section("policy"), items=(said,)), section("finance", "b"))
    edition = redrafted(before, kept("a", decided=["finance"]), candidate("b", finance=0.1))
    assert ids(edition) == {"finance": ["b", "a"]}
    assert edition.sections[0].items[1] == replace(said, see_also=())


def test_what_an_editor_worked_on_keeps_its_place_whatever_the_room_and_its_age():
    before = draft(section("policy", "k1", "k2", "k3"))
    worked = [kept(f"k{n}", 300, policy=0.1) for n in (1, 2, 3)]
    better = [candidate(f"i{n}", decided=["policy"], policy=0.9) for n in range(3)]
    assert ids(redrafted(before, *worked, *better, most=2)) == {"policy": ["k1", "k2", "k3"]}
    assert ids(redrafted(before, *worked[:1], *better, most=2)) == {"policy": ["k1", "i0"]}


def test_what_is_kept_takes_room_from_what_waits_and_what_is_new():
    late = [candidate(f"late{n}", 300, held_over=True, policy=0.5) for n in range(3)]
    new = [candidate(f"new{n}", policy=0.9) for n in range(3)]
    edition = redrafted(draft(section("policy", "k")), kept("k", policy=0.1), *late, *new)
    assert ids(edition) == {"policy": ["k", "new0", "late0"]}
    assert [one.id for one in edition.sections[0].held_over] == ["new1", "new2", "late1", "late2"]


def test_what_is_not_among_the_candidates_any_more_is_gone_from_the_draft():
    assert ids(redrafted(draft(section("policy", "a", "b")), candidate("b", policy=0.5))) == {"policy": ["b"]}


@pytest.mark.parametrize("keep_empty", [False, True])
def test_readers_get_no_empty_heading_and_none_is_sent_to_it_unless_the_bulletin_keeps_those(keep_empty):
    held = replace(section("finance"), held_over=(item("b"),))
    full = Section("policy", "Policy", (Placed(item("a"), ("finance", "greener"), "Ours"),))
    edition = compose.printed(draft(full, held, section("greener", "c")), bulletin(keep_empty=keep_empty))
    assert ids(edition) == {"policy": ["a"], **({"finance": []} if keep_empty else {}), "greener": ["c"]}
    told = ("finance", "greener") if keep_empty else ("greener",)
    assert edition.sections[0].items[0] == Placed(item("a"), told, "Ours")


scores = st.dictionaries(st.sampled_from([*TOPICS, "elsewhere"]), st.floats(0, 1), max_size=4)
candidates = st.lists(
    st.builds(
        candidate,
        st.uuids().map(str),
        st.floats(-3, 90),
        st.lists(st.sampled_from([*TOPICS, "elsewhere"]), unique=True, max_size=2),
        st.booleans(),
    ).flatmap(lambda c: scores.map(lambda s: Candidate(c.item, s, c.decided, c.held_over))),
    max_size=25,
)


@given(candidates, st.integers(1, 5), st.randoms())
def test_no_item_is_printed_twice_none_is_lost_and_order_of_arrival_changes_nothing(found, most, random):
    edition = compose.edition(bulletin(most=most), TOPICS, found, 1, DAY)
    random.shuffle(found)
    assert compose.edition(bulletin(most=most), TOPICS, found, 1, DAY) == edition
    placed = [placed.item.id for section in edition.sections for placed in section.items]
    held = [held.id for section in edition.sections for held in section.held_over]
    assert len(set(placed + held)) == len(placed + held)
    held_over = {c.item.id for c in found if c.held_over and _belongs(c)}
    assert held_over <= set(placed + held)
    assert all(len(section.items) == most for section in edition.sections if section.held_over)


@given(candidates, st.integers(1, 5), st.data())
def test_a_draft_made_anew_of_the_same_is_the_same_in_whatever_order_editors_put_it(found, most, data):
    edition = compose.edition(bulletin(most=most), TOPICS, found, 1, DAY)
    ordered = replace(
        edition,
        sections=tuple(replace(one, items=tuple(data.draw(st.permutations(one.items)))) for one in edition.sections),
    )
    assert compose.edition(bulletin(most=most), TOPICS, found, 1, DAY, ordered) == ordered


def _belongs(one: Candidate) -> bool:
    return bool(set(one.decided or one.scores) & set(TOPICS))


KINDS = (
    *("news", "guidance", "funding", "", "report"),
    *("research", "systematic review", "statistics", "event", "consultation"),
)
IN_ORDER = (
    *("guidance", "report", "systematic review", "research", "statistics", "news", ""),
    *("consultation", "event", "funding"),
)


def of_kinds(*kinds: str, **changes) -> list[Candidate]:
    """One candidate of each kind, the first the surest."""
    scores = {name: 0.9 - place / 100 for place, name in enumerate(kinds)}
    return [Candidate(item(name or "none", kind=name, **changes), {"policy": scores[name]}) for name in kinds]


def test_items_stand_by_what_kind_of_thing_they_are():
    assert laid_out(*of_kinds(*KINDS), most=20) == {"policy": [name or "none" for name in IN_ORDER]}
    by_score = [name or "none" for name in KINDS]
    assert laid_out(*of_kinds(*KINDS), most=20, order=Order.BEST) == {"policy": by_score}


def test_of_a_kind_the_surest_comes_first():
    two = [Candidate(item(name, kind="report"), {"policy": score}) for name, score in (("b", 0.5), ("a", 0.7))]
    assert laid_out(*two, *of_kinds("news", "guidance")) == {"policy": ["guidance", "a", "news"]}


def test_the_kind_changes_the_order_and_not_who_finds_room():
    assert laid_out(*of_kinds("funding", "news", "guidance"), most=2) == {"policy": ["news", "funding"]}


def test_the_feed_may_tell_the_kind():
    feeds = {"king": Feed("king", "Fund", "https://example.org", type=ItemType.REPORT)}
    candidates = [*of_kinds("news"), Candidate(item("thing", source="king"), {"policy": 0.1})]
    edition = compose.edition(bulletin(), TOPICS, candidates, 1, DAY, feeds=feeds)
    assert [placed.item.id for placed in edition.sections[0].items] == ["thing", "news"]


def test_an_editors_order_stands_above_that_of_kinds():
    candidates = of_kinds("news", "guidance")
    before = compose.edition(bulletin(order=Order.BEST), TOPICS, candidates, 1, DAY)
    again = compose.edition(bulletin(), TOPICS, [*candidates, *of_kinds("report")], 1, DAY, before)
    assert [placed.item.id for placed in again.sections[0].items] == ["news", "guidance", "report"]
