"""Occasions: an edition by its steps: drafted, told, reminded, and sent or waiting; each of them once.

drafting     the draft, when it is due
case         one edition between its draft and its hour
steps        what follows it: which of the steps are due
letters      a letter to each editor
unattended   what is sent although nobody has approved it, and what is not
overview     all of it as it stands, for people
"""

from bulletin.errors import BulletinError
from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import draft_turns
from bulletin.jobs.occasions.drafting import draft_due
from bulletin.jobs.occasions.overview import Occasion, Outlook, occasion_of, overview
from bulletin.jobs.occasions.steps import take_steps
from bulletin.jobs.turning import Done, Shift
from bulletin.model import Ended

__all__ = ["Occasion", "Outlook", "hold", "occasion_of", "overview"]


def hold(desk: Desk, shift: Shift) -> Done | None:
    """Draft what is due and take each step of an edition whose time has come; None: there was nothing to do.

    What goes wrong with one bulletin stops no other; its turn stays open, and a later call tries again.
    """
    newest = desk.store.turns.newest([draft_turns(one.id) for one in desk.config.bulletins])
    did: list[str] = []
    wrong: list[str] = []
    for bulletin in desk.config.bulletins:
        try:
            did += draft_due(desk, shift, bulletin, newest.get(draft_turns(bulletin.id)))
            did += take_steps(desk, shift, bulletin)
        except BulletinError as error:
            wrong.append(f"{bulletin.id}: {error}")
    if not did and not wrong:
        return None
    return Done("; ".join((*wrong, *did)), Ended.FAILED if wrong else Ended.DONE)
