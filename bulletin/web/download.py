"""A file that a browser keeps and does not show."""

from flask import Response

from bulletin.jobs import Exported


def attachment(made: Exported) -> Response:
    """Answer with a file; its name is ASCII, as the ids of editions and the names of lists are."""
    answer = Response(made.content, content_type=made.shape.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
