"""Feeds: how each source does, what may be reproduced of it, and new ones, tried before they are read for good."""

from flask import request
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.config import feedsfile
from bulletin.config.asked import SELECTORS, SOURCES
from bulletin.config.feedsfile import NewFeed
from bulletin.config.filechange import Change
from bulletin.config.formfile import Filled, Values
from bulletin.errors import BulletinError, FeedError, InputError, OutputError, UnknownError
from bulletin.jobs import State, files
from bulletin.model import Access, FeedKind, ItemType, Right, Rights, Selectors
from bulletin.web import fileform
from bulletin.web.fileform import Field, Form, Kind
from bulletin.web.forms import fields as sent
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_SOURCES = {
    "url": ("Address of the feed", "It begins with https:// or http://."),
    "page": ("Address of the web page", "It begins with https:// or http://."),
    "pubmed": ("Search in PubMed", "As you would type it there."),
    "europepmc": ("Search in Europe PMC", "As you would type it there."),
    "crossref": ("ISSN of the journal", "Such as 0140-6736."),
    "mail": ("Mail folder", "The folder that the alerts come into."),
}
_SELECTORS = {
    "items": "Where each item stands",
    "title": "Where its title stands",
    "link": "Where its link stands",
    "date": "Where its date stands",
    "summary": "Where its summary stands",
}
_RIGHTS = (
    ("", "As usual: title, source and link only"),
    (Rights.OGL.value, "The summary, with a credit line (Open Government Licence)"),
    (Rights.OPEN.value, "The abstract, with a credit line (an open licence such as CC BY)"),
    (Rights.ABSTRACT.value, "The publisher’s abstract, inside the organisation"),
    (Rights.CITATION.value, "Title, source and link only"),
)
_TYPES = (("", "As usual: as each item says itself"), *((one.value, one.words) for one in ItemType))
_EVERY = (("", "As usual: every 12 hours"), ("6h", "Every 6 hours"), ("12h", "Every 12 hours"), ("1d", "Once a day"))
_ACCESS = (
    ("", "As usual: free under an open licence, else with a login"),
    (Access.FREE.value, "Free for everybody"),
    (Access.LOGIN.value, "With a login or a subscription"),
)
_NAME = Field("name", "Name", "What you call it. No two feeds may share a name.", size="medium")
_WORDS = {
    State.GONE: ("bad", "gone"),
    State.FAILING: ("bad", "failing"),
    State.TROUBLED: ("warn", "in trouble"),
    State.MOVED: ("warn", "moved"),
    State.SILENT: ("warn", "silent"),
    State.WAITING: ("quiet", "not visited yet"),
    State.WELL: ("good", "well"),
}


def show() -> ResponseReturnValue:
    """How every source does, the sick ones first; `?only=sick` leaves out those that are well."""
    found = jobs.health(desk())
    sick = [one for one in found if one.state not in (State.WELL, State.WAITING)]
    only = request.args.get("only") == "sick"
    return page("feeds.html", found=sick if only else found, all=len(found), sick=len(sick), only=only, words=_WORDS)


def one(feed: str) -> ResponseReturnValue:
    """One source: how it does, and its form."""
    filled = _now(feed)
    return _page(feed, fileform.made(_fields(filled.values), filled), "Saved." if request.args.get("saved") else "")


def save(feed: str) -> ResponseReturnValue:
    """Change a feed in feeds.yaml."""

    def make(values: Values, digest: str) -> Change:
        return feedsfile.change(desk().config.folder, feed, values, digest)

    fields = _fields(_now(feed).values)
    form = fileform.save(fields, make, lambda: _now(feed), "changed the feed", feed)
    return _page(feed, form) if form else go("feeds.one", feed=feed, saved=1)


def move(feed: str) -> ResponseReturnValue:
    """Write the address that a feed has moved to into feeds.yaml."""
    filled, moved_to = _now(feed), _health(feed).moved_to
    key = "page" if filled.values["page"] else "url"
    if not moved_to:
        raise InputError("this feed has not moved, as far as its visits tell")
    change = feedsfile.change(desk().config.folder, feed, {key: moved_to}, sent("digest")["digest"])
    files.save(desk(), person().email, "moved the feed", feed, change)
    return go("feeds.one", feed=feed, saved=1)


def remove(feed: str) -> ResponseReturnValue:
    """Take a feed out of feeds.yaml; what it has brought stays."""
    change = feedsfile.removal(desk().config.folder, feed, sent("digest")["digest"])
    files.save(desk(), person().email, "took out the feed", feed, change)
    return go("feeds.show")


def ask() -> ResponseReturnValue:
    """The form for an address to try."""
    return page("feed_try.html", address="", trials=None, error="", rights=_RIGHTS)


def try_() -> ResponseReturnValue:
    """What an address would bring; nothing is written."""
    address = sent("address")["address"].strip()
    try:
        trials, error = files.try_feed(desk(), address), ""
    except (FeedError, InputError) as trouble:
        trials, error = [], str(trouble)
    status = fileform.REFUSED if error else 200
    return page("feed_try.html", status=status, address=address, trials=trials, error=error, rights=_RIGHTS)


def add() -> ResponseReturnValue:
    """Add what was tried."""
    told = sent("name", "asked", "kind", "rights", *SELECTORS)
    try:
        feed_id = files.add_feed(desk(), person().email, _new_feed(told))
    except (InputError, OutputError) as error:
        return _tried_again(told["asked"], error)
    return go("feeds.one", feed=feed_id, saved=1)


def _new_feed(told: dict[str, str]) -> NewFeed:
    kind = FeedKind.PAGE if told["kind"] == FeedKind.PAGE else FeedKind.FEED
    selectors = Selectors(**{name: told[key] for key, name in SELECTORS.items()}) if kind is FeedKind.PAGE else None
    rights = Rights(told["rights"]) if told["rights"] in [*Rights] else None
    return NewFeed(told["name"].strip(), told["asked"].strip(), kind, selectors, rights=rights)


def _tried_again(address: str, error: BulletinError) -> ResponseReturnValue:
    more = {"address": address, "trials": None, "error": str(error), "rights": _RIGHTS}
    return page("feed_try.html", status=fileform.REFUSED, **more)


def _now(feed: str) -> Filled:
    return feedsfile.form(desk().config.folder, feed)


def _health(feed: str) -> jobs.Health:
    found = next((one for one in jobs.health(desk()) if one.feed.id == feed), None)
    if found is None:
        raise UnknownError(f"there is no feed {feed[:60]!r}")
    return found


def _fields(values: Values) -> tuple[Field, ...]:
    """The fields that fit the kind of a feed."""
    source = next((key for key in SOURCES if values.get(key)), "url")
    label, hint = _SOURCES[source]
    selectors = [Field(key, told, "A CSS selector.") for key, told in _SELECTORS.items()] if source == "page" else []
    topics = tuple((topic.id, topic.heading) for topic in desk().config.topics)
    return (
        _NAME,
        Field(source, label, hint),
        *selectors,
        Field("every", "How often to look", kind=Kind.CHOICE, options=_EVERY),
        Field("rights", "What of an item you may print", kind=Kind.CHOICE, options=_RIGHTS),
        Field(
            "credit",
            "Whom to name",
            "The words that the licence asks for: © The authors, CC BY 4.0. Without them, abstracts under an open "
            "licence are not printed, and their items are left off. Of the Open Government Licence it is the name.",
        ),
        Field("type", "What kind of thing its items are", kind=Kind.CHOICE, options=_TYPES),
        Field("access", "What a reader needs to open it", kind=Kind.CHOICE, options=_ACCESS),
        Field(
            "topics",
            "What it is nearly always about",
            "A hint for sorting; editors still decide.",
            Kind.CHECKS,
            topics,
        ),
        Field("agent", "User-Agent", "Leave it empty, unless the site turns our own away.", size="medium"),
    )


def _page(feed: str, form: Form, notice: str = "") -> ResponseReturnValue:
    return fileform.answer("feed.html", form, feed=feed, one=_health(feed), words=_WORDS, notice=notice)


# An id holds no underscore, and so no feed can be in the way of `try_address`.
ROUTES = (
    get("/feeds", show, Right.LOOK),
    get("/feeds/<feed>", one, Right.LOOK),
    post("/feeds/<feed>", save, Right.FILES, Of.EVERYTHING),
    post("/feeds/<feed>/move", move, Right.FILES, Of.EVERYTHING),
    post("/feeds/<feed>/remove", remove, Right.FILES, Of.EVERYTHING),
    get("/feeds/try_address", ask, Right.FILES, Of.EVERYTHING),
    post("/feeds/try_address", try_, Right.FILES, Of.EVERYTHING),
    post("/feeds/add_address", add, Right.FILES, Of.EVERYTHING),
)
