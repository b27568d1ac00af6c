"""The house holds: imports point down, rooms do not know each other, one outside library has one door."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "bulletin"

NOUNS = {"model", "identity", "errors"}
ROOMS = {
    "config", "fetch", "parse", "classify", "review", "compose", "render", "lint", "export", "report", "people",
    "deliver", "store",
}  # fmt: skip
MAY_IMPORT = (
    dict.fromkeys(NOUNS, NOUNS)
    | {room: NOUNS | {room, "__version__"} for room in ROOMS}
    | {
        "jobs": NOUNS | ROOMS | {"jobs"},
        "demo": NOUNS | ROOMS | {"jobs", "demo"},
        "web": NOUNS | ROOMS | {"jobs", "web", "__version__"},
        "cli": NOUNS | ROOMS | {"jobs", "demo", "web", "cli", "__version__"},
        "__main__": {"cli"},
        "__init__": set(),
    }
)
# Where each outside library may come in: a module or package, and nowhere else.
ONE_DOOR = {
    "ruamel": "config/source.py",
    "pydantic": "config/schema.py",
    "httpx": "fetch/",
    "httpcore": "fetch/",
    "protego": "fetch/robots.py",
    "feedparser": "parse/xmlfeed.py",
    "bs4": "parse/soup.py",
    "soupsieve": "parse/soup.py",
    "nh3": "parse/markup.py",
    "sklearn": "classify/",
    "numpy": "classify/",
    "scipy": "classify/",
    "jinja2": ("render/templates.py", "web/words.py"),  # Flask brings its own environment, made strict there
    "premailer": "render/inline.py",
    "cssutils": "render/inline.py",
    "lxml": "render/plain.py",
    "tinyhtml5": "lint/tree.py",
    "tinycss2": "lint/css.py",
    "cssselect2": "lint/css.py",
    "docx": "export/word.py",
    "rispy": "export/references.py",
    "icalendar": "export/calendar.py",
    "weasyprint": "export/pdf.py",
    "sqlalchemy": "store/",
    "alembic": "store/",
    "psycopg": "store/",
    "argon2": "people/passwords.py",
    "zxcvbn": "people/passwords.py",
    "pyotp": "people/totp.py",
    "segno": "people/totp.py",
    "joserfc": "people/oidc.py",
    "flask": "web/",
    "werkzeug": "web/",
    "waitress": "web/server.py",
    "click": "cli/",
    "rich": "cli/",
}
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, at any depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down_and_through_one_door(name):
    place = Path(name).parts[0].removesuffix(".py")
    for imported in imports(MODULES[name]):
        top, _, rest = imported.partition(".")
        if top == "bulletin":
            assert rest.split(".")[0] in MAY_IMPORT[place], f"{name} imports {imported}"
        elif top not in sys.stdlib_module_names:
            assert top in ONE_DOOR, f"{name} imports {top}, which has no door"
            assert name.startswith(ONE_DOOR[top]), f"{name} imports {imported}"


def test_every_door_is_used():
    used = {imported.split(".")[0] for path in MODULES.values() for imported in imports(path)}
    assert set(ONE_DOOR) - used <= {"psycopg"}, "a door that nobody goes through"


@pytest.mark.parametrize("name", MODULES)
def test_only_config_and_cli_read_the_environment(name):
    if not name.startswith("cli/"):
        text = MODULES[name].read_text(encoding="utf-8")
        assert not any(word in text for word in ("environ[", "os.environ", "getenv"))


@pytest.mark.parametrize("name", MODULES)
def test_no_model_is_unpickled_and_no_markup_is_called_safe(name):
    forbidden = {"pickle", "joblib", "marshal", "shelve"}
    assert not forbidden & {imported.split(".")[0] for imported in imports(MODULES[name])}


@pytest.mark.parametrize("name", MODULES)
def test_text_files_are_opened_as_utf8(name):
    """Windows would use its own code page."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        words = {keyword.arg for keyword in node.keywords}
        if node.func.attr in {"read_text", "write_text"}:
            assert "encoding" in words, f"{name}:{node.lineno}"


def test_the_word_issue_is_in_no_identifier():
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            word = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "arg", None)
            assert not (isinstance(word, str) and "issue" in word.lower()), f"{name}: {word}"


def test_the_command_starts_without_scikit_learn():
    """It costs seconds to import, and most commands do not classify."""
    code = "import sys, bulletin.cli; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_module_can_be_imported_alone():
    for name in MODULES:
        if not name.startswith("store/migrations"):
            dotted = "bulletin." + name.removesuffix(".py").replace("/", ".")
            importlib.import_module(dotted.removesuffix(".__init__").removesuffix(".__main__"))
