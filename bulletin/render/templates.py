"""The door to Jinja2: fills the templates of one folder, and says where a broken one is broken."""

import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)

from bulletin.errors import RenderError
from bulletin.model import Page

HTML = "bulletin.html.j2"
TEXT = "bulletin.txt.j2"
_TOGETHER = {HTML: "together.html.j2", TEXT: "together.txt.j2"}  # of several bulletins in one email

# What a template can raise: Jinja2's own errors, and what Python says to an expression such as {{ count + title }}.
_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError)

_MARK = re.compile("\ue000(\\d+)\ue001")  # the number of a line of a sheet; no text that is printed has such letters


@dataclass(frozen=True)
class Sheet:
    """A style sheet as it is printed; `lines` says of each of its lines where in the file it stands."""

    path: Path
    text: str
    lines: tuple[int, ...]


class _Loader(FileSystemLoader):
    """Reads templates; into style sheets it writes the numbers of their lines, which printing would lose."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        if template.endswith(".css"):
            tokens = environment.lex(source, template, path)
            source = "".join(_numbered(line, text) if kind == "data" else text for line, kind, text in tokens)
        return source, path, is_current


def _numbered(first: int, text: str) -> str:
    return "\n".join(f"\ue000{line}\ue001{words}" for line, words in enumerate(text.split("\n"), first))


class Templates:
    """The templates of one name; a name is looked for in its own folder first, then from the top (`shared/...`)."""

    def __init__(self, folder: Path, name: str) -> None:
        known = sorted(child.name for child in folder.iterdir() if (child / HTML).exists()) if folder.is_dir() else []
        if name not in known:
            raise RenderError(
                f"{folder / name}: there is no template of this name with a {HTML}; "
                f"choose one of: {', '.join(known) or 'none is there'}"
            )
        self._folder = folder
        self._name = name
        self._environment = _environment(folder, name, _stamps(folder))

    def sheets(self, page: Page) -> Iterator[Sheet]:
        """Print the style sheets that its templates may include, its own and the shared ones; errors as `fill`."""
        for path in sorted([*self._folder.glob(f"{self._name}/*.css"), *self._folder.glob("shared/*.css")]):
            yield _sheet(path, self._print(path.relative_to(self._folder).as_posix(), page))

    def fill(self, name: str, page: Page) -> str:
        """Print a page with the template HTML or TEXT; RenderError names the file and line of what is broken."""
        place = self._together(_TOGETHER[name]) if page.parts else f"{self._name}/{name}"
        filled = _MARK.sub("", self._print(place, page))
        if not filled.strip():
            raise RenderError(f"{self._folder / place}: the template prints nothing")
        return filled

    def _together(self, name: str) -> str:
        """A design's own template for several bulletins in one email, or that of all designs."""
        return f"{self._name}/{name}" if (self._folder / self._name / name).exists() else f"shared/{name}"

    def _print(self, place: str, page: Page) -> str:
        variables = {field.name: getattr(page, field.name) for field in fields(page)}
        try:
            return self._environment.get_template(place).render(variables)
        except _FAULTS as fault:
            raise RenderError(f"{self._place(fault, place)}: {_complaint(fault)}") from fault

    def _place(self, fault: Exception, place: str) -> str:
        """The file and line of a fault; Jinja2 puts those of the template into the traceback."""
        if isinstance(fault, TemplateSyntaxError):
            return f"{fault.filename or fault.name}:{fault.lineno}"
        frames = [
            frame
            for frame in traceback.extract_tb(fault.__traceback__)
            if Path(frame.filename).is_relative_to(self._folder)
        ]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(self._folder / place)


def _stamps(folder: Path) -> tuple[tuple[Path, int], ...]:
    """Every file that a template may be made of, and when it was changed."""
    return tuple(sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()))


@lru_cache(maxsize=8)
def _environment(folder: Path, name: str, stamps: tuple[tuple[Path, int], ...]) -> Environment:  # noqa: ARG001
    """Keep templates compiled, which takes longer than to fill them, until one of the files is another."""
    return Environment(
        loader=_Loader([folder / name, folder]),
        autoescape=select_autoescape(disabled_extensions=["txt.j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _sheet(path: Path, printed: str) -> Sheet:
    lines = [1]
    for line in printed.split("\n"):
        numbers = _MARK.findall(line)
        lines.append(int(numbers[-1]) if numbers else lines[-1])
    return Sheet(path, _MARK.sub("", printed), tuple(lines[1:]))


def _complaint(fault: Exception) -> str:
    said = " ".join(str(fault).split())
    return f"there is no template {said}" if isinstance(fault, TemplateNotFound) else said
