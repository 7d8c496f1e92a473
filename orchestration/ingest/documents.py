"""Open a raw file into the records that it holds, as received, however deep they are packed.

Belongs here: walking containers, naming records, limits. Does not belong here: any one format (`kinds`), reading a
record (`articles`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from orchestration.ingest.addresses import canonical_url
from orchestration.ingest.kinds import recognise
from orchestration.ingest.kinds.base import HEAD_BYTES, Head, Piece, Problem, break_in
from orchestration.ingest.records import (
    MAX_DEPTH,
    DocumentRecord,
    RawFile,
    SetAside,
    UnreadableError,
    document_digest,
)
from orchestration.ingest.sources import FileSource, Sources

STAGE = "documents"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where some bytes stand: the file, the way into it, and what was told of them on the way."""

    source_path: str
    source: FileSource | None
    received_at: dt.datetime
    name: str
    locator: str | None = None
    record_path: str | None = None
    url: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    depth: int = 0
    source_name: str | None = None

    def inside(self, piece: Piece) -> _Place:
        """The place of a piece of the container at this place."""
        return _Place(
            self.source_path,
            self.source,
            self.received_at,
            piece.name or self.name,
            _joined(self.locator, piece.locator),
            _joined(self.record_path, piece.record_id),
            piece.url or self.url,
            {**self.metadata, **piece.metadata},
            self.depth + 1,
            self.source_name,
        )


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None


def read_documents(
    raw_file: RawFile, sources: Sources, received_at: dt.datetime
) -> Iterator[DocumentRecord | SetAside]:
    """Every record of a file, streamed: memory is bounded by the largest record, not by the file.

    A file that breaks off yields what came before the break and then a SetAside with the code `truncated`.
    """
    source = sources.for_file(raw_file.source_path)
    name = raw_file.source_path.rsplit("/", 1)[-1]
    place = _Place(raw_file.source_path, source, received_at, name)
    try:
        # A link put in the file's place since it was listed is not followed either.
        descriptor = os.open(raw_file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror}."
        yield SetAside(STAGE, raw_file.source_path, None, "cannot_open", reason)
        return
    with os.fdopen(descriptor, "rb", buffering=HEAD_BYTES) as stream:
        yield from read_stream(stream, place)


def open_content(
    piece: Piece, source_path: str, source_name: str | None, received_at: dt.datetime
) -> Iterator[DocumentRecord | SetAside]:
    """The records of something that came from the web: one of a known kind, or bytes still to be recognised."""
    place = _Place(
        source_path, None, received_at, piece.name, url=piece.url, metadata=piece.metadata, source_name=source_name
    )
    if piece.media_kind is not None:
        yield _document(piece, place)
    else:
        yield from read_stream(io.BytesIO(piece.content or b""), place)


def read_stream(stream: BinaryIO, place: _Place) -> Iterator[DocumentRecord | SetAside]:
    """Every record of some bytes at a place."""
    if place.depth > MAX_DEPTH:
        error = UnreadableError("too_deep", f"Packed more than {MAX_DEPTH} times over; unpack it once.")
        yield SetAside.because(error, STAGE, place.source_path, place.locator)
        return
    buffered = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(stream, HEAD_BYTES))  # type: ignore[type-var]
    head = Head(buffered.peek(HEAD_BYTES)[:HEAD_BYTES], place.name, place.source)
    if not head.content:
        error = break_in(buffered) or UnreadableError("empty", "The file is empty.")
        yield SetAside.because(error, STAGE, place.source_path, place.locator)
        return
    try:
        for found in recognise(head).open(buffered, head):
            if isinstance(found, Problem):
                locator = _joined(place.locator, found.locator)
                yield SetAside.because(found.error, STAGE, place.source_path, locator)
            elif found.stream is not None:
                yield from read_stream(found.stream, place.inside(found))
            else:
                yield _document(found, place)
    except UnreadableError as error:
        yield SetAside.because(error, STAGE, place.source_path, place.locator)


def _document(piece: Piece, place: _Place) -> DocumentRecord:
    content, media_kind = piece.content or b"", piece.media_kind or "text"
    # A page out of a web archive has the address it was fetched from; the records of a file inside have their own.
    url = piece.url or (place.url if piece.locator is None else None)
    address = (canonical_url(url) if url else None) or _file_address(piece, place, content)
    return DocumentRecord(
        document_id=document_digest(content, media_kind, address),
        source_path=place.source_path,
        locator=_joined(place.locator, piece.locator),
        source_name=place.source.name if place.source else place.source_name,
        media_kind=media_kind,
        address=address,
        metadata={**place.metadata, **piece.metadata},
        content=content,
        received_at=place.received_at,
    )


def _file_address(piece: Piece, place: _Place, content: bytes) -> str:
    """The file and, in a container, the record's own id; a record without one is named by its bytes."""
    record_path = _joined(place.record_path, piece.record_id)
    if piece.locator is not None and piece.record_id is None:
        record_path = _joined(record_path, hashlib.sha256(content).hexdigest()[:16])
    address = f"file:{place.source_path}" + (f"#{record_path}" if record_path else "")
    # Half characters, which damaged bytes and JSON escapes make, can be neither stored nor shown.
    return address.encode("utf-8", "backslashreplace").decode()
