"""Adding by hand from the desk: many at once, nowhere that is private, and nothing that is neither link nor DOI."""

from threading import Barrier, Thread

import newsroom
import pytest
from visiting import Browser, at_desk

from bulletin import config, jobs
from bulletin.jobs import open_desk
from bulletin.web import Newsroom, create_app

PAGE = b"<html><head><title>%s</title></head><body><h1>%s</h1></body></html>"


@pytest.fixture
def desk(tmp_path, publisher, clock):
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    leave = {"BULLETIN_ALLOW_ADDRESSES": publisher.address, "BULLETIN_HOST_GAP": "0"}
    with open_desk(config.load(folder, leave), clock) as desk:
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: desk.config))


@pytest.fixture
def draft(desk):
    return jobs.compose(desk, desk.bulletin("update")).id


def add(browser: Browser, draft: str, what: str):
    return browser.post(f"/editions/{draft}/add", f"/editions/{draft}", what=what, topic="workforce")


def test_two_editors_add_at_the_same_time(app, desk, draft, publisher):
    both = Barrier(2, timeout=20)

    def answer(handler):
        both.wait()  # for the other one: neither waits for its answer
        name = handler.path.strip("/").encode()
        body = PAGE % (name, name)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    urls = [publisher.does(path, answer) for path in ("/gowns", "/nurses")]
    people = [at_desk(app, desk, email=f"{name}@example.nhs.uk") for name in ("ann", "bo")]
    told = []

    def go(person, url):
        told.append(add(person, draft, url).status_code)

    threads = [Thread(target=go, args=one, daemon=True) for one in zip(people, urls, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert told == [303, 303]
    (section,) = jobs.edition_of(desk, draft).sections
    assert {placed.item.title for placed in section.items} == {"gowns", "nurses"}


@pytest.mark.parametrize(
    "what",
    [
        "http://127.0.0.1:1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "x" * 100_000,
        "",
    ],
)
def test_nothing_private_is_fetched_and_nonsense_is_told(app, desk, draft, what):
    answer = add(at_desk(app, desk), draft, what)
    assert answer.status_code == 422
    assert desk.store.items.list() == []
