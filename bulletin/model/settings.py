"""What the files and the environment of a workspace say."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bulletin.model.bulletins import Bulletin, Library
from bulletin.model.feeds import Feed
from bulletin.model.items import Topic


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


@dataclass(frozen=True)
class Manners:
    """How politely hosts are asked (reference bar F6)."""

    gap: timedelta = timedelta(seconds=1)  # between two requests to one host
    at_once_a_host: int = 1


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
