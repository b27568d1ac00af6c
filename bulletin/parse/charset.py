"""From bytes to text: which character set a document is really in, whatever its labels say.

A byte order mark beats the server's label, and that beats the XML declaration (RFC 7303, section 3). Bytes that read
as UTF-8 are UTF-8, although a server says Latin-1 by default. Only the sets below are believed: UTF-7 can hide
markup, and some of Python's own codecs are no character sets at all.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

# The longer mark first: UTF-16's is the beginning of UTF-32's. Without a mark, the zeros around "<" tell.
_MARKS = (
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_BE, "utf-16-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<", "utf-16-be"),
    (b"<\0", "utf-16-le"),
)
_UNICODE = frozenset(
    {"utf-8", "utf8", "utf-16", "utf16", "utf-16le", "utf-16be", "ucs-2", "utf-32", "ascii", "us-ascii"}
)
# Labels of many-byte sets, tried before UTF-8: their bytes can look like it by chance.
_WIDE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-jp": "euc_jp",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ks-c-5601-1987": "cp949",
}
# Labels of one-byte sets, tried after UTF-8. Who says Latin-1 means Windows-1252 (WHATWG Encoding, section 4.2).
_NARROW = (
    {f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)}
    | {f"windows-{page}": f"cp{page}" for page in range(1250, 1259)}
    | {"koi8-r": "koi8_r", "koi8-u": "koi8_u", "tis-620": "cp874", "windows-874": "cp874", "macintosh": "mac_roman"}
    | dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "cp1252"), "cp1252")
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def text_of(body: bytes, content_type: str) -> tuple[str, str]:
    """The document as text (a byte order mark still in it), and a warning when its labels lied (else empty)."""
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    text = _decoded(body, marked) if marked else None
    if text is not None:
        return text, ""
    label = _label(body, content_type)
    wide = [_WIDE[label]] if label in _WIDE else []
    narrow = [_NARROW[label]] if label in _NARROW else []
    for name in [*wide, "utf-8", *narrow, "cp1252"]:
        text = _decoded(body, name)
        if text is not None:
            return text, _warning(label, name, expected=[*wide, *narrow])
    return body.decode("latin-1"), _warning(label, "latin-1", expected=[])


def _label(body: bytes, content_type: str) -> str:
    found = _CHARSET.search(content_type)
    declared = _DECLARED.search(body[:1024])
    label = found[1] if found else declared[1].decode("ascii") if declared else "utf-8"
    return label.lower().replace("_", "-")


def _decoded(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _warning(label: str, name: str, expected: list[str]) -> str:
    """What to say about a document that is in `name` under `label`; UTF-8 under a one-byte label is no surprise."""
    if name in expected or (name == "utf-8" and (expected or label in _UNICODE)):
        return ""
    return f"the feed says that its character set is {label}, but it was read as {name}"
