"""The jobs lead an item from room to room; here, and only here, a room meets the store.

Each job may be run twice, in any process, with the same end. A job returns what it did; telling a person about it is
the doors' work.
"""

from bulletin.classify import Estimate
from bulletin.classify.judge import FEWEST
from bulletin.jobs.add import Brought, add, bring
from bulletin.jobs.classify import Tally, classify
from bulletin.jobs.compose import compose
from bulletin.jobs.decide import decide
from bulletin.jobs.desk import Desk, open_desk
from bulletin.jobs.enrich import MOST, Enriched, enrich
from bulletin.jobs.errands import due
from bulletin.jobs.evaluate import SEEDS, LabelledFiles, evaluate, evaluate_own, write_own
from bulletin.jobs.fetch import fetch
from bulletin.jobs.health import Health, State, health
from bulletin.jobs.near import NearMiss, near_misses
from bulletin.jobs.render import Written, latest_editions, render
from bulletin.jobs.sample import Sample, sample
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.jobs.sources import Trial, add_sources, chosen, listed, move, opml, try_address
from bulletin.jobs.status import Status, status
from bulletin.jobs.whatif import Move, Quarrel, WhatIf, what_if
from bulletin.jobs.why import Why, why
from bulletin.jobs.withdraw import withdraw

__all__ = [
    "FEWEST",
    "MOST",
    "SEEDS",
    "Brought",
    "Desk",
    "Enriched",
    "Estimate",
    "Health",
    "LabelledFiles",
    "Move",
    "NearMiss",
    "Quarrel",
    "Sample",
    "Shelved",
    "State",
    "Status",
    "Tally",
    "Trial",
    "WhatIf",
    "Why",
    "Written",
    "add",
    "add_sources",
    "bring",
    "chosen",
    "classify",
    "compose",
    "decide",
    "due",
    "enrich",
    "evaluate",
    "evaluate_own",
    "fetch",
    "health",
    "latest_editions",
    "listed",
    "move",
    "near_misses",
    "open_desk",
    "opml",
    "render",
    "sample",
    "shelf",
    "status",
    "try_address",
    "what_if",
    "why",
    "withdraw",
    "write_own",
]
