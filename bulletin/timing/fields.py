"""Fields of a cron line: the numbers and names that stand in them, as config has let them pass."""

from bulletin.model import Schedule

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def days(schedule: Schedule) -> list[str]:
    """The parts of the day field: numbers, spans and counted days, or one star."""
    return schedule.cron.split()[2].split(",")


def months(schedule: Schedule) -> list[int]:
    """The months of a schedule, 1 to 12."""
    return numbers(schedule.cron.split()[3], 1, 12, MONTHS)


def weekdays(schedule: Schedule) -> list[int]:
    """The days of the week that a schedule names, Monday being 0; none when it goes by the month, or is daily."""
    field = schedule.cron.split()[4]
    return [] if field == "*" else numbers(field, 0, 6, WEEKDAYS)


def numbers(field: str, least: int, most: int, names: tuple[str, ...] = ()) -> list[int]:
    """The numbers that a field stands for, in their order; names count from the least."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        low, dash, high = (str(least), "-", str(most)) if span == "*" else span.partition("-")
        begin, end = _number(low, least, names), _number(high if dash else low, least, names)
        found.update(range(begin, end + 1, int(step or 1)))
    return sorted(found)


def _number(word: str, least: int, names: tuple[str, ...]) -> int:
    return names.index(word) + least if word in names else int(word)
