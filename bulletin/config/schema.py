"""The only door of pydantic: the shape of each file, and from there to the nouns.

A value arrives as the text that stands in the file, and each key names the function that reads it. A key without a
value counts as left out.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from email.utils import parseaddr
from typing import Annotated, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bulletin import model
from bulletin.config.addresses import bare_email, email, mailbox, web_address
from bulletin.config.asked import SELECTORS, SOURCES, Places, agent, issn, mail_folder, search, selector, selectors
from bulletin.config.cron import cron
from bulletin.config.document import Document, Place
from bulletin.config.rhythm import clock, duration, month_day, no_day, pause, week_day, zone
from bulletin.config.sentences import sentence
from bulletin.config.values import choice, line, phrase, share, slug, slugify, some, text, whole, written
from bulletin.config.ways import ask, domains, language, libkey, openathens
from bulletin.errors import Mistake

S = TypeVar("S", bound="Shape")


def by(read: Callable[[str], object]) -> BeforeValidator:
    """Have a function of `values` and its like read a key."""
    return BeforeValidator(lambda value: read(written(value)))


Text = Annotated[str, by(text)]
Line = Annotated[str, by(line)]
Phrase = Annotated[str, by(phrase)]
Slug = Annotated[str, by(slug)]
Email = Annotated[str, by(email)]
Mailbox = Annotated[str, by(mailbox)]
WebAddress = Annotated[str, by(web_address)]
Search = Annotated[str, by(search)]
Issn = Annotated[str, by(issn)]
MailFolder = Annotated[str, by(mail_folder)]
Selector = Annotated[str, by(selector)]
Agent = Annotated[str, by(agent)]
Duration = Annotated[timedelta, by(duration)]
Pause = Annotated[timedelta, by(pause)]
Share = Annotated[float, by(share)]
Rights = Annotated[model.Rights, by(choice(*model.Rights))]
Access = Annotated[model.Access, by(choice(*model.Access))]
Type = Annotated[model.ItemType, by(choice(*model.ItemType))]
Order = Annotated[model.Order, by(choice(*model.Order))]
Aim = Annotated[model.Aim, by(choice(*model.Aim))]
Every = Annotated[str, by(choice("day", "week", "month"))]
Clock = Annotated[str, by(clock)]
Cron = Annotated[str, by(cron)]
Zone = Annotated[str, by(zone)]
Most = Annotated[int, by(whole(1, 100))]
Empty = Annotated[str, by(choice("keep", "drop"))]
Approver = Annotated[str, by(choice("anybody", "another"))]
Archive = Annotated[str, by(choice(*model.Archive))]
Delivery = Annotated[str, by(choice("individual", "address", "file"))]
Readers = Annotated[str, by(choice(model.Channel.INSIDE, model.Channel.OUTSIDE))]
Language = Annotated[str, by(language)]
SignUp = Annotated[str, by(domains)]
Clicks = Annotated[str, by(choice("count", "off"))]
OpenAthens = Annotated[str, by(openathens)]
LibKey = Annotated[str, by(libkey)]
Ask = Annotated[str, by(ask)]


class Shape(BaseModel):
    """What every group of keys has in common: unknown keys are mistakes, and an empty key is no key."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    noun: ClassVar[str]
    under: ClassVar[
        dict[str, type["Shape"]]
    ] = {}  # what stands under its keys, where that is no matter of this module

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys as they are written in the file."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = cls.keys()
        return {key: value for key, value in data.items() if value is not None or key not in known}


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
            topics=_once(self.topics),
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
    feeds: Annotated[tuple[FeedShape, ...], AfterValidator(some)]


class TopicFile(Shape):
    """The whole of one file in topics/, whose name is the topic's id."""

    noun = "a topic"
    heading: Line
    phrases: tuple[Phrase, ...] = ()
    not_phrases: Annotated[tuple[Phrase, ...], Field(alias="not")] = ()
    examples: tuple[Line, ...] = ()
    threshold: Share | None = None
    aim: Aim = model.Topic.aim

    @model_validator(mode="after")
    def _has_something_to_go_by(self) -> "TopicFile":
        if not (self.phrases or self.examples):
            raise ValueError("nothing says what belongs to this topic: write at least one phrase or example")
        return self

    def topic(self, topic_id: str) -> model.Topic:
        """Return the topic; what is written twice counts once."""
        return model.Topic(
            id=topic_id,
            heading=self.heading,
            phrases=_once(self.phrases),
            not_phrases=_once(self.not_phrases),
            examples=_once(self.examples),
            threshold=self.threshold,
            aim=self.aim,
        )


class LibraryShape(Shape):
    """The library of bulletins.yaml."""

    noun = "the library"
    name: Line
    email: Email
    phone: Text = ""
    web: WebAddress = ""
    full_text: Text = ""
    login: Text = model.Library.login
    openathens: OpenAthens = ""
    libkey: LibKey = ""
    ask: Ask = ""
    address: Text = ""
    hours: Text = ""
    privacy: WebAddress = ""
    impact: WebAddress = ""
    disclaimer: Text = ""

    def library(self) -> model.Library:
        """Return the library."""
        return model.Library(**self.model_dump())


class StyleFile(Shape):
    """The whole of style.yaml; an abbreviation is a key of its own, whatever it is."""

    noun = "style.yaml"
    abbreviations: dict[str, Line] = {}
    capitals: tuple[Line, ...] = ()

    def style(self) -> model.Style:
        """Return how the house writes."""
        return model.Style(self.abbreviations, frozenset(self.capitals))


class ScheduleShape(Shape):
    """A schedule: every, on and at, or cron alone; always with a zone."""

    noun = "a schedule"
    every: Every = ""
    on: Text = ""
    at: Clock = ""
    cron: Cron = ""
    zone: Zone

    @field_validator("on")
    @classmethod
    def _fits_every(cls, on: str, others: ValidationInfo) -> str:
        readers = {"day": no_day, "week": week_day, "month": month_day}
        every = others.data.get("every")
        return readers[every](on) if every in readers else on

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> "ScheduleShape":
        given = self.model_fields_set - {"zone"}
        daily = given == {"every", "at"} and self.every == "day"
        if not daily and given not in ({"every", "on", "at"}, {"cron"}):
            raise ValueError('write every, on and at, such as {every: week, on: monday, at: "09:00"}, or cron alone')
        return self

    def schedule(self) -> model.Schedule:
        """Return the schedule as a cron line, however it was written."""
        return model.Schedule(self.cron or f"{self.at} {self.on or '* * *'}", self.zone)


class ListShape(Shape):
    """One distribution list of a bulletin."""

    noun = "a list"
    id: Slug
    name: Line
    template: Slug = "default"
    sender: Annotated[Mailbox, Field(alias="from")]
    reply_to: Mailbox = ""
    delivery: Delivery = "file"
    why: Text = ""
    brand: Slug = ""
    readers: Readers = model.DistributionList.readers.value
    language: Language = model.DistributionList.language
    address: Email = ""
    sign_up: SignUp = ""
    clicks: Clicks = "off"

    @model_validator(mode="after")
    def _has_where_to_go(self) -> "ListShape":
        if self.delivery == "address" and not self.address:
            raise ValueError(
                "has delivery: address, so it needs the address, such as address: managers@example.nhs.uk"
            )
        if self.address and self.delivery != "address":
            raise ValueError("has an address, so it needs delivery: address")
        return self

    def distribution_list(self) -> model.DistributionList:
        """Return the list; answers go to the sender unless it says otherwise."""
        return model.DistributionList(
            id=self.id,
            name=self.name,
            template=self.template,
            sender=self.sender,
            reply_to=self.reply_to or bare_email(self.sender),
            delivery=self.delivery,
            why=self.why,
            brand=self.brand,
            readers=model.Channel(self.readers),
            language=self.language,
            address=self.address,
            sign_up=tuple(self.sign_up.split()),
            clicks=self.clicks == "count",
        )


class BulletinShape(Shape):
    """One bulletin of bulletins.yaml."""

    noun = "a bulletin"
    id: Slug
    title: Line
    intro: Text = ""
    headings: Annotated[tuple[Slug, ...], AfterValidator(some)]
    schedule: ScheduleShape
    window: Duration = timedelta(days=35)
    most: Most = 8
    empty: Empty = "drop"
    approver: Approver = "anybody"
    archive: Archive = "staff"
    order: Order = model.Bulletin.order
    lists: Annotated[tuple[ListShape, ...], AfterValidator(some)]

    def bulletin(self) -> model.Bulletin:
        """Return the bulletin."""
        return model.Bulletin(
            id=self.id,
            title=self.title,
            headings=self.headings,
            schedule=self.schedule.schedule(),
            window=self.window,
            most=self.most,
            keep_empty=self.empty == "keep",
            second_person=self.approver == "another",
            archive=model.Archive(self.archive),
            order=model.Order(self.order),
            lists=tuple(one.distribution_list() for one in self.lists),
            intro=self.intro,
        )


class BulletinsFile(Shape):
    """The whole of bulletins.yaml."""

    noun = "bulletins.yaml"
    library: LibraryShape | None = None
    bulletins: Annotated[tuple[BulletinShape, ...], AfterValidator(some)]

    def makers(self) -> model.Library:
        """Return who makes the bulletins: the library, or as much of it as the first list's sender tells."""
        if self.library:
            return self.library.library()
        name, address = parseaddr(self.bulletins[0].lists[0].sender)
        return model.Library(name or address, address)


# What stands under a key, for those keys under which something stands.
_UNDER: dict[str, type[Shape]] = {
    "feeds": FeedShape,
    "library": LibraryShape,
    "bulletins": BulletinShape,
    "schedule": ScheduleShape,
    "lists": ListShape,
    "abbreviations": StyleFile,
}


def fit(kind: type[S], document: Document, mistakes: list[Mistake]) -> S | None:
    """Return the file in its shape; or add what is wrong to `mistakes` and return None."""
    if not document.whole:
        return None
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            reason = str(detail.get("ctx", {}).get("error", ""))
            place = detail["loc"]
            mistakes.append(document.mistake(place, _say(kind, document, place, detail["type"], reason)))
        return None


def _say(file: type[Shape], document: Document, place: Place, what: str, reason: str) -> str:
    names = [step for step in place if isinstance(step, str)]
    if what == "missing" and place in document.lines:
        what = "empty"
    around = names if what == "model_type" else names[:-1]
    shape = {**_UNDER, **file.under}[around[-1]] if around else file
    return sentence(what, names[-1] if names else "", shape.noun, shape.keys(), reason)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
