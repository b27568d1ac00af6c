"""What does not come from a feed: services, letters, files and what a person brings; and what is added to items."""

import json
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import config, jobs
from bulletin.errors import FetchError, InputError, ParseError
from bulletin.model import Mark, Outcome

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOI = "10.5555/wexbridge.1"
ABSTRACT = (
    "<jats:p>" + "Theatres in three hospitals cut their carbon footprint by a third within a year. " * 4 + "</jats:p>"
)
WORK = {
    "DOI": DOI,
    "title": ["Net zero theatres in three hospitals"],
    "author": [{"given": "Ann", "family": "Adams"}],
    "container-title": ["Journal of Invented Medicine"],
    "abstract": ABSTRACT,
    "published": {"date-parts": [[2026, 11, 2]]},
    "type": "journal-article",
    "URL": f"https://doi.org/{DOI}",
}


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def settings(tmp_path, publisher):
    """What a workspace with these lines of feeds.yaml says, its services all on the publisher's server."""

    def load(*feeds: str):
        folder = newsroom.workspace(tmp_path, f"http://{publisher.address}/unused")
        if feeds:
            (folder / "feeds.yaml").write_text(
                "feeds:\n" + "".join(f"  - {feed}\n" for feed in feeds), encoding="utf-8"
            )
        base = f"http://{publisher.address}"
        services = {f"BULLETIN_{name}_URL": base for name in ("PUBMED", "EUROPEPMC", "CROSSREF", "UNPAYWALL")}
        manners = {"BULLETIN_ALLOW_ADDRESSES": publisher.address, "BULLETIN_HOST_GAP": "0"}
        return config.load(folder, services | manners)

    return load


@pytest.fixture
def desk(settings, clock):
    with jobs.open_desk(settings(), clock) as desk:
        yield desk


def answers(publisher, path: str, data: object) -> None:
    publisher.gives(path, json.dumps(data).encode(), Content_Type="application/json")


def by_title(desk):
    return {item.title: item for item in desk.store.items.list()}


def paths(publisher):
    return [path for path, _ in publisher.asked]


def test_a_doi_brought_by_hand_is_asked_of_crossref(desk, publisher):
    answers(publisher, f"/works/{DOI.replace('/', '%2F')}", {"status": "ok", "message": WORK})
    brought = jobs.add(desk, f"https://doi.org/{DOI}")

    [item] = brought.items
    assert (brought.new, item.title, item.doi) == (1, "Net zero theatres in three hospitals", DOI)
    assert (item.authors, item.citation.journal) == (("Ann Adams",), "Journal of Invented Medicine")
    assert [desk.source(feed) for feed in item.feeds] == ["Added by hand"]
    assert jobs.add(desk, DOI).new == 0


def test_a_page_brought_by_hand_tells_of_itself(desk, publisher):
    page = """<html><head><title>Reports | Site</title><meta property="og:title" content="Estates report 2026">
    <meta name="description" content="Roofs, and what they cost."></head>
    <body><h1>Estates report</h1></body></html>"""
    url = publisher.gives("/report", page.encode(), Content_Type="text/html")
    [item] = jobs.add(desk, url).items
    assert (item.title, item.url) == ("Estates report 2026", url)


def test_a_link_that_names_another_papers_doi_is_read_as_a_page(desk, publisher):
    answers(publisher, f"/works/{DOI.replace('/', '%2F')}", {"status": "ok", "message": WORK})
    page = b"<html><head><title>Why that paper was wrong</title></head><body><p>Because.</p></body></html>"
    url = publisher.gives("/blog", page, Content_Type="text/html")
    assert [item.title for item in jobs.add(desk, f"{url}?ref={DOI}").items] == ["Why that paper was wrong"]


def test_when_crossref_is_down_europe_pmc_is_asked(desk, publisher):
    publisher.gives(f"/works/{DOI.replace('/', '%2F')}", status=500)
    result = {"id": "1", "source": "MED", "title": "Net zero theatres.", "doi": DOI}
    answers(publisher, "/search", {"hitCount": 1, "resultList": {"result": [result]}})
    assert [item.doi for item in jobs.add(desk, DOI).items] == [DOI]


def test_what_is_neither_link_nor_doi_is_told(desk):
    with pytest.raises(InputError, match="neither a web address nor a DOI"):
        jobs.add(desk, "net zero")


def test_a_page_that_cannot_be_reached_is_told_and_nothing_is_stored(desk, publisher):
    with pytest.raises(FetchError, match="404"):
        jobs.add(desk, f"http://{publisher.address}/nowhere")
    assert by_title(desk) == {}


def test_an_evidence_search_comes_in_as_a_file(desk, tmp_path):
    file = tmp_path / "sepsis.ris"
    record = "TY  - JOUR\nTI  - Sepsis {0}\nAU  - Adams, Ann\nDO  - 10.5555/{0}\nPY  - 2026\nER  - \n"
    file.write_text(record.format("bundles") + record.format("alerts"), encoding="utf-8")

    brought = jobs.bring(desk, file)

    assert (len(brought.items), brought.new) == (2, 2)
    assert [desk.source(feed) for feed in by_title(desk)["Sepsis alerts"].feeds] == ["sepsis.ris"]
    assert jobs.bring(desk, file).new == 0


def test_a_journal_is_read_by_its_issn(settings, clock, publisher):
    answers(publisher, "/journals/2049-3630/works", {"message": {"items": [WORK], "total-results": 1}})
    with jobs.open_desk(settings("{name: Invented Medicine, crossref: 2049-3630}"), clock) as desk:
        [visit] = jobs.fetch(desk, jobs.due(desk))
        assert (visit.outcome, visit.new, visit.message) == (Outcome.OK, 1, "")
        clock.now += timedelta(days=2)
        [visit] = jobs.fetch(desk, jobs.due(desk))

    assert visit.outcome is Outcome.NOT_MODIFIED
    assert "from-created-date%3A2026-11-19" in publisher.asked[-1][0].replace(":", "%3A"), "three days overlap"


def test_a_search_in_europe_pmc_is_a_source(settings, clock, publisher):
    result = {
        "id": "1",
        "source": "MED",
        "title": "Net zero theatres.",
        "doi": DOI,
        "firstPublicationDate": "2026-11-02",
    }
    answers(publisher, "/search", {"hitCount": 1, "resultList": {"result": [result]}})
    with jobs.open_desk(settings("{name: Net zero, europepmc: 'TITLE:\"net zero\"'}"), clock) as desk:
        [visit] = jobs.fetch(desk, jobs.due(desk))
        assert (visit.outcome, visit.new) == (Outcome.OK, 1)
        assert [item.doi for item in desk.store.items.list()] == [DOI]


def test_a_search_in_pubmed_is_a_source(settings, clock, publisher):
    found = {"esearchresult": {"count": "1", "idlist": ["1"], "webenv": "W", "querykey": "1"}}
    article = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Net zero
    theatres.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
    answers(publisher, "/esearch.fcgi", found)
    publisher.gives("/efetch.fcgi", article.encode(), Content_Type="text/xml")
    with jobs.open_desk(settings("{name: Net zero, pubmed: net zero}"), clock) as desk:
        [visit] = jobs.fetch(desk, jobs.due(desk))
        assert (visit.outcome, visit.new) == (Outcome.OK, 1)
        assert [item.url for item in desk.store.items.list()] == ["https://pubmed.ncbi.nlm.nih.gov/1/"]


def test_letters_in_a_folder_are_a_source(settings, clock, tmp_path):
    (tmp_path / "alerts").mkdir()
    letter = (
        "From: alerts@example.org\nDate: Fri, 20 Nov 2026 09:00:00 +0000\nSubject: This week\nMIME-Version: 1.0\n"
        "Content-Type: text/html; charset=utf-8\n\n"
        '<html><body><h2><a href="https://example.org/roofs">Hospital roofs and what they cost the estate</a></h2>'
        '<p>A report.</p><a href="https://example.org/leave">Unsubscribe from this list now</a></body></html>\n'
    )
    (tmp_path / "alerts" / "one.eml").write_text(letter, encoding="utf-8")
    with jobs.open_desk(settings("{name: Alerts, mail: alerts/}"), clock) as desk:
        jobs.fetch(desk, jobs.due(desk))
        assert [item.title for item in desk.store.items.list()] == ["Hospital roofs and what they cost the estate"]


def test_letters_that_cannot_be_read_do_not_shut_out_the_next(settings, clock, tmp_path, monkeypatch):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts" / "one.eml").write_text("Subject: x\n\nx\n", encoding="utf-8")
    with jobs.open_desk(settings("{name: Alerts, mail: alerts/}"), clock) as desk:
        refused = Future()
        refused.set_exception(ParseError("reading this document took more than 10 seconds"))
        monkeypatch.setattr(desk.readers, "submit", lambda _: refused)
        [visit] = jobs.fetch(desk, jobs.due(desk))
    assert visit.outcome is Outcome.OK
    assert visit.message == "emails that were passed over: 1 (reading this document took more than 10 seconds)"


@pytest.fixture
def article(settings, clock, publisher):
    """A desk on whose shelf stands an article of which the feed said next to nothing."""
    text = f"<title>Net zero theatres in three hospitals</title><link>https://doi.org/{DOI}</link>"
    url = publisher.gives("/journal", newsroom.document(text))
    with jobs.open_desk(settings(f"{{name: Journal, url: '{url}'}}"), clock) as desk:
        jobs.fetch(desk, jobs.due(desk))
        yield desk


def test_what_a_feed_leaves_out_is_filled_in_and_says_by_whom(article, publisher):
    answers(publisher, f"/works/{DOI.replace('/', '%2F')}", {"status": "ok", "message": WORK})
    open_copy = {"doi": DOI, "is_oa": True, "best_oa_location": {"url": "https://example.org/open.pdf"}}
    answers(publisher, f"/{DOI.replace('/', '%2F')}", open_copy)

    done = jobs.enrich(article)

    [item] = article.store.items.list()
    assert item.authors == ("Ann Adams",)
    assert "cut their carbon footprint" in item.summary
    assert (item.free, item.free_url) == (True, "https://example.org/open.pdf")
    services = {added.field: added.service for added in item.added}
    assert (services["summary"], services["free"]) == ("Crossref", "Unpaywall")
    assert (done.asked, done.failed) == (3, 0)


def test_what_a_service_does_not_know_is_asked_again_after_two_days(article, publisher, clock):
    assert jobs.enrich(article).nothing == 3
    assert jobs.enrich(article).asked == 0
    clock.now += timedelta(days=2)
    assert jobs.enrich(article).asked == 3
    clock.now += timedelta(days=2)
    assert jobs.enrich(article).asked == 0


def test_a_failure_of_the_network_costs_nothing(article, publisher):
    for path in (f"/works/{DOI.replace('/', '%2F')}", "/search", f"/{DOI.replace('/', '%2F')}"):
        publisher.gives(path, status=500)
    assert jobs.enrich(article).failed == 3
    assert jobs.enrich(article).asked == 3


def test_a_service_that_wants_a_pause_gets_it_in_later_runs_too(article, publisher, clock):
    publisher.gives(f"/works/{DOI.replace('/', '%2F')}", status=429, Retry_After="86400")
    jobs.enrich(article)
    publisher.asked.clear()
    clock.now += timedelta(minutes=20)
    assert jobs.enrich(article).failed == 3
    assert publisher.asked == []


def test_a_question_that_a_service_does_not_understand_is_answered(article, publisher):
    publisher.gives(f"/{DOI.replace('/', '%2F')}", status=422)
    assert jobs.enrich(article).nothing == 3


def test_a_retraction_that_a_service_knows_marks_the_paper(article, publisher):
    retracted = WORK | {"updated-by": [{"DOI": "10.5555/notice", "type": "retraction"}]}
    answers(publisher, f"/works/{DOI.replace('/', '%2F')}", {"status": "ok", "message": retracted})
    jobs.enrich(article)
    [item] = article.store.items.list()
    assert item.marks == (Mark.RETRACTED,)


def test_a_notice_in_a_feed_marks_the_paper_by_its_title_and_stays_an_item(desk, publisher, clock):
    title = "Reusable gowns in three district hospitals"
    publisher.publishes("/unused", newsroom.entry(title), newsroom.entry(f"Retraction: {title}"))
    jobs.fetch(desk, jobs.due(desk))
    found = by_title(desk)
    assert found[title].marks == (Mark.RETRACTED,)
    assert found[f"Retraction: {title}"].marks == ()


def test_one_report_in_two_feeds_is_one_item_with_both_sources(settings, clock, publisher):
    text = (
        "Hospitals in the north have replaced disposable theatre gowns by reusable ones and cut their clinical waste "
        "by a fifth, according to figures of the Wexbridge institute, which followed eleven theatres for a year."
    )
    one = publisher.publishes(
        "/one", newsroom.entry("Reusable gowns cut waste", "https://one.example/gowns", text=text)
    )
    two = publisher.publishes(
        "/two",
        newsroom.entry("Theatre waste falls as gowns are reused", "https://two.example/waste-falls", text=text),
    )
    feeds = [f"{{name: {name}, url: '{url}'}}" for name, url in (("One", one), ("Two", two))]
    with jobs.open_desk(settings(*feeds), clock) as desk:
        jobs.fetch(desk, jobs.due(desk))
        assert len(desk.store.items.list()) == 2

        assert jobs.classify(desk).joined == 1

        [item] = desk.store.items.list()
        assert sorted(item.feeds) == ["one", "two"]
        clock.now += timedelta(days=2)
        assert sum(visit.new for visit in jobs.fetch(desk, list(desk.config.feeds))) == 0
