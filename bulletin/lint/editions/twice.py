"""Rule 63: no item stands twice, in an edition or in those before it."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from bulletin.identity import canonical_url, doi, normal_title
from bulletin.lint.letter import Letter
from bulletin.lint.letter.passages import known_items
from bulletin.lint.letter.reading import is_unseen
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, Fault, rule
from bulletin.model import KnownItem

_TITLE_WORDS = 4  # that make a heading without a link one of a kind


@rule(63, "twice", ERROR, "no item stands twice, in this edition or in the twelve before it")
def twice(letter: Letter) -> Iterator[Fault]:
    """Compare items by identity, DOI, address and title; of other people's email, the links in its headings."""
    items = known_items(letter.known)
    for item in items:
        if item.printed_in:
            yield f"this item stood in {item.printed_in}: take it out, or say what is new", item.title
    for (one, other), why in _doubles(items):
        yield f"an item stands twice, by its {why}: {one.title}", other.title
    told = {normal_title(one.title) for (one, _), _ in _doubles(items)}
    for title in _double_headings(letter):
        if normal_title(title) not in told:
            yield "this stands twice in the email", title


def _doubles(items: tuple[KnownItem, ...]) -> Iterator[tuple[tuple[KnownItem, KnownItem], str]]:
    """Pairs of items that are one thing; two DOIs that differ are two papers, whatever they are called."""
    groups: dict[tuple[str, str], list[KnownItem]] = {}
    for item in items:
        for why, key in (
            ("identity", item.id), ("DOI", doi(item.doi)), ("address", canonical_url(item.url)),
            ("title", normal_title(item.title)),
        ):  # fmt: skip
            if key:
                groups.setdefault((why, key), []).append(item)
    seen: set[tuple[int, int]] = set()
    for (why, _), alike in groups.items():
        for one, other in combinations(alike, 2):
            is_two = why in ("address", "title") and one.doi and other.doi and doi(one.doi) != doi(other.doi)
            if not is_two and (id(one), id(other)) not in seen:
                seen.add((id(one), id(other)))
                yield (one, other), why


def _double_headings(letter: Letter) -> Iterator[str]:
    """Headings that come again, or whose address does, more often than among the items.

    What has no link and few words, such as Summary, may stand under every item; and what has no link, under each of
    the bulletins in one email.
    """
    items = known_items(letter.known)
    allowed = Counter(key for item in items for key in (normal_title(item.title), canonical_url(item.url)))
    times: Counter[tuple[str, str]] = Counter()
    for heading, links, above in _titles(letter):
        title = normal_title(heading.text)
        keys = {(canonical_url(link), "") for link in links}
        if links or len(title.split()) >= _TITLE_WORDS:
            keys.add((title, "" if links else above))
        times.update(keys)
        if heading.text and any(times[key] > max(1, allowed[key[0]]) for key in keys if key[0]):
            yield heading.text


def _titles(letter: Letter) -> Iterator[tuple[Node, list[str], str]]:
    """The headings that are seen, where the links in them or around them lead, and the heading above each."""
    over: dict[str, str] = {}
    for node in letter.tree.body.all("h2", "h3", "h4") if letter.html else ():
        if not is_unseen(letter.light, node):
            links = [one for one in (*node.above(), *node.all("a")) if one.tag == "a"]
            over = {level: words for level, words in over.items() if level < node.tag}
            yield node, [one.get("href").strip() for one in links if one.get("href").strip()], "".join(over.values())
            over[node.tag] = normal_title(node.text)


RULES = (twice,)
