"""The people who get bulletins: joining and leaving, importing, their own data, and forgetting them.

Each change is written with the consent that it rests on and a line of the record, which names people by id alone.

marks         the keyed hashes that suppress an address
lists         which lists there are, and who is on them
roster        taking in a file of readers
membership    joining, leaving, coming back, choosing
stopping      suppressing an address, and releasing it
story         one person, as the desk sees them
privacy       somebody's own data: all of it, and none of it any more
"""

from bulletin.jobs.subscribers.consenting import consent_of
from bulletin.jobs.subscribers.lists import Listed, all_lists, list_names, list_sheet, place_named, place_of
from bulletin.jobs.subscribers.marks import marks_of
from bulletin.jobs.subscribers.membership import LIFTED_BY_SIGN_UP, THEMSELVES, add, choose, come_back, join, leave
from bulletin.jobs.subscribers.privacy import erase, export, in_json
from bulletin.jobs.subscribers.roster import Intake, Wish, preview, refused_sheet, take_in
from bulletin.jobs.subscribers.stopping import release, stopped_among, suppress
from bulletin.jobs.subscribers.story import Returned, Story, describe, find, stopped_lately, story
from bulletin.store import Joined, Left, Place

__all__ = [
    "LIFTED_BY_SIGN_UP",
    "THEMSELVES",
    "Intake",
    "Joined",
    "Left",
    "Listed",
    "Place",
    "Returned",
    "Story",
    "Wish",
    "add",
    "all_lists",
    "choose",
    "come_back",
    "consent_of",
    "describe",
    "erase",
    "export",
    "find",
    "in_json",
    "join",
    "leave",
    "list_names",
    "list_sheet",
    "marks_of",
    "place_named",
    "place_of",
    "preview",
    "refused_sheet",
    "release",
    "stopped_among",
    "stopped_lately",
    "story",
    "suppress",
    "take_in",
]
