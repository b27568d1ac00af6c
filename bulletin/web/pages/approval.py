"""Approval: what will happen, in words; a test to oneself; the yes; and taking it back."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import BulletinError, ChangedError, InputError, RenderError, SendError
from bulletin.jobs.occasions import occasion_of
from bulletin.model import Right
from bulletin.web.forms import fields, many
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person


def show(edition: str) -> ResponseReturnValue:
    """What approving would do, what forbids it and what to look at first."""
    return _page(edition)


def approve(edition: str) -> ResponseReturnValue:
    """Freeze the very bytes that were shown, once the ticked warnings are accepted."""
    typed = fields("digest", "accept", "shown", "all")
    if ticked := _ticked():
        jobs.accept(desk(), edition, ticked, person().email)
    try:
        jobs.approve(desk(), edition, person().email, typed["digest"])
    except (ChangedError, InputError) as error:
        return _page(edition, wrong=error, status=409 if isinstance(error, ChangedError) else 422)
    return go("approval.show", edition=edition)


def accept(edition: str) -> ResponseReturnValue:
    """Accept the ticked warnings, or all that were shown."""
    fields("digest", "accept", "shown", "all")
    jobs.accept(desk(), edition, _ticked(), person().email)
    return go("approval.show", edition=edition)


def links(edition: str) -> ResponseReturnValue:
    """Ask the links that were not asked within a day whether they answer; for a minute at most."""
    fields()
    try:
        checked = jobs.check_links(jobs.apart(desk()), edition)
    except RenderError as error:
        return _page(edition, wrong=error, status=422)
    return _page(edition, notice=_in_words(checked))


def _in_words(checked: jobs.Checked) -> str:
    known, left, dead = len(checked.states), len(checked.left), len(checked.dead)
    nowhere = f"{dead or 'none'} of them {'lead' if dead > 1 else 'leads'} nowhere"
    more = f" {left} had no turn in time: check once more." if left else ""
    return f"{known} of {known + left} links are checked, and {nowhere}.{more}"


def _ticked() -> list[str]:
    return many("shown") if request.form.get("all") else many("accept")


def take_back(edition: str) -> ResponseReturnValue:
    """Make it a draft again."""
    fields()
    jobs.take_back(desk(), edition, person().email)
    return go("review.show", edition=edition)


def test(edition: str) -> ResponseReturnValue:
    """Send the email of one list, byte for byte, to whoever asks."""
    typed = fields("list")
    try:
        jobs.send_test(desk(), edition, typed["list"], person().email)
    except (InputError, SendError) as error:
        return _page(edition, wrong=error, status=422)
    return _page(edition, notice=f"A test went to {person().email}; it may take a minute to arrive.")


def history(edition: str) -> ResponseReturnValue:
    """What was done with it, and every approval."""
    draft = jobs.edition_of(desk(), edition)
    changes = desk().store.sittings.changes(draft.id)
    items = {item.id: item for item in desk().store.items.list(ids={one.item for one in changes})}
    return page(
        "history.html",
        edition=draft,
        bulletin=desk().bulletin(draft.bulletin),
        changes=changes,
        items=items,
        approvals=desk().store.approvals.past(draft.id),
        accepted=desk().store.accepted.of(draft.id).values(),
    )


def _page(
    edition: str, wrong: BulletinError | None = None, notice: str = "", status: int = 200
) -> ResponseReturnValue:
    plan = jobs.plan(desk(), edition, person().email)
    told = {"wrong": str(wrong or ""), "notice": notice, "can_post": bool(desk().post)}
    return page("approval.html", status, plan=plan, occasion=occasion_of(desk(), plan.edition), **told)


ROUTES = (
    get("/editions/<edition>/approval", show, Right.LOOK, Of.EDITION),
    post("/editions/<edition>/approval", approve, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/approval/accept", accept, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/approval/links", links, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/approval/take-back", take_back, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/approval/test", test, Right.EDIT, Of.EDITION),
    get("/editions/<edition>/history", history, Right.LOOK, Of.EDITION),
)
