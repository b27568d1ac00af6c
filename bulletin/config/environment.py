"""The settings that belong to the machine and not to the files."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from bulletin.config.addresses import email, host_and_port
from bulletin.config.endpoints import (
    authorities,
    authority,
    folder,
    mail_account,
    mail_server,
    peer,
    proxy,
    returns,
    service,
    web_base,
)
from bulletin.config.secret import secret_key
from bulletin.config.values import choice, listed, number, whole
from bulletin.errors import Mistake
from bulletin.model import Mailbox, Manners, Oidc, Pace, Services, Smtp, Web

T = TypeVar("T")

_PLACE = Path("environment")  # stands in the message where a file's name would
_MAILBOX = "BULLETIN_IMAP_URL"
_OIDC = ("BULLETIN_OIDC_ISSUER", "BULLETIN_OIDC_CLIENT_ID", "BULLETIN_OIDC_CLIENT_SECRET")
_SMTP = "BULLETIN_SMTP_URL"
_MOST_A_MINUTE, _MOST_A_DAY = 100_000, 10_000_000
_LONGEST_GAP = 60  # seconds
_MOST_AT_ONCE = 8


@dataclass(frozen=True)
class Machine:
    """What the environment says about the network, the pages and the mail."""

    allow_addresses: frozenset[str]
    services: Services
    mailbox: Mailbox | None
    manners: Manners
    proxy: str
    ca_file: Path | None
    web: Web
    secret_key: str = field(repr=False)
    smtp: Smtp | None
    oidc: Oidc | None
    outbox: Path | None
    pace: Pace
    bounce_address: str
    bounces: str
    old_secret_keys: tuple[str, ...] = field(repr=False)
    operator: str
    ping_url: str
    metrics_token: str = field(repr=False)
    backups: Path | None


def database_url(folder: Path, environ: Mapping[str, str]) -> str:
    """Return BULLETIN_DATABASE_URL, or SQLite in the workspace; with forward slashes, on Windows too.

    In a path, only a question mark and a percent sign mean something else in a database address.
    """
    path = (folder / "bulletin.db").resolve().as_posix().replace("%", "%25").replace("?", "%3F")
    return environ.get("BULLETIN_DATABASE_URL") or f"sqlite:///{path}"


def names_mailbox(environ: Mapping[str, str]) -> bool:
    """Tell whether a mailbox is named, rightly or wrongly."""
    return bool(environ.get(_MAILBOX, "").strip())


def read(environ: Mapping[str, str], mistakes: list[Mistake]) -> Machine:
    """Read every setting but the database's; what is wrong is added to `mistakes`, and its default stands in."""
    look = partial(_setting, environ, mistakes)
    allowed = _allowed(environ, mistakes)
    base = partial(service, allowed=allowed)
    outbox = look(_SMTP, folder, None) if environ.get(_SMTP, "").strip().startswith("file:") else None
    ca_file = look("BULLETIN_CA_FILE", authorities, None)
    mailbox, smtp = look(_MAILBOX, mail_account, None), None if outbox else look(_SMTP, mail_server, None)
    gap = look("BULLETIN_HOST_GAP", number(0, _LONGEST_GAP), Manners.gap.total_seconds())
    return Machine(
        allow_addresses=allowed,
        services=Services(
            pubmed=look("BULLETIN_PUBMED_URL", base, Services.pubmed),
            europepmc=look("BULLETIN_EUROPEPMC_URL", base, Services.europepmc),
            crossref=look("BULLETIN_CROSSREF_URL", base, Services.crossref),
            unpaywall=look("BULLETIN_UNPAYWALL_URL", base, Services.unpaywall),
        ),
        mailbox=mailbox and replace(mailbox, ca_file=ca_file),
        manners=Manners(
            gap=timedelta(seconds=gap),
            at_once_a_host=look("BULLETIN_HOST_CONNECTIONS", whole(1, _MOST_AT_ONCE), Manners.at_once_a_host),
        ),
        proxy=look("BULLETIN_PROXY_URL", proxy, ""),
        ca_file=ca_file,
        web=Web(
            base_url=look("BULLETIN_BASE_URL", web_base, Web.base_url),
            require_totp=look("BULLETIN_REQUIRE_TOTP", choice("admin", "all"), Web.require_totp),
            trusted_proxy=look("BULLETIN_TRUSTED_PROXY", peer, Web.trusted_proxy),
        ),
        secret_key=look("BULLETIN_SECRET_KEY", secret_key, ""),
        smtp=smtp and replace(smtp, ca_file=ca_file),
        oidc=_oidc(environ, mistakes, allowed),
        outbox=outbox,
        pace=Pace(
            a_minute=look("BULLETIN_MAIL_A_MINUTE", whole(0, _MOST_A_MINUTE), Pace.a_minute),
            a_day=look("BULLETIN_MAIL_A_DAY", whole(0, _MOST_A_DAY), Pace.a_day),
            give_up=timedelta(hours=look("BULLETIN_MAIL_GIVE_UP", whole(12, 120), 96)),  # RFC 5321, 4.5.4.1
        ),
        bounce_address=look("BULLETIN_BOUNCE_ADDRESS", email, ""),
        bounces=look("BULLETIN_BOUNCES", returns, ""),
        old_secret_keys=tuple(_old_keys(environ, mistakes)),
        operator=look("BULLETIN_OPERATOR", email, ""),
        ping_url=look("BULLETIN_PING_URL", base, ""),
        metrics_token=look("BULLETIN_METRICS_TOKEN", secret_key, ""),
        backups=look("BULLETIN_BACKUPS", Path, None),
    )


def _old_keys(environ: Mapping[str, str], mistakes: list[Mistake]) -> Iterator[str]:
    """Return the secrets of before, set apart by spaces."""
    for one in environ.get("BULLETIN_OLD_SECRET_KEYS", "").split():
        try:
            yield secret_key(one)
        except ValueError as error:
            mistakes.append(Mistake(_PLACE, 0, f"BULLETIN_OLD_SECRET_KEYS: {error}"))


def _oidc(environ: Mapping[str, str], mistakes: list[Mistake], allowed: frozenset[str]) -> Oidc | None:
    """Return who signs people in; the three settings stand or fall together."""
    written = [environ.get(name, "").strip() for name in _OIDC]
    lacking = [name for name, value in zip(_OIDC, written, strict=True) if not value]
    if lacking:
        if any(written):
            mistakes.append(Mistake(_PLACE, 0, f"{listed(lacking, 'and')}: must be set, because the others are"))
        return None
    who = _setting(environ, mistakes, _OIDC[0], partial(authority, allowed=allowed), "")
    return Oidc(who, written[1], written[2])


def _setting(
    environ: Mapping[str, str], mistakes: list[Mistake], name: str, reader: Callable[[str], T], otherwise: T
) -> T:
    value = environ.get(name, "").strip()
    try:
        return reader(value) if value else otherwise
    except ValueError as error:
        mistakes.append(Mistake(_PLACE, 0, f"{name}: {error}"))
        return otherwise


def _allowed(environ: Mapping[str, str], mistakes: list[Mistake]) -> frozenset[str]:
    """Return the host:port pairs of BULLETIN_ALLOW_ADDRESSES, set apart by commas or spaces."""
    pairs = set()
    for pair in re.split(r"[,\s]+", environ.get("BULLETIN_ALLOW_ADDRESSES", "").strip(", \t\r\n")):
        try:
            if pair:
                pairs.add(host_and_port(pair))
        except ValueError as error:
            mistakes.append(Mistake(_PLACE, 0, f"BULLETIN_ALLOW_ADDRESSES: {error}"))
    return frozenset(pairs)
