"""Rules for tables, headings, lists and contents: what a screen reader goes by."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin.lint.letter import Letter
from bulletin.lint.letter.headings import Heading, headings, is_unread
from bulletin.lint.letter.places import Spot, is_sheet, name, plain, spots
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule

_BULLET = re.compile(r"[\u2022\u2023\u25e6\u2043\u2219\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u00b7\uf0b7\u27a2\u2713]")
_DASH = re.compile(r"[-*\u2013\u2014]\s")
_LINES = frozenset({"br", "p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr"})
_ROLES_OF_DATA = frozenset({"table", "grid", "treegrid"})
_MANY = 12  # items, above which an email has a contents list
_BEGINNING = 200  # letters in which an email says what it is
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b")
_LINKS_IN_LINES = 3  # from which they are a list


@rule(5, "tables", ERROR, "tables of the layout say so; tables of data have a caption and header cells")
def _tables(letter: Letter) -> Iterator[Fault]:
    for table in letter.tree.all("table"):
        role = table.get("role").strip().lower()
        if role in ("presentation", "none"):
            continue
        inside = list(_own(table))
        if role in _ROLES_OF_DATA or any(node.tag in ("th", "caption", "thead") for node in inside):
            yield from _data(table, inside)
        else:
            yield 'a table that lays out the email does not say so: write role="presentation"', table.start


def _own(table: Node) -> Iterator[Node]:
    """The parts of a table, without those of tables in it."""
    waiting = [child for child in table.children if isinstance(child, Node)]
    while waiting:
        node = waiting.pop(0)
        yield node
        if node.tag in ("thead", "tbody", "tfoot", "tr"):
            waiting.extend(child for child in node.children if isinstance(child, Node))


def _data(table: Node, inside: list[Node]) -> Iterator[Fault]:
    headers = [node for node in inside if node.tag == "th"]
    if not any(node.tag == "caption" and name(node) for node in inside):
        yield "a table of data has no caption that says what it shows", table.start
    if not headers:
        yield "a table of data has no header cells: write <th scope=...>", table.start
    for header in headers:
        if header.get("scope").strip().lower() not in ("row", "col", "rowgroup", "colgroup"):
            yield 'a header cell does not say what it heads: write scope="col" or scope="row"', name(header)


@rule(6, "one-h1", ERROR, "exactly one h1")
def _one_h1(letter: Letter) -> Iterator[Fault]:
    first = [heading for heading in headings(letter) if heading.level == 1]
    if not first and letter.html.strip():
        yield "there is no h1: the name of the bulletin is one", ""
    for heading in first[1:]:
        yield "there is more than one h1: only the name of the bulletin is one", heading.name or heading.node.start


@rule(7, "heading-levels", ERROR, "no level of headings is left out; none is empty, none below h4")
def _heading_levels(letter: Letter) -> Iterator[Fault]:
    before = 1  # an email may begin with what stands under its h1, as contents before the masthead
    for heading in headings(letter):
        where = heading.name or heading.node.start
        if not re.search(r"\w", heading.name):
            yield "a heading is empty: take it out", heading.node.start
        if heading.level > 4:
            yield f"there is an h{heading.level}: the deepest heading is h4", where
        elif heading.level > before + 1:
            yield f"an h{heading.level} comes after an h{before}: no level may be left out", where
        before = heading.level


@rule(8, "foreign-headings", ERROR, "what a feed wrote as a heading is none here")
def _foreign_headings(letter: Letter) -> Iterator[Fault]:
    found = spots(letter)
    all_headings = headings(letter)
    titles = {id(node) for spot in found for node in (spot.title, *spot.title.above())}
    foreign = _known_ones(letter, found, all_headings) if letter.known else _marked_ones(found, all_headings, titles)
    for heading in foreign:
        if heading.level == 1 and id(heading.node) in titles:
            yield "the title of an item is an h1, which only the name of the bulletin is", heading.name
        elif id(heading.node) not in titles:
            yield "a heading stands in the text of an item: it came from the feed and is none here", heading.name


def _marked_ones(found: Sequence[Spot], among: Sequence[Heading], titles: set[int]) -> Iterator[Heading]:
    """Headings in what a template calls an item that are not below its title."""
    known = {id(one.node): one for one in among}
    for spot in found:
        inside = [known[id(node)] for node in spot.cell.all() if id(node) in known]
        own = next((one.level for one in inside if id(one.node) in titles), 0)
        yield from (one for one in inside if one.level <= own)


def _known_ones(letter: Letter, found: Sequence[Spot], among: Sequence[Heading]) -> Iterator[Heading]:
    """Headings in an item's cell, and those that are a piece of its text, which then stands nowhere as a whole."""
    cells = Counter(id(spot.cell) for spot in found if not is_sheet(spot.cell))
    single = {cell for cell, times in cells.items() if times == 1}
    items = [spot.item for spot in found if spot.item]
    besides = _besides(among, letter)
    told = [plain(words) for item in items for words in (item.summary, item.note)]
    broken = [text for text in told if text not in besides]  # or not printed at all
    own = {plain(item.title) for item in items}
    printed = {plain(name) for name in letter.known.headings} if letter.known else set()
    title = found[0].title if found else None
    for heading in among:
        said = plain(heading.name)
        if said in own:
            is_foreign = heading.level == 1
        elif not said or said in printed:
            is_foreign = False
        else:
            quotes = any(_is_piece(said, text, besides) for text in broken) and _follows(heading, title, letter)
            is_foreign = quotes or _stands_in(heading, single)
        if is_foreign:
            yield heading


def _is_piece(said: str, text: str, besides: str) -> bool:
    """Whether a text is printed but for these words of it."""
    before, found, behind = text.partition(said)
    return bool(found) and before.strip() in besides and behind.strip() in besides


def _besides(among: Sequence[Heading], letter: Letter) -> str:
    """All that stands outside of headings."""
    left_out = {id(one.node) for one in among}
    pieces: list[str] = []
    waiting: list[Node | str] = [letter.tree.body]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            pieces.append(piece)
        elif id(piece) not in left_out:
            waiting.extend(reversed(piece.children))
    return plain("".join(pieces))


def _stands_in(heading: Heading, cells: set[int]) -> bool:
    return any(id(node) in cells for node in heading.node.above())


def _follows(heading: Heading, title: Node | None, letter: Letter) -> bool:
    """Whether a heading comes after the first item."""
    order = {id(node): place for place, node in enumerate(letter.tree.root.iter())}
    return title is not None and order[id(heading.node)] > order[id(title)]


@rule(33, "lists", WARNING, "lists are lists, and no bullets are made by hand")
def _lists(letter: Letter) -> Iterator[Fault]:
    dashes = 0
    for line, node in _lines_of(letter):
        if _BULLET.match(line):
            yield "a bullet is made by hand: write <ul> and <li>", line or node.tag
        dashes = dashes + 1 if _DASH.match(line) else 0
        if dashes == 2:
            yield "a list is made by hand with dashes: write <ul> and <li>", line
    for node in letter.tree.body.all("p", "div", "td", "span"):
        if _links_in_lines(node) >= _LINKS_IN_LINES:
            yield "links stand in lines under one another and are no list: write <ul> and <li>, or rows", node.text


def _lines_of(letter: Letter) -> Iterator[tuple[str, Node]]:
    """The lines that are seen, and the element that each begins in."""
    line, start = "", letter.tree.body
    waiting: list[Node | str | None] = [letter.tree.body]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            line += piece
        elif piece is None or piece.tag == "br":
            if line.strip():
                yield " ".join(line.split()), start
            line = ""
        elif not piece.comment and piece.tag not in ("style", "script", "title") and not _is_gone(piece, letter):
            breaks = piece.tag in _LINES
            waiting.extend([None, *reversed(piece.children), None] if breaks else reversed(piece.children))
            start = piece if breaks else start
    if line.strip():
        yield " ".join(line.split()), start


def _is_gone(node: Node, letter: Letter) -> bool:
    said = letter.light.declared(node)
    return said.get("display") == "none" or said.get("visibility") == "hidden" or "hidden" in node.attributes


def _links_in_lines(node: Node) -> int:
    """How many lines one after another in an element are a link and nothing else."""
    most = run = links = words = 0
    for child in [*node.children, None]:
        if child is None or (isinstance(child, Node) and child.tag == "br"):
            run = run + 1 if links == 1 and not words else 0
            most, links, words = max(most, run), 0, 0
        elif isinstance(child, Node) and child.tag == "a" and child.get("href"):
            links += 1
        else:
            words += bool((child if isinstance(child, str) else child.text).strip())
    return most


@rule(69, "beginning", WARNING, "who listens hears within 200 letters what bulletin it is and of what month")
def _beginning(letter: Letter) -> Iterator[Fault]:
    if not letter.html.strip():
        return
    heard = plain(_heard(letter))[:_BEGINNING]
    called = (
        letter.known.title if letter.known else next((one.name for one in headings(letter) if one.level == 1), "")
    )
    if called and plain(called) not in heard:
        yield f"“{called}” is not among the first {_BEGINNING} letters that are read aloud", heard
    month = _MONTHS[letter.known.day.month - 1] if letter.known else ""
    is_english = letter.tree.root.get("lang").lower().partition("-")[0] in ("en", "")
    if is_english and not (month in heard if month else _MONTH.search(heard)):
        yield f"the month is not among the first {_BEGINNING} letters that are read aloud", heard


def _heard(letter: Letter) -> str:
    """What a screen reader says of the beginning, in the order of the source, without what is hidden."""
    said = ""
    waiting: list[Node | str] = [letter.tree.body]
    while waiting and len(said) < 4 * _BEGINNING:
        piece = waiting.pop()
        if isinstance(piece, str):
            said += re.sub(r"\s+", " ", piece)  # a template may be indented by hundreds of spaces
        elif piece.tag == "img":
            said += f" {piece.get('alt')} "
        elif not piece.comment and piece.tag not in ("style", "script") and not _is_gone(piece, letter):
            around = [" "] if piece.tag in _LINES else []
            waiting.extend([*around, *reversed(piece.children), *around])
    return " ".join(said.split())


@rule(70, "contents", WARNING, "a long email has a contents list that also works where links into it do not")
def _contents(letter: Letter) -> Iterator[Fault]:
    body = letter.tree.body
    named = {node.get(one) for node in body.all() for one in ("id", "name") if node.get(one)}
    said = {plain(heading.name) for heading in headings(letter)}
    inner = [link for link in body.all("a") if link.get("href").startswith("#") and len(link.get("href")) > 1]
    inner = [link for link in inner if not is_unread(link, letter)]
    if _count(letter) > _MANY and len(inner) < 2:
        yield f"there are more than {_MANY} items and no contents list that links to the headings", ""
    for link in inner:
        target = link.get("href")[1:]
        if target not in named and target.lower() != "top":
            yield f"a link leads to #{target}, which is not there", name(link)
        elif plain(name(link)) not in said and target in named and _is_entry(link, said):
            yield (
                "an entry of the contents does not repeat its heading, and some programs cannot jump to it",
                name(link),
            )


def _is_entry(link: Node, said: set[str]) -> bool:
    """Whether a link into the email is an entry of its contents, and not one back to the top or over them."""
    bare = re.sub(r"[\W\d_]+$", "", plain(name(link)))  # Policy (3)
    aside = ("skip", "back to", "top", "return to", "jump to", "contents")
    return bare not in said and not bare.startswith(aside)


def _count(letter: Letter) -> int:
    """How many items there are: as the desk says, or headings that are links."""
    if letter.known:
        return sum(letter.known.headings.values()) or len(letter.known.items)
    marked = len(spots(letter))
    linked = sum(any(one.get("href") for one in heading.node.all("a")) for heading in headings(letter))
    return max(marked, linked)


RULES: tuple[Rule, ...] = (
    _tables, _one_h1, _heading_levels, _foreign_headings, _lists, _beginning, _contents,
)  # fmt: skip
