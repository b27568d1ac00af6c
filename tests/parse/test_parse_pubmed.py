"""PubMed's XML."""

from datetime import UTC, datetime

import pytest
from feedwriter import AT
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin import parse
from bulletin.errors import ParseError
from bulletin.model import Citation, DateFlag, Feed, FeedKind, Fetched, Item, Mark, Notice, Validators

DOCTYPE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"'
    ' "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
FEED = Feed("search", "Discharge", "https://eutils.example.org", kind=FeedKind.PUBMED, search="discharge")

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">90000001</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN>0000-0000</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue>
<PubDate><Year>2027</Year><Month>Jan</Month></PubDate></JournalIssue>
<Title>Journal of ward care (London, England)</Title><ISOAbbreviation>J Ward Care</ISOAbbreviation></Journal>
<ArticleTitle>Early discharge of <i>older</i> people &amp; falls: CO<sub>2</sub> &lt; 5%.</ArticleTitle>
<Pagination><StartPage>123</StartPage><EndPage>129</EndPage><MedlinePgn>123-9</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/WARD.1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND AND AIM" NlmCategory="BACKGROUND">Falls cost lives.</AbstractText>
<AbstractText Label="RESULTS">Of 10<sup>3</sup> people, p&lt;0.05.</AbstractText>
<CopyrightInformation>© 2026 The Authors. Open Access under CC BY.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>Chan</LastName><ForeName>Bo</ForeName><Initials>B</Initials></Author>
<Author ValidYN="Y"><LastName>Grey</LastName><ForeName>Ann</ForeName><Suffix>Jr</Suffix></Author>
<Author ValidYN="N"><LastName>Gray</LastName><ForeName>Ann</ForeName></Author>
<Author ValidYN="Y"><CollectiveName>Ward Falls Study Group</CollectiveName></Author></AuthorList>
<Language>eng</Language>
<PublicationTypeList><PublicationType>Journal Article</PublicationType>
<PublicationType>Multicenter Study</PublicationType>
<PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2026</Year><Month>11</Month><Day>03</Day></ArticleDate></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Patient Discharge</DescriptorName></MeshHeading></MeshHeadingList>
<KeywordList Owner="NOTNLM"><Keyword>falls</Keyword></KeywordList></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="received"><Year>2026</Year><Month>1</Month><Day>1</Day></PubMedPubDate>
<PubMedPubDate PubStatus="pubmed"><Year>2026</Year><Month>11</Month><Day>4</Day></PubMedPubDate></History>
<ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId><ArticleId IdType="doi">10.5555/ward.1</ArticleId>
</ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"""

BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">90000002</PMID>
<ArticleIdList><ArticleId IdType="doi">10.5555/book.1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Example Press</PublisherName></Publisher>
<BookTitle book="b">Health technology assessments</BookTitle>
<PubDate><Year>2026</Year><Month>06</Month></PubDate></Book>
<ArticleTitle book="b">Virtual wards for frailty: a systematic review</ArticleTitle>
<Language>eng</Language><AuthorList Type="authors"><Author><LastName>Fox</LastName><ForeName>Cy</ForeName></Author>
</AuthorList><PublicationType>Review</PublicationType><Abstract><AbstractText>Words.</AbstractText></Abstract>
</BookDocument></PubmedBookArticle>"""


def read(*documents: str | bytes) -> parse.Parsed:
    bodies = [one.encode() if isinstance(one, str) else one for one in documents]
    return parse.document(Fetched(FEED, FEED.url, "text/xml", bodies[0], Validators(), AT, tuple(bodies[1:])))


def articles(*records: str) -> str:
    return f"{DOCTYPE}<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def record(article: str = "", citation: str = "", data: str = "") -> Item:
    """The item of a record that holds no more than these elements."""
    (item,) = read(
        articles(
            f"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>{article}</Article>{citation}</MedlineCitation>"
            f"<PubmedData>{data}</PubmedData></PubmedArticle>"
        )
    ).items
    return item


def dated(*elements: str) -> datetime | None:
    return record(f"<Journal><JournalIssue><PubDate>{''.join(elements)}</PubDate></JournalIssue></Journal>").published


def test_an_article_is_read_whole():
    (item,) = read(articles(ARTICLE)).items
    assert item.title == "Early discharge of older people & falls: CO2 < 5%"
    assert item.url == "https://pubmed.ncbi.nlm.nih.gov/90000001/"
    assert (item.doi, item.guid) == ("10.5555/ward.1", "pubmed:90000001")
    assert item.authors == ("Bo Chan", "Ann Grey Jr", "Ward Falls Study Group")
    assert item.citation == Citation("Journal of ward care", "12", "3", "123–129")
    assert item.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert (item.kind, item.language) == ("Randomized Controlled Trial", "en")
    assert item.categories == ("falls", "Patient Discharge")
    assert item.free
    assert (item.notice, item.marks) == (None, ())


def test_an_abstract_keeps_its_parts_and_what_is_written_above_the_line():
    (item,) = read(articles(ARTICLE)).items
    assert item.summary == (
        "<p><strong>Background and aim</strong> Falls cost lives.</p>"
        "<p><strong>Results</strong> Of 10<sup>3</sup> people, p&lt;0.05.</p>"
    )


def test_a_chapter_of_a_book_is_read():
    (item,) = read(articles(BOOK)).items
    assert item.title == "Virtual wards for frailty: a systematic review"
    assert item.citation.journal == "Health technology assessments"
    assert (item.doi, item.authors, item.kind) == ("10.5555/book.1", ("Cy Fox",), "Review")
    assert item.published == datetime(2026, 6, 1, tzinfo=UTC)


def test_a_book_without_chapters_goes_by_its_own_title():
    book = BOOK.replace('<ArticleTitle book="b">Virtual wards for frailty: a systematic review</ArticleTitle>', "")
    assert read(articles(book)).items[0].title == "Health technology assessments"


@pytest.mark.parametrize(
    ("elements", "title"),
    [
        ("<ArticleTitle>[Early discharge and falls].</ArticleTitle>", "Early discharge and falls"),
        ("<ArticleTitle>[Sepsis] and [shock].</ArticleTitle>", "[Sepsis] and [shock]"),
        ("<ArticleTitle>What now?</ArticleTitle>", "What now?"),
        ("<ArticleTitle>And so on...</ArticleTitle>", "And so on..."),
        (
            "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Entlassung und Stürze.</VernacularTitle>",
            "Entlassung und Stürze",
        ),
    ],
)
def test_titles(elements, title):
    assert record(elements).title == title


@pytest.mark.parametrize(
    ("elements", "day"),
    [
        ("<Year>2026</Year><Month>Nov</Month><Day>3</Day>", (2026, 11, 3)),
        ("<Year>2026</Year><Month>11</Month>", (2026, 11, 1)),
        ("<Year>2026</Year><Season>Spring</Season>", (2026, 1, 1)),
        ("<MedlineDate>2026 Sep-Oct</MedlineDate>", (2026, 9, 1)),
        ("<MedlineDate>2026 Nov 20-27</MedlineDate>", (2026, 11, 20)),
        ("<MedlineDate>2025 Dec-2026 Jan</MedlineDate>", (2025, 12, 1)),
        ("<MedlineDate>Winter 2025</MedlineDate>", (2025, 1, 1)),
    ],
)
def test_dates_of_print(elements, day):
    assert dated(elements) == datetime(*day, tzinfo=UTC)


def test_a_month_beats_a_year_alone_and_the_future_counts_for_nothing():
    seen = (
        '<History><PubMedPubDate PubStatus="entrez"><Year>2026</Year><Month>11</Month><Day>9</Day></PubMedPubDate>'
        "</History>"
    )
    for printed in ("<Year>2026</Year>", "<Year>2027</Year><Month>Feb</Month>"):
        issue = f"<Journal><JournalIssue><PubDate>{printed}</PubDate></JournalIssue></Journal>"
        item = record(issue, data=seen)
        assert item.published == datetime(2026, 11, 9, tzinfo=UTC)


def test_a_record_of_the_future_alone_says_so():
    issue = "<Journal><JournalIssue><PubDate><Year>2027</Year><Month>Feb</Month></PubDate></JournalIssue></Journal>"
    assert record(issue).date_flag is DateFlag.FUTURE


@pytest.mark.parametrize(
    ("pages", "read_as"),
    [("123-9", "123–129"), ("e1-e9", "e1–e9"), ("S12-20", "S12–20"), ("77", "77"), ("1-4; discussion 5", "1–4")],
)
def test_pages(pages, read_as):
    assert record(f"<Pagination><MedlinePgn>{pages}</MedlinePgn></Pagination>").citation.pages == read_as


def related(kind: str, source: str) -> str:
    return (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>'
        "<PMID>2</PMID></CommentsCorrections></CommentsCorrectionsList>"
    )


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("RetractionOf", Mark.RETRACTED),
        ("ErratumFor", Mark.CORRECTED),
        ("ExpressionOfConcernFor", Mark.CONCERN),
    ],
)
def test_a_notice_names_the_paper_that_it_concerns(kind, mark):
    item = record(citation=related(kind, "J Ward Care. 2020 Mar;12(3):1-9. doi: 10.5555/ward.9."))
    assert (item.notice, item.marks) == (Notice(mark, "10.5555/ward.9"), ())
    assert record(citation=related(kind, "J Ward Care. 2020 Mar;12(3):1-9")).notice == Notice(mark)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("RetractionIn", Mark.RETRACTED), ("ErratumIn", Mark.CORRECTED), ("ExpressionOfConcernIn", Mark.CONCERN)],
)
def test_a_paper_that_a_notice_concerns_is_marked(kind, mark):
    item = record(citation=related(kind, "J Ward Care. 2021. doi: 10.5555/notice"))
    assert (item.notice, item.marks) == (None, (mark,))


def test_comments_are_no_notices():
    item = record(citation=related("CommentOn", "J Ward Care. 2020. doi: 10.5555/ward.9"))
    assert (item.notice, item.marks) == (None, ())


def test_a_retracted_publication_is_marked():
    kinds = "<PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList>"
    assert record(kinds).marks == (Mark.RETRACTED,)


def test_following_documents_are_read_too():
    parsed = read(articles(ARTICLE), articles(BOOK))
    assert [item.doi for item in parsed.items] == ["10.5555/ward.1", "10.5555/book.1"]
    assert (parsed.warning, parsed.complete) == ("", True)


def test_a_broken_following_document_fails_the_whole_for_nobody_would_ask_for_it_again():
    with pytest.raises(ParseError, match="page 2: PubMed answered with something else"):
        read(articles(ARTICLE), "<html>busy</html>")


def test_nothing_found_is_no_error():
    assert read("<PubmedArticleSet></PubmedArticleSet>").items == ()


def test_a_document_that_is_cut_short_fails_the_whole():
    with pytest.raises(ParseError, match="cut short"):
        read(articles(ARTICLE, BOOK)[:-300])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("<PubmedArticleSet>", id="cut off"),
        pytest.param("<html><body>Bad gateway</body></html>", id="web page"),
        pytest.param("<eFetchResult><ERROR>no</ERROR></eFetchResult>", id="error"),
        pytest.param('{"error": "no"}', id="JSON"),
        pytest.param("<PubmedArticleSet>" + "<b>" * 100_000, id="depth"),
    ],
)
def test_anything_else_is_an_error(body):
    with pytest.raises(ParseError, match=r"^PubMed answered with "):
        read(body)


def test_an_element_that_is_built_to_hurt_is_refused():
    attributes = " ".join(f'a{n}="x"' for n in range(20_000))
    with pytest.raises(
        ParseError, match=r"^the document has an element without end, as attacks do: it was not read$"
    ):
        read(f"<PubmedArticleSet {attributes}/>")


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">', "<!ENTITY % p 'x'>%p;"],
)
def test_a_document_that_defines_entities_is_refused(entity):
    body = f"<!DOCTYPE PubmedArticleSet [{entity}]><PubmedArticleSet>{ARTICLE}</PubmedArticleSet>"
    for encoded in (body.encode(), body.encode("utf-16")):
        with pytest.raises(ParseError, match="defines entities, as attacks do"):
            read(encoded)


def test_a_number_that_is_none_makes_no_address():
    body = articles(
        '<PubmedArticle><MedlineCitation><PMID>1" onclick="</PMID><Article><ArticleTitle>A</ArticleTitle>'
    )
    whole = body.replace("</PubmedArticleSet>", "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>")
    assert read(whole).items[0].url == ""


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=5)), max_size=6))
def test_no_change_of_bytes_makes_it_fail(changes):
    body = articles(ARTICLE, BOOK).encode()
    for place, new in changes:
        body = body[:place] + new + body[place + len(new) :]
    try:
        items = read(body).items
    except ParseError:
        return
    assert all(item.title for item in items)
