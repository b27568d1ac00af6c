"""Several editions in one email, for who asked for that: each item once, and nothing in it that was not approved."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bulletin.identity import canonical_url, normal_title
from bulletin.model import Heading, Page, Printed
from bulletin.render import words
from bulletin.render.page import leads
from bulletin.render.plain import cut

_SHOWN_LETTERS = 60  # of a subject, as mail programs show it
_TITLE_WORDS = 4  # that make a title one of a kind; "Editorial" and "Board papers" are many things
Place = tuple[int, str]  # which page, from 0, and the id of the item


@dataclass(frozen=True)
class _Twice:
    """What stands on a page although an earlier one has it, and for what stays, what and where that is."""

    gone: set[Place] = field(default_factory=set)
    again: dict[Place, list[tuple[int, Printed]]] = field(default_factory=dict)


def merged(pages: Sequence[Page], day: date, why: str) -> Page:
    """Put approved pages, two or more, into one, in their order, in the dress and with the foot of the first.

    An item that stands in several stays in the first alone, which says where else it was. `why` says why a reader
    gets it; `day` is that on which it goes out.
    """
    parts = _parts(pages)
    first, titles = pages[0], list(dict.fromkeys(page.title for page in pages))
    headings = [heading for part in parts for heading in part.headings]
    count = sum(part.count for part in parts)
    size = f"{words.many(count, 'item')} in {_how_many(pages, titles)}"
    return replace(
        first,
        subject=_subject(pages, titles, day),
        preheader=words.preheader(list(leads(headings)), words.chosen(size, first.library.name)),
        title=titles[0] if len(titles) == 1 else "Your bulletins",
        day=words.weekday(day),
        number=0,
        intro="",
        count=count,
        size=size,
        headings=(),
        why=why,
        credits=tuple(sorted({item.foot_credit for heading in headings for item in heading.items} - {""})),
        blocks=(),
        corrections=(),
        archive_link="",
        useful_link="",
        left_off=(),
        chosen="",
        parts=parts,
    )


def _parts(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Give the pages, each item in the first of those that have it, and what else is the same in several too."""
    twice, told, parts = _found_twice(pages), set[object](), []
    for number, page in enumerate(pages):
        headings = tuple(_headings(number, pages, twice))
        corrections = {(one.title, one.url): one for one in page.corrections if (one.title, one.url) not in told}
        blocks = {replace(one, number=0, calendar_link=""): one for one in page.blocks}
        new = tuple(one for same, one in blocks.items() if same not in told)
        told.update(corrections)
        told.update(blocks)
        count = sum(len(heading.items) for heading in headings)
        parts.append(
            replace(page, headings=headings, count=count, blocks=new, corrections=tuple(corrections.values()))
        )
    return tuple(parts)


def _headings(number: int, pages: Sequence[Page], twice: _Twice) -> Iterator[Heading]:
    """The headings of a page that still have items; what points to another one points nowhere any more."""
    own = [
        replace(heading, items=tuple(one for one in heading.items if (number, one.id) not in twice.gone))
        for heading in pages[number].headings
    ]
    names = {heading.name for heading in own if heading.items}
    for heading in own:
        if heading.items:
            items = []
            for one in heading.items:
                again = twice.again.get((number, one.id), [])
                titles = dict.fromkeys(pages[other].title for other, _ in again)
                elsewhere = tuple(title for title in titles if title != pages[number].title)
                items.append(_printed(one, names, [other for _, other in again], elsewhere))
            yield replace(heading, items=tuple(items))


def _printed(item: Printed, names: set[str], others: Sequence[Printed], also_in: tuple[str, ...]) -> Printed:
    """An item for all places where it stood: with what the editors of the others said of it, if its own did not."""
    return replace(
        item,
        see_also=tuple(name for name in item.see_also if name in names),
        note=next((one.note for one in (item, *others) if one.note), ""),
        pick=item.pick or any(one.pick for one in others),
        also_in=also_in,
    )


def _found_twice(pages: Sequence[Page]) -> _Twice:
    """Find what is the same by its id, its DOI, its address or a title that is one of a kind.

    Two of one page are two things, as somebody approved, and two DOIs that differ are two papers.
    """
    twice, known = _Twice(), defaultdict[str, list[tuple[Place, Printed]]](list)
    for number, page in enumerate(pages):
        for item in (item for heading in page.headings for item in heading.items):
            own: tuple[Place, Printed] = ((number, item.id), item)
            alike = (one for key in _keys(item) for one in known[key] if one[0][0] != number)
            owner = next((one for one in alike if _is_one(one[1], item)), own)
            if owner is not own:
                twice.gone.add(own[0])
                twice.again.setdefault(owner[0], []).append((number, item))
            for key in _keys(item):
                known[key].append(owner)
    return twice


def _is_one(one: Printed, other: Printed) -> bool:
    return one.id == other.id or not (one.doi and other.doi and one.doi.lower() != other.doi.lower())


def _keys(item: Printed) -> Iterator[str]:
    yield f"id {item.id}"
    if item.doi:
        yield f"doi {item.doi.lower()}"
    if address := canonical_url(item.leads_to or item.url):
        yield f"url {address}"
    if len((title := normal_title(item.title)).split()) >= _TITLE_WORDS:
        yield f"title {title}"


def _how_many(pages: Sequence[Page], titles: Sequence[str]) -> str:
    return words.many(len(pages), "edition") if len(titles) == 1 else words.many(len(titles), "bulletin")


def _subject(pages: Sequence[Page], titles: Sequence[str], day: date) -> str:
    """The titles and the day, if they are short; else how many there are (reference bar E4)."""
    said, many = words.day(day), _how_many(pages, titles)
    named = f"{' and '.join(titles)}, {many}: {said}" if len(titles) == 1 else f"{' and '.join(titles)}: {said}"
    told = named if len(named) <= _SHOWN_LETTERS else f"{many} from {pages[0].library.name}: {said}"
    shown = told if len(told) <= _SHOWN_LETTERS else f"{said}: {many} from {pages[0].library.name}"
    return cut(words.header_text(shown), words.SUBJECT_LETTERS)
