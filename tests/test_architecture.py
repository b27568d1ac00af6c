"""The house holds: imports point down, rooms do not know each other, one outside library has one door."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "bulletin"

NOUNS = {"model", "identity", "errors"}
ROOMS = {
    "config", "timing", "fetch", "parse", "classify", "review", "compose", "render", "lint", "export", "report",
    "people", "deliver", "store",
}  # fmt: skip
MAY_IMPORT = (
    dict.fromkeys(NOUNS, NOUNS)
    | {room: NOUNS | {room, "__version__"} for room in ROOMS}
    | {
        "log": set(),
        "jobs": NOUNS | ROOMS | {"jobs"},
        "demo": NOUNS | ROOMS | {"jobs", "demo"},
        "web": NOUNS | ROOMS | {"jobs", "log", "web", "__version__"},
        "schedule": NOUNS | ROOMS | {"jobs", "log", "schedule"},
        "cluster": NOUNS | ROOMS | {"jobs", "log", "cluster"},
        "cli": NOUNS | ROOMS | {"jobs", "log", "demo", "web", "schedule", "cluster", "cli", "__version__"},
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
    "tinyhtml5": "lint/letter/tree.py",
    "tinycss2": "lint/letter/css.py",
    "cssselect2": "lint/letter/css.py",
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
    "dateutil": "timing/",
    "holidays": "timing/",
    "prometheus_client": "web/measures.py",
    "apscheduler": "schedule/",
    "procrastinate": "cluster/",
    "click": "cli/",
    "rich": "cli/",
}
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imports(name: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, at any depth."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


IMPORTS = [(name, imported) for name in MODULES for imported in imports(name)]


def test_imports_point_down():
    ours = [(name, imported) for name, imported in IMPORTS if imported.partition(".")[0] == "bulletin"]
    wrong = [
        f"{name} imports {imported}"
        for name, imported in ours
        if imported.split(".")[1] not in MAY_IMPORT[Path(name).parts[0].removesuffix(".py")]
    ]
    assert len(ours) > 1000
    assert not wrong


def test_an_outside_library_comes_in_through_one_door():
    wrong = [
        f"{name} imports {imported}"
        for name, imported in IMPORTS
        for top in [imported.partition(".")[0]]
        if top != "bulletin" and top not in sys.stdlib_module_names
        if not name.startswith(ONE_DOOR.get(top, "no door"))
    ]
    assert not wrong


def test_every_door_is_used():
    used = {imported.split(".")[0] for _, imported in IMPORTS}
    assert set(ONE_DOOR) - used <= {"psycopg"}, "a door that nobody goes through"


def test_only_config_and_cli_read_the_environment():
    readers = {
        name
        for name, path in MODULES.items()
        if any(word in path.read_text(encoding="utf-8") for word in ("environ[", "os.environ", "getenv"))
    }
    assert not [name for name in readers if not name.startswith("cli/")]


def test_no_model_is_unpickled():
    forbidden = {"pickle", "joblib", "marshal", "shelve"}
    assert not [(name, imported) for name, imported in IMPORTS if imported.split(".")[0] in forbidden]


def test_text_files_are_opened_as_utf8():
    """Windows would use its own code page."""
    calls = [
        (name, node)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"read_text", "write_text"}
    ]
    assert calls
    assert not [
        f"{name}:{node.lineno}"
        for name, node in calls
        if "encoding" not in {keyword.arg for keyword in node.keywords}
    ]


def test_the_word_issue_is_in_no_identifier():
    for name, tree in TREES.items():
        for node in ast.walk(tree):
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
