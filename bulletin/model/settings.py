"""What the files and the environment of a workspace say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from bulletin.model.brands import Brand
from bulletin.model.bulletins import Bulletin, Library
from bulletin.model.feeds import Feed
from bulletin.model.items import Topic
from bulletin.model.schedules import Holidays

_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Services:
    """Base addresses of the services that are asked, so that a mirror or a test can stand in."""

    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    europepmc: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    crossref: str = "https://api.crossref.org"
    unpaywall: str = "https://api.unpaywall.org/v2"


@dataclass(frozen=True)
class Mailbox:
    """The account whose folders hold email alerts; read only, over TLS unless on loopback."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool = True
    ca_file: Path | None = None  # whom we believe besides the authorities of the system


class Security(StrEnum):
    """How a connection to a mail server is kept from other eyes."""

    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # the server is asked for it, and no mail goes where it refuses
    NONE = "none"  # on this very machine


@dataclass(frozen=True)
class Smtp:
    """The server that takes our mail; without a user it takes it as it is."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    ca_file: Path | None = None  # whom we believe besides the authorities of the system

    @property
    def is_here(self) -> bool:
        """Whether the server is this very machine, as where a newsroom is tried out."""
        return self.host in _HERE


@dataclass(frozen=True)
class Pace:
    """How fast and how long mail is brought (reference bars R7, R12); what stands here suits Exchange Online."""

    a_minute: int = 25  # messages; 0: as many as the server takes
    a_day: int = 5000  # messages in 24 hours; 0: as many as there are
    give_up: timedelta = timedelta(days=4)  # after the first try


@dataclass(frozen=True)
class Web:
    """How people reach the pages: `base_url` is an origin (scheme, host, port); every link in a mail begins so."""

    base_url: str = "http://127.0.0.1:8080"
    require_totp: str = ""  # who must have a second step at log-in: admin, all, or nobody when empty
    trusted_proxy: str = ""  # the IP address of the one web server whose X-Forwarded-For is believed; empty: none

    @property
    def readers_url(self) -> str:
        """The origin for links in emails; empty where only this very machine is named, which no reader reaches."""
        return "" if (urlsplit(self.base_url).hostname or "") in _HERE else self.base_url


@dataclass(frozen=True)
class Oidc:
    """Who signs people in besides us, by OpenID Connect; what they call us, and what we prove it with."""

    authority: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Manners:
    """How politely hosts are asked (reference bar F6)."""

    gap: timedelta = timedelta(seconds=1)  # between two requests to one host
    at_once_a_host: int = 1


@dataclass(frozen=True)
class Style:
    """How the house writes: what its abbreviations stand for, and which words are always in capitals."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    capitals: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Config:
    """What the files of a workspace and the environment say; read once, passed down."""

    folder: Path
    feeds: tuple[Feed, ...]
    topics: tuple[Topic, ...]
    bulletins: tuple[Bulletin, ...]
    library: Library
    database_url: str
    output: Path
    templates: Path
    allow_addresses: frozenset[str] = field(default_factory=frozenset)  # as `place` writes them
    services: Services = Services()
    mailbox: Mailbox | None = None
    manners: Manners = Manners()
    proxy: str = ""  # http://host:port that all requests go through; empty: none
    ca_file: Path | None = None  # authorities (PEM) that are believed besides those of the system
    web: Web = Web()
    secret_key: str = field(default="", repr=False)  # what signs tokens; empty: a file in the workspace holds it
    smtp: Smtp | None = None  # none: no mail goes out
    oidc: Oidc | None = None
    brands: Mapping[str, Brand] = field(default_factory=dict)  # by id
    style: Style = field(default_factory=Style)
    outbox: Path | None = None  # a folder that takes mail as .eml files instead of a server
    pace: Pace = Pace()
    bounce_address: str = ""  # where mail comes back that cannot be brought; empty: to the sender of its list
    bounces: str = ""  # where that is read: imaps://, with the folder behind it, or file:///FOLDER; empty: nowhere
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)  # whose links are still taken
    operator: str = ""  # the address of whoever looks after the machine; empty: nobody is written to
    ping_url: str = ""  # is asked while the schedule runs, so that a service elsewhere notices when it does not
    metrics_token: str = field(default="", repr=False)  # opens the numbers for machines; empty: nobody sees them
    backups: Path | None = None  # the folder for backups; None: `backups` in the workspace
    holidays: Holidays = field(default_factory=Holidays)  # days that are none of England's bank holidays, or no more
