"""Reading the folder to which things come back."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from bulletin.config.endpoints import folder
from bulletin.deliver.returned import in_folder, read
from bulletin.errors import InputError
from bulletin.fetch.mail import letters
from bulletin.jobs.bounces.acting import act
from bulletin.jobs.bounces.stopping import stop_where_too_much
from bulletin.jobs.bounces.told import Came
from bulletin.jobs.desk import Desk
from bulletin.model import Errand, Feed, FeedKind, Validators

_MOST_VISITS = 50  # to a mailbox, of 200 emails each
# Files stay in their folder: what they told is known for longer than this, so that none is ever taken a second time.
_UNREAD_AFTER = timedelta(days=365)
_UNSET = "nothing says where mail comes back: set BULLETIN_BOUNCES to imap:FOLDER or file:///FOLDER"
_NO_MAILBOX = "BULLETIN_BOUNCES names a folder of the mailbox: set BULLETIN_IMAP_URL, which says where that is"


def take(desk: Desk) -> Came:
    """Read what came back since the last time, and act on it; raises InputError and FetchError."""
    came = Came()
    place = desk.config.bounces
    if place.startswith("file:"):
        _take_all(desk, came, in_folder(folder(place), desk.now() - _UNREAD_AFTER))
    elif place:
        _take_mailbox(desk, came, place.removeprefix("imap:"))
    else:
        raise InputError(_UNSET)
    came.settled = desk.store.bounces.settle(desk.now())
    came.stopped = stop_where_too_much(desk)
    return came


def _take_mailbox(desk: Desk, came: Came, name: str) -> None:
    """Read a folder of the mailbox, as far as nothing in it must wait."""
    mailbox = desk.config.mailbox
    if mailbox is None:
        raise InputError(_NO_MAILBOX)
    place = f"{mailbox.user}@{mailbox.host}:{mailbox.port}/{name}"
    feed = Feed("bounces", "What comes back", "imaps:", kind=FeedKind.MAIL, search=name)
    for _ in range(_MOST_VISITS):
        known = Validators(etag=desk.store.bounces.validator(place))
        post = letters(Errand(feed, feed.url, known), mailbox, desk.config.allow_addresses, desk.now())
        came.notes += [post.note] if post.note else []
        waiting = came.later
        _take_all(desk, came, post.letters)
        if came.later > waiting or post.validators == known:
            return  # what must wait is asked for again next time, and what was read beside it is known by then
        desk.store.bounces.keep_validator(place, post.validators.etag or "", desk.now())


def _take_all(desk: Desk, came: Came, given: Iterable[bytes]) -> None:
    for letter in given:
        digest = hashlib.sha256(letter).hexdigest()
        if desk.store.bounces.is_known(digest):
            came.known += 1
        elif (told := read(letter)) is None:
            came.foreign += 1
        else:
            act(desk, came, digest, told)
