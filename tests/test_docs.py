"""What is documented is what there is: commands, options, settings, JSON keys, files."""

import re
from pathlib import Path

import pytest

from bulletin.cli import cli

ROOT = Path(__file__).parents[1]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
FILES = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


ALL = dict(cli.commands) | {
    f"{name} {word}": command
    for name, group in cli.commands.items()
    for word, command in getattr(group, "commands", {}).items()
}


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name):
    assert f"`bulletin {name}" in COMMANDS
    for parameter in ALL[name].params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in COMMANDS, option


def test_every_documented_command_exists():
    assert set(re.findall(r"`bulletin (\w+)", COMMANDS)) <= set(cli.commands)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(BULLETIN_[A-Z_]+)`", FILES))))
def test_every_environment_setting_is_documented(name):
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bulletin" / "config").glob("*.py"))
    assert name in sources
    assert name in FILES


def test_no_environment_setting_is_forgotten():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bulletin").rglob("*.py"))
    assert set(re.findall(r"BULLETIN_[A-Z]+(?:_[A-Z]+)+", sources)) <= set(re.findall(r"BULLETIN_[A-Z_]+", FILES))


def test_the_readme_names_commands_that_exist():
    named = set(re.findall(r"^(?:\$ )?bulletin (?:-C \S+ )?([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= set(cli.commands)


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_links_between_documents_lead_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert ((ROOT / document).parent / target).exists(), target
