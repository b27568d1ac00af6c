"""What kind of thing an item is, as far as it says so itself, or its feed does.

Its own word counts most, then a title that names the kind, then what feeds.yaml says of the feed, then that it stands
in a journal, and last what a title usually means. Nothing is guessed beyond that: many items have no kind.
Titles that only tell who reported something ("...: report", "Report on ...") were wrong 13 times of 13 in real
feeds of news, and count for nothing.
"""

import re
from collections.abc import Iterable

from bulletin.model.feeds import Feed
from bulletin.model.items import Item, ItemType

_WORDS: dict[ItemType, str] = {
    ItemType.GUIDANCE: "guidance|statutory guidance|detailed guidance|guideline|guidelines|practice guideline"
    "|clinical guideline|clinical guidance|nice guideline|quality standard|technology appraisal guidance"
    "|code of practice|standard operating procedure",
    ItemType.REPORT: "report|reports|independent report|corporate report|policy paper|white paper|annual report"
    "|research report|technical report|policy report|inquiry report|consultation outcome|impact assessment",
    ItemType.SYSTEMATIC_REVIEW: "systematic review|systematic reviews|meta-analysis|network meta-analysis"
    "|systematic review and meta-analysis|cochrane review|umbrella review",
    ItemType.RESEARCH: "research|research article|research articles|research paper|original research"
    "|original article|original articles|original investigation|original paper|journal article|preprint|review"
    "|review article|scoping review|clinical trial|randomized controlled trial|randomised controlled trial"
    "|observational study|case reports|case report|short communication|brief report|research and analysis"
    "|evidence summary",
    ItemType.STATISTICS: "statistics|official statistics|national statistics|accredited official statistics"
    "|official statistics in development|statistical release|statistical bulletin|statistical data set",
    ItemType.NEWS: "news|news story|news item|news article|press release|press releases|media release|announcement"
    "|blog|blog post|world location news story",
    ItemType.CONSULTATION: "consultation|consultations|open consultation|closed consultation|public consultation"
    "|call for evidence|open call for evidence|closed call for evidence",
    ItemType.EVENT: "event|events|webinar|webinars|conference|conferences|workshop|workshops|training event"
    "|study day",
    ItemType.FUNDING: "funding|funding call|research call|funding opportunity|funding opportunities|grant|grants"
    "|call for proposals|call for applications|research funding",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
# As a category these are subjects as often as kinds: a page about research is no research.
_SUBJECTS = frozenset(
    (
        *("research", "report", "reports", "guidance", "statistics", "review", "standard", "event", "events"),
        *("funding", "conference", "conferences", "grant", "grants", "workshop", "workshops", "blog", "preprint"),
    )
)
# At the edges of a title these say where news comes from, or what it is about: ...: report.
_NOT_AT_EDGES = frozenset(
    ("report", "reports", "research", "review", "standard", "workshop", "workshops", "grant", "grants", "funding")
)
# What journals print besides research; of no kind of ours.
_NO_RESEARCH = re.compile(
    r"(?:guest )?editorials?\b|letters?\b|comment(?:ary)?\b|correspondence\b|(?:authors?['’]?s? )?reply\b|obituar"
    r"|book review|erratum|corrigend|correction\b|retract|in memoriam|issue information|front matter|news\b|opinion"
    r"|point of view|perspective|viewpoint|interview|poem|expression of concern|(?:table of )?contents\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\W{0,2}([A-Za-z][A-Za-z -]{2,40}?)\W?\s*[:|\]–—]\s*\S")
_BEHIND = re.compile(r"[:|\[(–—]\s*(?:an? |the )?([A-Za-z][A-Za-z -]{2,40})[)\]]?\s*$")


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PROTOCOL = _either(r"\bprotocol\b")
# Titles that name the kind outright.
_SAYS: tuple[tuple[ItemType, re.Pattern[str]], ...] = (
    (
        ItemType.SYSTEMATIC_REVIEW,
        _either(
            r"\bsystematic (?:literature |mixed[- ]methods |umbrella )?reviews?\b", r"\bmeta[- ]?analy[st]i[cs]\b"
        ),
    ),
    (
        ItemType.RESEARCH,
        _either(
            r"\brandomi[sz]ed\b.{0,40}\btrial\b",
            r"\b(?:cohort|cross[- ]sectional|case[- ]control|qualitative|mixed[- ]methods|feasibility|observational"
            r"|simulation|pilot|prospective|retrospective) (?:\w+ ){0,2}(?:study|analysis|trial|survey)\b",
            r"\bscoping review\b",
            r"\b(?:delphi|diary|interview|modelling) study\b",
            r"\binterrupted time[- ]series\b",
            r"\bstudy protocol\b",
        ),
    ),
    (
        ItemType.CONSULTATION,
        _either(r"\bcall for (?:evidence|views)\b", r"\bpublic consultation\b", r"\bhave your say on\b"),
    ),
    (
        ItemType.FUNDING,
        _either(
            r"\bcalls? for (?:applications|proposals|bids)\b",
            r"\bfunding (?:call|opportunit(?:y|ies)|competition)\b",
            r"\bapply (?:now )?for (?:\w+ ){0,2}(?:funding|grants?|fellowships?)\b",
        ),
    ),
    (
        ItemType.EVENT,
        _either(
            r"\bwebinars?\b", r"\bsave the date\b", r"\bbook your (?:free )?place\b", r"\bregister (?:now|here)\b"
        ),
    ),
    (ItemType.STATISTICS, _either(r"\b(?:official|national|quarterly|monthly|annual|experimental) statistics\b")),
    (ItemType.GUIDANCE, _either(r"\[?\b(?:NG|CG|QS|TA|HST|DG|MTG|HTG|IPG)\d{1,4}\b\]?", r"\bclinical guidelines?\b")),
    (
        ItemType.REPORT,
        _either(
            r"\bannual report\b", r"\b(?:final|interim|inquiry|progress|monitoring) report\b", r"\bwhite paper\b"
        ),
    ),
)
# What titles usually mean.
_MEANS: tuple[tuple[ItemType, re.Pattern[str]], ...] = (
    (
        ItemType.GUIDANCE,
        _either(r"^(?:\w+ ){0,3}(?:guidance|guidelines?) (?:on|for|to)\b", r"\b(?:guidance|guidelines?)$"),
    ),
    (
        ItemType.STATISTICS,
        _either(r"^statistics (?:on|for|of)\b", r"\bstatistics[,:]? (?:[\w-]+,? ){0,3}(?:19|20)\d\d\b"),
    ),
    (ItemType.CONSULTATION, _either(r"^(?:\w+ ){0,3}consultation on\b", r"\bconsultation$")),
    (ItemType.REPORT, _either(r"\breport,? (?:19|20)\d\d\b")),
)


def type_of(item: Item, feed: Feed | None = None) -> ItemType | None:
    """What kind of thing an item is; `feed` is the one that speaks for it. None when nobody says."""
    if item.notice is not None:  # what it says of another item is told by its title
        return None
    in_journal = bool(item.doi or item.citation.journal)
    own = _of_word(item.kind) or _of_words(item.categories)
    said = _named(item.title, in_journal=in_journal) or _first(_SAYS, item.title)
    if own is None or (own, said) == (ItemType.RESEARCH, ItemType.SYSTEMATIC_REVIEW):
        own = _without_protocol(said, item.title)
    if kind := own or (feed.type if feed else None):
        return kind
    if in_journal:
        other = any(_NO_RESEARCH.match(words.strip()) for words in (item.kind, item.title))
        return None if other else ItemType.RESEARCH
    return _first(_MEANS, item.title)


def place_of(kind: ItemType | None) -> int:
    """Where a kind stands among the others under a heading, from 0; what is of no kind stands with the news."""
    return [*ItemType].index(kind or ItemType.NEWS)


def _of_word(word: str) -> ItemType | None:
    return _BY_WORD.get(" ".join(word.lower().replace("_", " ").split()))


def _of_words(categories: Iterable[str]) -> ItemType | None:
    found = (_of_word(word) for word in categories if word.lower() not in _SUBJECTS)
    return next((kind for kind in found if kind), None)


def _named(title: str, *, in_journal: bool) -> ItemType | None:
    """What stands before the first colon of a title, or behind the last: Guidance: ..., ... [report]."""
    if in_journal:
        return None
    found = (pattern.search(title) if pattern is _BEHIND else pattern.match(title) for pattern in (_BEFORE, _BEHIND))
    words = (one[1] for one in found if one and one[1].lower() not in _NOT_AT_EDGES)
    return next((kind for word in words if (kind := _of_word(word))), None)


def _first(patterns: Iterable[tuple[ItemType, re.Pattern[str]]], title: str) -> ItemType | None:
    return next((kind for kind, pattern in patterns if pattern.search(title)), None)


def _without_protocol(kind: ItemType | None, title: str) -> ItemType | None:
    """The plan of a systematic review is none yet."""
    is_plan = kind is ItemType.SYSTEMATIC_REVIEW and _PROTOCOL.search(title)
    return ItemType.RESEARCH if is_plan else kind
