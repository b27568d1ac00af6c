"""What editors did with suggestions, and months judged with what was decided before them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bulletin.classify.judge import by_month, by_topic, retell
from bulletin.model import Classification, Decision, Item, MonthKept, Suggestion, Topic, TopicKept

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)


def ruled(suggested, decided, at=NOON):
    """A ruling, with what stood there."""
    suggestions = tuple(Suggestion("i", topic, 0.9, ()) for topic in suggested.split())
    return Classification("i", suggestions, "r", 0, at), Decision("i", tuple(decided.split()), "ann", at)


def test_each_decision_is_one_of_four_things():
    pairs = [
        ruled("green", "green"),  # kept, exactly
        ruled("green digital", "green"),  # kept: the first one was right
        ruled("", ""),  # kept: nothing was suggested, and nothing it was
        ruled("green", "digital"),  # moved
        ruled("green digital", "digital"),  # moved: the first one was wrong
        ruled("green", ""),  # discarded
        ruled("", "green"),  # added
    ]
    assert by_month(pairs) == (MonthKept("2026-10", 7, 3, 2, 1, 1, 2),)


def test_months_are_those_of_the_decisions_the_newest_last():
    pairs = [ruled("a", "a", NOON + timedelta(days=days)) for days in (31, 0, 366)]
    assert [one.month for one in by_month(pairs)] == ["2026-10", "2026-11", "2027-10"]


def test_topics_tell_what_was_right_and_what_was_missed():
    pairs = [ruled("green", "green"), ruled("green digital", "digital"), ruled("", "digital")]
    green, digital = by_topic(pairs)[1], by_topic(pairs)[0]
    assert (digital, green) == (TopicKept("digital", 1, 2, 1), TopicKept("green", 2, 1, 1))
    assert (green.precision, green.recall) == (0.5, 1.0)


def test_a_topic_that_was_never_suggested_has_no_precision():
    assert TopicKept("a", 0, 3, 0).precision is None
    assert TopicKept("a", 3, 0, 0).recall is None


TOPICS = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3).map(" ".join)


@given(st.lists(st.builds(ruled, TOPICS, TOPICS)))
def test_every_decision_is_counted_once(pairs):
    for one in by_month(pairs):
        assert one.kept + one.moved + one.discarded + one.added == one.items == len(pairs)
        assert one.exact <= one.kept
    assert all(one.both <= min(one.suggested, one.decided) for one in by_topic(pairs))


GREEN = Topic("green", "Green", phrases=("net zero", "carbon footprint"))
STAFF = Topic("staff", "Staff", phrases=("nurse staffing",))


def month_of(number, count, *, title="Net zero in ward {}", topics=("green",)):
    """So many decisions in one month."""
    at = datetime(2026, number, 3, tzinfo=UTC)
    return [
        (Item(title.format(n), id=f"{number}-{n}-{title[:3]}", first_seen=at), Decision("", topics, "ann", at))
        for n in range(count)
    ]


def test_a_month_is_judged_by_what_was_decided_before_it():
    decided = [*month_of(1, 12), *month_of(2, 10), *month_of(2, 5, title="A museum {}", topics=())]
    (february,) = retell(decided, [GREEN, STAFF], {})
    assert (february.month, february.trained_on, february.items) == ("2026-02", 12, 15)
    assert (february.covered, february.first_right) == (10, 10)
    assert (february.total.precision, february.total.recall) == (1.0, 1.0)


def test_months_with_too_few_decisions_are_left_out():
    assert retell([*month_of(1, 12), *month_of(2, 9)], [GREEN], {}) == ()
    assert retell([*month_of(1, 9), *month_of(2, 12)], [GREEN], {}) == ()
    assert retell([], [GREEN], {}) == ()
    assert retell([*month_of(1, 12), *month_of(2, 12)], [], {}) == ()


def test_decisions_for_topics_that_are_gone_are_left_out():
    decided = [*month_of(1, 12), *month_of(2, 10), *month_of(2, 4, title="Old {}", topics=("gone",))]
    (february,) = retell(decided, [GREEN], {})
    assert february.items == 10


def test_no_more_than_the_last_six_months_are_judged():
    decided = [pair for number in range(1, 10) for pair in month_of(number, 10)]
    assert [one.month for one in retell(decided, [GREEN], {})] == [f"2026-0{number}" for number in range(4, 10)]
