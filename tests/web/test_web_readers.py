"""What readers see: approved editions at addresses that stay, where these are open to them, and what rights allow."""

from datetime import timedelta

import editing
import feedparser
import newsroom
import pytest
from icalendar import Calendar
from visiting import BASE, Browser, at_desk

from bulletin import jobs
from bulletin.jobs import blocks
from bulletin.model import Act, BlockKind, DateSource, Item, Mark, Outcome, Visit
from bulletin.store import Pair
from bulletin.web import Newsroom, create_app

ABSTRACT = "The abstract of a publisher."
OPEN = "Open words of the government."
FEEDS = """\
feeds:
  - {name: Feed A, url: "https://example.org/a", rights: ogl}
  - {name: Journal, url: "https://example.org/journal", rights: abstract}
"""


def open_desk(folder, clock, archive):
    newsroom.workspace(folder, "https://example.org/a")
    (folder / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    text = newsroom.BULLETINS.replace("    most: 2\n", f"    most: 9\n    archive: {archive}\n")
    (folder / "bulletins.yaml").write_text(text, encoding="utf-8")
    return jobs.open_desk(newsroom.settings(folder), clock)


@pytest.fixture
def archive():
    return "public"


@pytest.fixture
def desk(tmp_path, clock, archive):
    with open_desk(tmp_path, clock, archive) as desk:
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: newsroom.settings(desk.config.folder)))


@pytest.fixture
def reader(app):
    return Browser(app)


def approve(desk):
    """Compose today's edition and approve it; gives its id."""
    edition = jobs.compose(desk, desk.bulletin("update")).id
    editing.approve(desk, edition, "ann@example.nhs.uk", "subject")  # several have one subject in a month
    return edition


def shelve(desk, title, summary="", feed="feed-a", days_old=1):
    """An item of a feed, under a heading."""
    when = desk.now() - timedelta(days=days_old)
    told = {"published": when, "date_source": DateSource.PUBLISHED, "summary": summary}
    item = Item(title, f"https://example.org/{title}", **told)
    (new,) = desk.store.items.shelve(Visit(feed, when, Outcome.OK), [item]).new
    editing.look(desk, new, greener=0.9)
    return new


@pytest.fixture
def edition(desk):
    shelve(desk, "Gowns that last", f"<p>{OPEN}</p>")
    shelve(desk, "Falls on wards", f"<p>{ABSTRACT}</p>", feed="journal")
    return approve(desk)


def test_an_edition_stands_at_its_address_with_what_its_rights_allow(reader, edition):
    text = reader.get(f"/read/update/{edition}").text
    assert "Gowns that last" in text
    assert OPEN in text
    assert "Open Government Licence" in text
    assert "Feed A" in text
    assert "Falls on wards" in text
    assert ABSTRACT not in text


LUNCH = {
    "title": "Lunch <b>",
    "starts": "2026-12-10 12:30",
    "text": "Bring **food**:\n\n- cake\n- [tea](https://x.org)",
}


def write(desk, kind, **told):
    edition = jobs.compose(desk, desk.bulletin("update")).id
    return blocks.add(desk, edition, BlockKind(kind), told, "ann@example.nhs.uk").number


def test_what_editors_wrote_stands_on_the_page_as_it_was_approved(reader, desk):
    shelve(desk, "Gowns that last")
    write(desk, "intro", text="Dear all, see [our shelf](https://x.org/).")
    write(desk, "event", **LUNCH)
    write(desk, "consultation", title="Have your say", closes="2026-12-31")
    edition = approve(desk)
    text = reader.get(f"/read/update/{edition}").text
    for told in (
        '<p>Dear all, see <a href="https://x.org/" rel="noreferrer noopener">our shelf</a>.</p>',
        '<h2 id="own-event">Events and training</h2>',
        "<h3>Lunch &lt;b&gt;</h3>",
        "<p>Bring <strong>food</strong>:</p>",
        "<ul><li>cake</li><li><a",
        "<li>Thursday 10 December 2026, 12:30pm</li>",
        "<li>Closes 31 December 2026</li>",
    ):
        assert told in text


def test_an_approved_event_is_had_as_a_calendar_file(reader, desk):
    shelve(desk, "Gowns that last")
    number = write(desk, "event", **LUNCH)
    there = f"/read/update/{jobs.compose(desk, desk.bulletin('update')).id}?as=ics&event={number}"
    assert reader.get(there).status_code == 404
    edition = approve(desk)
    answer = reader.get(there)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{edition}-event-{number}.ics"'
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart").isoformat()) == ("Lunch <b>", "2026-12-10T12:30:00+00:00")
    assert str(event["description"]) == "Bring food:\n\n- cake\n- tea (https://x.org)"


@pytest.mark.parametrize("asked", ["", "&event=9", "&event=x", "&event=-1", "&event=" + "9" * 400, "&event=\u0661"])
def test_there_is_no_such_event(reader, edition, asked):
    assert reader.get(f"/read/update/{edition}?as=ics{asked}").status_code == 404


def test_the_way_there_leads_from_page_to_page(reader, edition):
    assert 'href="/read/update"' in reader.get("/read").text
    text = reader.get("/read/update").text
    assert f'href="/read/update/{edition}"' in text
    assert 'href="/read/update.atom"' in text


def test_words_of_the_library_are_shown_whatever_the_rights(reader, desk):
    item = shelve(desk, "Falls on wards", f"<p>{ABSTRACT}</p>", feed="journal")
    draft = jobs.compose(desk, desk.bulletin("update")).id
    editing.do(desk, draft, item, Act.REWORD, title="Fewer falls", summary="We think it works.")
    editing.do(desk, draft, item, Act.NOTE, note="Ward 4 does this.")
    jobs.approve(desk, draft, "bob@example.nhs.uk")
    text = reader.get(f"/read/update/{draft}").text
    for words in ("Fewer falls", "We think it works.", "Ward 4 does this."):
        assert words in text
    assert "Fewer falls" in reader.get("/read/update/search?q=fewer").text


def test_readers_see_the_words_that_were_approved_whatever_is_written_later(reader, desk, clock):
    item = shelve(desk, "Falls on wards")
    draft = jobs.compose(desk, desk.bulletin("update")).id
    editing.do(desk, draft, item, Act.REWORD, title="Fewer falls")
    jobs.approve(desk, draft, "bob@example.nhs.uk")
    clock.now += timedelta(days=1)
    later = jobs.compose(desk, desk.bulletin("update")).id
    editing.do(desk, later, item, Act.REWORD, title="Nobody approved this")
    assert draft in desk.store.approvals.holding()
    for path in (f"/read/update/{draft}", "/read/update.atom", "/read/update/search?q=falls"):
        text = reader.get(path).text
        assert "Fewer falls" in text
        assert "Nobody approved this" not in text


def item_titled(desk, title):
    return next(item.id for item in desk.store.items.list() if item.title == title)


def test_page_feed_and_search_stay_to_the_byte_when_items_become_one(reader, desk, edition):
    paths = (f"/read/update/{edition}", "/read/update", "/read/update.atom", "/read/update/search?q=gowns")
    stood = [reader.get(path).data for path in paths]
    other = shelve(desk, "Masks to bin", "<p>Bandages.</p>", days_old=3)
    gowns, falls = item_titled(desk, "Gowns that last"), item_titled(desk, "Falls on wards")
    assert desk.store.items.join([Pair(gowns, other), Pair(falls, other)], desk.now()) == 2
    assert [reader.get(path).data for path in paths] == stood
    assert "No edition prints" in reader.get("/read/update/search?q=bandages").text


def test_a_retraction_that_comes_later_is_marked_on_page_feed_and_in_what_is_found(reader, desk, edition):
    gowns, notice = item_titled(desk, "Gowns that last"), shelve(desk, "A notice")
    desk.store.items.mark(gowns, Mark.RETRACTED, notice, desk.now())
    for path in (f"/read/update/{edition}", "/read/update.atom", "/read/update/search?q=gowns"):
        assert "[Retracted] Gowns that last" in reader.get(path).text


def test_nobody_finds_an_item_by_words_that_are_withheld_from_them(reader, desk, edition):
    for words in ("abstract", "publisher", "falls+abstract", "abstr*"):
        assert "No edition prints" in reader.get(f"/read/update/search?q={words}").text
    assert "Falls on wards" in reader.get("/read/update/search?q=falls").text


def test_drafts_and_what_was_taken_back_cannot_be_read(reader, desk, edition):
    jobs.take_back(desk, edition, "ann@example.nhs.uk", "a mistake")
    for path in (f"/read/update/{edition}", "/read/update/none", "/read/none", f"/read/none/{edition}"):
        assert reader.get(path).status_code == 404
    assert "No edition yet" in reader.get("/read/update").text
    assert "No edition prints" in reader.get("/read/update/search?q=gowns").text


@pytest.mark.parametrize("archive", ["staff", "none"])
def test_what_is_not_public_is_as_if_it_were_not_there(reader, desk, edition):
    for path in ("/read/update", f"/read/update/{edition}", "/read/update/search?q=gowns", "/read/update.atom"):
        assert reader.get(path).status_code == 404
        assert reader.get(path).text == reader.get(path.replace("update", "nothing")).text
    assert "Wexbridge Update" not in reader.get("/read").text


@pytest.mark.parametrize("archive", ["staff"])
def test_who_is_signed_in_reads_the_abstracts_too(app, desk, edition):
    staff = at_desk(app, desk, "viewer:update")
    assert ABSTRACT in staff.get(f"/read/update/{edition}").text
    assert "Wexbridge Update" in staff.get("/read").text
    assert "Falls on wards" in staff.get("/read/update/search?q=abstract").text


@pytest.mark.parametrize("archive", ["none"])
def test_an_archive_that_nobody_may_read_is_closed_to_admins_too(app, desk, edition):
    assert at_desk(app, desk).get(f"/read/update/{edition}").status_code == 404


def test_twenty_editions_stand_on_a_page_the_newest_first(reader, desk, clock):
    ids = []
    for number in range(21):
        clock.now += timedelta(days=1)
        shelve(desk, f"Gowns {number}", days_old=0.1)
        ids.append(approve(desk))
    first, second = reader.get("/read/update").text, reader.get("/read/update?page=2").text
    assert first.count('href="/read/update/update-') == 20
    assert first.index(ids[20]) < first.index(ids[19])
    assert ids[0] in second
    assert ids[0] not in first
    assert "No more editions" in reader.get("/read/update?page=9").text
    found = feedparser.parse(reader.get("/read/update.atom").data)
    assert [one.link for one in found.entries] == [f"{BASE}/read/update/{id_}" for id_ in ids[:0:-1]]
    search = reader.get("/read/update/search?q=gowns").text
    assert search.count("found-in") == 20
    assert 'rel="next"' in search
    assert reader.get("/read/update/search?q=gowns&page=2").text.count("found-in") == 1


def test_a_search_shows_where_an_item_stood(reader, desk, edition):
    text = reader.get("/read/update/search?q=gowns").text
    assert "Gowns that last" in text
    assert "Falls on wards" not in text
    assert f'href="/read/update/{edition}"' in text
    assert "under Sustainable Healthcare" in text
    editing.shelve(desk, "Gowns that nobody printed", days_old=300)
    assert "nobody printed" not in reader.get("/read/update/search?q=gowns").text


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00%22(", "?q=a&page=-3", "?q=" + "x" * 5000])
def test_no_question_breaks_the_search(reader, edition, query):
    assert reader.get(f"/read/update/search{query}").status_code == 200


def test_the_atom_feed_is_valid_and_its_ids_stay(reader, desk, clock, edition):
    answer = reader.get("/read/update.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.data)
    assert (found.bozo, found.version, found.feed.title) == (False, "atom10", "Wexbridge Update")
    (entry,) = found.entries
    assert entry.id == f"tag:127.0.0.1,2026-11-23:{edition}"
    assert entry.link == f"{BASE}/read/update/{edition}"
    assert "Gowns that last" in entry.content[0].value
    assert ABSTRACT not in answer.text
    clock.now += timedelta(days=3)
    assert reader.get("/read/update.atom").data == answer.data
    again = reader.get("/read/update.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_hostile_words_stay_words(reader, desk):
    shelve(desk, "<script>x</script> ]]> &amp; \x08 🙂", "<p>&lt;img src=x onerror=x&gt;</p>")
    edition = approve(desk)
    for path in (f"/read/update/{edition}", "/read/update/search?q=script"):
        text = reader.get(path).text
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text
    found = feedparser.parse(reader.get("/read/update.atom").data)
    assert not found.bozo
    assert "<script" not in found.entries[0].content[0].value


def test_an_empty_feed_is_a_feed(reader, desk):
    found = feedparser.parse(reader.get("/read/update.atom").data)
    assert (found.bozo, found.entries) == (False, [])


def test_readers_are_given_no_cookie(reader, edition):
    for path in ("/read", "/read/update", f"/read/update/{edition}", "/read/update/search?q=a", "/read/update.atom"):
        assert "Set-Cookie" not in reader.get(path).headers
