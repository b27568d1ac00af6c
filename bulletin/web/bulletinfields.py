"""The fields of the forms for bulletins, lists and the library, in words for who does not know the files."""

from dataclasses import replace

from bulletin.model import Config
from bulletin.web import schedulefields
from bulletin.web.fileform import Field, Kind

_EMPTY = (
    ("", "As usual: leave it out"),
    ("drop", "Leave it out"),
    ("keep", "Print it, and say that there is nothing"),
)
_APPROVERS = (
    ("", "As usual: anybody who may approve"),
    ("anybody", "Anybody who may approve"),
    ("another", "Somebody other than the last editor"),
)
_ORDERS = (
    ("", "As usual: guidance first, then reports, reviews, research, statistics and news"),
    ("type", "Guidance first, then reports, reviews, research, statistics and news"),
    ("best", "The surest first"),
)
_ARCHIVES = (
    ("", "As usual: who is signed in here and may look at it"),
    ("staff", "Who is signed in here and may look at it"),
    ("public", "Everybody, without the publishers’ abstracts"),
    ("none", "Nobody"),
)
_DELIVERIES = (
    ("", "As usual: a draft in the folder “output”, to send by hand"),
    ("file", "A draft in the folder “output”, to send by hand"),
    ("individual", "One email to each person on the list"),
    ("address", "One email to a shared address"),
)
_CLICKS = (
    ("", "As usual: are not counted"),
    ("off", "Are not counted"),
    ("count", "Are counted, without knowing whose they are"),
)
_READERS = (
    ("", "As usual: people of your own organisation"),
    ("inside", "People of your own organisation"),
    ("outside", "People of other organisations, who get no publishers’ abstracts"),
)
_OF_LIST = (
    Field("name", "Name", "As people at the desk see it.", size="medium"),
    Field("from", "Sender", "As readers see it: Library <library@example.nhs.uk>", size="medium"),
    Field("reply_to", "Where answers go", "One e-mail address. Left empty: to the sender.", size="medium"),
    Field("delivery", "How it goes out", kind=Kind.CHOICE, options=_DELIVERIES),
    Field("address", "The shared address", "Only where one email goes to all.", size="medium"),
    Field(
        "sign_up",
        "Who may put themselves on it",
        "The domains of their e-mail addresses, such as example.nhs.uk nhs.net, or anyone. Left empty: nobody.",
        size="medium",
    ),
    Field("clicks", "Clicks on its items", kind=Kind.CHOICE, options=_CLICKS),
    Field("why", "Why readers get this", "One sentence at the foot of each email.", Kind.AREA),
    Field("readers", "Who its readers are", kind=Kind.CHOICE, options=_READERS),
    Field("language", "Language", "Its tag, such as en-GB or cy. Left empty: en-GB.", size="short"),
)
LIBRARY = (
    Field("name", "Name", size="medium"),
    Field("email", "E-mail address", "Where readers can write to.", size="medium"),
    Field("phone", "Telephone", size="medium"),
    Field("web", "Web address", "It begins with https:// or http://."),
    Field("full_text", "How to get the full text", "One or two sentences at the foot of each email.", Kind.AREA),
    Field(
        "login",
        "Beside what is not free",
        "What stands beside an item that needs a login, where neither OpenAthens nor LibKey opens it.",
        size="medium",
    ),
    Field(
        "openathens",
        "OpenAthens",
        "Your organisation’s domain there, such as example.nhs.uk, or the address of your redirector. "
        "Items that are not free get a link through it.",
        size="medium",
    ),
    Field(
        "libkey", "LibKey", "Your library’s number there. Articles with a DOI get a link through it.", size="short"
    ),
    Field(
        "ask",
        "Form to ask for an item",
        "Its web address, in which {title}, {doi}, {url} and {source} are filled in. "
        "Left empty: an email to the library, with the item in it.",
    ),
    Field("address", "Postal address", "One line at the foot of each email.", Kind.AREA),
    Field("hours", "When you are open", "One line at the foot of each email.", size="medium"),
    Field("privacy", "Privacy notice", "Its web address. Left empty: readers ask you by email."),
    Field("impact", "Form about impact", "The web address of a form that asks readers what difference it made."),
    Field("disclaimer", "Disclaimer", "One or two sentences in the small print.", Kind.AREA),
)

_FOR_ADMINS = (
    Field("approver", "Who may approve an edition", kind=Kind.CHOICE, options=_APPROVERS),
    Field("archive", "Who may read what was sent", kind=Kind.CHOICE, options=_ARCHIVES),
)


def of_bulletin(config: Config, *, admin: bool) -> tuple[Field, ...]:
    """The fields of a bulletin, its schedule among them; what goes unapproved and who reads it is for admins."""
    topics = tuple((topic.id, topic.heading) for topic in config.topics)
    return (
        Field("title", "Title", "As readers see it.", size="medium"),
        Field("intro", "Opening words", "One or two sentences at the top.", Kind.AREA),
        Field(
            "headings",
            "Headings",
            "Number those that are printed, in their order. Half numbers put one between two others: 2.5. "
            "Leave the others empty.",
            Kind.ORDER,
            topics,
        ),
        Field(
            "window",
            "How old an item may be",
            "By its own date: a number and d or w, such as 35d for 35 days. Left empty: 35d.",
            size="short",
        ),
        Field("most", "Items under a heading, at most", "Few, well chosen, are read. Left empty: 8.", size="short"),
        Field("empty", "A heading without items", kind=Kind.CHOICE, options=_EMPTY),
        Field("order", "Order of items under a heading", kind=Kind.CHOICE, options=_ORDERS),
        *(_FOR_ADMINS if admin else ()),
        *schedulefields.of_schedule(admin=admin),
    )


def of_new_bulletin(config: Config, *, admin: bool) -> tuple[Field, ...]:
    """The fields of a bulletin that is not there yet, and of its first list."""
    hint = "Small letters, digits and hyphens, such as health-management. It stays: readers' links have it."
    name, *others = of_list(config)
    list_ = replace(name, label="Name of its first list", hint="Who it goes to, as people at the desk see it.")
    return (Field("id", "Short name", hint, size="medium"), *of_bulletin(config, admin=admin), list_, *others)


def of_list(config: Config) -> tuple[Field, ...]:
    """The fields of a list."""
    found = sorted(path.name for path in config.templates.iterdir() if path.is_dir())
    names = (("", "As usual: default"), *((name, name) for name in found))
    template = Field("template", "Look", "A folder in “templates”.", Kind.CHOICE, names)
    brands = (("", "As usual: the house’s own colours"), *((name, name) for name in sorted(config.brands)))
    brand = Field("brand", "Brand", "Colours, logo and contact: a file in “brands”.", Kind.CHOICE, brands)
    return (_OF_LIST[0], template, brand, *_OF_LIST[1:])


def of_new_list(config: Config) -> tuple[Field, ...]:
    """The fields of a list that is not there yet."""
    hint = "Small letters, digits and hyphens, such as senior-managers. It stays."
    return (Field("id", "Short name", hint, size="medium"), *of_list(config))
