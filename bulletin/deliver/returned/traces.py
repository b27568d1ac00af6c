"""Which of our messages an email is about: the traces in it, which prove nothing by themselves."""

import re
from collections.abc import Iterable
from email.message import Message

from bulletin.deliver import verp
from bulletin.deliver.returned.shape import header, headers, text, within

_MOST = 20
_ID = re.compile(r"<([^<>\s@]{1,200}@[^<>\s@]{1,200})>")
_ID_LINE = re.compile(r"message-id:\s{0,4}<([^<>\s@]{1,200}@[^<>\s@]{1,200})>", re.IGNORECASE)
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "Received")


def ids_in(line: str) -> list[str]:
    """The Message-IDs in a header."""
    return _ID.findall(line)


def message_ids(message: Message, found: Iterable[Message]) -> tuple[str, ...]:
    """The Message-IDs of what is given back, then those that it answers to."""
    originals = [one for part in found for one in _originals(part)]
    answered = [one for name in ("In-Reply-To", "References") for one in ids_in(header(message, name))]
    return tuple(dict.fromkeys([*originals, *answered]))[:_MOST]


def _originals(part: Message) -> list[str]:
    if part.get_content_maintype() == "message":  # an email, its headers, or fields of a report (Gmail's name it)
        names = "Message-ID", "X-Original-Message-ID"
        return [one for held in within(part) for one in ids_in(headers(held, *names))]
    # Headers alone; reports in plain words show them in their text.
    kind = part.get_content_type()
    return _ID_LINE.findall(text(part)) if kind in ("text/rfc822-headers", "text/plain") else []


def tags(message: Message, found: Iterable[Message]) -> tuple[tuple[int, str], ...]:
    """The tags of our return addresses: it was sent to one, or names it."""
    named = [verp.in_addresses(headers(message, *_TO))]
    for part in found:
        if part.get_content_maintype() == "message":
            held = within(part)
            named += [verp.in_addresses(headers(one, "Return-Path", "Original-Mail-From")) for one in held]
            named += [verp.in_envelope_id(header(one, "Original-Envelope-Id")) for one in held]
    return tuple(dict.fromkeys(tag for some in named for tag in some))[:_MOST]
