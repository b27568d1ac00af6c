"""Years go by and nobody is at the keyboard: each edition comes once, late ones are marked, none goes out."""

from datetime import UTC, datetime, timedelta

import pytest
from years import Rhythm, years

START = datetime(2026, 1, 1, tzinfo=UTC)
FEW = ("first-monday", "last-working-day", "fortnightly")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe"])
def test_four_schedulers_and_two_outages_make_each_edition_once(zone):
    away = (
        (datetime(2026, 6, 29, 12, tzinfo=UTC), timedelta(days=3)),
        (datetime(2027, 2, 20, 12, tzinfo=UTC), timedelta(days=40)),
    )
    with years(START, START.replace(year=2028), zone, names=FEW, away=away) as lived:
        lived.live()
        for one in lived.rhythms:
            assert lived.came(one) == lived.expected(one), one.id
            assert len(lived.came(one).drafted) + len(lived.came(one).missed) == len(lived.dues(one))
        assert any(lived.came(one).late for one in lived.rhythms)
        assert any(lived.came(one).missed for one in lived.rhythms)
        assert not lived.desk.store.approvals.holding()
        assert not lived.desk.store.outbox.tallies()


@pytest.mark.slow
def test_what_is_due_in_the_hours_that_clocks_skip_or_repeat_comes_once():
    """29 March and 25 October 2026, at 01:30 in London."""
    for day in (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)):
        with years(day, day + timedelta(days=4), "Europe/London", names=("daily",)) as lived:
            lived.live()
            (daily,) = lived.rhythms
            assert lived.came(daily) == lived.expected(daily)
            assert len(lived.came(daily).drafted) == 4


def test_the_reckoning_knows_a_rhythm_by_its_days():
    """What the years are held against must be able to differ."""
    with years(START, START + timedelta(days=40), "Europe/London", names=("first-monday",)) as lived:
        (one,) = lived.rhythms
        assert len(lived.dues(one)) == 2
        assert isinstance(one, Rhythm)
        assert lived.came(one) != lived.expected(one), "nobody has lived them yet"
