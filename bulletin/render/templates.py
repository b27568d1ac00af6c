"""The door to Jinja2: fills the templates of one folder, and says where a broken one is broken."""

import traceback
from dataclasses import fields
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

# What a template can raise: Jinja2's own errors, and what Python says to an expression such as {{ count + title }}.
_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError)


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
        self._environment = Environment(
            loader=FileSystemLoader([folder / name, folder]),
            autoescape=select_autoescape(disabled_extensions=["txt.j2"], default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def sheets(self) -> list[Path]:
        """The style sheets that its templates may include: its own and the shared ones."""
        return sorted([*self._folder.glob(f"{self._name}/*.css"), *self._folder.glob("shared/*.css")])

    def fill(self, name: str, page: Page) -> str:
        """Print a page with the template HTML or TEXT; RenderError names the file and line of what is broken."""
        variables = {field.name: getattr(page, field.name) for field in fields(page)}
        try:
            filled = self._environment.get_template(name).render(variables)
        except _FAULTS as fault:
            raise RenderError(f"{self._place(fault, name)}: {_complaint(fault)}") from fault
        if not filled.strip():
            raise RenderError(f"{self._folder / self._name / name}: the template prints nothing")
        return filled

    def _place(self, fault: Exception, name: str) -> str:
        """The file and line of a fault; Jinja2 puts those of the template into the traceback."""
        if isinstance(fault, TemplateSyntaxError):
            return f"{fault.filename or fault.name}:{fault.lineno}"
        frames = [
            frame
            for frame in traceback.extract_tb(fault.__traceback__)
            if Path(frame.filename).is_relative_to(self._folder)
        ]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(self._folder / self._name / name)


def _complaint(fault: Exception) -> str:
    said = " ".join(str(fault).split())
    return f"there is no template {said}" if isinstance(fault, TemplateNotFound) else said
