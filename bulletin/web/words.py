"""Words for templates: dates, ages, numbers and sizes as people read them."""

from datetime import date, datetime

from flask import Flask
from jinja2 import StrictUndefined


def install(app: Flask) -> None:
    """Give templates these filters, and have them refuse a name that nobody gave."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(day=day, weekday=weekday, moment=moment, counted=counted, percent=percent)


def day(value: date | datetime) -> str:
    """6 August 2026."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: date | datetime) -> str:
    """Thursday 6 August 2026."""
    return f"{value:%A} {day(value)}"


def moment(value: datetime) -> str:
    """6 August 2026, 14:05 UTC."""
    return f"{day(value)}, {value:%H:%M} UTC"


def counted(number: int, noun: str, plural: str = "") -> str:
    """1 item, 2 items, 1,200 items."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """87 %."""
    return f"{share * 100:.0f} %"
