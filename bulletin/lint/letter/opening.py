"""How a finding shows an element: its opening tag, as far as it matters, and how its text begins."""

from bulletin.lint.letter.tree import Node

_MOST = 40  # letters of its text


def opening(node: Node, *names: str) -> str:
    """The tag of an element with these attributes, and a little of what it holds."""
    shown = "".join(f' {name}="{node.get(name)}"' for name in names if node.get(name))
    return f"<{node.tag}{shown}> {_beginning(node)}".strip()


def _beginning(node: Node) -> str:
    """Not all of its text, which of an outer table is the whole email."""
    begun = ""
    for piece in node.pieces():
        begun = f"{begun} {piece}".strip() if piece.isspace() else begun + piece
        if len(begun) > _MOST:
            break
    return " ".join(begun.split())[:_MOST]
