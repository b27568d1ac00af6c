"""Files of references: RIS and nbib."""

from datetime import UTC, datetime

import pytest
from feedwriter import AT
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import ParseError
from bulletin.model import Citation, Feed, Fetched, Item, Mark, Notice, Validators
from bulletin.parse import Parsed
from bulletin.parse.references import references

RIS = """Provider: Example Database
Content: text/plain; charset="UTF-8"

TY  - JOUR
TI  - Early discharge and falls
AU  - Chan, Bo
AU  - Grey, Ann, Jr
AU  - Ward Falls Study Group
T2  - Journal of Ward Care
VL  - 12
IS  - 3
SP  - 123
EP  - 9
PY  - 2026
DA  - 2026/11/03/
DO  - 10.5555/WARD.1
UR  - https://db.example.org/login?an=1
AB  - Falls cost lives.
  And money, too:
p < 0.05.
KW  - falls
KW  - discharge
LA  - eng
M3  - Systematic Review
ER  -

TY  - RPRT
T1  - Heat in care homes
A1  - Department of Wards, Beds and Care
PB  - Example Trust
Y1  - 2026/06//
UR  - https://www.example.org/heat.pdf
ER  -
"""
NBIB = """
PMID- 90000001
OWN - NLM
TI  - Early discharge of older people and falls: a randomised trial on
      forty wards.
LID - 10.5555/ward.1 [doi]
LID - S0000 [pii]
AB  - BACKGROUND: Falls cost lives. METHODS: We asked
      forty wards.
CI  - Open Access under CC BY.
FAU - Chan, Bo
AU  - Chan B
CN  - Ward Falls Study Group
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20261103
DP  - 2026 Nov-Dec
JT  - Journal of ward care (London, England)
TA  - J Ward Care
VI  - 12
IP  - 3
PG  - 123-9
MH  - *Patient Discharge/standards
OT  - falls

PMID- 90000002
TI  - [Erratum].
PT  - Published Erratum
EFR - J Ward Care. 2026;12(3):1-9. doi: 10.5555/ward.1.
DP  - 2026
EDAT- 2026/11/09 06:00
"""


def load(text: str | bytes) -> Parsed:
    body = text.encode() if isinstance(text, str) else text
    return references(Fetched(Feed("file", "search.ris", ""), "", "", body, Validators(), AT))


def ris(*lines: str) -> Item:
    (item,) = load("\n".join(["TY  - JOUR", *lines, "ER  - ", ""])).items
    return item


def test_ris_is_read():
    article, report = load(RIS).items
    assert (article.title, article.doi) == ("Early discharge and falls", "10.5555/ward.1")
    assert article.url == "https://doi.org/10.5555/ward.1"
    assert article.authors == ("Bo Chan", "Ann Grey Jr", "Ward Falls Study Group")
    assert article.citation == Citation("Journal of Ward Care", "12", "3", "123–129")
    assert article.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert article.summary == "Falls cost lives. And money, too: p &lt; 0.05."
    assert (article.categories, article.language) == (("falls", "discharge"), "en")
    assert article.kind == "Systematic Review"
    assert (report.title, report.kind, report.citation.journal) == ("Heat in care homes", "Report", "Example Trust")
    assert report.authors == ("Department of Wards, Beds and Care",)
    assert (report.url, report.published) == ("https://www.example.org/heat.pdf", datetime(2026, 6, 1, tzinfo=UTC))


def test_nbib_is_read():
    article, erratum = load(NBIB).items
    assert article.title == "Early discharge of older people and falls: a randomised trial on forty wards"
    assert (article.doi, article.url) == ("10.5555/ward.1", "https://pubmed.ncbi.nlm.nih.gov/90000001/")
    assert article.authors == ("Bo Chan", "Ward Falls Study Group")
    assert article.citation == Citation("Journal of ward care", "12", "3", "123–129")
    assert article.published == datetime(2026, 11, 3, tzinfo=UTC)
    assert article.summary.endswith("METHODS: We asked forty wards.")
    assert (article.kind, article.language, article.free) == ("Randomized Controlled Trial", "en", True)
    assert article.categories == ("falls", "Patient Discharge")
    assert erratum.notice == Notice(Mark.CORRECTED, "10.5555/ward.1")
    assert erratum.published == datetime(2026, 11, 9, 6, tzinfo=UTC)


def test_a_retracted_paper_in_nbib_is_marked():
    (item,) = load("PMID- 1\nTI  - Early discharge\nRIN - J Ward Care. 2026. doi: 10.5555/n\n").items
    assert (item.notice, item.marks) == (None, (Mark.RETRACTED,))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", [RIS, NBIB], ids=["RIS", "nbib"])
def test_line_ends_of_all_systems(text, end):
    assert load(text.replace("\n", end)).items == load(text).items


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_character_sets(charset):
    text = "TY  - JOUR\r\nTI  - Café visits – a survey\r\nER  - \r\n"
    assert [item.title for item in load(text.encode(charset)).items] == ["Café visits – a survey"]


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_a_real_line_end_begins_a_line(separator):
    title = f"Title{separator}ER  - {separator}TY  - JOUR{separator}TI  - INJECTED"
    (item,) = load(f"TY  - JOUR\nTI  - {title}\nER  - \n").items
    assert "INJECTED" in item.title


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("PY  - 2026/11/03/online", (2026, 11, 3)),
        ("PY  - 2026///", (2026, 1, 1)),
        ("Y1  - 2026", (2026, 1, 1)),
        ("DA  - 3 Nov 2026", (2026, 11, 3)),
        ("DA  - 2026-11-03", (2026, 11, 3)),
    ],
)
def test_dates_in_ris(line, day):
    assert ris("TI  - A", line).published == datetime(*day, tzinfo=UTC)


def test_a_day_without_a_year_counts_for_nothing():
    assert ris("TI  - A", "DA  - Nov 3", "PY  - 2026").published == datetime(2026, 1, 1, tzinfo=UTC)


def test_tags_with_one_space_and_a_last_line_without_its_end():
    assert [item.title for item in load("TY - JOUR\nTI - Early discharge\nER -").items] == ["Early discharge"]


def test_several_addresses_in_one_value():
    assert ris("TI  - A", "UR  - https://a.example/1; https://a.example/2").url == "https://a.example/1"


def test_a_reference_without_its_end_ends_where_the_next_begins():
    text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n"
    assert [item.title for item in load(text).items] == ["One", "Two"]
    assert load(text).warning == ""


def test_a_file_that_breaks_off_says_so():
    parsed = load("TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Tw")
    assert len(parsed.items) == 2
    assert parsed.warning == "the file ends in the middle of its last reference: it may have been cut short"


def test_what_cannot_be_read_is_counted_with_its_lines():
    text = "TY  - JOUR\nTI  - One\nER  - \nTI  - Stray\nVL  - 3\n\nTY  - JOUR\nVL  - 12\nER  - \n"
    parsed = load(text)
    assert [item.title for item in parsed.items] == ["One"]
    assert parsed.warning == "2 places could not be read as references (at line 4, 7)"


def test_only_the_first_lines_are_told():
    parsed = load("TY  - JOUR\nTI  - One\nER  - \n" + "TY  - JOUR\nER  - \n" * 11)
    assert parsed.warning == (
        "11 places could not be read as references (at line 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, ...)"
    )


def test_a_value_on_a_great_many_lines_is_read():
    assert ris("TI  - A", "AB  - x", *["x"] * 200_000).summary.startswith("x x x x")


def test_of_many_references_the_first_2000_are_read():
    parsed = load("TY  - JOUR\nTI  - One\nER  - \n" * 2_001)
    assert len(parsed.items) == 2_000
    assert parsed.warning == "the file has 2,001 references; the first 2,000 were read"


def test_a_file_that_is_too_big_is_refused():
    with pytest.raises(ParseError, match=r"^search\.ris has more than 10 MB: export the search in parts$"):
        load(b"TY  - JOUR\n" + b"x" * 10_000_000)


@pytest.mark.parametrize(
    "text", ["", "@article{x, title={y}}", "%0 Journal Article\n%T x", "<html>", "TYPE - x", "\0" * 9, "PMID- none"]
)
def test_another_file_is_an_error(text):
    with pytest.raises(ParseError, match=r"^search\.ris holds no references in RIS or nbib: "):
        load(text)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["TY  - JOUR\n", "ER  - \n", "TI  - A\n", "PMID- 1\n", "      x\n", "AU  - ,,\n", "\n"]))
)
def test_any_order_of_lines_is_read_or_refused(lines):
    try:
        items = load("".join(lines)).items
    except ParseError:
        return
    assert all(item.title for item in items)
