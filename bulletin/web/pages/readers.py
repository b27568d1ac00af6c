"""The readers' pages: what was approved, by bulletin, at addresses that stay, with a search and an Atom feed.

Whether a bulletin's archive is for everybody, for who is signed in or for nobody stands in bulletins.yaml. To who may
not see one it is as if it were not there.
"""

from typing import Any

from flask import Response, abort, g, request, url_for
from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import UnknownError
from bulletin.export import atom
from bulletin.model import Archive, Bulletin, Editor, Right
from bulletin.web.download import as_file, attachment
from bulletin.web.route import get
from bulletin.web.show import desk, page

_ON_A_PAGE = 20
_IN_FEED = 20  # editions
_PAGES = 1000
_FILES = ("docx", "ris")  # what an edition can be had as


def shelves() -> ResponseReturnValue:
    """The bulletins of which somebody may read what was sent."""
    return _page("read.html", bulletins=[one for one in desk().config.bulletins if _may_read(one)])


def archive(bulletin: str) -> ResponseReturnValue:
    """The approved editions of a bulletin, the newest first."""
    found, number = _bulletin(bulletin), _page_number()
    kept, start = jobs.kept(desk(), found), (number - 1) * _ON_A_PAGE
    shown, more = kept[start : start + _ON_A_PAGE], len(kept) > start + _ON_A_PAGE
    return _page("read_archive.html", bulletin=found, kept=shown, number=number, more=more)


def edition(bulletin: str, edition: str) -> ResponseReturnValue:
    """One edition, or a file of it: `?as=docx` for Word, `?as=ris` for EndNote and Zotero.

    `?as=ics&event=4` is the calendar file of its event number 4.
    """
    found, shape = _bulletin(bulletin), request.args.get("as", "")
    try:
        if shape == "ics":
            return _event(found, edition)
        if shape in _FILES:
            return attachment(jobs.export_read(desk(), found, edition, shape))
        shown = jobs.read(desk(), found, edition)
    except UnknownError:
        abort(404)
    return _page("read_edition.html", bulletin=found, edition=edition, page=shown)


def find(bulletin: str) -> ResponseReturnValue:
    """What the editions of a bulletin print and holds all words of a question."""
    found, number, words = _bulletin(bulletin), _page_number(), request.args.get("q", "")
    start = (number - 1) * _ON_A_PAGE
    told, total = jobs.mentions(desk(), found, words, _ON_A_PAGE, start)
    more = total > start + _ON_A_PAGE
    return _page("read_found.html", bulletin=found, words=words, found=told, total=total, number=number, more=more)


def feed(bulletin: str) -> ResponseReturnValue:
    """The newest editions of a bulletin as an Atom feed."""
    found = _bulletin(bulletin)
    newest = jobs.kept(desk(), found)[:_IN_FEED]
    base = desk().config.web.base_url
    entries = [
        atom.Told(
            atom.id_of(base, one.row.day, one.row.id),
            base + url_for("readers.edition", bulletin=found.id, edition=one.row.id),
            one.approved_at,
            jobs.read(desk(), found, one.row.id),
        )
        for one in newest
    ]
    here = base + url_for("readers.feed", bulletin=found.id)
    home = base + url_for("readers.archive", bulletin=found.id)
    content = atom.feed(found.title, here, home, desk().config.library, desk().now(), entries)
    answer = Response(content, content_type="application/atom+xml; charset=utf-8")
    answer.add_etag()
    return answer.make_conditional(request)


def _event(bulletin: Bulletin, edition: str) -> Response:
    told = request.args.get("event", "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    name, content = jobs.event_read(desk(), bulletin, edition, number)
    return as_file(content, "text/calendar; charset=utf-8", name)


def _bulletin(name: str) -> Bulletin:
    """The bulletin of this id, if whoever asks may read it."""
    found = next((one for one in desk().config.bulletins if one.id == name), None)
    if found is None or not _may_read(found):
        abort(404)
    return found


def _may_read(bulletin: Bulletin) -> bool:
    reader: Editor | None = g.person
    if bulletin.archive is Archive.STAFF:
        return reader is not None and reader.may(Right.LOOK, bulletin.id)
    return bulletin.archive is Archive.PUBLIC


def _page(template: str, /, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - a template takes anything
    """A page for readers, in the name of the library."""
    return page(template, library=desk().config.library.name, **values)


def _page_number() -> int:
    told = request.args.get("page", "")
    return min(max(int(told), 1), _PAGES) if told.isascii() and told.isdigit() and len(told) < 5 else 1


ROUTES = (
    get("/read", shelves, None),
    get("/read/<bulletin>", archive, None),
    get("/read/<bulletin>.atom", feed, None),
    get("/read/<bulletin>/search", find, None),
    get("/read/<bulletin>/<edition>", edition, None),
)
