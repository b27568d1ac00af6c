"""Words and addresses in emails that are about the letter, or only lead on to what stands above them."""

import re
from urllib.parse import urlsplit

# What leads on to something whose title stands above it: "Read the full report", "Abstract", "Book your place".
_LEADS_ON = re.compile(
    r"(?:(?:read|see|view|find\s+out|learn|discover|continue|get|download|access|open|watch|listen|book|register"
    r"|apply|click|tap|visit|go)\s+)?"
    r"(?:(?:the|this|our|your|a|an|it|to|for|on|in|full|whole|complete|more|online|free|latest|entire|pdf|news|press"
    r"|research|journal|original)\s+)*"
    r"(?:here|more|now|online|reading|abstracts?|text|full|full-text|pdf|html|articles?|story|stories|report|paper"
    r"|blog|briefing|details|website|webpage|page|release|place|link|guidance|document|review|event|webinar|podcast"
    r"|video|version|copy|information|info|doi|url|register|download|read|view|open|publication|summary|analysis|toolkit)?"
    r"(?:\s+(?:now|here|today|online|below))?(?:\s*\((?:pdf|doc|docx|html|\d[\w., ]*)\))?\W*"
    r"|(?:read|find\s+out|learn|discover)\s+more\b.{0,150}"
    r"|(?:https?://|www\.|doi\.org/|(?:doi:\s*)?10\.\d{4,9}/)\S*",
    re.IGNORECASE,
)
_ABOUT_THE_LETTER = re.compile(
    r"\bunsubscribe\b|\bopt(?:ing)?[ -]out\b|\bin (?:your |a |the )?(?:web )?browser\b|\bview (?:this|it) "
    r"|\bview online$|\b(?:manage|update|change|edit|review)\b.{0,30}"
    r"\b(?:preferences|subscriptions?|profile|settings|alerts?)\b"
    r"|\b(?:email|e-mail|subscription|communication|mailing) preferences\b|\bmy account\b"
    r"|^privacy$|\bprivacy (?:policy|notice|statement)\b|^(?:terms|cookies?)\b.{0,30}$"
    r"|\bforward (?:this|to a)\b|\b(?:tell|send to|share with) a (?:friend|colleague)\b"
    r"|^(?:follow|find|join|like|connect with) us\b|^share\b.{0,30}$|^(?:contact|about) us$|\baddress book\b"
    r"|\ball rights reserved\b|\byou (?:are|have|were) (?:receiv|been sent|sent|subscrib)|\bwhy did i get this\b"
    r"|\bthis (?:e-?mail|message|newsletter|alert) (?:was|is|has been) sent\b|^(?:log|sign)[ -]?in\b.{0,30}$"
    r"|^subscribe\b.{0,40}$|^accessibility statement$|\b(?:cancel|list|create|edit) (?:this |your |my )?alerts?\b"
    r"|^see all recommendations$|\bsafe senders?\b|^advertisement$|\bregistered (?:charity|office|company)\b",
    re.IGNORECASE,
)
_ADDRESS_ABOUT_IT = re.compile(
    r"unsubscri|opt-?out(?![a-z])|/preferences?\b|preference-?cent|forward-?to-?(?:a-)?friend|view_?(?:in_?)?browser",
    re.IGNORECASE,
)
_CHANNELS = re.compile(
    r"(?:.+\.)?(?:(?:facebook|twitter|x|linkedin|instagram|tiktok|pinterest|whatsapp)\.com|threads\.net|bsky\.app)"
)


def leads_on(words: str) -> bool:
    """Whether a link's words say only that there is more, or are its address."""
    return bool(_LEADS_ON.fullmatch(words))


def is_about_the_letter(words: str, address: str = "") -> bool:
    """Whether words, or where they lead, belong to the letter itself: preferences, privacy, other channels."""
    if _ABOUT_THE_LETTER.search(words):
        return True
    return bool(_ADDRESS_ABOUT_IT.search(address) or _CHANNELS.fullmatch(urlsplit(address).hostname or ""))
