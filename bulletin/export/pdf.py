"""The door to WeasyPrint: a paper as tagged PDF (PDF/UA-1), which screen readers read in order.

One thread at a time: a long edition takes seconds and a whole processor, and more of them would take the desk's.
"""

from threading import Lock
from typing import Any

from bulletin.errors import InputError
from bulletin.export.paper import Paper
from bulletin.export.style import PRINT
from bulletin.export.webpage import document

_ONE_BY_ONE = Lock()


def pdf(paper: Paper) -> bytes:
    """The paper in pages; nothing is fetched. InputError when the library for it is not there, or lacks Pango."""
    weasyprint = _weasyprint()
    nobody = type("Nobody", (weasyprint.urls.URLFetcher,), {"fetch": _refuse})
    with _ONE_BY_ONE:
        page = weasyprint.HTML(string=document(paper, PRINT), url_fetcher=nobody())
        made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _weasyprint() -> Any:  # noqa: ANN401 - it ships no types
    """The library, which few need and which is slow to come."""
    try:
        import weasyprint
    except ImportError as error:
        raise InputError('a PDF needs one more library: pip install "bulletin[pdf]"') from error
    except OSError as error:  # it looks for Pango as soon as it is imported
        raise InputError(
            "a PDF needs Pango, which is not on this machine: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0"
        ) from error
    return weasyprint


def _refuse(fetcher: object, url: str, headers: object = None) -> object:  # noqa: ARG001 - WeasyPrint's own signature
    """Fetch nothing: what a PDF needs is in the document, and the rest is nobody's business."""
    raise ValueError(f"nothing is fetched for a PDF: {url[:80]}")
