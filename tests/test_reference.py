"""The reference is the program: commands, their options, keys of the files, settings and what stands in for them."""

import re
import shlex
from pathlib import Path

import click
import pytest

from bulletin.cli import cli
from bulletin.config import environment, schema
from bulletin.config.brandfile import BrandFile
from bulletin.config.feedshape import FeedShape

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
ROWS = [line for line in DOCS["commands.md"].splitlines() if line.startswith("| `bulletin ")]
FILES = DOCS["files.md"]
WORDLESS = {"-h", "--help", "--json", "--version", "-C"}  # told of once, for all
NO_JSON = {f"outbox {word}" for word in ("pause", "resume", "cancel", "now", "settle", "again", "restored")} | {
    "feeds export",
    "subscribers export",
}


def leaves() -> dict[str, click.Command]:
    """Every command that can be typed, with its words."""
    found = {}
    for name, command in cli.commands.items():
        within = getattr(command, "commands", {})
        if not within or command.invoke_without_command:
            found[name] = command
        found |= {f"{name} {word}": one for word, one in within.items()}
    return found


LEAVES = leaves()


def commands_in(row: str) -> set[str]:
    """The commands that a row of the reference is about."""
    first = row.split("|")[1]
    found = set()
    for words in re.findall(r"`bulletin ([a-z -]+)", first):
        one, two = [*words.split(), ""][:2]
        found.add(f"{one} {two}" if f"{one} {two}" in LEAVES else one)
    return found


def rows_of(name: str) -> str:
    return "\n".join(row for row in ROWS if name in commands_in(row))


def test_every_row_is_about_a_command():
    for row in ROWS:
        assert commands_in(row) <= LEAVES.keys() | cli.commands.keys(), row[:80]


@pytest.mark.parametrize("name", LEAVES)
def test_the_rows_of_a_command_name_each_of_its_options(name):
    rows = rows_of(name)
    assert rows, "no row"
    for parameter in LEAVES[name].params:
        named = [one for one in parameter.opts if one.startswith("--") and one not in WORDLESS]
        assert not named or any(one in rows for one in named), named


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[3:40])
def test_a_row_names_no_option_that_its_commands_have_not(row):
    everywhere = "each with its options" in row
    known = {one for name in commands_in(row) for one in options_of(name)} | WORDLESS
    others = set(re.findall(r"`bulletin [a-z ]+ (--[a-z-]+)", row))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", row)) - others <= known or everywhere


def options_of(name: str) -> set[str]:
    """The options of a command, and of the group it may stand for."""
    command = LEAVES.get(name, cli.commands.get(name.split(maxsplit=1)[0]))
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("name", LEAVES)
def test_a_number_that_stands_in_for_an_option_is_told(name):
    for parameter in LEAVES[name].params:
        if isinstance(parameter.default, int) and not isinstance(parameter.default, bool) and parameter.default:
            assert re.search(rf"\b{parameter.default}\b", rows_of(name)), parameter.name


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_takes_json_but_those_of_which_the_reference_says_so(name):
    assert ("--json" in options_of(name)) is (name not in NO_JSON)
    intro = DOCS["commands.md"].partition("\n| exit code")[0]
    assert name in LEAVES
    if name in NO_JSON:
        assert (f"`{name.split()[1]}`" if name.startswith("outbox") else f"`{name}`") in intro


@pytest.mark.parametrize("name", LEAVES)
def test_every_option_is_explained_where_it_is_typed(name):
    command = LEAVES[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def typed(document: str) -> list[str]:
    """What somebody is told to type: the lines of its blocks that begin with our command."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", DOCS[document], re.MULTILINE | re.DOTALL)
    lines = [
        line for kind, block in blocks if kind in {"", "sh", "bat"} for line in block.replace("\\\n", "").splitlines()
    ]
    return [line for line in lines if re.match(r"(\$ )?(bulletin|newsroom) [a-z-]", line) and "…" not in line]


TYPED = [(name, line) for name in DOCS for line in typed(name)]
README_TYPED = re.findall(r"^(bulletin [^#\n]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("document", "line"), [*TYPED, *(("README.md", line) for line in README_TYPED)])
def test_what_a_document_says_to_type_can_be_typed(document, line, monkeypatch):
    monkeypatch.setattr(click.Path, "convert", lambda _, value, *__: value)  # its files are the reader's
    words = shlex.split(line.removeprefix("$ ").partition("  #")[0], comments=True)[1:]
    for one in steps(words):
        context = cli.make_context("bulletin", list(one))
        name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
        parsed = command.make_context(name, rest, parent=context)
        if isinstance(command, click.Group) and parsed._protected_args:
            name, inner, rest = command.resolve_command(parsed, [*parsed._protected_args, *parsed.args])
            inner.make_context(name, rest, parent=parsed)


def steps(words: list[str]) -> list[list[str]]:
    """One command line for each step, where several were named in one go."""
    from bulletin.cli import _one_by_one

    return _one_by_one(words)


def section(begins: str) -> str:
    """A part of files.md, up to its next heading."""
    return FILES.split(f"\n## {begins}", 1)[1].split("\n## ", 1)[0]


def keys_told(text: str) -> set[str]:
    """The keys in the first column of its tables."""
    cells = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([\w.]+)`", cell)}


def between(text: str, begins: str, ends: str) -> str:
    return text.split(begins, 1)[1].split(ends, 1)[0]


def test_every_key_of_the_files_is_told_and_no_other():
    ours = section("bulletins.yaml")
    told = {
        "feeds": keys_told(section("feeds.yaml")) - {"ogl", "open", "abstract", "citation"},
        "topic": keys_told(section("topics/")),
        "library": keys_told(between(ours, "`library` is", "Each of `bulletins`")),
        "bulletin": keys_told(between(ours, "Each of `bulletins`", "Each `schedule`")),
        "schedule": keys_told(between(ours, "Each `schedule`", "Each of `lists`")),
        "style": keys_told(section("style.yaml")),
        "holidays": keys_told(section("holidays.yaml")),
    }
    shapes = {
        "feeds": FeedShape,
        "topic": schema.TopicFile,
        "library": schema.LibraryShape,
        "bulletin": schema.BulletinShape,
        "schedule": schema.ScheduleShape,
        "style": schema.StyleFile,
        "holidays": schema.HolidaysFile,
    }
    assert told == {name: set(shape.keys()) for name, shape in shapes.items()}


def test_every_key_of_a_list_and_of_a_brand_is_told():
    lists = section("bulletins.yaml").split("Each of `lists`", 1)[1]
    assert [key for key in set(schema.ListShape.keys()) if f"`{key}`" not in lists] == []
    brands = DOCS["templates.md"].split("\n## Brands", 1)[1].split("\n## ", 1)[0]
    assert keys_told(brands) >= set(BrandFile.keys())


def settings_told() -> dict[str, str]:
    """What stands in for each setting, by its name."""
    rows = re.findall(r"^\| (`BULLETIN[^|]+) \|.*\| ([^|]+) \|$", section("The environment"), re.MULTILINE)
    return {name: cell for names, cell in rows for name in re.findall(r"`(BULLETIN_\w+)`", names)}


def test_every_setting_is_in_the_table_and_no_other():
    source = Path(environment.__file__).read_text(encoding="utf-8")
    assert set(settings_told()) == set(re.findall(r'"(BULLETIN_[A-Z_]+)"', source))


def test_what_stands_in_for_a_setting_is_told_as_it_is():
    machine, told = environment.read({}, []), settings_told()
    truth = {
        "BULLETIN_BASE_URL": machine.web.base_url,
        "BULLETIN_MAIL_A_MINUTE": machine.pace.a_minute,
        "BULLETIN_MAIL_A_DAY": machine.pace.a_day,
        "BULLETIN_MAIL_GIVE_UP": int(machine.pace.give_up.total_seconds() // 3600),
        "BULLETIN_HOST_GAP": int(machine.manners.gap.total_seconds()),
        "BULLETIN_HOST_CONNECTIONS": machine.manners.at_once_a_host,
        "BULLETIN_PUBMED_URL": machine.services.pubmed,
        "BULLETIN_EUROPEPMC_URL": machine.services.europepmc,
        "BULLETIN_CROSSREF_URL": machine.services.crossref,
        "BULLETIN_UNPAYWALL_URL": machine.services.unpaywall,
    }
    assert {name: told[name].strip("`") for name in truth} == {name: str(value) for name, value in truth.items()}
