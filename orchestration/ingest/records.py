"""What ingestion hands on: a file seen, a record kept as received, an article read, a piece of input set aside.

Belongs here: these plain records, the one exception that bad input raises, and the limits on size. Does not belong
here: how any of them is made, and the stored columns (`orchestration.contracts`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_RECORD_BYTES = 32 * 1024 * 1024
"""A single record above this is no news article: it is set aside, so that memory stays flat."""

MAX_CONTAINER_BYTES = 8 * 1024 * 1024 * 1024
"""What one compressed file may unfold to, in all its members together."""

MAX_MEMBERS = 1_000_000
"""Members of one archive; above that it is a bomb or a mistake."""

MAX_DEPTH = 4
"""Containers inside containers: a JSONL in a gzip in a tar in a zip is still read."""

TRUNCATED = "truncated"
"""The reason code of a file that breaks off; what came before the break is kept."""

SAMPLE_CHARACTERS = 200


class UnreadableError(Exception):
    """Input that cannot be read: a short code to group by and a sentence that a person without Python understands."""

    def __init__(self, code: str, reason: str, sample: bytes | str = b"") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.sample = sample


def printable(value: bytes | str, limit: int = SAMPLE_CHARACTERS) -> str | None:
    """The first characters, control characters made visible, so that they may stand in any table or page."""
    if isinstance(value, bytes):
        value = value[: limit * 4].decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() else ("\\n" if c == "\n" else f"\\x{ord(c):02x}") for c in value[:limit])
    return shown or None


@dataclass(frozen=True, slots=True)
class RawFile:
    """A regular file below raw/. `file_key` changes when its path, size or modification time does."""

    path: Path
    source_path: str
    n_bytes: int
    mtime_ns: int

    @property
    def file_key(self) -> str:
        """What a later run recognises the unchanged file by."""
        return f"{self.source_path}|{self.n_bytes}|{self.mtime_ns}"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A piece of input that was not taken in, and why; the fields of the quarantine table."""

    stage: str
    source_path: str
    locator: str | None
    reason_code: str
    reason: str
    sample: str | None = None
    document_id: str | None = None
    article_id: str | None = None

    @classmethod
    def because(
        cls,
        error: UnreadableError,
        stage: str,
        source_path: str,
        locator: str | None = None,
        document_id: str | None = None,
    ) -> SetAside:
        """The row that an unreadable piece of input becomes."""
        return cls(stage, source_path, locator, error.code, error.reason, printable(error.sample), document_id)

    def to_row(self, set_aside_at: dt.datetime) -> dict[str, Any]:
        """The quarantine row, but for its batch."""
        return {
            "stage": self.stage,
            "source_path": self.source_path,
            "locator": self.locator,
            "document_id": self.document_id,
            "article_id": self.article_id,
            "reason_code": self.reason_code,
            "reason": self.reason,
            "sample": self.sample,
            "set_aside_at": set_aside_at,
        }


def document_digest(content: bytes, media_kind: str, address: str) -> str:
    """SHA-256 that names a record: the same bytes under the same address and kind are the same document."""
    digest = hashlib.sha256(f"{media_kind}\0{address}\0".encode("utf-8", "surrogatepass"))
    digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One record as received. `metadata` is what its container told of it: names as in `kinds.base.Draft`."""

    document_id: str
    source_path: str
    locator: str | None
    source_name: str | None
    media_kind: str
    address: str
    metadata: dict[str, Any]
    content: bytes
    received_at: dt.datetime

    def to_row(self) -> dict[str, Any]:
        """The documents row, but for its batch."""
        return {
            "document_id": self.document_id,
            "source_path": self.source_path,
            "locator": self.locator,
            "source_name": self.source_name,
            "media_kind": self.media_kind,
            "address": self.address,
            "metadata_json": json.dumps(self.metadata, ensure_ascii=False, sort_keys=True),
            "content": self.content,
            "n_bytes": len(self.content),
            "received_at": self.received_at,
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> DocumentRecord:
        """The record that a documents row was made of."""
        return cls(
            document_id=row["document_id"],
            source_path=row["source_path"],
            locator=row["locator"],
            source_name=row["source_name"],
            media_kind=row["media_kind"],
            address=row["address"],
            metadata=json.loads(row["metadata_json"]),
            content=row["content"],
            received_at=row["received_at"],
        )


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article version: clean text with its frame; the fields of the articles table, described there."""

    article_id: str
    document_id: str
    address: str
    url: str | None
    publisher: str | None
    headline: str | None
    section: str | None
    language: str | None
    published_at: dt.datetime | None
    published_date: dt.date | None
    published_text: str | None
    text: str
    n_words: int
    is_parsed: bool
    received_at: dt.datetime
    reader_version: str
    authors: list[str] = field(default_factory=list)
    minhash: list[int] = field(default_factory=list)

    def to_row(self) -> dict[str, Any]:
        """The articles row, but for its batch."""
        return {name: getattr(self, name) for name in self.__slots__}
