"""What every kind of input is made of: how it is recognised, how it is opened into records, how a record is read.

Belongs here: these shapes and the helpers that all kinds share. Does not belong here: any one format.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from orchestration.ingest.records import MAX_RECORD_BYTES, DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published

HEAD_BYTES = 64 * 1024
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The first bytes of some input, and its file name, which decides only what bytes cannot (text or Markdown)."""

    content: bytes
    name: str
    source: FileSource | None = None

    @property
    def text(self) -> str:
        """The head as text, for looking at only."""
        marked = next((charset for mark, charset in BYTE_ORDER_MARKS if self.content.startswith(mark)), "utf-8")
        return self.content.decode(marked, "replace").lstrip("\ufeff")


@dataclass(slots=True)
class Piece:
    """What a container holds: a record (`content` and `media_kind`), or a further file to be recognised (`stream`).

    `record_id` names the record inside its container over time; `url` its web address where the container tells one.
    """

    locator: str | None = None
    content: bytes | None = None
    media_kind: str | None = None
    stream: BinaryIO | None = None
    name: str = ""
    record_id: str | None = None
    url: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a container that could not be taken, while the rest goes on."""

    error: UnreadableError
    locator: str | None = None


@dataclass(slots=True)
class Draft:
    """What a reader took out of a record, before it is cleaned and completed (`orchestration.ingest.articles`)."""

    text: str
    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: Published | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None


Opener = Callable[[BinaryIO, Head], Iterator[Piece | Problem]]
Reader = Callable[[DocumentRecord, FileSource | None], Draft]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `recognises` looks at the head only; `open` streams what is inside."""

    name: str
    recognises: Callable[[Head], bool]
    open: Opener


def read_whole(stream: BinaryIO) -> bytes:
    """All bytes of one record; raises UnreadableError above the limit, without having read much further."""
    content = stream.read(MAX_RECORD_BYTES + 1)
    if len(content) > MAX_RECORD_BYTES:
        raise too_large(content)
    if error := break_in(stream):
        raise error  # Half a text must not pass for a whole one.
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise UnreadableError("empty", "The file is empty.")
    return content


def break_in(stream: BinaryIO) -> UnreadableError | None:
    """Why a packed stream ended before its time, if it did; whoever asks for it tells it."""
    unpacked = getattr(stream, "raw", None)
    error: UnreadableError | None = getattr(unpacked, "error", None)
    if error is not None:
        unpacked.is_told = True  # type: ignore[union-attr]
    return error


def whole(media_kind: str) -> Opener:
    """The opener of a format whose file is one record."""

    def open_whole(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
        yield Piece(content=read_whole(stream), media_kind=media_kind)

    return open_whole


def too_large(sample: bytes) -> UnreadableError:
    """The reason for a record above the limit."""
    limit = MAX_RECORD_BYTES // (1024 * 1024)
    return UnreadableError("too_large", f"This is larger than {limit} MB, too large for one article.", sample[:1000])
