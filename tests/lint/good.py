"""A message without a fault, written by hand so that the linter's tests do not lean on our own renderer.

`message` builds it from pieces; a seeded fault changes one of them.
"""

import binascii
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bulletin.model import Known, KnownItem

SUBJECT = "Health Management Update: December 2026"
PREHEADER = "Ward teams cut waste by a third; A new plan for community services; 3 items, chosen by your library"

HTML = f"""<!DOCTYPE html>
<html lang="en-GB" dir="ltr" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{SUBJECT}</title>
<style>
@media (prefers-color-scheme: dark) {{
  .desk {{ background-color: #0d131a !important; color: #e4eaf0 !important; }}
  .cell {{ background-color: #18212b !important; color: #e4eaf0 !important; }}
  a {{ color: #8ec5fb !important; }}
}}
</style>
</head>
<body style="margin:0; background-color:#e9eef3; color:#1f2a36">
<table role="presentation" class="desk" lang="en-GB" dir="ltr" width="100%" border="0" cellpadding="0" cellspacing="0" style="background-color:#e9eef3; color:#1f2a36">
<tr><td align="center" style="padding:24px 12px 24px 12px">
<div style="display:none; max-height:0; overflow:hidden">{PREHEADER}</div>
<table role="presentation" width="100%" align="center" border="0" cellpadding="0" cellspacing="0" style="max-width:600px">
<tr><td class="cell" style="padding:24px; background-color:#ffffff; color:#1f2a36; font-family:Arial, Helvetica, sans-serif; font-size:16px; line-height:1.5; text-align:left">
<h1 style="margin:0; font-size:28px; line-height:1.5">Health Management Update</h1>
<p>Monday 7 December 2026, edition 12, from the Example Health Library</p>
<p>New reports and research for people who run health services, chosen by your library. Tell us what else you would like to see.</p>
<h2 style="font-size:22px; line-height:1.5">Sustainable Healthcare</h2>
<h3 style="font-size:18px; line-height:1.5"><a href="https://journals.example.org/waste" style="color:#0b57a4; text-decoration:underline">Ward teams cut waste by a third</a></h3>
<p style="font-size:14px">Journal of Care Systems, 2 December 2026</p>
<p>Forty wards measured what they threw away for a year. Most of it was packaging that nobody needed on the ward. A trolley that is filled once a day made the difference.</p>
<h3 style="font-size:18px; line-height:1.5"><a href="https://trust.example.org/heat" style="color:#0b57a4; text-decoration:underline">Cooler wards in hot summers</a></h3>
<p style="font-size:14px">The Kingsway Trust, 27 November 2026</p>
<p>What eleven hospitals did against the heat, what it cost, and what patients said of it.</p>
<h2 style="font-size:22px; line-height:1.5">Policy and strategy</h2>
<h3 style="font-size:18px; line-height:1.5"><a href="https://office.example.org/plan" style="color:#0b57a4; text-decoration:underline">A new plan for community services</a></h3>
<p style="font-size:14px">Office for Care, 30 November 2026</p>
<p>The plan names six services that every neighbourhood shall have within five years.</p>
</td></tr>
<tr><td class="cell" style="padding:24px; background-color:#ffffff; color:#1f2a36; font-family:Arial, Helvetica, sans-serif; font-size:16px; line-height:1.5; text-align:left">
<h2 style="font-size:20px; line-height:1.5">Your library</h2>
<p>Example Health Library, 1 Example Road, Exampleton EX1 1EX<br><a href="mailto:library@example.nhs.uk" style="color:#0b57a4; text-decoration:underline">library@example.nhs.uk</a></p>
<p style="font-size:14px"><a href="https://library.example.nhs.uk/privacy" style="color:#0b57a4; text-decoration:underline">Privacy notice</a></p>
<p style="font-size:14px">You get this because you are on the library’s list of senior managers. <a href="https://library.example.nhs.uk/lists" style="color:#0b57a4; text-decoration:underline">Change what you get</a></p>
<p style="font-size:14px"><a href="https://library.example.nhs.uk/editions/12" style="color:#0b57a4; text-decoration:underline">Read this update in your browser</a></p>
<p style="font-size:14px"><a href="https://library.example.nhs.uk/leave" style="color:#0b57a4; text-decoration:underline">Unsubscribe</a></p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""

TEXT = """Health Management Update
========================
Monday 7 December 2026, edition 12, from the Example Health Library

New reports and research for people who run health services, chosen by your
library. Tell us what else you would like to see.

Sustainable Healthcare
----------------------
Ward teams cut waste by a third
  https://journals.example.org/waste
  Journal of Care Systems, 2 December 2026

Cooler wards in hot summers
  https://trust.example.org/heat
  The Kingsway Trust, 27 November 2026

Policy and strategy
-------------------
A new plan for community services
  https://office.example.org/plan
  Office for Care, 30 November 2026

Your library
------------
Example Health Library, 1 Example Road, Exampleton EX1 1EX
library@example.nhs.uk
Privacy notice: https://library.example.nhs.uk/privacy
You get this because you are on the library’s list of senior managers.
Change what you get: https://library.example.nhs.uk/lists
Read this update in your browser: https://library.example.nhs.uk/editions/12
Unsubscribe: https://library.example.nhs.uk/leave
"""

HEADERS = (
    ("From", '"Example Health Library" <library@example.nhs.uk>'),
    ("Reply-To", "library@example.nhs.uk"),
    ("Subject", SUBJECT),
    ("Date", "Mon, 07 Dec 2026 09:00:00 +0000"),
    ("Message-ID", "<health-management-2026-12-07.senior-managers@example.nhs.uk>"),
    ("List-Id", "<health-management.senior-managers.example.nhs.uk>"),
    (
        "List-Unsubscribe",
        "<https://library.example.nhs.uk/leave>,\r\n <mailto:library@example.nhs.uk?subject=Unsubscribe>",
    ),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("Auto-Submitted", "auto-generated"),
    ("MIME-Version", "1.0"),
    ("Content-Language", "en-GB"),
)

ITEMS = (
    KnownItem(
        "i1",
        "Ward teams cut waste by a third",
        "https://journals.example.org/waste",
        summary="Forty wards measured what they threw away for a year. Most of it was packaging that nobody needed on "
        "the ward. A trolley that is filled once a day made the difference.",
        source="Journal of Care Systems",
        dated="2 December 2026",
        date=datetime(2026, 12, 2, tzinfo=UTC),
        provenance="abstract",
    ),
    KnownItem(
        "i2",
        "Cooler wards in hot summers",
        "https://trust.example.org/heat",
        summary="What eleven hospitals did against the heat, what it cost, and what patients said of it.",
        source="The Kingsway Trust",
        dated="27 November 2026",
        date=datetime(2026, 11, 27, tzinfo=UTC),
        provenance="summary",
    ),
    KnownItem(
        "i3",
        "A new plan for community services",
        "https://office.example.org/plan",
        summary="The plan names six services that every neighbourhood shall have within five years.",
        source="Office for Care",
        dated="30 November 2026",
        date=datetime(2026, 11, 30, tzinfo=UTC),
        provenance="summary",
    ),
)

KNOWN = Known(
    sender="Example Health Library <library@example.nhs.uk>",
    reply_to="library@example.nhs.uk",
    title="Health Management Update",
    day=date(2026, 12, 7),
    library="Example Health Library",
    hosts=frozenset({"library.example.nhs.uk", "example.nhs.uk"}),
    last_subject="Health Management Update: November 2026",
    window=timedelta(days=35),
    most=8,
    archive_link="https://library.example.nhs.uk/editions/12",
    headings={"Sustainable Healthcare": 2, "Policy and strategy": 1},
    items=ITEMS,
    own_text="New reports and research for people who run health services, chosen by your library. "
    "Tell us what else you would like to see.",
)


@dataclass(frozen=True)
class Good:
    """The pieces of a message; `known` is what the desk says of it, or None."""

    headers: tuple[tuple[str, str], ...] = HEADERS
    html: str = HTML
    text: str = TEXT
    known: Known | None = KNOWN

    def with_html(self, old: str, new: str, times: int = -1) -> "Good":
        """The same with other HTML; an AssertionError when the old is not there."""
        assert old in self.html, f"{old!r} is not in the good message"
        return replace(self, html=self.html.replace(old, new, times))

    def with_text(self, old: str, new: str) -> "Good":
        """The same with another text part."""
        assert old in self.text, f"{old!r} is not in the good message"
        return replace(self, text=self.text.replace(old, new))

    def with_header(self, name: str, value: str | None) -> "Good":
        """The same with another header of this name, or without it."""
        assert any(one == name for one, _ in self.headers), f"no header {name}"
        there = [(one, value if one == name else old) for one, old in self.headers]
        return replace(self, headers=tuple((one, said) for one, said in there if said is not None))

    def knowing(self, **changes) -> "Good":
        """The same message of which the desk knows something else."""
        return replace(self, known=replace(self.known, **changes))

    def as_bytes(self) -> bytes:
        """The complete message, as it would be sent."""
        return message(self)


GOOD = Good()


def message(good: Good) -> bytes:
    """The bytes of a message; each part quoted-printable, lines end in CRLF."""
    boundary = "=_good"
    head = "".join(f"{name}: {value}\r\n" for name, value in good.headers)
    parts = "".join(
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{_quoted(content)}\r\n"
        for kind, content in (("plain", good.text), ("html", good.html))
    )
    start = f'{head}Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'
    return f"{start}{parts}--{boundary}--\r\n".encode("ascii", errors="surrogateescape")


def _quoted(content: str) -> str:
    return binascii.b2a_qp(content.encode("utf-8", errors="surrogatepass")).decode("ascii").replace("\n", "\r\n")
