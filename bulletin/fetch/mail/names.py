"""Names of IMAP folders, as they go over the wire (RFC 3501, section 5.1.3: modified UTF-7)."""

import re
from base64 import b64decode, b64encode

_FOREIGN = re.compile(r"[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_LISTED = re.compile(rb'\([^)]*\) (?:NIL|"(?:\\.|[^"\\])*") (.+)', re.DOTALL)


def quoted(name: str) -> str:
    """Write a folder's name, or any other text, as one quoted string that no character can break out of."""
    text = _FOREIGN.sub(_shift, name.replace("&", "&-"))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def listed(line: object) -> str:
    """Read the name out of one line of LIST, as imaplib gives it; empty when there is none."""
    if isinstance(line, tuple):  # the name came as a literal
        name = bytes(line[1])
    else:
        found = _LISTED.fullmatch(line) if isinstance(line, bytes) else None
        name = _unquoted(found[1]) if found else b""
    return _SHIFTED.sub(_unshift, name.decode("utf-8", "replace"))


def _unquoted(name: bytes) -> bytes:
    return re.sub(rb"\\(.)", rb"\1", name[1:-1]) if name.startswith(b'"') else name


def _shift(foreign: re.Match[str]) -> str:
    packed = b64encode(foreign[0].encode("utf-16-be", "surrogatepass")).rstrip(b"=").replace(b"/", b",")
    return f"&{packed.decode('ascii')}-"


def _unshift(shifted: re.Match[str]) -> str:
    try:
        return b64decode(shifted[1].replace(",", "/") + "===").decode("utf-16-be", "replace") or "&"
    except ValueError:
        return shifted[0]
