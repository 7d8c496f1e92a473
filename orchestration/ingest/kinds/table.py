"""CSV with a header line, parted by commas, semicolons, tabs or bars: each row is a record.

Does not belong here: what the columns mean (`fields`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from orchestration.ingest.kinds.base import Draft, Format, Head, Piece, Problem, too_large
from orchestration.ingest.kinds.charsets import bom_charset, decode, decode_leniently
from orchestration.ingest.kinds.fields import COMMON_NAMES, plain_name, read_fields, record_id_and_url
from orchestration.ingest.records import MAX_RECORD_BYTES, TRUNCATED, DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 1000
MAX_COLUMN_NAME = 60
_TEXT_NAMES = frozenset(COMMON_NAMES["text"])
_HEADLINE_NAMES = frozenset(COMMON_NAMES["headline"])

csv.field_size_limit(MAX_RECORD_BYTES)


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _columns(header: str) -> list[str]:
    try:
        rows = list(csv.reader([header.strip("\ufeff\r\n")], delimiter=_delimiter(header)))
    except csv.Error:
        return []
    return [cell.strip() for cell in rows[0]] if rows else []


def _is_table(head: Head) -> bool:
    """True for a first line of column names among which is one that holds text, by its name or by sources.yaml."""
    charset = bom_charset(head.content)
    first = decode_leniently(head.content[:4096], charset).lstrip("\ufeff").split("\n", 1)[0]
    columns = _columns(first)
    if not 2 <= len(columns) <= MAX_COLUMNS or any(not c or len(c) > MAX_COLUMN_NAME for c in columns):
        return False
    told = set(head.source.fields.text) if head.source else set()
    return any(c in told or plain_name(c) in _TEXT_NAMES for c in columns)


class _RawLines:
    """The lines of a stream as text, remembering the bytes of those that the current row took."""

    def __init__(self, stream: BinaryIO, charset: str | None) -> None:
        is_wide = charset not in (None, "utf-8-sig")
        self._stream = io.TextIOWrapper(stream, charset, errors="replace", newline="") if is_wide else None
        self._bytes = stream
        self.taken: list[bytes] = []
        self.n_taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._stream is not None:
            line = self._stream.readline(MAX_RECORD_BYTES + 1).encode("utf-8", "surrogatepass")
        else:
            line = self._bytes.readline(MAX_RECORD_BYTES + 1)
        if not line:
            raise StopIteration
        self.taken.append(line)
        self.n_taken += len(line)
        if self.n_taken > MAX_RECORD_BYTES:
            raise too_large(line)
        return line.decode("utf-8", "surrogateescape").replace("\x00", "")

    def start_row(self) -> None:
        self.taken, self.n_taken = [], 0


def _open(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    lines = _RawLines(stream, bom_charset(head.content))
    header = next(iter(lines)).lstrip("\ufeff")
    columns = _columns(header)
    rows = csv.reader(lines, delimiter=_delimiter(header))
    number = 1
    while True:
        lines.start_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError("broken_csv", f"From row {number + 1} on this is no CSV: {error}.") from error
        number += 1
        if not any(cell.strip() for cell in row):
            continue
        raw = header.rstrip("\r\n").encode("utf-8", "surrogateescape") + b"\n" + b"".join(lines.taken)
        locator = f"row {number}"
        if problem := _row_problem(row, columns, raw):
            yield Problem(problem, locator)
            continue
        record = dict(zip(columns, row, strict=False))
        record_id, url = record_id_and_url(record, head.source)
        yield Piece(locator, raw, "csv_record", record_id=record_id, url=url)


def _row_problem(row: list[str], columns: list[str], raw: bytes) -> UnreadableError | None:
    if len(row) < len(columns):
        reason = f"The row has {len(row)} of {len(columns)} columns: it breaks off, or a quotation mark is missing."
        return UnreadableError("broken_csv" if raw.endswith(b"\n") else TRUNCATED, reason, raw[-200:])
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        reason = f"The row has {len(row)} columns where the header names {len(columns)}: quote texts that hold commas."
        return UnreadableError("broken_csv", reason, raw[-200:])
    return None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The draft of one row, kept with the header over it."""
    header, _, rest = decode(document.content).replace("\x00", "").partition("\n")
    try:
        row = next(csv.reader(io.StringIO(rest, newline=""), delimiter=_delimiter(header)), [])
    except csv.Error as error:
        raise UnreadableError("broken_csv", f"This is no CSV: {error}.", document.content[:1000]) from error
    return read_fields(dict(zip(_columns(header), row, strict=False)), source)


FORMAT = Format("csv", _is_table, _open)
