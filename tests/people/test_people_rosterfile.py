"""Files of readers: whatever spreadsheets and other systems write is read, and each bad row says why it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import InputError
from bulletin.people.interests import chosen, key
from bulletin.people.rosterfile import MOST_BYTES, MOST_ROWS, Row, read

ADA = Row(2, "ada@example.nhs.uk", "Ada Lovelace", "Consultant", "Wexbridge", "Policy; Workforce")


MORE_CELLS = "has more cells than the first line names: look for a comma that needs quotation marks"
FILES = {
    "plain": b"""\
Email,Name,Role,Organisation,Interests
ada@example.nhs.uk,Ada Lovelace,Consultant,Wexbridge,Policy; Workforce""",
    "Excel in Europe": b"""\
\xef\xbb\xbfE-mail address;First name;Surname;Job title;Trust;Areas of interest\r
ADA@Example.NHS.uk;Ada;Lovelace;Consultant;Wexbridge;"Policy
Workforce"\r
""",
    "Unicode text": """\
Work email\tFULL NAME\tPosition\tEmployer\tKnowledgeShare interests
Ada <ada@example.nhs.uk>\tAda Lovelace\tConsultant\tWexbridge\tPolicy; Workforce""".encode("utf-16"),
    "other order": b"""\
interests,organization,role,last_name,first_name,mail
"Policy; Workforce",Wexbridge,Consultant,Lovelace,Ada,mailto:ada@example.nhs.uk""",
    "odd spaces and columns": b"""\
Email , Name,Role,Organisation,Headings,Shoe size
 ada@example.nhs.uk ,  Ada   Lovelace ,Consultant,Wexbridge,Policy; Workforce,38
,,,,,

""",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_the_same_person_is_found_however_the_file_is_written(content):
    roster = read(content)
    assert (roster.rows, roster.refused) == ((ADA,), ())


def test_letters_of_windows_are_read():
    (row,) = read("Email,Name\nzoe@example.nhs.uk,Zoë O’Neill".encode("cp1252")).rows
    assert row.name == "Zoë O’Neill"


def test_a_domain_beyond_ascii_is_written_as_mail_servers_know_it():
    (row,) = read("Email\nada@büro.example.org".encode()).rows
    assert row.email == "ada@xn--bro-hoa.example.org"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (",Ada,", "has no address"),
        ("ada,Ada,", "is no email address: it looks like name@example.nhs.uk"),
        ("ada@example,Ada,", "is no email address: it looks like name@example.nhs.uk"),
        ("ada@straße.de,Ada,", "is no email address: it looks like name@example.nhs.uk"),
        ("adä@example.nhs.uk,Ada,", "is no email address: it looks like name@example.nhs.uk"),
        ("a@example.nhs.uk; b@example.nhs.uk,Ada,", "has more than one address: give each a row of its own"),
        ("BOB@example.nhs.uk,Bob,", "stands in the file twice: the first time in line 2"),
        (f"ada@example.nhs.uk,{'x' * 201},", "the name is longer than 200 characters"),
        (f"ada@example.nhs.uk,Ada,{'x' * 2001}", "its interests are longer than 2000 characters"),
        ("ada@example.nhs.uk,Lovelace, Ada,x", MORE_CELLS),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why_and_the_others_are(cells, why):
    roster = read(f"email,name,interests\nbob@example.nhs.uk,Bob,\n{cells}\neve@example.nhs.uk,Eve,\n".encode())
    assert [(one.line, one.why) for one in roster.refused] == [(3, why)]
    assert [row.name for row in roster.rows] == ["Bob", "Eve"]


@pytest.mark.parametrize("address", ["library@example.nhs.uk", "all.staff@trust.nhs.uk", "o'neill+x@example.nhs.uk"])
def test_addresses_of_roles_and_odd_ones_are_taken(address):
    assert read(f"email\n{address}".encode()).rows[0].email == address


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no column of the first line is called Email: it names nothing"),
        (b"Name,Telephone\nAda,1", "no column of the first line is called Email: it names 'Telephone'"),
        (b"PK\x03\x04rest", "this is a workbook: save it in Excel as"),
        (b"\xd0\xcf\x11\xe0rest", "this is a workbook"),
        (b"email\n\0\0", "this is not a file of text"),
        (b"x" * (MOST_BYTES + 1), "bigger than 5 MB"),
        (b'email,name\na@example.nhs.uk,"Ada\nb@example.nhs.uk,Bob\n', "line 2 of the file cannot be read"),
        (b"email\n" + b"a@example.nhs.uk\n" * (MOST_ROWS + 1), "more than 50,000 rows"),
    ],
)
def test_what_is_no_file_of_readers_says_what_to_do(content, told):
    with pytest.raises(InputError) as error:
        read(content)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_what_drives_terminals_and_turns_letters_round_is_taken_out():
    text = "email,name\nada@example.nhs.uk,\x1b[31mAda\N{RIGHT-TO-LEFT OVERRIDE} \N{ZERO WIDTH SPACE}Lovelace\n"
    assert read(text.encode()).rows[0].name == "[31mAda Lovelace"


def test_our_own_exports_are_read_as_what_they_were():
    (row,) = read(b'\xef\xbb\xbf"Email","Name"\r\n"\'=x@example.nhs.uk","\'+Ada"\r\n').rows
    assert (row.email, row.name) == ("=x@example.nhs.uk", "+Ada")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.booleans())
def test_nothing_that_is_uploaded_is_a_riddle(content, has_head):
    try:
        roster = read(b"email,name\n" * has_head + content)
    except InputError:
        return
    assert len({row.email for row in roster.rows}) == len(roster.rows)


HEADINGS = {key("Policy"): "policy", key("Health & Safety"): "safety", key("Staff, wellbeing"): "wellbeing"}


@pytest.mark.parametrize(
    ("interests", "found", "others"),
    [
        ("", [], []),
        ("policy", ["policy"], []),
        ("POLICY; health and safety;Policy", ["policy", "safety"], []),
        ("Policy, Health & Safety, Gardening", ["policy", "safety"], ["Gardening"]),
        ("Staff, wellbeing; Cooking", ["wellbeing"], ["Cooking"]),
        ("Policy|Gardening, Cooking", ["policy"], ["Gardening", "Cooking"]),
    ],
)
def test_interests_become_the_headings_that_they_name(interests, found, others):
    assert chosen(interests, HEADINGS) == (found, others)
