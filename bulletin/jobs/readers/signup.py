"""Signing up: the lists that are open to it, the email that asks whether it was them, and the yes.

What the page answers never depends on what we know of an address. Whether it is known, was written to within a day or
may not be written to is found out when nobody waits for it any more.
"""

from collections.abc import Collection
from datetime import timedelta

from bulletin.errors import InputError, SendError, UnknownError
from bulletin.jobs import subscribers
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.visitor import Visitor
from bulletin.jobs.readers.counting import WRONG_LINKS, count
from bulletin.jobs.readers.links import Named, named
from bulletin.model import DistributionList, Way
from bulletin.people import addresses, letters, tokens
from bulletin.store import Joined, Place, SignUp

ANYONE = "anyone"
_REST = timedelta(days=1)  # between two emails to one address, whoever asks (reference bar W13)
_GOOD_FOR = timedelta(days=7)  # reference bar W12
_SOONEST, _LATEST = timedelta(seconds=2), timedelta(hours=12)  # after the page was shown
_PAGE = "sign-up page"
_CLOSED = "nobody can sign up for these bulletins any more"
_LEFT = "you have left since you signed up, and this link is from before: to come back, sign up once more tomorrow"
_OLD = "this link is too old, or a part of it is missing: sign up once more"


def open_lists(desk: Desk) -> tuple[Named, ...]:
    """The lists that people may put themselves on."""
    return named(desk, _open(desk))


def consent(desk: Desk) -> str:
    """The words to which somebody says yes; they are kept with the yes."""
    return (
        f"Yes, {desk.config.library.name} may send me the bulletins that I ticked by email. "
        "I can leave at any time by a link in each email."
    )


def check(desk: Desk, email: str, lists: Collection[Place]) -> str:
    """Give the address as we write it; raises InputError for what is none, and for one that a list does not take.

    It says what the page says to everybody, and nothing of what we know of the address.
    """
    address = addresses.of_reader(email)
    domain = address.rpartition("@")[2]
    for place in lists:
        ours = _open(desk).get(place)
        if ours is None:
            raise InputError("tick the bulletins that you want")
        if ANYONE not in ours.sign_up and domain not in ours.sign_up:
            (one,) = named(desk, [place])
            raise InputError(f"{one.title} is for addresses at {' or '.join(ours.sign_up)}: give one of these")
    return address


def stamp(desk: Desk) -> str:
    """What the page carries, so that we see how long somebody had it before them."""
    at = f"{desk.now().timestamp() * 1000:.0f}"  # milliseconds
    return f"{at}.{desk.keys.mark(_PAGE, at)}"


def is_ours(desk: Desk, stamped: str) -> bool:
    """Whether the page was ours, and is not too old."""
    at, _, mark = stamped.partition(".")
    return desk.keys.proves(mark, _PAGE, at) and _age(desk, stamped) <= _LATEST.total_seconds()


def is_by_person(desk: Desk, stamped: str) -> bool:
    """Whether the page was ours, and lay before somebody as long as a person needs to fill it in."""
    return is_ours(desk, stamped) and _age(desk, stamped) >= _SOONEST.total_seconds()


def ask(desk: Desk, address: str, lists: Collection[Place]) -> None:
    """Mail a link by which somebody says that it was them; not a second one within a day. Raises SendError.

    Nothing goes to an address that no sign-up may take up again: one that called us spam, or that an editor stopped.
    """
    token, now = tokens.new_token(), desk.now()
    one = SignUp(tokens.digest(token), address, tuple(lists), consent(desk), now, now + _GOOD_FOR)
    if desk.post is None or not _may_come(desk, address):
        return
    if desk.store.signups.add(one, _REST):
        titles = list(dict.fromkeys(told.title for told in named(desk, lists)))
        link = f"{desk.config.web.base_url}/join/{token}"
        letter = letters.confirmation(desk.config.library, address, titles, link, now.timestamp())
        try:
            desk.post.send(desk.config.library.email, address, letter)
        except SendError:
            desk.store.signups.forget(one.digest)  # nothing went out, so that they may ask again
            raise


def asked(desk: Desk, visitor: Visitor, token: str) -> SignUp:
    """The sign-up that a link is about.

    Raises UnknownError when it is too old or no link of ours, and WaitError for that after too many.
    """
    found = desk.store.signups.get(tokens.digest(token), desk.now())
    if found is None:
        count(desk, visitor, WRONG_LINKS)
        raise UnknownError(_OLD)
    return found


def confirm(desk: Desk, one: SignUp) -> Joined:
    """Put who signed up on the lists that are still open to them; doing it twice is no more than once.

    `Joined.stopped` says why it could not be. Raises UnknownError when none of the lists is open any more, and when
    they have left since they asked, which an older yes does not undo; InputError when one takes addresses of other
    domains only.
    """
    lists = [place for place in one.lists if place in _open(desk)]
    if not lists:
        raise UnknownError(_CLOSED)
    if _has_left_since(desk, one, lists):
        raise UnknownError(_LEFT)
    check(desk, one.email, lists)
    return subscribers.join(desk, one.email, lists, Way.SIGN_UP, one.words)


def _age(desk: Desk, stamped: str) -> float:
    """Seconds since a page of ours was shown."""
    return desk.now().timestamp() - int(stamped.partition(".")[0]) / 1000


def _may_come(desk: Desk, address: str) -> bool:
    """Whether nothing stands against an address that a confirmed sign-up does not take back."""
    stands = desk.store.suppressions.of(subscribers.marks_of(desk, address))
    return stands is None or stands.why in subscribers.LIFTED_BY_SIGN_UP


def _has_left_since(desk: Desk, one: SignUp, lists: Collection[Place]) -> bool:
    """Whether somebody left one of these lists, or everything, after they had asked to be put on them."""
    known = desk.store.subscribers.by_email(one.email)
    left = [own.left_at for own in known.subscriptions if own.place in lists] if known else []
    stands = desk.store.suppressions.of(subscribers.marks_of(desk, one.email))
    if stands and stands.why in subscribers.LIFTED_BY_SIGN_UP:
        left.append(stands.at)
    return any(at > one.at for at in left if at)


def _open(desk: Desk) -> dict[Place, DistributionList]:
    return {
        (bulletin.id, one.id): one
        for bulletin in desk.config.bulletins
        for one in bulletin.lists
        if one.sign_up and one.delivery == "individual"
    }
