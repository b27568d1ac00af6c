"""A file of readers, as spreadsheets and other systems write them -> rows, each with its line; or why it is none.

Pure. CSV or TSV, with commas, semicolons or tabs; UTF-8 with or without a mark, UTF-16 (Excel's "Unicode text"), else
Windows-1252. The first line names the columns, in any of many spellings.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from bulletin.errors import InputError
from bulletin.people.addresses import of_reader

MOST_BYTES, MOST_ROWS = 5_000_000, 50_000  # reference bar B7
_LONGEST = 200  # characters of a name, a role or an organisation
_LONGEST_INTERESTS = 2000
_SHOWN = 60

# How columns are called, in small letters without anything that is no letter. KnowledgeShare and its like have one
# column of interests; systems of personnel have names in two.
_CALLED = {
    "email": "email emailaddress mail workemail workemailaddress primaryemail nhsemail nhsmail contactemail",
    "name": "name fullname displayname membername contactname",
    "first": "firstname forename forenames givenname first christianname",
    "last": "lastname surname familyname last",
    "role": "role jobtitle jobrole position occupation profession post staffgroup",
    "organisation": "organisation organization trust employer company workplace organisationname organizationname "
    "nhstrust nhsorganisation employingorganisation site",
    "interests": "interests interest headings topics subjects keywords interestareas areasofinterest "
    "personalinterests subjectinterests knowledgeshareinterests",
}
_COLUMNS = {spelling: column for column, spellings in _CALLED.items() for spelling in spellings.split()}
_FORMULA = re.compile(
    r"'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])"
)  # how our own exports keep a cell from being calculated


@dataclass(frozen=True)
class Row:
    """One person, as a file tells of them."""

    line: int  # of the file, where the row begins; the first is 1
    email: str  # normalised
    name: str = ""
    role: str = ""
    organisation: str = ""
    interests: str = ""  # as they stand there


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, and why."""

    line: int
    email: str  # as it stands there, on one line
    why: str


@dataclass(frozen=True)
class Roster:
    """What a file holds."""

    rows: tuple[Row, ...]  # good ones; no two share an address
    refused: tuple[Refused, ...]
    ignored: tuple[str, ...]  # names of columns that were not understood


def read(content: bytes) -> Roster:
    """Read a file of readers; raises InputError, which says what to do, for one that is none as a whole."""
    rows = _cells(_decoded(content))
    _, head = next(rows, (0, []))
    places, ignored = _understood(head)
    good: dict[str, Row] = {}
    refused: list[Refused] = []
    for line, cells in rows:
        if len(good) + len(refused) == MOST_ROWS:
            raise InputError(f"the file has more than {MOST_ROWS:,} rows: split it into several")
        try:
            row = _row(line, cells, places, len(head))
            if row.email in good:
                raise InputError(f"stands in the file twice: the first time in line {good[row.email].line}")
            good[row.email] = row
        except InputError as error:
            refused.append(Refused(line, _told(cells, places), str(error)))
    return Roster(tuple(good.values()), tuple(refused), ignored)


def described(name: str, role: str, organisation: str) -> tuple[str, str, str]:
    """Who somebody is, as it is kept: each on one line; raises InputError for what is too long."""
    kept = _clean(name), _clean(role), _clean(organisation)
    for what, value in zip(("name", "role", "organisation"), kept, strict=True):
        if len(value) > _LONGEST:
            raise InputError(f"the {what} is longer than {_LONGEST} characters")
    return kept


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise InputError(f"the file is bigger than {MOST_BYTES // 1_000_000} MB: split it into several")
    if content.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        raise InputError("this is a workbook: save it in Excel as “CSV UTF-8 (Comma delimited)”, and take that file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise InputError("this is not a file of text: save the table as CSV, and take that file")
    return text


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, by the number of the line on which each begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"line {line} of the file cannot be read: look for a quotation mark that is not closed"
        ) from error


def _delimiter(text: str) -> str:
    """What parts the cells of the first line, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=bare.count)


def _clean(cell: str) -> str:
    """The cell on one line, without what drives terminals or turns the order of letters round."""
    shown = "".join(letter if letter.isprintable() else " " for letter in cell)
    return " ".join(_FORMULA.sub("", shown.strip(), count=1).split())


def _understood(head: Sequence[str]) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Which column stands where, and the names of those that are not understood."""
    places: dict[str, int] = {}
    ignored = []
    for place, name in enumerate(head):
        column = _COLUMNS.get("".join(filter(str.isalpha, name.lower())))
        if column and column not in places:
            places[column] = place
        elif name.strip():
            ignored.append(_clean(name)[:_SHOWN])
    if "email" not in places:
        found = ", ".join(repr(name) for name in ignored[:8]) or "nothing"
        raise InputError(f"no column of the first line is called Email: it names {found}")
    return places, tuple(ignored)


def _row(line: int, cells: Sequence[str], places: Mapping[str, int], width: int) -> Row:
    """One person; raises InputError, which says why it is none."""
    if any(map(str.strip, cells[width:])):
        raise InputError("has more cells than the first line names: look for a comma that needs quotation marks")
    values = {column: _at(cells, place) for column, place in places.items()}
    if "interests" in places and places["interests"] < len(cells):  # one on each line of the cell
        values["interests"] = _clean(re.sub(r"[\r\n]+", "; ", cells[places["interests"]].strip()))
    email = _address(values["email"])
    name = values.get("name") or " ".join(filter(None, (values.get("first"), values.get("last"))))
    row = Row(line, email, name, values.get("role", ""), values.get("organisation", ""), values.get("interests", ""))
    described(row.name, row.role, row.organisation)
    if len(row.interests) > _LONGEST_INTERESTS:
        raise InputError(f"its interests are longer than {_LONGEST_INTERESTS} characters")
    return row


def _at(cells: Sequence[str], place: int) -> str:
    return _clean(cells[place]) if place < len(cells) else ""


def _address(cell: str) -> str:
    if not cell:
        raise InputError("has no address")
    if cell.count("@") > 1 and re.search(r"[\s,;/|]", cell):
        raise InputError("has more than one address: give each a row of its own")
    bare = re.fullmatch(r"(?:mailto:|[^<>]*<)?([^<>]*)>?", cell)
    try:
        return of_reader(bare[1] if bare else cell)
    except InputError as error:
        raise InputError("is no email address: it looks like name@example.nhs.uk") from error


def _told(cells: Sequence[str], places: Mapping[str, int]) -> str:
    return _at(cells, places["email"])[:_SHOWN]
