"""Adding by hand: a link or a DOI that no feed brought, straight into a draft."""

from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import FeedError, InputError
from bulletin.model import Act, Right
from bulletin.review import Wish
from bulletin.web.forms import fields
from bulletin.web.route import Of, post
from bulletin.web.show import desk, go, may_approve, page, person


def add(edition: str) -> ResponseReturnValue:
    """Find out what the link or DOI is, shelve it and print it under a heading."""
    typed = fields("what", "topic")
    try:
        desk().topic(typed["topic"])  # before anybody goes on the network
        brought = jobs.add(jobs.apart(desk()), typed["what"])
        if not brought.items:
            raise InputError("nothing was found there that could be printed")
        wish = Wish(Act.PULL_IN, topic=typed["topic"])
        done = jobs.act(desk(), edition, brought.items[0].id, wish, person().email, may_approve=may_approve(edition))
    except (FeedError, InputError) as error:
        return page("review_refused.html", 422, edition=edition, item="", why=str(error))
    return go("review.show", edition=edition, _anchor=f"item-{done.item.id}")


ROUTES = (post("/editions/<edition>/add", add, Right.EDIT, Of.EDITION),)
