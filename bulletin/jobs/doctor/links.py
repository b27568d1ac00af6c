"""The addresses in emails: the pages that readers must reach, what comes back where, and secrets."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from bulletin.jobs.doctor.server import senders
from bulletin.lint.letter.hosts import organisation
from bulletin.model import Config, Light, Remark


def remarks(config: Config) -> Iterator[Remark]:
    """Judge the base URL, the way back, and the secrets that links are made with."""
    yield _base(config)
    yield from _returns(config)
    if config.old_secret_keys:
        many = len(config.old_secret_keys)
        words = f"links made under {many} older secret{'s' if many > 1 else ''} are still taken: keep them for a year"
        yield Remark(Light.GOOD, "Secrets", words)


def _base(config: Config) -> Remark:
    url = config.web.base_url
    host = urlsplit(url).hostname or ""
    personal = any(one.delivery == "individual" for bulletin in config.bulletins for one in bulletin.lists)
    if not config.web.readers_url:
        light = Light.WRONG if personal else Light.LOOK
        words = f"{url} is this very machine: readers could not leave a list; set BULLETIN_BASE_URL to"
        return Remark(light, "Base URL", f"{words} https:// and a name that they reach")
    if _is_private(host):
        words = (
            f"{url} is an address of your own network alone: readers elsewhere do not reach it, nor do the buttons of"
        )
        return Remark(Light.LOOK, "Base URL", f"{words} Gmail and Outlook to unsubscribe")
    return Remark(Light.GOOD, "Base URL", f"{url}: open it from a telephone outside your network, to be sure")


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:  # a name; one without a dot is known at home alone
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".home.arpa"))


def _returns(config: Config) -> Iterator[Remark]:
    address = config.bounce_address
    if not senders(config):
        return
    if not config.bounces:
        to = address or "the addresses that lists are from"
        words = f"what cannot be brought comes back to {to}, and nobody reads it there: set BULLETIN_BOUNCES, or"
        yield Remark(Light.LOOK, "Returns", f"{words} addresses that are gone are written to for ever")
    else:
        where = config.bounces.partition("://")[0]
        read = "a folder" if where == "file" else "a mailbox"
        words = f"what comes back to {address or 'the addresses that lists are from'} is read from {read}"
        yield Remark(Light.GOOD, "Returns", words)
    strangers = [
        one for one in senders(config).values() if organisation(_domain(one)) != organisation(_domain(address))
    ]
    if address and strangers:
        words = f"{address} is not of {_domain(strangers[0])}, so SPF proves nothing for DMARC: all rests on DKIM"
        yield Remark(Light.LOOK, "Returns", words)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
