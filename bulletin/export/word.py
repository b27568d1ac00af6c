"""The door to python-docx: a document of headings, paragraphs, lists and links, in styles that Word knows by name.

What is here looks as it does through its styles alone, so that a reader can change them at one place.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bulletin.export.words import legible, one_line

DETAILS, REASON, NOTICE, POINT = "Item details", "Why it matters", "Draft notice", "Talking point"

_INK, _QUIET, _LINK = RGBColor(0x1B, 0x1F, 0x24), RGBColor(0x4A, 0x55, 0x63), RGBColor(0x00, 0x4F, 0x9E)
_FONT = "Arial"
# Style, letters in points, space before and after.
Sizes = tuple[tuple[str, int, int, int], ...]
_SIZES: Sizes = (
    ("Normal", 11, 0, 6),
    ("Title", 24, 0, 4),
    ("Subtitle", 11, 0, 10),
    ("Heading 1", 16, 20, 4),
    ("Heading 2", 12, 12, 2),
    ("List Bullet", 11, 0, 2),
    ("Header", 9, 0, 0),
    ("Footer", 9, 0, 0),
    (DETAILS, 10, 0, 2),
    (REASON, 11, 0, 4),
    (NOTICE, 11, 0, 8),
    (POINT, 10, 0, 3),
)
_COMPACT: Sizes = (*_SIZES, ("Title", 18, 0, 2), ("Subtitle", 10, 0, 4), ("Heading 1", 10, 4, 1), (POINT, 10, 0, 2))
_QUIET_ONES = ("Subtitle", "Header", "Footer", DETAILS)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Words:
    """Words that look alike: in bold, as a link, in another language; a space at either end stays."""

    text: str
    url: str = ""
    strong: bool = False
    language: str = ""

    @property
    def style(self) -> str:
        """The style of its letters; empty for that of the paragraph."""
        return "Hyperlink" if self.url else "Strong" if self.strong else ""


class Manuscript:
    """A Word document as it is written, from the top to the end."""

    def __init__(self, title: str, author: str, language: str, when: datetime, *, compact: bool = False) -> None:
        self._document = Document()
        self._anchors = 0
        _describe(self._document, one_line(title), one_line(author), language, when)
        _dress(self._document, _COMPACT if compact else _SIZES)

    def running(self, words: str) -> None:
        """Put words above every page, and the number of the page below it."""
        section = self._document.sections[0]
        section.header.paragraphs[0].text = one_line(words)
        footer = section.footer.paragraphs[0]
        for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            footer.add_run(text)
            footer._p.append(_field(field))  # noqa: SLF001 - python-docx has no way to add a field

    def write(self, style: str, *pieces: Words) -> None:
        """Add a paragraph in a style; nothing when there is nothing in it."""
        told = [piece for piece in pieces if piece.text.strip()]
        if told:
            self._fill(self._document.add_paragraph(style=style), told)

    def heading(self, level: int, piece: Words, anchor: str = "") -> None:
        """Add a heading, level 0 for the title; `anchor` is what links in the document call it."""
        paragraph = self._document.add_heading(level=level)
        with self._bookmark(paragraph, anchor):
            self._fill(paragraph, [piece])

    def finish(self) -> bytes:
        """The document as a file, the same for the same words on any day."""
        raw = BytesIO()
        self._document.save(raw)
        return _undated(raw)

    def _fill(self, paragraph: Any, pieces: list[Words]) -> None:  # noqa: ANN401 - python-docx ships no types
        for piece in pieces:
            run = _run(piece)
            if piece.url:
                link = OxmlElement("w:hyperlink")
                self._lead(link, piece.url)
                link.append(run)
                paragraph._p.append(link)  # noqa: SLF001 - python-docx has no way to add a link
            else:
                paragraph._p.append(run)  # noqa: SLF001

    def _lead(self, link: Any, url: str) -> None:  # noqa: ANN401
        """Let a link lead to an address, or to an anchor in the document."""
        if url.startswith("#"):
            link.set(qn("w:anchor"), url[1:])
        else:
            id_ = self._document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), id_)
        link.set(qn("w:history"), "1")

    @contextmanager
    def _bookmark(self, paragraph: Any, name: str) -> Iterator[None]:  # noqa: ANN401
        if not name:
            yield
            return
        self._anchors += 1
        paragraph._p.append(_element("w:bookmarkStart", id=str(self._anchors), name=name))  # noqa: SLF001
        yield
        paragraph._p.append(_element("w:bookmarkEnd", id=str(self._anchors)))  # noqa: SLF001


def _run(piece: Words) -> Any:  # noqa: ANN401
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if piece.style:
        properties.append(_element("w:rStyle", val=piece.style))
    if piece.language:
        properties.append(_element("w:lang", val=piece.language, bidi=piece.language))
    if len(properties):
        run.append(properties)
    text = OxmlElement("w:t")
    text.text = legible(_SPACE.sub(" ", piece.text))
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def _element(name: str, /, **attributes: str) -> Any:  # noqa: ANN401
    found = OxmlElement(name)
    for key, told in attributes.items():
        found.set(qn(f"w:{key}"), told)
    return found


def _field(name: str) -> Any:  # noqa: ANN401
    """What Word fills in: the number of the page, or how many there are."""
    field = _element("w:fldSimple", instr=f" {name} ")
    field.append(_run(Words("1")))
    return field


def _describe(document: Any, title: str, author: str, language: str, when: datetime) -> None:  # noqa: ANN401
    """Say in its properties what it is, whose and in what language; nothing of the library that wrote it."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by = title[:255], author[:255], author[:255]
    told.language, told.comments, told.keywords, told.revision = language, "", "", 1
    told.created = told.modified = when.replace(tzinfo=None)
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), language)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    relations = document.part.package.rels
    for id_ in [id_ for id_, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        relations.pop(id_)  # a picture of an empty page


def _dress(document: Any, sizes: Sizes) -> None:  # noqa: ANN401
    """Set paper and styles; what Word has a style for goes by that style's own name."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = (Mm(17), Mm(15)) if sizes is _COMPACT else (Mm(20), Mm(20))
    section.header_distance, section.footer_distance = Mm(10), Mm(8)
    styles = document.styles
    for name, base in ((DETAILS, "Normal"), (REASON, "Normal"), (NOTICE, "Normal"), (POINT, "List Bullet")):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[base]
    for name, size, before, after in sizes:
        _dress_one(styles[name], size, before, after)
    styles[REASON].paragraph_format.left_indent = Mm(6)
    styles[NOTICE].font.bold = True
    point = styles[POINT].paragraph_format
    point.line_spacing_rule, point.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(12)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _LINK, True


def _dress_one(style: Any, size: int, before: int, after: int) -> None:  # noqa: ANN401
    style.font.size = Pt(size)
    style.font.italic = False
    style.font.color.rgb = _QUIET if style.name in _QUIET_ONES else _INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _undated(raw: BytesIO) -> bytes:
    """The same archive with one date for all that is in it."""
    clean = BytesIO()
    with ZipFile(raw) as old, ZipFile(clean, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return clean.getvalue()
