"""Words in titles that tell two things apart, however alike they are: numbers, stages, opposites.

All titles here are normal, see `identity.normal_title`.
"""

import re

from bulletin.classify.text import stem

_DIGITS = re.compile(r"\d+")
_COVID = re.compile(r"\bcovid (?:20)?19\b")  # a name, not a number

_ONES = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ROMAN = "- ii iii iv v vi vii viii ix x xi xii"  # "i" is mostly a person
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MONTHS = "january february march april may june july august september october november december"
_DATES = "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter"
_NUMBERS = (
    {spelled: str(value) for line in (_ONES, _ORDINALS, _ROMAN) for value, spelled in enumerate(line.split(), 1)}
    | {spelled: f"{value}0" for value, spelled in enumerate(_TENS.split(), 2)}
    | {month[:3]: month for month in _MONTHS.split()}
    | {"sept": "september"}
    | {date: date for date in (*_MONTHS.split(), *_DATES.split())}
)

# What goes with a thing, what is said of it, and what becomes of it: each is another thing.
_STAGES = """
amended annex appendix approved blog cancelled closed closes closing comment comments commentary consultation
consultations delayed draft easy editorial extended extends final infographic interim interview invitation
letter never no not paused podcast postponed preliminary protocol provisional reaction reacts rejected rejects
reminder replies reply respond responds response responses revised scrapped slides summary supplement
supplementary suspended tables technical toolkit transcript update updated updates video webinar without
"""
_STAGE = frozenset(map(stem, _STAGES.split()))

_PAIRS = """
over/under above/below before/after more/fewer more/less rise/fall rises/falls rising/falling up/down for/against
men/women male/female boys/girls children/adults young/older mothers/fathers patients/staff nurses/doctors
nursing/medical acute/community primary/secondary public/private north/south east/west start/stop
"""
_OPPOSITES = tuple(frozenset(map(stem, pair.split("/"))) for pair in _PAIRS.split())

# What every organisation calls something of its own.
_STANDING = re.compile(
    r"\b(?:annual (?:report|review|accounts|plan)|quality accounts?|modern slavery|gender pay|pay gap"
    r"|board|chief executive|governing body|minutes|agenda|vacanc(?:y|ies)|newsletter|bulletin"
    r"|equality|privacy|freedom of information|complaints? (?:policy|procedure)|green plan|strategic plan|strategy"
    r"|book reviews?|editorial|contents|front matter|back matter|cover|news in brief|from the editor)\b"
)
_PERIODICAL = re.compile(r"\b(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual)\b")


def numbers(title: str) -> tuple[str, ...]:
    """The numbers and dates of a title in their order; 4, four, fourth and iv are one, so are Sept and September."""
    found: list[str] = []
    for word in _COVID.sub("covid", title).split():
        spelled = _NUMBERS.get(word)
        found += [spelled] if spelled else [digits.lstrip("0") for digits in _DIGITS.findall(word)]
    return tuple(found)


def stages(title: str) -> frozenset[str]:
    """The words of a title that make another thing of the same: draft, response, podcast."""
    return frozenset(map(stem, title.split())) & _STAGE


def contradict(one: str, other: str) -> bool:
    """Whether two titles have opposite words: over 16 and under 16."""
    ours, theirs = (frozenset(map(stem, title.split())) for title in (one, other))
    return any(pair & ours and pair & theirs and pair & ours != pair & theirs for pair in _OPPOSITES)


def is_standing(title: str) -> bool:
    """Whether many organisations have something of that title: an annual report, board papers."""
    return bool(_STANDING.search(title))


def is_periodical(title: str) -> bool:
    """Whether the next one of that title comes soon."""
    return bool(_PERIODICAL.search(title))
