"""PDF with text in it: communiqués and statements as governments publish them.

Does not belong here: reading letters out of pictures; a scanned PDF is set aside.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import zlib
from collections import Counter
from typing import Any

from orchestration.ingest.kinds.base import Draft, Format, whole
from orchestration.ingest.kinds.text import day_in_name, split_headline
from orchestration.ingest.records import DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published, read_published

# What it finds wrong is told by the quarantine, not line by line on the terminal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MAX_PAGES = 300
MAX_SECONDS = 60
MAX_CONTENT_BYTES = 2_000_000
"""A page whose instructions are longer is a drawing or a bomb; a full page of text has some ten thousand bytes."""
MAX_CHARACTERS = 5_000_000
# What pypdf's own code raises on objects that are not what they should be; the file is what is wrong.
_MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    EOFError,
    zlib.error,
    struct.error,
)
_PDF_TIME = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-]\d{2})'?(\d{2})?)?")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*(?:[-–—]|(?:/|of)\s*\d{1,4})?", re.I)
_HYPHEN_AT_END = re.compile(r"([a-z])[-\u00ad\u2010]\n(?=[a-z])")


def _text(reader: Any) -> str:
    pages: list[list[str]] = []
    n_characters = 0
    end = time.monotonic() + MAX_SECONDS
    if len(reader.pages) > MAX_PAGES:
        reason = f"This PDF has more than {MAX_PAGES} pages: a book or a yearly report, not an article."
        raise UnreadableError("too_long", reason)
    for page in reader.pages:
        if time.monotonic() > end:
            reason = f"This PDF takes longer than {MAX_SECONDS} seconds to read, as none with an article does."
            raise UnreadableError("too_slow", reason)
        contents = page.get_contents()
        is_drawing = contents is not None and len(contents.get_data()) > MAX_CONTENT_BYTES
        text = "" if is_drawing else page.extract_text() or ""
        n_characters += len(text)
        pages.append(text.replace("\r", "\n").split("\n"))
        if n_characters > MAX_CHARACTERS:
            break
    return _HYPHEN_AT_END.sub(r"\1", "\n".join(_without_running_lines(pages)))


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """The lines of all pages, without page numbers and what is repeated at the top or bottom of most pages."""
    edges = Counter(line.strip() for lines in pages for line in {*lines[:2], *lines[-2:]} if line.strip())
    repeated = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    kept: list[str] = []
    for lines in pages:
        last = len(lines) - 1
        for index, line in enumerate(lines):
            is_edge = index < 2 or index > last - 2
            if not (is_edge and (line.strip() in repeated or _PAGE_NUMBER.fullmatch(line.strip()))):
                kept.append(line.rstrip())
    return kept


def _published(reader: Any) -> Published | None:
    information: Any = reader.metadata or {}
    told = information.get("/CreationDate")
    found = _PDF_TIME.match(str(told)) if told else None
    if found is None:
        return None
    year, month, day, hour, minute, second, is_utc, offset_hours, offset_minutes = found.groups()
    zone = "+00:00" if is_utc else f"{offset_hours}:{offset_minutes or '00'}" if offset_hours else ""
    try:
        return read_published(f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}")
    except UnreadableError:
        return None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The text of all pages; the time is the one at which the file was made, the best that a PDF tells."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(document.content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("password", "This PDF is locked with a password; save it without one.")
        text = _text(reader)
        information: Any = reader.metadata or {}
        title = information.get("/Title")
        published = day_in_name(document.source_path) or _published(reader)
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableError("password", "This PDF is locked; save it without protection.") from error
    except PyPdfError as error:
        raise UnreadableError("broken_pdf", f"This PDF is damaged and cannot be read: {error}.") from error
    except _MALFORMED as error:
        raise UnreadableError(
            "broken_pdf", f"This PDF is damaged and cannot be read: {type(error).__name__}."
        ) from error
    if not any(c.isalpha() for c in text):
        raise UnreadableError(
            "no_text", "This PDF holds no text, only pictures: it is a scan. Run it through OCR first."
        )
    headline, body = split_headline(text)
    is_title = isinstance(title, str) and len(title) > 12 and not re.search(r"\.\w{2,4}$|^microsoft word", title, re.I)
    return Draft(body if headline else text, headline=str(title) if is_title else headline, published=published)


FORMAT = Format("pdf", lambda head: b"%PDF-" in head.content[:1024], whole("pdf"))
