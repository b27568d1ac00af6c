"""PubMed's XML (efetch, retmode=xml) as raw entries.

Elements are those of NLM's own DTD (https://dtd.nlm.nih.gov/ncbi/pubmed/). Neither that nor anything else is ever
fetched: a document may name its type, but one that defines entities is refused before a parser sees it.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring
from xml.etree.ElementTree import ParseError as XmlError

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse import records
from bulletin.parse.charset import text_of
from bulletin.parse.pages import joined
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.xmlsteps import steps

_SET = "PubmedArticleSet"
_RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle"})
_DEEPEST = 64  # elements within each other; a formula in a title reaches 20
_NUMBER = re.compile(r"\d{1,12}")
_DAY_PARTS = ("Day", "Month", "Year")


def read(fetched: Fetched) -> RawFeed:
    """Read articles and book chapters, in the order of the documents.

    Raise ParseError for what is no set of PubMed records; of one that ends early, the whole records are kept.
    """
    return joined(fetched, _read)


def _read(body: bytes) -> RawFeed:
    text, _ = text_of(body, "")
    if "<!ENTITY" in text:
        raise ParseError("PubMed's answer defines entities, as attacks do: it was not read")
    entries: list[RawEntry] = []
    try:
        for record in _records(text.lstrip("\ufeff \t\r\n")):
            entries.append(_entry(record))
            record.clear()
    except XmlError as error:
        words = "a list that is cut short or broken" if entries else "what cannot be read"
        raise ParseError(f"PubMed answered with {words}: it is asked again") from error
    return RawFeed(tuple(entries))


def _records(text: str) -> Iterator[Element]:
    """Yield each whole record; raises ParseError for another kind of document, and XmlError where it breaks."""
    depth = 0
    for begins, element in steps(text):
        depth += 1 if begins else -1
        if (begins and depth == 1 and element.tag != _SET) or depth > _DEEPEST:
            raise ParseError("PubMed answered with something else than a list of articles: try again later")
        if not begins and element.tag in _RECORDS:
            yield element


def _entry(record: Element) -> RawEntry:
    """One article, or one book or chapter, which has much the same parts in other places."""
    holder = _first(record, "MedlineCitation", "BookDocument")
    article = _first(holder, "Article", ".")
    pmid = _number(holder)
    first_page, last_page = _pages(article)
    notices, noticed = records.relations(_relations(holder))
    return RawEntry(
        title=Words(records.title(_title(article)), literal=True),
        summary=Words(_abstract(article)),
        links=(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",) if pmid else (),
        guid=f"pubmed:{pmid}" if pmid else "",
        permalink=False,
        identifiers=tuple(_dois(record, article)),
        dates=records.dates(*_dates(record, article)),
        authors=tuple(_authors(article)),
        categories=tuple(_texts(holder, "KeywordList/Keyword", "MeshHeadingList/MeshHeading/DescriptorName")),
        journals=tuple(
            map(records.journal, _texts(article, "Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle"))
        ),
        volume=_text(article, "Journal/JournalIssue/Volume"),
        number=_text(article, "Journal/JournalIssue/Issue"),
        first_page=first_page,
        last_page=last_page,
        kinds=records.kinds(_texts(article, "PublicationTypeList/PublicationType", "PublicationType")),
        rights=tuple(_texts(article, "Abstract/CopyrightInformation")),
        language=records.language(_text(article, "Language")),
        notices=notices,
        noticed=noticed,
    )


def _first(element: Element, *paths: str) -> Element:
    """The first of these that is there; an empty element where none is."""
    return next((found for path in paths if (found := element.find(path)) is not None), Element("nothing"))


def _text(element: Element, *paths: str) -> str:
    """The words of the first of these that has any."""
    return next(iter(_texts(element, *paths)), "")


def _texts(element: Element, *paths: str) -> list[str]:
    found = (" ".join("".join(part.itertext()).split()) for path in paths for part in element.iterfind(path))
    return list(filter(None, found))


def _number(holder: Element) -> str:
    pmid = _text(holder, "PMID")
    return pmid if _NUMBER.fullmatch(pmid) else ""


def _title(article: Element) -> str:
    """The title; what has none in English keeps its own."""
    title = _text(article, "ArticleTitle", "Book/BookTitle")
    return _text(article, "VernacularTitle") or title if "Not Available" in title else title


def _abstract(article: Element) -> str:
    """The abstract as HTML, a paragraph for each part with its label; what it says in sub and sup stays there."""
    parts = []
    for part in article.iterfind("Abstract/AbstractText"):
        label = part.get("Label", "").strip()
        part.attrib.clear()
        part.tail = None
        words = tostring(part, encoding="unicode")
        heading = f"<strong>{_escaped(label.capitalize())}</strong> " if label and label != "UNLABELLED" else ""
        parts.append(f"<p>{heading}{words}</p>")
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _dois(record: Element, article: Element) -> Iterator[str]:
    """DOIs of the record itself; those in its list of references are others'."""
    for path in ("PubmedData/ArticleIdList/ArticleId", "BookDocument/ArticleIdList/ArticleId"):
        yield from (part.text or "" for part in record.iterfind(path) if part.get("IdType") == "doi")
    for part in article.iterfind("ELocationID"):
        if part.get("EIdType") == "doi" and part.get("ValidYN") != "N":
            yield part.text or ""


def _dates(record: Element, article: Element) -> Iterator[str]:
    """The day it came out, best first: online, in print, and the day that PubMed took it in."""
    published = _first(article, "Journal/JournalIssue/PubDate", "Book/PubDate")
    for element in (*article.iterfind("ArticleDate"), _first(article, "ContributionDate"), published):
        yield _day(element)
    yield records.medline_date(_text(published, "MedlineDate"))
    for element in record.iterfind("PubmedData/History/PubMedPubDate"):
        if element.get("PubStatus") in ("pubmed", "entrez"):
            yield _day(element)


def _day(element: Element) -> str:
    """The date in Year, Month and Day, of which the last may be missing; a month is a name or a number."""
    day, month, year = (_text(element, part) for part in _DAY_PARTS)
    if month.isdecimal():
        return "-".join(filter(None, (year, month, day)))
    return " ".join(filter(None, (day if month else "", month, year)))


def _authors(article: Element) -> Iterator[str]:
    for author in article.iterfind("AuthorList/Author"):
        if author.get("ValidYN") != "N":
            name = (_text(author, part) for part in ("ForeName", "LastName", "Suffix"))
            yield " ".join(filter(None, name)) or _text(author, "CollectiveName")


def _pages(article: Element) -> tuple[str, str]:
    start, end = _text(article, "Pagination/StartPage"), _text(article, "Pagination/EndPage")
    return records.pages(f"{start}-{end}" if start and end else start or _text(article, "Pagination/MedlinePgn"))


def _relations(holder: Element) -> Iterator[tuple[str, str]]:
    """What PubMed relates the record to, and where that stands; its DOI is there, if anywhere."""
    for related in holder.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        yield related.get("RefType", ""), _text(related, "RefSource")
