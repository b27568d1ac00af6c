"""The command: every step of looking after readers, in words and as JSON."""

import json

import pytest

ADA = "ada@example.nhs.uk"
LIST = "update/managers"
CONSENT = "asked in the library"


@pytest.fixture
def run(folder, run_bulletin):
    def run(*arguments, code=0):
        done = run_bulletin("-C", folder, "subscribers", *arguments)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def ada(run):
    run("add", ADA, "--list", LIST, "--consent", CONSENT, "--name", "Ada Lovelace", "--role", "Consultant")


def test_a_reader_is_added_and_shown(run, ada):
    assert "was on it already" in run("add", ADA, "--list", LIST, "--consent", CONSENT)
    told = run("show", ADA)
    assert "Ada Lovelace" in told
    assert f"joined {LIST} (desk, the command line): {CONSENT}" in told
    assert json.loads(run("show", ADA, "--json"))["person"]["email"] == ADA


def test_lists_are_told_with_their_numbers_and_what_is_odd(run, ada):
    told = run()
    assert f"{LIST}: 1 reader, 0 left" in told
    assert "-> has delivery: file" in told
    first = json.loads(run("--json").splitlines()[0])
    assert (first["list"], first["people"], first["left"]) == (LIST, 1, 0)


def test_a_reader_leaves_and_leaving_again_is_no_success(run, ada):
    assert f"left {LIST}. Now on no list." in run("leave", ADA, "--list", LIST, "--why", "retired")
    told = run("leave", ADA, "--list", LIST)
    assert "was not on it; managers was left on" in told
    assert "now gets nothing" in run("leave", ADA)
    assert "1 (left everything 1)" in run()


def test_an_address_is_stopped_and_released(run):
    assert "No email goes there any more" in run("stop", ADA, "--why", "asked by telephone")
    assert json.loads(run("stop", ADA, "--json")) == {"stopped": False}
    assert "an editor stopped it" in run("add", ADA, "--list", LIST, "--consent", CONSENT, code=2)
    assert "was stopped: an editor stopped it" in run("release", ADA, "--why", "rang us")
    assert "Nothing stood against it" in run("release", ADA, "--why", "rang us")


def test_a_file_is_looked_at_then_taken_in(run, folder):
    (folder / "staff.csv").write_text(f"Email,Hobby\n{ADA},Otters\nnobody,\n", encoding="utf-8")
    wish = "import", folder / "staff.csv", "--list", LIST, "--consent", CONSENT
    told = run(*wish, "--dry-run")
    assert "1 would be added, 0 would be changed, 0 there already, 1 would be refused." in told
    assert "line 3: nobody is no email address" in told
    assert "columns that were not understood: Hobby" in told
    done = json.loads(run(*wish, "--json", "--refused", folder / "refused.csv"))
    assert (done["added"], done["done"], done["refused"][0]["line"]) == (1, True, 3)
    assert "nobody" in (folder / "refused.csv").read_text(encoding="utf-8")
    run("csv", LIST, "-o", folder / "out.csv")
    assert ADA in (folder / "out.csv").read_text(encoding="utf-8")


def test_a_readers_data_is_given_and_then_forgotten(run, folder, ada):
    assert json.loads(run("export", ADA))["kept"]["subscriber"][0]["name"] == "Ada Lovelace"
    run("export", ADA, "-o", folder / "ada.json")
    assert (folder / "ada.json").exists()
    assert "Backups made before still hold them" in run("erase", ADA, "--yes")
    assert "no reader has the address" in run("show", ADA, code=2)
    files = [path.read_bytes() for path in folder.glob("bulletin.db*")]
    assert not any(ADA.encode() in content or b"Lovelace" in content for content in files)


def test_nobody_is_erased_without_a_yes(run, ada):
    run("erase", ADA, code=1)
    assert "Ada" in run("show", ADA)


def test_what_is_old_is_let_go(folder, run_bulletin):
    assert "no edition is old enough" in run_bulletin("-C", folder, "forget").stdout
    assert json.loads(run_bulletin("-C", folder, "forget", "--json").stdout)["editions"] == []
