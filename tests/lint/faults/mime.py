"""Seeded faults for the rule of bulletin/lint/message/mime.py."""

from base64 import b64encode

from good import SUBJECT
from seeded import Change, adding, bad, both, fine, header, raw, seal, unknown

EVERYTHING = range(1, 71)  # may be found where a message falls apart


def bytewise(change) -> Change:
    """The good message with bytes that a function makes of its own."""
    return lambda good: seal(good, change(good.as_bytes()))


def encoded(*words: str) -> Change:
    """The subject in these encoded words, which say it whatever they are."""
    return unknown(header("Subject", "".join(words)))


def words(text: str, length: int, between: str = "\r\n ") -> str:
    """A text in encoded words of so many letters of ASCII each."""
    pieces = [text[start : start + length] for start in range(0, len(text), length)]
    return between.join(f"=?utf-8?B?{b64encode(piece.encode()).decode()}?=" for piece in pieces)


def eight_bit(content: bytes) -> bytes:
    return content.replace(b"Health Library, 1 Example", "Health Library – 1 Example".encode(), 1)


FAULTS = (
    bad(59, "bytes above 127", bytewise(eight_bit)),
    bad(59, "a byte that is zero", raw(b"Exampleton EX1", b"Exampleton \0EX1"), 65, 58, 1),
    bad(59, "a line of 999 octets", raw(b"--=_good\r\n", b"x" * 999 + b"\r\n--=_good\r\n")),
    bad(59, "a line that ends in LF alone", raw(b"\r\nSubject:", b"\nSubject:")),
    bad(59, "all lines end in LF alone", bytewise(lambda content: content.replace(b"\r\n", b"\n"))),
    bad(59, "all lines end in LF alone, somebody else's", unknown(bytewise(lambda content: content.replace(b"\r\n", b"\n")))),
    bad(59, "a line that ends in CR alone", raw(b"\r\nSubject:", b"\rSubject:")),
    bad(59, "a second Bcc", unknown(both(adding("Bcc", "x@y.example"), adding("Bcc", "z@y.example")))),
    bad(59, "a Bcc in a draft", unknown(both(adding("Bcc", "jo@example.nhs.uk"), adding("X-Unsent", "1")))),
    bad(59, "a Bcc in what was sent", unknown(adding("Bcc", "x@y.example"))),
    bad(59, "a header that is none of ours", adding("X-Spy", "1")),
    bad(59, "a Bcc from a title", adding("Bcc", "x@y.example")),
    bad(59, "no Date", header("Date", None)),
    bad(59, "no Message-ID", header("Message-ID", None)),
    bad(59, "no MIME-Version", header("MIME-Version", None)),
    bad(59, "two Dates", adding("Date", "Mon, 07 Dec 2026 09:00:00 +0000")),
    bad(59, "two From", unknown(adding("From", '"Example Health Library" <library@example.nhs.uk>'))),
    bad(59, "two List-Id", adding("List-Id", "<other.example.nhs.uk>")),
    bad(59, "two subjects", adding("Subject", SUBJECT)),
    bad(59, "a Date that is none", header("Date", "next Monday")),
    bad(59, "a line that is no header", raw(b"Reply-To:", b"Hello there\r\nReply-To:"), *EVERYTHING),
    bad(59, "a space before the colon", unknown(raw(b"List-Id:", b"List-Id :")), *EVERYTHING),
    bad(59, "a line with nothing in it among the headers", raw(b"Reply-To:", b"Content-Language: en-GB\r\n \r\nReply-To:")),
    bad(59, "headers that end too early", raw(b"Date:", b"\r\nDate:"), *EVERYTHING),
    bad(59, "a long line of a header", header("Subject", f"{SUBJECT} and all that there is to know of the wards and of their waste"), 4),
    bad(59, "a long line of a header, somebody else's", unknown(header("List-Id", "A list of people that is long in words <health-management.senior-managers.example.nhs.uk>"))),
    bad(59, "an encoded word of 76 letters", encoded(words(SUBJECT + ", with more of it", 47)), 4),
    bad(59, "a line with an encoded word of 77 letters", encoded(words(SUBJECT + " and more of the same here", 45)), 4),
    bad(59, "encoded words without a space between", encoded(words(SUBJECT, 20, "")), 4, 26),
    bad(59, "a word that touches an encoded word", encoded("Health Management Update:=?utf-8?B?IERlY2VtYmVy?= 2026"), 4),
    bad(59, "half a letter in each of two encoded words", encoded("=?utf-8?Q?Health_Management_Update_=C2?=\r\n =?utf-8?Q?=A33_December?="), 4, 65),
    bad(59, "a charset that there is not", encoded("=?utf-9?Q?Health_Management_Update=3A_December_2026?="), 4),
    bad(59, "an encoding that there is not", encoded("=?utf-8?X?Health_Management_Update=3A_December_2026?="), 4),
    bad(59, "an encoded word with a space in it", encoded("=?utf-8?Q?Health Management_Update=3A_December_2026?="), 4),
    bad(59, "an encoded word in quotation marks", header("From", '"=?utf-8?B?RXhhbXBsZSBIZWFsdGggTGlicmFyeQ==?=" <library@example.nhs.uk>')),
    bad(59, "a line break in an encoded word", unknown(header("List-Id", "=?utf-8?Q?a=0D=0ABcc=3A_x=40y.example?=\r\n <x.example.nhs.uk>"))),
    bad(59, "no boundary at the end", raw(b"--=_good--", b"")),
    bad(59, "another boundary than it says", unknown(raw(b'boundary="=_good"', b'boundary="=_bad"')), *EVERYTHING),
    bad(59, "text that is not in its charset", raw(b"library=E2=80=99s", b"library=92s"), 65, 58),
    bad(59, "Latin-1 of our own", raw(b'text/plain; charset=utf-8', b'text/plain; charset=iso-8859-1'), 65, 58),
    bad(59, "a part that does not say how it is sent", raw(b"Content-Transfer-Encoding: quoted-printable\r\n", b"", 1), 65, 58, 64),
    fine(59, "a line of 998 octets", raw(b"--=_good\r\n", b"x" * 998 + b"\r\n--=_good\r\n")),
    fine(59, "To, once", adding("To", "managers@example.nhs.uk")),
    fine(59, "a long line that cannot be folded", header("Message-ID", f"<{'x' * 90}@example.nhs.uk>")),
    fine(59, "Received, of servers, as long as they like", unknown(adding("Received", "from mail.example.org by mx.example.nhs.uk with ESMTPS id 1; Mon, 07 Dec 2026 09:00:01 +0000"))),
    fine(59, "encoded words as they should be", encoded(words(SUBJECT, 30))),
    fine(59, "a letter that takes four bytes", unknown(header("List-Id", "=?utf-8?B?8J+Ymg==?= <x.example.nhs.uk>"))),
    fine(59, "the first line of a Unix mailbox", unknown(bytewise(lambda content: b"From library@example.nhs.uk Mon Dec  7 09:00:00 2026\r\n" + content))),
    fine(59, "a text that speaks of headers", unknown(raw(b"Your library\r\n---", b"Subject: is a header, and Bcc: too.\r\n\r\nYour library\r\n---"))),
)  # fmt: skip
