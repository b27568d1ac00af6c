"""Where a link of an email leads in truth, when its tracker or guard has the target written in the address."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from bulletin.parse.links import web_address

# Who writes the target into the address, in a parameter or in the path; all others keep it to themselves.
_WRAPPERS = re.compile(
    r"(?:.+\.)?(?:safelinks\.protection\.outlook\.(?:com|us|de)|urldefense\.com|urldefense\.proofpoint\.com"
    r"|(?:www|scholar)\.google\.[a-z.]{2,6}|google\.[a-z.]{2,6}|l\.facebook\.com|linkprotect\.cudasvc\.com"
    r"|clicktime\.symantec\.com|urlsand\.esvalabs\.com|secure-web\.cisco\.com|links(?:-\d+)?\.govdelivery\.com"
    r"|www\.linkedin\.com|slack-redir\.net|url\.avanan\.click|eu1?\.vadesecure\.com)"
)
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_IN_PATH = re.compile(r"/(https?(?::|%3A)(?:/|%2F){1,2}[^/]+)", re.IGNORECASE)
_PROOFPOINT = re.compile(r"__(https?:/{1,2}[^*]+?)__;")
_PROOFPOINT_2 = str.maketrans({"-": "%", "_": "/"})
_LAYERS = 4  # a guard around a tracker around a guard


def unwrapped(address: str) -> str:
    """The target of an http(s) address of a known wrapper, as far as it is written there; any other as it is."""
    for _ in range(_LAYERS):
        inner = next(filter(None, map(web_address, _targets(address))), "")
        if not inner:
            break
        address = inner
    return address


def _targets(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if not _WRAPPERS.fullmatch(parts.hostname or ""):
        return
    for name, value in parse_qsl(parts.query):
        is_encoded = parts.hostname == "urldefense.proofpoint.com" and name == "u"
        target = unquote(value.translate(_PROOFPOINT_2)) if is_encoded else value
        if _ABSOLUTE.match(target):
            yield target
    if found := _PROOFPOINT.search(address):
        yield re.sub(r"^(https?:)/+", r"\1//", found[1])
    elif (within := _IN_PATH.search(parts.path)) and "%2F" in within[1].upper():
        yield unquote(within[1])
