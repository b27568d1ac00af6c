"""The only door of pydantic: the shape of each file, and from there to the nouns.

A value arrives as the text that stands in the file, and each key names the function that reads it. A key without a
value counts as left out.
"""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
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
from bulletin.config import rhythm, schedulekeys
from bulletin.config.addresses import bare_email, email, mailbox, web_address
from bulletin.config.asked import agent, issn, mail_folder, search, selector
from bulletin.config.cron import cron
from bulletin.config.document import Document, Place
from bulletin.config.sentences import sentence
from bulletin.config.values import choice, line, phrase, share, slug, some, text, whole, written
from bulletin.config.ways import ask, domains, language, libkey, openathens
from bulletin.errors import Mistake

S = TypeVar("S", bound="Shape")


def by(read: Callable[[str], object]) -> BeforeValidator:
    """Have a function of `values` and its like read a key."""
    return BeforeValidator(lambda value: read(written(value)))


SOME = AfterValidator(some)  # a list that has a member
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
Duration = Annotated[timedelta, by(rhythm.duration)]
Pause = Annotated[timedelta, by(rhythm.pause)]
Share = Annotated[float, by(share)]
Rights = Annotated[model.Rights, by(choice(*model.Rights))]
Access = Annotated[model.Access, by(choice(*model.Access))]
Type = Annotated[model.ItemType, by(choice(*model.ItemType))]
Order = Annotated[model.Order, by(choice(*model.Order))]
Aim = Annotated[model.Aim, by(choice(*model.Aim))]
Every = Annotated[str, by(choice(*schedulekeys.EVERY))]
Day = Annotated[date, by(rhythm.day)]
Clock = Annotated[time, by(rhythm.clock)]
Cron = Annotated[str, by(cron)]
Zone = Annotated[str, by(rhythm.zone)]
Unattended = Annotated[str, by(choice(*model.Unattended))]
WhenEmpty = Annotated[str, by(choice(*model.WhenEmpty))]
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
            phrases=once(self.phrases),
            not_phrases=once(self.not_phrases),
            examples=once(self.examples),
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


class HolidaysFile(Shape):
    """The whole of holidays.yaml; a day on which the library is closed is a key of its own."""

    noun = "holidays.yaml"
    closed: dict[str, Line] = {}
    open: tuple[Day, ...] = ()

    def holidays(self) -> model.Holidays:
        """Return how the library's working days differ from England's; raises ValueError for a key that is no day."""
        return model.Holidays({rhythm.day(word): why for word, why in self.closed.items()}, frozenset(self.open))


class ScheduleShape(Shape):
    """A schedule: every, on and at, or cron; always with a zone, and with what follows from draft to sending."""

    noun = "a schedule"
    every: Every = ""
    on: Text = ""
    starting: Day | None = None
    at: Clock | None = None
    cron: Cron = ""
    zone: Zone
    review: Duration | None = None
    send: Clock | None = None
    remind: Duration | None = None
    unattended: Unattended = model.Schedule.unattended
    when_empty: WhenEmpty = model.Schedule.when_empty

    @field_validator("on", "starting", "remind", "unattended")
    @classmethod
    def _fits_the_keys_before(cls, value: object, info: ValidationInfo) -> object:
        return schedulekeys.FITS[str(info.field_name)](value, info.data)

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> "ScheduleShape":
        schedulekeys.one_kind(self.every, self.model_fields_set)
        return self

    def schedule(self) -> model.Schedule:
        """Return the schedule as a cron line, however it was written."""
        at = self.at or time()
        return model.Schedule(
            cron=self.cron or f"{at.minute} {at.hour} {self.on or schedulekeys.EVERY[self.every]}",
            zone=self.zone,
            fortnight=self.starting,
            review=self.review,
            send_at=self.send,
            remind=self.remind,
            unattended=model.Unattended(self.unattended),
            when_empty=model.WhenEmpty(self.when_empty),
        )


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
    headings: Annotated[tuple[Slug, ...], SOME]
    schedule: ScheduleShape
    window: Duration = timedelta(days=35)
    most: Most = 8
    empty: Empty = "drop"
    approver: Approver = "anybody"
    archive: Archive = "staff"
    order: Order = model.Bulletin.order
    lists: Annotated[tuple[ListShape, ...], SOME]

    @field_validator("approver")
    @classmethod
    def _fits_the_schedule(cls, approver: str, info: ValidationInfo) -> str:
        schedule = info.data.get("schedule")
        if approver == "another" and schedule and schedule.unattended == model.Unattended.SEND:
            raise ValueError(
                "another cannot stand beside unattended: send, by which an edition goes without anybody's approval: "
                "take one of them out"
            )
        return approver

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
    bulletins: Annotated[tuple[BulletinShape, ...], SOME]

    def makers(self) -> model.Library:
        """Return who makes the bulletins: the library, or as much of it as the first list's sender tells."""
        if self.library:
            return self.library.library()
        name, address = parseaddr(self.bulletins[0].lists[0].sender)
        return model.Library(name or address, address)


# What stands under a key, for those keys under which something stands.
_UNDER: dict[str, type[Shape]] = {
    "library": LibraryShape,
    "bulletins": BulletinShape,
    "schedule": ScheduleShape,
    "lists": ListShape,
    "abbreviations": StyleFile,
    "closed": HolidaysFile,
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


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without those that were there before."""
    return tuple(dict.fromkeys(words))
