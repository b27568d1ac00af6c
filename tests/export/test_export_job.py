"""What is exported of an edition is what was approved, or a draft that says so; a list is of any items."""

import csv
import json
from datetime import timedelta
from io import StringIO

import editing
import newsroom
import pytest
from editing import NOW, UPDATE

from bulletin import jobs
from bulletin.errors import InputError, OutputError, UnknownError
from bulletin.export import LISTED, SHAPES
from bulletin.model import Act, DateSource, Item, Outcome, Visit

ABSTRACT = "Words that a publisher gives to the organisation alone."
OURS = "feeds:\n  - {name: Journal, url: 'https://example.org/journal', rights: abstract}\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def desk(folder):
    newsroom.workspace(folder, "https://example.org/a")
    (folder / "feeds.yaml").write_text(OURS, encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), newsroom.Clock(NOW)) as desk:
        yield desk


@pytest.fixture
def falls(desk):
    when = NOW - timedelta(days=1)
    told = {"published": when, "date_source": DateSource.PUBLISHED, "summary": ABSTRACT, "doi": "10.5555/falls"}
    item = Item("Falls on wards", "https://example.org/falls", **told)
    (new,) = desk.store.items.shelve(Visit("journal", when, Outcome.OK), [item]).new
    editing.look(desk, new, workforce=0.9)
    return new


@pytest.fixture
def edition(desk, falls):
    return jobs.compose(desk, desk.bulletin("update")).id


def rows(made):
    return list(csv.DictReader(StringIO(made.content.decode("utf-8-sig"), newline="")))


def table(desk, edition, **more):
    (row,) = rows(jobs.export(desk, edition, "csv", **more))
    return row


def test_a_draft_is_exported_as_it_is_and_says_so(desk, edition):
    made = jobs.export(desk, edition, "html")
    assert made.is_draft
    assert b"Draft: nobody has approved this edition" in made.content
    assert (made.name, made.items) == (f"{edition}.html", 1)


def test_of_an_approved_edition_what_was_approved_is_exported(desk, edition, falls):
    jobs.approve(desk, edition, "eve")
    desk.now.now += timedelta(days=1)
    later = jobs.compose(desk, desk.bulletin("update")).id
    assert later != edition
    desk.store.items.shelve(
        Visit("journal", desk.now(), Outcome.OK),
        [Item("Falls, told anew", "https://example.org/falls", doi="10.5555/falls", published=NOW)],
    )
    made = jobs.export(desk, edition, "html")
    assert not made.is_draft
    assert b"Falls on wards" in made.content
    assert b"told anew" not in made.content


@pytest.mark.parametrize("approved", [False, True])
def test_the_public_gets_no_abstract_and_the_staff_does(desk, edition, approved):
    if approved:
        jobs.approve(desk, edition, "eve")
    assert table(desk, edition)["Summary"] == ABSTRACT
    assert table(desk, edition, public=True)["Summary"] == ""
    assert jobs.export(desk, edition, "csv", public=True).name == f"{edition}-public.csv"


def test_a_list_of_readers_is_named(desk, edition):
    made = jobs.export(desk, edition, "html", "managers")
    assert b"for Managers" in made.content
    assert made.name == f"{edition}-managers.html"


@pytest.mark.parametrize("approved", [False, True])
def test_each_list_has_its_own_dress_and_foot(desk, edition, folder, approved):
    (folder / "brands").mkdir()
    (folder / "brands" / "wards.yaml").write_text("footer: For wards\ncontact: {email: jo@example.nhs.uk}\n")
    other = "      - {id: wards, name: Wards, from: Wards <wards@example.nhs.uk>, brand: wards}\n"
    text = (folder / "bulletins.yaml").read_text(encoding="utf-8")
    (folder / "bulletins.yaml").write_text(text.rstrip() + f"\n{other}", encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        if approved:
            jobs.approve(after, edition, "eve")
        wards, managers = (jobs.export(after, edition, "html", one).content for one in ("wards", "managers"))
    for words in (b"For wards", b"jo@example.nhs.uk", b"mailto:wards@example.nhs.uk?subject=Suggestion"):
        assert words in wards
        assert words not in managers


def test_a_list_of_people_outside_gets_what_everybody_may_see(desk, edition, folder):
    text = (folder / "bulletins.yaml").read_text(encoding="utf-8")
    (folder / "bulletins.yaml").write_text(text.rstrip() + "\n        readers: outside\n", encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        assert table(after, edition, list_id="managers")["Summary"] == ""


def test_people_outside_have_no_account_of_ours_and_may_ask(desk, edition, folder):
    text = (folder / "bulletins.yaml").read_text(encoding="utf-8")
    text = text.replace("library:\n", "library:\n  openathens: example.nhs.uk\n", 1)
    (folder / "bulletins.yaml").write_text(text, encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        assert table(after, edition, list_id="managers")["Access"] == "NHS OpenAthens"
    (folder / "bulletins.yaml").write_text(text.rstrip() + "\n        readers: outside\n", encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), desk.now) as after:
        assert table(after, edition, list_id="managers")["Access"] == "Ask the library"


def test_what_there_is_not_is_told_in_one_line(desk, edition, falls):
    for wrong, words in (
        (lambda: jobs.export(desk, "update-1999-01-01", "docx"), "no edition 'update-1999-01-01'"),
        (lambda: jobs.export(desk, edition, "xls"), "nothing can be exported as 'xls': there are docx, pdf"),
        (lambda: jobs.export(desk, edition, "docx", "nobody"), "has no list 'nobody'"),
        (lambda: jobs.resources(desk, "Reading", ["0123"], "docx"), "no item '0123'"),
        (lambda: jobs.resources(desk, " ", [falls], "docx"), "give the list a title"),
        (lambda: jobs.resources(desk, "x" * 201, [falls], "docx"), "give the list a title"),
        (lambda: jobs.resources(desk, "Reading", [], "docx"), "choose 1 to 500 items"),
        (lambda: jobs.resources(desk, "Reading", [falls], "atom"), "a list of items can be had as docx, pdf"),
    ):
        with pytest.raises(InputError, match=words) as error:
            wrong()
        assert "\n" not in str(error.value)


def test_a_file_lands_beside_the_emails_of_its_edition_whole_or_not_at_all(desk, edition, folder):
    made = jobs.export(desk, edition, "ris")
    place = jobs.write_export(made)
    assert place == desk.config.output / "update" / edition / f"{edition}.ris"
    assert place.read_bytes() == made.content
    assert jobs.write_export(made, folder / "own" / "name.ris").read_bytes() == made.content
    assert [one.name for one in place.parent.iterdir()] == [place.name]
    with pytest.raises(OutputError, match="this is a folder"):
        jobs.write_export(made, folder)
    (folder / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written there"):
        jobs.write_export(made, folder / "file" / "name.ris")


@pytest.mark.parametrize("shape", [name for name in LISTED if name != "pdf"])
def test_a_list_holds_the_items_in_the_order_that_was_asked_for(desk, falls, shape):
    other = editing.shelve(desk, "Gowns that last", days_old=900)
    made = jobs.resources(desk, "  Schwartz Round:\nReading ", [other, falls, other], shape, "For Thursday.")
    assert made.name == f"schwartz-round-reading{SHAPES[shape].suffix}"
    assert made.folder == desk.config.output / "lists"
    assert (made.items, made.is_draft) == (2, False)
    if shape == "csv":
        assert [row["Title"] for row in rows(made)] == ["Gowns that last", "Falls on wards"]
    if shape == "html":
        text = made.content.decode()
        assert "<h1>Schwartz Round: Reading</h1>" in text
        assert "22 November 2026, 2 items" in text
        assert "For Thursday." in text
        assert "Number" not in text


def test_a_list_prints_the_librarys_own_words(desk, edition, falls):
    editing.do(desk, edition, falls, Act.REWORD, title="Why people fall", summary="In our own words.")
    (row,) = rows(jobs.resources(desk, "Reading", [falls], "csv"))
    assert (row["Title"], row["Summary"]) == ("Why people fall", "In our own words.")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ärzte & Pflege: β", "arzte-pflege"),
        ("医療", "list"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 99, "x" * 60),
    ],
)
def test_the_name_of_a_file_is_ascii(desk, falls, title, name):
    assert jobs.resources(desk, title, [falls], "csv").name == f"{name}.csv"


@pytest.mark.slow
def test_the_commands_write_files_and_say_where(run_bulletin, desk, edition, falls, folder):
    done = run_bulletin("-C", folder, "export", edition, "--as", "ris", "--public", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["as"], told["items"], told["draft"]) == (0, "ris", 1, True)
    assert told["file"].endswith(f"{edition}-public.ris")
    assert "is a draft" in done.stderr
    done = run_bulletin("-C", folder, "resources", "Reading", falls, "--as", "csv", "--output", folder / "r.csv")
    assert (done.returncode, (folder / "r.csv").exists()) == (0, True)
    assert "1 item" in done.stdout
    done = run_bulletin("-C", folder, "export", UPDATE.replace("2026", "1999"), "--as", "docx")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_an_edition_that_readers_do_not_have_is_none_for_them(desk, edition):
    with pytest.raises(UnknownError):
        jobs.export_read(desk, desk.bulletin("update"), edition, "ris")
