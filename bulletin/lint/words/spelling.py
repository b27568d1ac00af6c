"""Which spellings are American, and what they are here: a few dozen that health writing is full of.

No dictionary: words that are right in both countries, or in a sense of their own (license as a verb, program of a
computer), are left alone.
"""

import re
from dataclasses import dataclass

_BY_NATURE = "(?:re|up|right|down|over|under|out|mid|super|cap)?siz|priz|seiz"
_PAIRS = {
    # Oxford writes -ize, the NHS and GOV.UK do not; what ends so by nature is left alone.
    rf"(?!{_BY_NATURE})(\w{{3,}})iz(e|ed|es|ing|ations?|ational)": r"\1is\2",
    "aging": "ageing",
    "organizer(s)?": "organiser\\1",
    "analyz(e|ed|es|ing)": "analys\\1",
    "anemi(a|c)": "anaemi\\1",
    "anesthe(tic|tics|sia|tist|tists|siology)": "anaesthe\\1",
    "behavior(s|al)?": "behaviour\\1",
    "cancel(ed|ing)": "cancell\\1",
    "catalog(s)?": "catalogue\\1",
    "center(s)?": "centre\\1",
    "color(s|ed|ful)?": "colour\\1",
    "counsel(ed|ing|or|ors)": "counsell\\1",
    "defense": "defence",
    "diarrhea": "diarrhoea",
    "edema": "oedema",
    "enroll(s|ment|ments)?": "enrol\\1",
    "esophag(us|eal)": "oesophag\\1",
    "estrogen(s)?": "oestrogen\\1",
    "favor(s|ed|ite|ites|able)?": "favour\\1",
    "fiber(s)?": "fibre\\1",
    "fulfill(s|ment)?": "fulfil\\1",
    "gynecolog(y|ic|ical|ist|ists)": "gynaecolog\\1",
    "hematolog(y|ic|ical|ist|ists)": "haematolog\\1",
    "hemoglobin": "haemoglobin",
    "hemorrhag(e|es|ic)": "haemorrhag\\1",
    "honor(s|ed|ing)?": "honour\\1",
    "labor": "labour",
    "leukemia": "leukaemia",
    "liter(s)?": "litre\\1",
    "model(ed|ing)": "modell\\1",
    "neighbor(s|hood|hoods|ing)?": "neighbour\\1",
    "orthopedic(s)?": "orthopaedic\\1",
    "pediatric(s|ian|ians)?": "paediatric\\1",
    "program(s)?": "programme\\1",
    "rigor": "rigour",
    "skillful(ly)?": "skilful\\1",
    "theater(s)?": "theatre\\1",
    "travel(ed|er|ers|ing)": "travell\\1",
    "tumor(s)?": "tumour\\1",
}
# Programs of a computer are spelled so here too.
_BEFORE = r"(?<!computer )(?<!software )(?<!web )"


@dataclass(frozen=True)
class Spellings:
    """A pattern of spellings, and what each is here."""

    pattern: re.Pattern[str]
    pairs: tuple[tuple[re.Pattern[str], str], ...]

    def british(self, word: str) -> str:
        """The same word as it is spelled here, in small letters but for the first."""
        for pattern, here in self.pairs:
            match = pattern.fullmatch(word)
            if match:
                told = match.expand(here).lower()
                return told.capitalize() if word[0].isupper() else told
        return word


AMERICAN = Spellings(
    re.compile(rf"{_BEFORE}\b(?:{'|'.join(re.sub('[(](?![?])', '(?:', one) for one in _PAIRS)})\b", re.IGNORECASE),
    tuple((re.compile(american, re.IGNORECASE), here) for american, here in _PAIRS.items()),
)
