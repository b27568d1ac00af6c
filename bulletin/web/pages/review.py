"""Review: a draft and its items, what an editor does with each of them, and taking that back."""

import json

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import ChangedError, InputError
from bulletin.jobs import blocks
from bulletin.jobs.occasions import occasion_of
from bulletin.model import Act, Edition, Right
from bulletin.review import Wish
from bulletin.web.forms import fields, many
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, is_htmx, may_approve, page, person

_SAID = {
    Act.ACCEPT: "Accepted.",
    Act.DISCARD: "Discarded: it goes into no bulletin.",
    Act.LEAVE_OUT: "Left out of this edition.",
    Act.UNSURE: "Marked as not sure.",
    Act.REWORD: "The words are saved.",
    Act.NOTE: "The note is saved.",
    Act.PICK: "Made the editor’s pick.",
    Act.UNPICK: "No longer a pick.",
    Act.UNDO: "Undone.",
}


def show(edition: str) -> ResponseReturnValue:
    """The whole draft, heading by heading."""
    found = jobs.sheet(desk(), jobs.outline_of(desk(), edition), person().email)
    own = blocks.listed(desk(), edition)
    occasion = occasion_of(desk(), found.edition)
    return page("review.html", sheet=found, numbered=_numbered(found.edition), own=own, occasion=occasion)


def act(edition: str, item: str) -> ResponseReturnValue:
    """Do something with an item; the answer is the headings that changed, or the way back to the draft."""
    typed = fields("act", "token", "topic", "title", "summary", "note", "behind", "groups")
    wished = _wish(typed)
    try:
        done = jobs.act(
            desk(), edition, item, wished, person().email, typed["token"], may_approve=may_approve(edition)
        )
    except ChangedError as error:
        return _merge(edition, item, wished, str(error))
    except InputError as error:
        return _refused(edition, item, str(error))
    return _changed(done, _told(done, wished.act))


def undo(edition: str) -> ResponseReturnValue:
    """Take back what this editor did last."""
    fields("groups")
    try:
        done = jobs.undo(desk(), edition, person().email, may_approve=may_approve(edition))
    except InputError as error:
        return _refused(edition, "", f"Not undone: {error}.")
    if done is None:
        return _refused(edition, "", "There is nothing of yours left to undo since yesterday.")
    return _changed(done, _told(done, Act.UNDO))


def load(edition: str) -> ResponseReturnValue:
    """Bring what is new into the draft; what editors did stays."""
    found = jobs.edition_of(desk(), edition)
    jobs.compose(desk(), desk().bulletin(found.bulletin), found.day)
    return go("review.show", edition=edition)


def withdraw(edition: str) -> ResponseReturnValue:
    """Take a draft back."""
    fields()
    jobs.withdraw(desk(), edition, person().email)
    return go("editions.show")


def _wish(typed: dict[str, str]) -> Wish:
    if typed["act"] not in [*Act]:
        abort(400)
    told = {name: typed[name] for name in ("topic", "title", "summary", "note", "behind")}
    return Wish(Act(typed["act"]), **told)


def _changed(done: jobs.Done, said: str) -> ResponseReturnValue:
    """The headings that an act changed, for htmx; without it, the way back to where the item stands or stood."""
    if not is_htmx():
        return go("review.show", edition=done.edition.id, _anchor=_anchor(done))
    topics = {done.before.place, done.after.place} - {""}
    found = jobs.sheet(desk(), done.edition, person().email, topics)
    shown = {group.topic for group in found.groups}
    answer = make_response(
        render_template(
            "review_changed.html", sheet=found, gone=topics - shown, said=said, numbered=_numbered(found.edition)
        )
    )
    if done.after.place and done.after.place not in " ".join(many("groups")).split():
        answer.headers["HX-Refresh"] = "true"  # a heading that the page does not have yet
    if done.act is Act.UNDO:
        answer.headers["HX-Trigger"] = json.dumps({"undone": {"item": done.item.id}})
    return answer


def _anchor(done: jobs.Done) -> str:
    if done.after.place:
        return f"item-{done.item.id}"
    return f"group-{done.before.place}" if done.before.place else "main"


def _told(done: jobs.Done, act: Act) -> str:
    heading = desk().topics[done.after.place].heading if done.after.place in desk().topics else ""
    if act in (Act.MOVE, Act.PULL_IN):
        said = f"Moved to {heading}." if heading else "Moved to a heading of other bulletins."
    else:
        said = _SAID.get(act, f"It stands in place {done.after.position + 1} of {heading}.")
    if act in (Act.ADD, Act.DROP):
        said = "Its headings are saved."
    if done.elsewhere:
        said += f" It moved in {_named(done.elsewhere)} too."
    return said + (" The approval of this edition was taken back." if done.unapproved else "")


def _named(editions: tuple[str, ...]) -> str:
    titles = {row.id: row.bulletin for row in jobs.drafts(desk())}
    return " and ".join(desk().bulletin(titles[one]).title if one in titles else one for one in editions)


def _refused(edition: str, item: str, why: str) -> ResponseReturnValue:
    if is_htmx():
        return page("review_said.html", said=why, alarm=True)
    return page("review_refused.html", 422, edition=edition, item=item, why=why)


def _merge(edition: str, item: str, wished: Wish, why: str) -> ResponseReturnValue:
    """Two editors met at one item: theirs, mine, and the choice; nothing is lost."""
    draft = jobs.edition_of(desk(), edition)
    found = desk().store.items.get(item)
    theirs = jobs.card(desk(), draft, found) if found else None
    answer = page("merge.html" if not is_htmx() else "merge_panel.html", 409, **_both(draft, theirs, wished, why))
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#item-{item}", "innerHTML"
    return answer


def _both(draft: Edition, theirs: jobs.Card | None, wished: Wish, why: str) -> dict[str, object]:
    topic = desk().topics[wished.topic].heading if wished.topic in desk().topics else ""
    return {"edition": draft, "card": theirs, "wished": wished, "wished_topic": topic, "why": why}


def _numbered(edition: Edition) -> dict[str, int]:
    """The number keys: the first nine headings of the bulletin."""
    headings = desk().bulletin(edition.bulletin).headings
    return {topic: number for number, topic in enumerate(headings[:9], 1)}


ROUTES = (
    get("/editions/<edition>", show, Right.LOOK, Of.EDITION),
    post("/editions/<edition>/items/<item>", act, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/undo", undo, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/load", load, Right.EDIT, Of.EDITION),
    post("/editions/<edition>/withdraw", withdraw, Right.EDIT, Of.EDITION),
)
