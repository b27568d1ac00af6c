"""One item of a draft: its words beside the source's, its headings, and why the machine put it there."""

from flask import abort
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.model import Edition, Item, Right
from bulletin.web.route import Of, get
from bulletin.web.show import desk, is_htmx, page, person


def show(edition: str, item: str) -> ResponseReturnValue:
    """The item with every form; a piece of it for the page of the draft."""
    draft, found = _both(edition, item)
    template = "item_edit.html" if is_htmx() else "item.html"
    topics = [(topic.id, topic.heading) for topic in desk().config.topics]
    card = jobs.card(desk(), draft, found)
    bulletin = desk().bulletin(draft.bulletin)
    here = set(card.shelved.topics)
    urgent = [one for one in desk().config.bulletins if here & {*one.headings} and person().may(Right.EDIT, one.id)]
    return page(
        template,
        edition=draft,
        card=card,
        topics=topics,
        bulletin=bulletin,
        partial=is_htmx(),
        urgent_for=[] if draft.is_urgent else urgent,
    )


def why(edition: str, item: str) -> ResponseReturnValue:
    """What speaks for and against each heading, and what was decided of the like; takes a second or two."""
    draft, found = _both(edition, item)
    template = "why_panel.html" if is_htmx() else "why.html"
    return page(template, edition=draft, why=jobs.why(desk(), found.id), item=found)


def _both(edition: str, item: str) -> tuple[Edition, Item]:
    draft, found = jobs.outline_of(desk(), edition), desk().store.items.get(item)
    if found is None:
        abort(404)
    return draft, found


ROUTES = (
    get("/editions/<edition>/items/<item>", show, Right.LOOK, Of.EDITION),
    get("/editions/<edition>/items/<item>/why", why, Right.LOOK, Of.EDITION),
)
