"""Blocks: what editors write themselves into a draft: an introduction, news, events, consultations, funding calls."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import ChangedError, InputError
from bulletin.jobs import blocks
from bulletin.model import BlockKind, Right
from bulletin.review import FIELDS, fields_of, token_of
from bulletin.store import BlockRow
from bulletin.web.forms import fields
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, may_approve, page, person

_ACTS = {"up": True, "down": False}


def new(edition: str) -> ResponseReturnValue:
    """An empty form for a block of the kind that is asked for."""
    return _form(edition, _kind(request.args.get("kind", BlockKind.NEWS)))


def add(edition: str) -> ResponseReturnValue:
    """Write a new block, or show what is wrong with it; what was typed stays."""
    typed = fields("kind", *FIELDS)
    kind = _kind(typed["kind"])
    _, mistakes = blocks.check(kind, typed)
    wrong = {one.field: one.words for one in mistakes}
    if not wrong:
        try:
            block = blocks.add(desk(), edition, kind, typed, person().email, may_approve=may_approve(edition))
            return go("review.show", edition=edition, _anchor=f"block-{block.number}")
        except InputError as error:
            wrong = {"": str(error)}
    return _form(edition, kind, typed, wrong)


def show(edition: str, block: int) -> ResponseReturnValue:
    """The form of a block that there is."""
    row = _row(edition, block)
    return _form(edition, row.block.kind, _told(row), number=block, token=token_of(row.block))


def change(edition: str, block: int) -> ResponseReturnValue:
    """Write a block anew, or show what is wrong with it; what was typed stays."""
    typed, row = fields("token", *FIELDS), _row(edition, block)
    _, mistakes = blocks.check(row.block.kind, typed)
    wrong, status = {one.field: one.words for one in mistakes}, 422
    token = typed.pop("token")
    if not wrong:
        try:
            blocks.change(desk(), edition, block, typed, person().email, token, may_approve=may_approve(edition))
            return go("review.show", edition=edition, _anchor=f"block-{block}")
        except ChangedError as error:
            wrong, status, token = {"": f"{error}; saving once more saves yours"}, 409, token_of(row.block)
        except InputError as error:
            wrong = {"": str(error)}
    return _form(edition, row.block.kind, typed, wrong, status, number=block, token=token)


def do(edition: str, block: int) -> ResponseReturnValue:
    """Remove a block, bring it back, or move it."""
    act, who, may = fields("act")["act"], person().email, may_approve(edition)
    try:
        if act in _ACTS:
            blocks.move(desk(), edition, block, who, up=_ACTS[act], may_approve=may)
        elif act == "remove":
            blocks.remove(desk(), edition, block, who, may_approve=may)
        elif act == "restore":
            blocks.restore(desk(), edition, block, who, may_approve=may)
        else:
            abort(400)
    except InputError as error:
        return page("review_refused.html", 422, edition=edition, item="", why=str(error))
    return go("review.show", edition=edition, _anchor="own")


def _form(
    edition: str,
    kind: BlockKind,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 422,
    *,
    number: int = 0,
    token: str = "",
) -> ResponseReturnValue:
    draft = jobs.outline_of(desk(), edition)
    return page(
        "block.html",
        status if wrong else 200,
        edition=draft,
        bulletin=desk().bulletin(draft.bulletin),
        kind=kind.value,
        shown=fields_of(kind),
        typed=dict.fromkeys(FIELDS, "") | (typed or {}),
        wrong=wrong or {},
        number=number,
        token=token,
    )


def _kind(told: str) -> BlockKind:
    if told not in [*BlockKind]:
        abort(400)
    return BlockKind(told)


def _row(edition: str, number: int) -> BlockRow:
    found = next((row for row in blocks.listed(desk(), edition) if row.block.number == number), None)
    return found or abort(404)


def _told(row: BlockRow) -> dict[str, str]:
    """What a form shows of a block."""
    return {name: str(getattr(row.block, name) or "") for name in FIELDS}


ROUTES = (
    get("/editions/<edition>/blocks/new", new, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/blocks/new", add, Right.EDIT, Of.EDITION),
    get("/editions/<edition>/blocks/<int:block>", show, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/blocks/<int:block>", change, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/blocks/<int:block>/do", do, Right.EDIT, Of.EDITION),
)
