"""Reads a page as strictly as a reader can: every tag in its place, and nothing but what a report may hold."""

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "h3", "p",
    "dl", "div", "dt", "dd", "strong", "span", "figure", "figcaption", "svg", "desc", "text", "line", "polyline",
    "circle", "rect", "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "charset", "name", "content", "http-equiv", "lang", "class", "id", "viewbox", "role", "aria-labelledby", "xmlns",
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "transform", "scope", "data-head",
}  # fmt: skip


class Page(HTMLParser):
    """The tags, words and ids of a page; `trouble` lists what should not be there."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.trouble: list[str] = []
        self.words: list[str] = []
        self.style = ""
        self.ids: list[str] = []
        self.named_by: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        self.trouble += [f"<{tag}> never ends" for tag in self._open]

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag not in TAGS:
            self.trouble.append(f"<{tag}>")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.trouble.append(f"{tag} {name}={value}")
            if name == "id":
                self.ids.append(value)
            if name == "aria-labelledby":
                self.named_by += value.split()
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.trouble.append(f"</{tag}> ends nothing")

    def handle_data(self, data):
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    def handle_comment(self, data):
        self.trouble.append(f"comment {data}")
