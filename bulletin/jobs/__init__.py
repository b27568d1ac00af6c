"""The jobs lead an item from room to room; here, and only here, a room meets the store.

Each job may be run twice, in any process, with the same end. A job returns what it did; telling a person about it is
the doors' work.
"""

from bulletin.classify import Estimate
from bulletin.classify.judge import FEWEST
from bulletin.jobs import people
from bulletin.jobs.add import Brought, add, bring
from bulletin.jobs.approve import Plan, approve, list_of, plan, send_test, take_back
from bulletin.jobs.archive import Kept, Mention, kept, mentions, read
from bulletin.jobs.classify import Tally, classify
from bulletin.jobs.compose import compose
from bulletin.jobs.decide import decide
from bulletin.jobs.desk import Desk, apart, open_desk
from bulletin.jobs.drafts import bulletin_of, drafts
from bulletin.jobs.enrich import MOST, Enriched, enrich
from bulletin.jobs.errands import due
from bulletin.jobs.evaluate import SEEDS, LabelledFiles, evaluate, evaluate_own, write_own
from bulletin.jobs.fetch import fetch
from bulletin.jobs.health import Health, State, health
from bulletin.jobs.near import NearMiss, near_misses
from bulletin.jobs.people.record import record
from bulletin.jobs.render import Written, edition_of, email, latest_editions, outline_of, render
from bulletin.jobs.review import Done, act, undo
from bulletin.jobs.sample import Sample, sample
from bulletin.jobs.search import Hit, Hits, search
from bulletin.jobs.sheet import Card, Group, Progress, Sheet, card, progress, sheet
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.jobs.sources import Trial, add_sources, chosen, listed, move, opml, try_address
from bulletin.jobs.split import merge, split
from bulletin.jobs.status import Status, status
from bulletin.jobs.today import Today, nearest_misses, needs_heading, today, unsure, waiting
from bulletin.jobs.whatif import Move, Quarrel, WhatIf, what_if
from bulletin.jobs.why import Why, why
from bulletin.jobs.withdraw import withdraw

__all__ = [
    "FEWEST",
    "MOST",
    "SEEDS",
    "Brought",
    "Card",
    "Desk",
    "Done",
    "Enriched",
    "Estimate",
    "Group",
    "Health",
    "Hit",
    "Hits",
    "Kept",
    "LabelledFiles",
    "Mention",
    "Move",
    "NearMiss",
    "Plan",
    "Progress",
    "Quarrel",
    "Sample",
    "Sheet",
    "Shelved",
    "State",
    "Status",
    "Tally",
    "Today",
    "Trial",
    "WhatIf",
    "Why",
    "Written",
    "act",
    "add",
    "add_sources",
    "apart",
    "approve",
    "bring",
    "bulletin_of",
    "card",
    "chosen",
    "classify",
    "compose",
    "decide",
    "drafts",
    "due",
    "edition_of",
    "email",
    "enrich",
    "evaluate",
    "evaluate_own",
    "fetch",
    "health",
    "kept",
    "latest_editions",
    "list_of",
    "listed",
    "mentions",
    "merge",
    "move",
    "near_misses",
    "nearest_misses",
    "needs_heading",
    "open_desk",
    "opml",
    "outline_of",
    "people",
    "plan",
    "progress",
    "read",
    "record",
    "render",
    "sample",
    "search",
    "send_test",
    "sheet",
    "shelf",
    "split",
    "status",
    "take_back",
    "today",
    "try_address",
    "undo",
    "unsure",
    "waiting",
    "what_if",
    "why",
    "withdraw",
    "write_own",
]
