"""A file that a browser keeps and does not show."""

from collections.abc import Iterable

from flask import Response

from bulletin.jobs import Exported


def attachment(made: Exported) -> Response:
    """Answer with a file that was exported."""
    return as_file(made.content, made.shape.content_type, made.name)


def as_file(content: str | bytes | Iterable[str], kind: str, name: str) -> Response:
    """Answer with a file of a content type; its name is ASCII, as ids and the names of lists are."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
