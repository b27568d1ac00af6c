"""Words for templates: dates, ages, numbers and sizes as people read them."""

from datetime import datetime

from flask import Flask, g
from jinja2 import StrictUndefined

from bulletin.jobs import counted_to
from bulletin.jobs.hours import in_words
from bulletin.model import Bulletin
from bulletin.render.blocks import span
from bulletin.render.plain import text_of
from bulletin.render.words import day, weekday
from bulletin.report.words import counted
from bulletin.web.show import desk


def install(app: Flask) -> None:
    """Give templates these filters, and have them refuse a name that nobody gave."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        day=day,
        weekday=weekday,
        moment=moment,
        counted=counted,
        counted_to=counted_to,
        percent=percent,
        plain_words=text_of,
        sentence=sentence,
        first_words=first_words,
        heading_of=heading_of,
        source_of=source_of,
        who=who,
        span_of=span,
        at_in=at_in,
    )
    app.jinja_env.globals["topic_headings"] = topic_headings


def moment(value: datetime) -> str:
    """6 August 2026, 14:05 UTC."""
    return f"{day(value)}, {value:%H:%M} UTC"


def at_in(value: datetime, bulletin: Bulletin) -> str:
    """Monday 7 December 2026 at 09:00, by the clock of a bulletin."""
    return in_words(value, bulletin.schedule.zone)


def percent(share: float) -> str:
    """87 %."""
    return f"{share * 100:.0f} %"


def first_words(title: str) -> str:
    """As many words of a title as name it, to search for what is like it."""
    return " ".join(title.split()[:3])


def sentence(words: str) -> str:
    """The words with a capital in front; what follows it stays as it is."""
    return words[:1].upper() + words[1:]


def topic_headings() -> dict[str, str]:
    """What readers see of each topic, by its id."""
    return {topic.id: topic.heading for topic in desk().config.topics}


def heading_of(topic: str) -> str:
    """What readers see of a topic; its id, when its file is gone."""
    return topic_headings().get(topic, topic)


def source_of(feed: str) -> str:
    """What people call a feed."""
    return desk().source(feed)


def who(email: str) -> str:
    """The name of somebody at the desk; the words themselves, for a decision made elsewhere."""
    if "names" not in g:
        g.names = {one.email: one.name for one in desk().store.editors.list()}
    name: str = g.names.get(email, email)
    return name
