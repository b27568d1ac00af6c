"""The shape of feeds.yaml: what a feed is told by."""

from typing import Annotated, ClassVar

from bulletin import model
from bulletin.config.asked import SELECTORS, SOURCES, Places, selectors
from bulletin.config.schema import (
    SOME,
    Access,
    Agent,
    Issn,
    Line,
    MailFolder,
    Pause,
    Rights,
    Search,
    Selector,
    Shape,
    Slug,
    Text,
    Type,
    WebAddress,
    once,
)
from bulletin.config.values import slugify


class FeedShape(Shape):
    """One feed of feeds.yaml; that it has one of the keys that say where to look is a matter of the rules."""

    noun = "a feed"
    name: Line
    url: WebAddress = ""
    page: WebAddress = ""
    items: Selector = ""
    title: Selector = ""
    link: Selector = ""
    date: Selector = ""
    summary: Selector = ""
    pubmed: Search = ""
    europepmc: Search = ""
    crossref: Issn = ""
    mail: MailFolder = ""
    id: Slug = ""
    every: Pause = model.Feed.every
    rights: Rights = model.Feed.rights
    access: Access | None = None
    topics: tuple[Slug, ...] = ()
    agent: Agent = ""
    credit: Text = ""
    type: Type | None = None

    def feed(self, places: Places) -> model.Feed:
        """Return the feed, with an id made from its name unless it has one."""
        is_open = self.rights in (model.Rights.OGL, model.Rights.OPEN)
        free = model.Access.FREE if is_open else model.Access.LOGIN
        key = next(key for key in SOURCES if getattr(self, key))
        url, words = places.of(SOURCES[key], getattr(self, key))
        return model.Feed(
            id=self.id or slugify(self.name),
            name=self.name,
            url=url,
            every=self.every,
            rights=self.rights,
            access=self.access or free,
            topics=once(self.topics),
            kind=SOURCES[key],
            search=words,
            selectors=selectors({key: getattr(self, key) for key in SELECTORS}),
            agent=self.agent,
            credit=self.credit,
            type=model.ItemType(self.type) if self.type else None,
        )


class FeedsFile(Shape):
    """The whole of feeds.yaml."""

    noun = "feeds.yaml"
    under: ClassVar[dict[str, type[Shape]]] = {"feeds": FeedShape}
    feeds: Annotated[tuple[FeedShape, ...], SOME]
