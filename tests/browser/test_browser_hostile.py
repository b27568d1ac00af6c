"""Hostile text from feeds, files and people, on every page in a real browser: nothing of it ever runs."""

import html
import json
from contextlib import ExitStack
from urllib.parse import urlencode

import hostile
import newsroom
import pytest
from addresses import gets
from browsing import is_clean, site
from publisher import open_publisher

from bulletin import jobs
from bulletin.jobs import people
from bulletin.model import Act
from bulletin.review import Wish

ANN = "ann@example.nhs.uk"
EVIL = "window.__x=1;/*XSSMARK*/"
STRINGS = [
    f"<script>{EVIL}</script>",
    f'<img src=x onerror="{EVIL}">',
    f"<svg onload='{EVIL}'><animate onbegin='{EVIL}' attributeName=x dur=1s>",
    f'"><script>{EVIL}</script>',
    f"' autofocus onfocus='{EVIL}' x='",
    f"</title></textarea></style><script>{EVIL}</script>",
    f"&lt;script&gt;{EVIL}&lt;/script&gt;",
    f"{{{{ {EVIL} }}}} {{% for x in ().__class__.__mro__ %}}{{{{7*7}}}}{{% endfor %}} ${{7*7}}",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={EVIL}&gt;">',
    f"<a hx-get='/people' hx-trigger='load' hx-on::load='{EVIL}'>staff retention</a>",
    f"<iframe srcdoc='<script>parent.{EVIL}</script>'></iframe>",
    f"--><!-- <base href='//evil.test/'><meta http-equiv=refresh content='0;url=javascript:{EVIL}'>",
]
LINKS = [
    f"javascript:{EVIL}",
    f"data:text/html,<script>{EVIL}</script>",
    f"https://example.org/'onclick='{EVIL}",
    "//evil.test/x",
]
_NO_PAGES = {
    "clicks.to",  # leads elsewhere
    "choices.export",
    "downloads.edition",
    "static.file",
    "health.show",
    "audit.as_csv",
    "audit.as_lines",
    "preview.html",
    "preview.text",
}
ROUTES = {
    route.endpoint: route for route in gets() if route.endpoint not in _NO_PAGES and not route.rule.endswith(".atom")
}


def document():
    """A feed whose every field is hostile; each item is about a topic, so that it gets into the bulletin."""
    entries = []
    for number, text in enumerate(STRINGS):
        link = html.escape(LINKS[number % len(LINKS)])
        about = html.escape(f"{text} staff retention and nurse staffing {number}")
        extra = f"<author>{html.escape(text)}</author><category>{html.escape(text)}</category>"
        entries.append(newsroom.entry(about, link, text=about) + extra)
    return newsroom.document(*entries, channel=f"<description>{html.escape(STRINGS[0])}</description>")


def feeds_yaml(urls):
    """Feeds whose names are hostile as well."""
    names = [f"{number} {STRINGS[number % len(STRINGS)]}" for number in range(len(urls))]
    rows = [
        f"  - {json.dumps({'name': name, 'url': url, 'rights': 'ogl'})}\n"
        for name, url in zip(names, urls, strict=True)
    ]
    return "feeds:\n" + "".join(rows)


@pytest.fixture(scope="module")
def haunted(tmp_path_factory):
    """A newsroom full of it: items, feeds, people, the record; and the whole hostile corpus where it is at hand."""
    with ExitStack() as opened:
        publisher = opened.enter_context(open_publisher())
        urls = [publisher.gives("/evil", document(), Content_Type="application/rss+xml")]
        if hostile.DATA.is_dir():
            server = opened.enter_context(hostile.hostile_server())
            rows = [row for row in hostile.manifest("hostile") if row["id"][0] in "ABC"]
            urls += [f"{server}f/{row['file']}" for row in rows]
        place = hostile.workspace(tmp_path_factory.mktemp("haunted"), {"evil": urls[0]})
        (place / "feeds.yaml").write_text(feeds_yaml(urls), encoding="utf-8")
        with jobs.open_desk(newsroom.settings(place)) as desk:
            jobs.fetch(desk, list(desk.config.feeds))
            people.add_editor(desk, people.AT_TERMINAL, ANN, STRINGS[1][:100], people.grants_from(["admin"]))
            haunt(desk)
    with site(place) as ours:
        yield ours


def haunt(desk):
    """Decide, note and reword in words that are hostile, too."""
    for item in desk.store.items.list():
        jobs.decide(desk, item.id, ["workforce"], STRINGS[0])
    edition = jobs.compose(desk, desk.bulletin("update"))
    jobs.classify(desk)
    for group in jobs.sheet(desk, edition, ANN).groups:
        for number, one in enumerate(group.cards[: len(STRINGS)]):
            jobs.act(desk, edition.id, one.item.id, Wish(Act.NOTE, note=STRINGS[number]), ANN, "")
    people.record(desk, STRINGS[2], STRINGS[3], STRINGS[4], STRINGS[5], STRINGS[6])


@pytest.mark.parametrize("endpoint", ROUTES)
def test_hostile_text_stays_text(haunted, visit, watch, endpoint):
    if ROUTES[endpoint].is_open:
        watch.forgiven.append("Failed to load resource.*40[04]")
    page = visit(haunted, "" if ROUTES[endpoint].is_open else ANN)
    address = haunted.there.fill(ROUTES[endpoint].rule)
    for query in ("", f"?{urlencode({'q': STRINGS[3], 'next': STRINGS[0], 'list': STRINGS[0], 'show': STRINGS[1]})}"):
        watch.forgiven += ["Failed to load resource.*(404|422)"] if query else []
        page.goto(address + query, wait_until="load")
        page.mouse.move(200, 200)
        assert is_clean(page)
        told = page.locator("a[href]").evaluate_all("found => found.map((one) => one.protocol)")
        assert set(told) <= {"http:", "https:", "mailto:"}


def test_hostile_titles_are_there_to_be_read(haunted, visit):
    """What is held up above was on the page, and shown as it was written."""
    page = visit(haunted, ANN)
    page.goto(haunted.there.fill("/editions/<edition>"))
    assert "<script>window.__x=1" in page.locator("#sheet").inner_text()


@pytest.mark.parametrize("text", [STRINGS[0], STRINGS[1], STRINGS[3]])
def test_the_trap_catches_what_runs(haunted, visit, watch, text):
    """Or all of the above would prove nothing."""
    page = visit(haunted)
    page.route("**/trap", lambda route: route.fulfill(body=f'<p title="{text}"></p>{text}', content_type="text/html"))
    watch.forgiven.append("Failed to load resource")  # the picture that is not there
    page.goto("/trap")
    page.wait_for_timeout(50)
    assert not is_clean(page)
