"""Pages that a site sends to find out whether a person is there; only a browser passes them."""

import re

REFUSAL = "the site answered with a bot check, which only a browser passes, instead of what it was asked for"

_LOOKED_AT = 20_000  # characters
_SHORT = 3_000  # characters of a page that has little more to say than this
_TITLES = (
    r"just a moment|attention required! \| cloudflare|checking your browser|ddos-guard|access denied|pardon our "
    r"interruption|client challenge|human verification|security (?:check|verification)|verify(?:ing)? you are"
    r"(?: a)? human|are you a (?:robot|human)\??|robot check|bot (?:check|verification)|one moment, please|"
    r"radware (?:bot manager|captcha)[^<]*|please wait|vercel security checkpoint|sorry, you have been blocked"
)
_TITLE = re.compile(rf"<title[^<>]{{0,200}}>\s*+(?:{_TITLES})[\s.…!]*(?:</title|[|:–-]|$)", re.IGNORECASE)
# They have no title to go by; long pages hold these words in code that asks nothing of a reader.
_WORDS = re.compile(
    r"_incapsula_resource|incapsula incident id|captcha-delivery\.com|px-captcha|cf-chl-|cf_chl_|"
    r"awswafcookiedomainlist|enable (?:js|javascript|cookies) and (?:disable any ad blocker|cookies to continue)|"
    r"/_sec/cp_challenge",
    re.IGNORECASE,
)


def is_bot_check(page: str) -> bool:
    """Whether a page is such a check, and not what it was asked for."""
    if _TITLE.search(page, 0, _LOOKED_AT):
        return True
    return bool(len(page) <= _SHORT and _WORDS.search(page))
