"""WARC and the older ARC: each successful response that holds a page, a text or a PDF is a record.

Does not belong here: unpacking (`archive`: a packed WARC is a gzip), reading the payloads (their own kinds).
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from orchestration.ingest.decoding import decoded
from orchestration.ingest.kinds.base import Format, Head, Piece, Problem
from orchestration.ingest.records import MAX_RECORD_BYTES, TRUNCATED, UnreadableError

# What may be an article; pictures, scripts and style sheets are the page's furniture and not input that failed.
ARTICLE_TYPES = ("text/html", "application/xhtml", "text/plain", "text/markdown", "application/pdf")
FEED_TYPES = ("application/rss", "application/atom", "application/xml", "text/xml", "application/rdf")
# What the library raises on a head that is cut or made of garbage.
_BROKEN_HEAD = (
    ArchiveLoadFailed,
    EOFError,
    zlib.error,
    ValueError,
    OverflowError,
    AttributeError,
    LookupError,
    TypeError,
)
_HOLDING = frozenset({"response", "resource", "conversion"})


# What it finds wrong is told by the quarantine, not line by line on the terminal.
logging.getLogger("warcio").setLevel(logging.CRITICAL)

MAX_RECORD_HEAD_BYTES = 1024 * 1024


class _Plain:
    """A stream that can only be read, and not without end between two records: their heads are small."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self.allowance = 2 * MAX_RECORD_HEAD_BYTES

    def read(self, size: int = -1) -> bytes:
        if self.allowance <= 0:
            raise ArchiveLoadFailed("a record's head does not end")
        content = self._inner.read(size)
        self.allowance -= len(content)
        return content


class _Records(ArchiveIterator):
    """The library's iterator, which loses the head of a record that no empty line parts from the one before."""

    has_cut_head = False

    def _next_record(self, next_line: bytes | None) -> Any:
        try:
            return super()._next_record(next_line)
        except EOFError:
            # The base class takes this for the end of the file, which it only is before a head has begun.
            self.has_cut_head = bool(next_line and next_line.strip())
            raise

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        n_empty = 0
        while line := self.reader.readline(MAX_RECORD_HEAD_BYTES):
            if line.strip():
                return line, n_empty
            n_empty += len(line)
        return None, n_empty


def _open(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    number = 0
    plain = _Plain(stream)
    try:
        records = _Records(plain, arc2warc=True)
        for record in records:
            number += 1
            plain.allowance = max(record.length or 0, 0) + 2 * MAX_RECORD_HEAD_BYTES
            yield from _record(record, f"record {number}")
        if records.has_cut_head:
            yield _cut(f"record {number + 1}")
    except _BROKEN_HEAD as error:
        reason = f"After record {number} the file breaks off or is damaged; the records before are kept."
        yield Problem(UnreadableError(TRUNCATED, reason, str(error)))


def _record(record: Any, locator: str) -> Iterator[Piece | Problem]:
    payload = record.raw_stream
    is_taken = _is_taken(record)
    try:
        content = _content(record) if is_taken else b""
    except UnreadableError as error:
        _skip(payload)
        yield Problem(error, locator)
        return
    _skip(payload)
    is_cut_at_fetching = is_taken and bool(record.rec_headers.get_header("WARC-Truncated"))
    if record.length is None or getattr(payload, "limit", 0) > 0:
        yield _cut(locator)
    elif is_cut_at_fetching:
        reason = "The page was already cut off when it was fetched, as its record tells."
        yield Problem(UnreadableError(TRUNCATED, reason, content[:200]), locator)
    elif content.strip():
        url = record.rec_headers.get_header("WARC-Target-URI")
        charset = _charset(_content_type(record))
        yield Piece(
            locator,
            stream=io.BytesIO(content),
            name=(url or "").rsplit("/", 1)[-1],
            record_id=url,
            url=url,
            metadata={"charset": charset} if charset else {},
        )


def _cut(locator: str) -> Problem:
    """Half a page must not pass for a whole one."""
    reason = "The file breaks off in the middle of this record; the records before it are kept."
    return Problem(UnreadableError(TRUNCATED, reason), locator)


def _content(record: Any) -> bytes:
    """The payload without its transfer and content codings."""
    headers = record.http_headers
    stream = record.raw_stream
    if headers is not None and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    coding = headers.get_header("Content-Encoding") if headers is not None else None
    return decoded(iter(lambda: stream.read(65536), b""), coding, MAX_RECORD_BYTES)


def _skip(payload: Any) -> None:
    while payload.read(65536):
        pass


def _content_type(record: Any) -> str:
    if record.rec_type == "response" and record.http_headers is not None:
        return (record.http_headers.get_header("Content-Type") or "").lower()
    return (record.rec_headers.get_header("Content-Type") or "").lower()


def _charset(content_type: str) -> str | None:
    _, found, charset = content_type.partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None if found else None


def _is_taken(record: Any) -> bool:
    if record.rec_type not in _HOLDING:
        return False
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    path = (record.rec_headers.get_header("WARC-Target-URI") or "").partition("?")[0]
    # Crawlers also keep their own logs as records, under addresses that are not the web's.
    is_page = path.startswith(("http://", "https://")) and not path.endswith("/robots.txt")
    return is_page and status == "200" and _content_type(record).startswith(ARTICLE_TYPES + FEED_TYPES)


FORMAT = Format("warc", lambda head: head.content.startswith((b"WARC/", b"filedesc://")), _open)
