"""JSON: one object a line, one list of objects, or one object; each object is a record.

Does not belong here: what the fields of a record mean (`fields`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from orchestration.ingest.kinds.base import Draft, Format, Head, Piece, Problem, read_whole, too_large
from orchestration.ingest.kinds.charsets import not_utf8
from orchestration.ingest.kinds.fields import read_fields, record_id_and_url
from orchestration.ingest.records import MAX_RECORD_BYTES, DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource

_SKIP_BYTES = 1024 * 1024


def parse_object(content: bytes) -> dict[str, Any]:
    """One JSON object; raises UnreadableError that says where it breaks."""
    try:
        record = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise not_utf8(content) from error
    except json.JSONDecodeError as error:
        near_end = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated string")
        cut = f"it breaks off at character {len(error.doc.rstrip())}; was the file cut?"
        wrong = f"at character {error.pos + 1}: {error.msg[:1].lower()}{error.msg[1:]}."
        reason = f"The line is not complete JSON: {cut}" if near_end else f"The line is not valid JSON, {wrong}"
        raise UnreadableError("broken_json", reason, content[:1000]) from error
    except (ValueError, RecursionError) as error:
        reason = "The JSON holds a number or a nesting beyond all measure."
        raise UnreadableError("broken_json", reason, content[:1000]) from error
    if not isinstance(record, dict):
        raise UnreadableError("not_an_object", "The line is JSON, but not an object with named fields.", content[:1000])
    return record


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of a line above the limit only its beginning, the rest is passed over unread."""
    number = 0
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        yield number, line
        while len(line) > MAX_RECORD_BYTES and not line.endswith(b"\n"):
            rest = stream.readline(_SKIP_BYTES)
            if not rest or rest.endswith(b"\n"):
                break


def _piece(content: bytes, record: dict[str, Any], locator: str, source: FileSource | None) -> Piece:
    record_id, url = record_id_and_url(record, source)
    return Piece(locator, content, "json_record", record_id=record_id, url=url)


def open_lines(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    """Each line an object."""
    for number, line in _lines(stream):
        locator = f"line {number}"
        if len(line) > MAX_RECORD_BYTES:
            yield Problem(too_large(line), locator)
            continue
        content = line.strip()
        if not content.strip(b"\x00\xef\xbb\xbf"):
            continue
        try:
            yield _piece(content, parse_object(content), locator, head.source)
        except UnreadableError as error:
            yield Problem(error, locator)


def open_document(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    """One object, or one list of objects, over many lines."""
    content = read_whole(stream)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield _piece(content, parse_object(content), "object 1", head.source)
        return
    records = parse_object(b'{"records":' + content.strip().removeprefix(b"\xef\xbb\xbf") + b"}")["records"]
    for number, record in enumerate(records, start=1):
        locator = f"object {number}"
        if isinstance(record, dict):
            yield _piece(json.dumps(record, sort_keys=True).encode(), record, locator, head.source)
        else:
            reason = "This entry of the list is not an object with named fields."
            yield Problem(UnreadableError("not_an_object", reason, str(record)[:1000]), locator)


def _is_lines(head: Head) -> bool:
    lines = [line.strip() for line in head.text.lstrip("\x00 \t\r\n").split("\n")[:20]]
    lines = [line for line in lines if line]
    n_objects = sum(1 for line in lines if line.startswith(('{"', '{ "', "{}")))
    if len(lines) == 1:
        return n_objects == 1
    return (n_objects > 1 and n_objects >= len(lines) / 2) or (n_objects == 1 and lines[0].endswith("}"))


def _is_document(head: Head) -> bool:
    start = "".join(head.text[:2000].split())
    return start.startswith(('{"', '[{"', "[]"))


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The draft of one object."""
    return read_fields(parse_object(document.content), source)


LINES = Format("jsonl", _is_lines, open_lines)
DOCUMENT = Format("json", _is_document, open_document)
