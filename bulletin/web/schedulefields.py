"""The fields of a schedule, in words for who does not know the files."""

from bulletin.web.fileform import Field, Kind

_ZONES = (("Europe/London", "London"), ("Europe/Dublin", "Dublin"), ("Etc/UTC", "UTC, without summer time"))
_EVERY = (
    ("month", "Every month"),
    ("fortnight", "Every second week"),
    ("week", "Every week"),
    ("working day", "Every working day"),
    ("weekday", "From Monday to Friday, bank holidays too"),
    ("day", "Every day"),
    ("", "By a cron line, further down"),
)
_WHEN_EMPTY = (
    ("", "As usual: no draft, and a note that says why"),
    ("skip", "No draft, and a note that says why"),
    ("draft", "A draft all the same, to write something into"),
)
_IF_NOBODY_ACTS = (
    ("", "As usual: it waits, and says so"),
    ("wait", "It waits, and says so"),
    ("send", "It goes at its hour, if nobody touched it and every check passes"),
)
_SCHEDULE = (
    Field("every", "How often the next draft is made", kind=Kind.CHOICE, options=_EVERY),
    Field(
        "on",
        "On which day",
        "For a month: first monday, last friday, first working day, last day, or a number from 1 to 31. "
        "For a week or two: monday. For every day: leave it empty.",
        size="medium",
    ),
    Field(
        "starting",
        "Counted from",
        "Only for every second week: the first day on which it comes out, such as 2026-12-01.",
        size="short",
    ),
    Field("at", "At what time", "Such as 09:00.", size="short"),
    Field("zone", "By whose clock", kind=Kind.CHOICE, options=_ZONES),
    Field(
        "review",
        "How long editors have for it",
        "A number and h, d or w, such as 2d for two days. It goes when they are over, once it is approved. "
        "Left empty: it goes as soon as it is approved.",
        size="short",
    ),
    Field(
        "send",
        "Hour of sending",
        "Such as 07:30: the first one when editors have had their time. Left empty: when that is over.",
        size="short",
        aside=True,
    ),
    Field(
        "remind",
        "Remind editors",
        "How long before it goes, if nobody has approved it by then: 1d. Left empty: nobody is reminded.",
        size="short",
        aside=True,
    ),
)
# For admins: whoever may let editions go without approval could send what they like.
_UNATTENDED = Field(
    "unattended", "A draft that nobody has approved", kind=Kind.CHOICE, options=_IF_NOBODY_ACTS, aside=True
)
_RARE = (
    Field("when_empty", "When there is nothing to print", kind=Kind.CHOICE, options=_WHEN_EMPTY, aside=True),
    Field(
        "cron",
        "By a cron line",
        "For people who know cron, such as 0 9 1,15 * *. Then how often, day and time above stay empty.",
        size="medium",
        aside=True,
    ),
)


def of_schedule(*, admin: bool) -> tuple[Field, ...]:
    """The fields of a schedule; whether drafts go without approval is for admins to say."""
    return (*_SCHEDULE, *((_UNATTENDED,) if admin else ()), *_RARE)
