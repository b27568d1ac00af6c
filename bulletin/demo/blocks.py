"""What the sample newsroom's editors write themselves: an introduction, a tool, an event and a consultation."""

from datetime import timedelta

from bulletin.jobs import Desk, blocks
from bulletin.model import BlockKind, Edition

_EDITOR = "the sample newsroom"
_LUNCH = timedelta(days=10)  # from the day of the edition
_CLOSES = timedelta(days=31)
_INTRO = """\
Good morning. Below is what your library would read first if it had **half an hour**, heading by heading.

Something missing? [Tell us](mailto:library@example.nhs.uk).
"""
_TOOL = """\
A sheet of questions that helps you to decide quickly whether a paper is worth your time:

- Is the question yours?
- Were enough people asked?
- Would it work **here**?
"""
_EVENT = """\
Half an hour on finding evidence for a business case, and time for your questions. Bring your own lunch; no booking.
"""
_CONSULTATION = """\
What should a health library offer in five years' time? Ten questions, five minutes.
"""


def write_blocks(desk: Desk, edition: Edition) -> None:
    """Write the sample blocks into a draft; their days are counted from its own."""
    lunch = edition.day + _LUNCH
    for kind, told in (
        (BlockKind.INTRO, {"text": _INTRO}),
        (
            BlockKind.TOOL,
            {"title": "Is this paper worth reading?", "text": _TOOL, "link": "https://example.org/tool"},
        ),
        (
            BlockKind.EVENT,
            {
                "title": "Lunch and learn: evidence for your business case",
                "text": _EVENT,
                "starts": f"{lunch} 12:30",
                "ends": f"{lunch} 13:00",
                "place": "Seminar room 2, education centre",
            },
        ),
        (
            BlockKind.CONSULTATION,
            {
                "title": "The library in five years: have your say",
                "text": _CONSULTATION,
                "link": "https://example.org/consultation",
                "closes": str(edition.day + _CLOSES),
            },
        ),
    ):
        blocks.add(desk, edition.id, kind, told, _EDITOR)
