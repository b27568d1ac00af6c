"""An edition in words that is kept: as plain JSON and back, with what was found out about its items since."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, asdict, fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

from bulletin.model import Mark, Page, Printed
from bulletin.render import words
from bulletin.render.page import leads
from bulletin.render.printed import flags, marked


def told(page: Page) -> dict[str, Any]:
    """Give a page as JSON can hold it."""
    return asdict(page)


def page_of(told: Mapping[str, Any]) -> Page:
    """Make a page of what `told` gave, in this release or another one.

    What this release does not know is left out; what it misses, or would have in another form, is blank.
    """
    page: Page = _noun(Page, told)
    return page


def with_marks(page: Page, marks: Sequence[Sequence[Mark]]) -> Page:
    """Put before the titles what notices say of the items by now, the gravest first; `marks` has one for each item.

    What a title says already is not said twice, and nothing else changes but the preheader, which repeats titles.
    """
    rest = iter(marks)
    headings = tuple(
        replace(heading, items=tuple(_with_mark(item, next(rest, ())) for item in heading.items))
        for heading in page.headings
    )
    if headings == page.headings:  # nearly always
        return page
    preheader = words.preheader(list(leads(headings)), words.chosen(page.size, page.library.name))
    return replace(page, headings=headings, preheader=preheader)


def said(item: Printed) -> tuple[str, str]:
    """Give the words by which readers find an item: its title, and all that is printed of it."""
    rest = (item.source, *item.also_from, item.kind, item.summary, item.note, item.doi)
    return item.title, " \n".join((item.title, *rest))


def _with_mark(item: Printed, marks: Sequence[Mark]) -> Printed:
    title = marked(item.title, marks)
    return replace(item, title=title, flags=tuple(dict.fromkeys((*item.flags, *flags(title, marks)))))


def _value(kind: Any, told: Any) -> Any:  # noqa: ANN401 - of any kind that a field may have
    if type(told) is kind:
        return told
    if is_dataclass(kind):
        return _noun(kind, told if isinstance(told, Mapping) else {})
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_value(inner, one) for one in told) if isinstance(told, list | tuple) else ()
    return kind()


def _noun(kind: Any, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of any noun that a page is made of
    kinds = get_type_hints(kind)
    return kind(**{one.name: _value(kinds[one.name], told.get(one.name, _blank(one))) for one in fields(kind)})


def _blank(field: Field[Any]) -> Any:  # noqa: ANN401 - of the kind of the field
    return None if field.default is MISSING else field.default
