"""The jobs lead an item from room to room; here, and only here, a room meets the store.

Each job may be run twice, in any process, with the same end. A job returns what it did; telling a person about it is
the doors' work.
"""

from bulletin.classify import Estimate
from bulletin.classify.judge import FEWEST
from bulletin.jobs import bounces, deliver, people, subscribers
from bulletin.jobs.add import Brought, add, bring
from bulletin.jobs.approve import accept, accept_named, approve, take_back
from bulletin.jobs.archive import Kept, Mention, kept, mentions, read
from bulletin.jobs.calendars import event_read
from bulletin.jobs.classify import Tally, classify
from bulletin.jobs.compose import compose
from bulletin.jobs.decide import decide
from bulletin.jobs.desk import Desk, apart, open_desk
from bulletin.jobs.drafts import bulletin_of, drafts
from bulletin.jobs.enrich import MOST, Enriched, enrich
from bulletin.jobs.errands import due
from bulletin.jobs.evaluate import SEEDS, LabelledFiles, evaluate, evaluate_own, write_own
from bulletin.jobs.export import Exported, export, export_read, resources, write_export
from bulletin.jobs.fetch import fetch
from bulletin.jobs.forget import forget, months_before
from bulletin.jobs.gather import Gathered, gather
from bulletin.jobs.health import Health, State, health
from bulletin.jobs.linkcheck import Checked, check_links
from bulletin.jobs.lint import Told, Verdict, judge, judge_written, lint, together
from bulletin.jobs.near import NearMiss, near_misses
from bulletin.jobs.newsroom import Newsroom
from bulletin.jobs.people.record import record
from bulletin.jobs.plan import Plan, Warned, in_words, plan
from bulletin.jobs.render import Made, Written, edition_of, email, latest_editions, list_of, make, outline_of, render
from bulletin.jobs.review import Done, act, undo
from bulletin.jobs.sample import Sample, sample
from bulletin.jobs.search import Hit, Hits, search
from bulletin.jobs.sheet import Card, Group, Progress, Sheet, card, progress, sheet
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.jobs.sources import Trial, add_sources, chosen, listed, move, opml, try_address
from bulletin.jobs.split import merge, split
from bulletin.jobs.status import Coming, Status, coming, status
from bulletin.jobs.tested import send_test
from bulletin.jobs.today import Today, counted_to, nearest_misses, needs_heading, today, unsure, waiting
from bulletin.jobs.whatif import Move, Quarrel, WhatIf, what_if
from bulletin.jobs.why import Why, why
from bulletin.jobs.withdraw import withdraw

__all__ = [
    "FEWEST",
    "MOST",
    "SEEDS",
    "Brought",
    "Card",
    "Checked",
    "Coming",
    "Desk",
    "Done",
    "Enriched",
    "Estimate",
    "Exported",
    "Gathered",
    "Group",
    "Health",
    "Hit",
    "Hits",
    "Kept",
    "LabelledFiles",
    "Made",
    "Mention",
    "Move",
    "NearMiss",
    "Newsroom",
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
    "Told",
    "Trial",
    "Verdict",
    "Warned",
    "WhatIf",
    "Why",
    "Written",
    "accept",
    "accept_named",
    "act",
    "add",
    "add_sources",
    "apart",
    "approve",
    "bounces",
    "bring",
    "bulletin_of",
    "card",
    "check_links",
    "chosen",
    "classify",
    "coming",
    "compose",
    "counted_to",
    "decide",
    "deliver",
    "drafts",
    "due",
    "edition_of",
    "email",
    "enrich",
    "evaluate",
    "evaluate_own",
    "event_read",
    "export",
    "export_read",
    "fetch",
    "forget",
    "gather",
    "health",
    "in_words",
    "judge",
    "judge_written",
    "kept",
    "latest_editions",
    "lint",
    "list_of",
    "listed",
    "make",
    "mentions",
    "merge",
    "months_before",
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
    "resources",
    "sample",
    "search",
    "send_test",
    "sheet",
    "shelf",
    "split",
    "status",
    "subscribers",
    "take_back",
    "today",
    "together",
    "try_address",
    "undo",
    "unsure",
    "waiting",
    "what_if",
    "why",
    "withdraw",
    "write_export",
    "write_own",
]
