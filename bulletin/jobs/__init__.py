"""The jobs lead an item from room to room; here, and only here, a room meets the store.

Each job may be run twice, in any process, with the same end. A job returns what it did; telling a person about it is
the doors' work.
"""

from bulletin.jobs.classify import Tally, classify
from bulletin.jobs.compose import compose
from bulletin.jobs.decide import decide
from bulletin.jobs.desk import Desk, open_desk
from bulletin.jobs.fetch import due, fetch, sick
from bulletin.jobs.render import Written, latest_editions, render
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.jobs.status import Status, status
from bulletin.jobs.withdraw import withdraw

__all__ = [
    "Desk",
    "Shelved",
    "Status",
    "Tally",
    "Written",
    "classify",
    "compose",
    "decide",
    "due",
    "fetch",
    "latest_editions",
    "open_desk",
    "render",
    "shelf",
    "sick",
    "status",
    "withdraw",
]
