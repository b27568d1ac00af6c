"""The record of who did what, for admins: newest first, and whole as CSV or JSON lines."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

from flask import request
from flask.typing import ResponseReturnValue

from bulletin.model import Deed, Right
from bulletin.web.download import as_file
from bulletin.web.route import Of, get
from bulletin.web.show import desk, page

_A_PAGE = 100
_LAST = 2**31 - 1  # no database numbers lines further
_COLUMNS = ("id", "at", "who", "did", "what", "before", "after", "digest")
# What a spreadsheet may take for a formula, in full width too (reference bar C13).
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def show() -> ResponseReturnValue:
    """A hundred lines, of everybody or of one person."""
    who, before = request.args.get("who", ""), request.args.get("before", 0, type=int)
    found = desk().store.deeds.latest(who, min(max(0, before), _LAST), _A_PAGE + 1)
    lines, more = found[:_A_PAGE], len(found) > _A_PAGE
    people = [(one, one) for one in desk().store.deeds.people() if one]
    return page("audit.html", lines=lines, older=lines[-1].id if more else 0, who=who, people=people)


def as_csv() -> ResponseReturnValue:
    """Every line, for a spreadsheet."""
    return as_file(_csv(desk().store.deeds.all()), "text/csv; charset=utf-8", "record.csv")


def as_lines() -> ResponseReturnValue:
    """Every line as JSON, with which the seals can be verified elsewhere."""
    return as_file(
        (_json(deed) for deed in desk().store.deeds.all()), "application/jsonl; charset=utf-8", "record.jsonl"
    )


def _csv(deeds: Iterator[Deed]) -> Iterator[str]:
    yield "\ufeff"  # so that spreadsheets read UTF-8
    yield _row(_COLUMNS)
    for deed in deeds:
        yield _row([_harmless(value) for value in _values(deed).values()])


def _row(cells: list[str] | tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell[:1] in _FORMULA and cell else cell


def _json(deed: Deed) -> str:
    return json.dumps({**_values(deed), "id": deed.id}, ensure_ascii=False) + "\n"


def _values(deed: Deed) -> dict[str, str]:
    told = asdict(deed) | {"at": deed.at.isoformat()}
    return {name: str(told[name]) for name in _COLUMNS}


ROUTES = (
    get("/audit", show, Right.ADMIN, Of.EVERYTHING),
    get("/audit.csv", as_csv, Right.ADMIN, Of.EVERYTHING),
    get("/audit.jsonl", as_lines, Right.ADMIN, Of.EVERYTHING),
)
