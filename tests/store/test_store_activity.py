"""Activity: what each feed brings, how often, and how much of it is printed."""

from papers import NOON, edition, later, paper, shelve

DAY = 24
DOI = "10.5555/hands"


def activity(store, days=0, feed="bmj"):
    """What is told of a feed so many days after noon."""
    return store.visits.activity(later(days * DAY))[feed]


def bring(store, *days, feed="bmj"):
    """Bring one new item on each of these days."""
    for day in days:
        shelve(store, paper(f"News of day {day}", guid=f"{feed}-{day}"), feed=feed, hours=day * DAY)


def test_a_feed_that_brought_nothing_is_absent(store):
    shelve(store)
    assert store.visits.activity(NOON) == {}


def test_the_first_and_the_last_new_item_are_told(store):
    bring(store, 0, 3, 9)
    told = activity(store, 10)
    assert (told.feed, told.first_seen, told.last_new) == ("bmj", NOON, later(9 * DAY))


def test_a_feed_that_is_always_an_hour_behind_another_one_brings_something_new(store):
    for day in (0, 2, 4):
        item = paper(f"News of day {day}", doi=f"{DOI}.{day}")
        shelve(store, item, feed="pubmed", hours=day * DAY)
        shelve(store, item, feed="bmj", hours=day * DAY + 1)
    told = activity(store, 5)
    assert (told.first_seen, told.last_new, told.usual_gap) == (later(1), later(4 * DAY + 1), 2)


def test_what_a_feed_brings_again_is_not_new(store):
    bring(store, 0)
    shelve(store, paper("News of day 0", guid="bmj-0"), hours=9 * DAY)
    assert activity(store, 10).last_new == NOON


def test_the_usual_gap_is_the_median_between_days_with_items(store):
    bring(store, 0, 1, 2, 9)
    assert activity(store, 10).usual_gap == 1
    bring(store, 3, 20, 40, feed="lancet")
    assert activity(store, 50, "lancet").usual_gap == 18.5


def test_one_day_with_items_makes_no_gap(store):
    shelve(store, paper("Morning", guid="1"), hours=0)
    shelve(store, paper("Evening", guid="2"), hours=5)
    assert activity(store).usual_gap is None


def test_a_gap_of_more_than_a_year_ago_is_forgotten(store):
    bring(store, 0, 300, 500, 502)
    assert activity(store, 600).usual_gap == 101


def test_the_items_of_a_month_are_those_of_the_last_ninety_days(store):
    bring(store, 0, 100, 110, 120)
    assert activity(store, 150).a_month == 1


def test_a_young_feed_is_measured_by_a_month_at_least(store):
    bring(store, 0, 1, 2)
    assert activity(store, 2).a_month == 3
    assert activity(store, 45).a_month == 2


def test_items_are_counted_once_although_the_feed_brought_two_forms_of_one(store):
    shelve(store, paper(url="https://x.org/1"), hours=1)
    shelve(store, paper(doi=DOI), hours=2)
    assert activity(store).seen == 2
    shelve(store, paper(url="https://x.org/1", doi=DOI), feed="pubmed", hours=3)
    assert (activity(store).seen, activity(store, feed="pubmed").seen) == (1, 1)


def test_printed_items_are_counted_for_every_feed_that_brought_them(store):
    for feed in ("bmj", "pubmed"):
        shelve(store, paper(doi=DOI), feed=feed)
    bring(store, 1)
    (item,) = (item for item in store.items.list() if item.doi)
    store.editions.save(edition("2026-11-02", 1, item), NOON)
    store.editions.save(edition("2026-11-02", 1, item, bulletin="other"), NOON)
    assert [(activity(store, feed=feed).printed, activity(store, feed=feed).seen) for feed in ("bmj", "pubmed")] == [
        (1, 2),
        (1, 1),
    ]


def test_a_feed_is_followed_since_it_first_brought_something(store):
    assert store.visits.followed() == {}
    bring(store, 3, 9)
    bring(store, 5, feed="nhs")
    assert store.visits.followed() == {"bmj": later(3 * DAY), "nhs": later(5 * DAY)}
