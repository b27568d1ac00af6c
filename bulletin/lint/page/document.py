"""Rules for the document itself: doctype, languages, title, zoom, ids, and the order in which it is read."""

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.places import plain
from bulletin.lint.letter.tree import Mended, Node
from bulletin.lint.page import aria, order
from bulletin.lint.page.languages import is_language
from bulletin.lint.rules import ERROR, Fault, Rule, rule, shorten

_DOCTYPE = re.compile(r"\ufeff?\s*<!doctype\s+html\s*>", re.IGNORECASE)
_WHAT = (  # what the parser's names mean, for people; the first that fits
    (r".*voodoo|.*-in-table.*|unexpected-char-implies-table-voodoo", "something stands in a table outside its cells"),
    (r"duplicate-attribute", "an element has the same attribute twice"),
    (r".*entity", "a letter is written with an & that means nothing"),
    (r"non-void-element-with-trailing-solidus", "an element ends with /> and stays open"),
    (r"expected-closing-tag-but-got-eof|expected-one-end-tag.*|eof-.*", "an element is never closed"),
    (r".*adoption-agency.*|unexpected-start-tag-implies-end-tag|.*too-early.*",
     "elements are closed in another order than they were opened, or not at all"),
    (r"unexpected-end-tag.*|end-tag.*", "an end tag closes nothing that is open"),
    (r"unexpected-start-tag.*|.*-heads.*|non-html-root", "an element stands where none of its kind may"),
    (r"unexpected-doctype", "there is a second doctype"),
    (r".*comment.*|expected-dashes-or-doctype", "a comment is not written as one"),
    (r".*attribute.*|.*solidus.*|.*quote.*", "an attribute is not written as one"),
)  # fmt: skip


@rule(1, "well-formed", ERROR, "the HTML begins with <!doctype html> and needs no mending")
def _well_formed(letter: Letter) -> Iterator[Fault]:
    if not letter.html.strip():
        yield "there is no HTML to be shown: the message needs a part of the type text/html", letter.type
        return
    if not _DOCTYPE.match(letter.html):
        yield (
            "the HTML does not begin with <!doctype html>: mail programs then guess how to show it",
            letter.html[:60],
        )
    if letter.tree.is_cut:
        yield "the HTML is so long, or so deeply nested, that only its beginning was read: make it simpler", ""
        return
    for one in letter.tree.mended:
        yield f"line {one.line} is not well-formed HTML: {_in_words(one)} ({one.what})", one.tag


def _in_words(one: Mended) -> str:
    return next((words for pattern, words in _WHAT if re.fullmatch(pattern, one.what)), "a browser has to mend it")


@rule(2, "language", ERROR, "the html element says in what language the email is")
def _language(letter: Letter) -> Iterator[Fault]:
    if not letter.html.strip():
        return
    root = letter.tree.root
    said = root.get("lang").strip()
    wanted = letter.known.language if letter.known else ""
    if not said:
        yield f'the html element does not say its language: write <html lang="{wanted or "en-GB"}">', root.start
    elif not is_language(root.get("lang")):
        yield f"“{said}” is no language tag: British English is en-GB", root.start
    elif wanted and said.lower() != wanted.lower():
        yield f"the html element says {said}, but the list is in {wanted}", root.start


@rule(3, "language-inside", ERROR, "every child of the body says its language and direction, for clients drop html")
def _language_inside(letter: Letter) -> Iterator[Fault]:
    for child in letter.tree.body.children:
        if isinstance(child, str):
            if child.strip():
                yield "text stands in the body without an element that says its language and direction", child
        elif _speaks(child):
            yield from _language_of(child)


def _speaks(node: Node) -> bool:
    """Whether an element holds anything that is read aloud."""
    return not node.comment and bool(node.text or any(image.get("alt") for image in (node, *node.all("img"))))


def _language_of(child: Node) -> Iterator[Fault]:
    if not is_language(child.get("lang")):
        yield f"<{child.tag}> stands in the body and has no valid lang attribute of its own", child.start
    if child.get("dir").lower() not in ("ltr", "rtl", "auto"):
        yield f'<{child.tag}> stands in the body and has no dir attribute: write dir="ltr"', child.start


@rule(4, "title", ERROR, "the title element says what the Subject says")
def _title(letter: Letter) -> Iterator[Fault]:
    if not letter.html.strip():
        return
    titles = list(letter.tree.head.all("title"))
    title = " ".join(titles[0].text.split()) if titles else ""
    if len(titles) > 1:
        yield "there is more than one title element", titles[1].text
    if not title:
        yield "there is no title, or it is empty: write the Subject into the title element", ""
    elif letter.is_message and plain(title) != plain(letter.header("Subject")):
        yield f"the title is not the Subject, which is “{shorten(letter.header('Subject'))}”", title


@rule(21, "zoom", ERROR, "readers may enlarge the email")
def _zoom(letter: Letter) -> Iterator[Fault]:
    for meta in letter.tree.all("meta"):
        if meta.get("name").strip().lower() == "viewport":
            said = dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", meta.get("content").lower()))
            if _number(said.get("user-scalable", "yes")) < 1:
                yield "the viewport forbids to enlarge the email: take user-scalable out", meta.get("content")
            if _number(said.get("maximum-scale", "10")) < 2:
                yield (
                    "the viewport limits how far the email can be enlarged: take maximum-scale out",
                    meta.get("content"),
                )


def _number(said: str) -> float:
    """A value of a viewport as browsers read it (CSS Device Adaptation, 9.1): what is no number is 0."""
    words = {"yes": 1.0, "device-width": 10.0, "device-height": 10.0}
    number = re.match(r"-?\d*\.?\d+", said)
    return words.get(said, abs(float(number[0])) if number else 0.0)


@rule(23, "ids-and-aria", ERROR, "ids are used once, and what is written for screen readers is valid")
def _ids_and_aria(letter: Letter) -> Iterator[Fault]:
    nodes = list(letter.tree.all())
    ids = Counter(node.get("id") for node in nodes if "id" in node.attributes)
    for one, times in ids.items():
        if times > 1:
            yield f"the id “{one}” is used {times} times", one
        elif not one.strip() or one.split() != [one]:
            yield "an id is empty or has a space in it", f'id="{one}"'
    for node in nodes:
        yield from _spoken(node, ids)


def _spoken(node: Node, ids: Counter[str]) -> Iterator[Fault]:
    unknown = next((role for role in node.get("role").lower().split() if not aria.is_role(role)), "")
    if unknown:
        yield f"there is no role “{unknown}”", node.start
    for attribute, value in node.attributes.items():
        if attribute == "aria-labelledby":
            yield "aria-labelledby does nothing in Outlook and Gmail: write aria-label, or words", node.start
        elif attribute.startswith("aria-"):
            fault = aria.fault_of(attribute, value, ids.__contains__)
            if fault:
                yield fault, node.start


@rule(25, "reading-order", ERROR, "what is seen first is read first: nothing is moved about by styles")
def _reading_order(letter: Letter) -> Iterator[Fault]:
    yield from order.moved(letter)
    yield from order.turned(letter)


RULES: tuple[Rule, ...] = (
    _well_formed, _language, _language_inside, _title, _zoom, _ids_and_aria, _reading_order,
)  # fmt: skip
