"""The duties of a foot: who sent it, why, and how to answer, to leave, and to ask what is kept of oneself."""

from dataclasses import dataclass

from bulletin.model import Archive, Bulletin, DistributionList, Edition, House, Library
from bulletin.render import links
from bulletin.render.plain import cut
from bulletin.render.samples import SAMPLE_CHOICES, SAMPLE_LEAVE

_SUBJECT_LETTERS = 120  # of an email that a reader writes: percent-encoded, it is a link of 2,000 at most
_PRIVACY = "How do you use my details?"


@dataclass(frozen=True)
class Foot:
    """Those fields of a Page that a foot is made of, by the same names."""

    library_link: str
    web_link: str
    suggest_link: str
    suggest_subject: str
    leave_link: str
    leave_subject: str
    reply_to: str
    why: str
    privacy_link: str
    privacy_subject: str
    change_link: str
    change_subject: str
    impact_link: str
    archive_link: str


def foot(edition: Edition, bulletin: Bulletin, audience: DistributionList, house: House, library: Library) -> Foot:
    """Put together the foot of an edition for one list; RenderError when an address of either is none."""
    reply_to = links.mailbox(audience.reply_to, f"list {audience.id}: reply_to").address
    contact = links.mailbox(library.email, "library: email").address
    suggest = cut(f"Suggestion for {bulletin.title}", _SUBJECT_LETTERS)
    leave = cut(f"Unsubscribe: {bulletin.title}, {audience.name}", _SUBJECT_LETTERS)
    change = cut(f"Change what I get: {bulletin.title}, {audience.name}", _SUBJECT_LETTERS)
    notice = links.web(library.privacy)
    own = house.pages_url if audience.delivery == "individual" else ""  # where readers have pages of their own
    return Foot(
        library_link=links.mailto(contact),
        web_link=links.web(library.web),
        suggest_link=links.mailto(reply_to, suggest),
        suggest_subject=suggest,
        leave_link=f"{own}/leave/{SAMPLE_LEAVE}" if own else links.mailto(reply_to, leave),
        leave_subject="" if own else leave,
        reply_to=reply_to,
        why=audience.why or f"You get this because you are on the library's list: {audience.name}.",
        privacy_link=notice or links.mailto(contact, _PRIVACY),
        privacy_subject="" if notice else _PRIVACY,
        change_link=f"{own}/choices/{SAMPLE_CHOICES}" if own else links.mailto(reply_to, change),
        change_subject="" if own else change,
        impact_link=links.web(library.impact),
        archive_link=archive_link(edition, bulletin, house),
    )


def archive_link(edition: Edition, bulletin: Bulletin, house: House) -> str:
    """Where everybody can read an edition in a browser; empty where nobody can."""
    is_public = bool(house.base_url) and bulletin.archive is Archive.PUBLIC
    return links.web(f"{house.base_url}/read/{bulletin.id}/{edition.id}") if is_public else ""
