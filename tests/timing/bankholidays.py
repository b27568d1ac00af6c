"""England's bank holidays, worked out from the Banking and Financial Dealings Act 1971 and by hand."""

from datetime import date, timedelta

DAY = timedelta(days=1)

# As gov.uk/bank-holidays lists them, with the days that stand in for a weekend.
BY_HAND = {
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}


def bank_holidays(year):
    """The weekdays of a year that are bank holidays, unless one is proclaimed."""
    sunday = easter(year)
    free = [sunday - 2 * DAY, sunday + DAY, monday(date(year, 5, 1)), monday(date(year, 5, 25))]
    free.append(monday(date(year, 8, 25)))
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        free.append(
            next(one for one in (day + later * DAY for later in range(5)) if one.weekday() < 5 and one not in free)
        )
    return set(free)


def monday(day):
    """The first Monday from a day on."""
    return day + (-day.weekday() % 7) * DAY


def easter(year):
    """Easter Sunday by the rule that Meeus, Jones and Butcher give."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
