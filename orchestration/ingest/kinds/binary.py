"""What is no text and no format that is read: named, so that the person who dropped it knows what to do.

Does not belong here: formats that are read, each in its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from orchestration.ingest.kinds.base import Format, Head, Piece, Problem
from orchestration.ingest.kinds.charsets import bom_charset
from orchestration.ingest.records import UnreadableError

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a Windows program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as PDF or text"),
    (b"{\\rtf", "an RTF document; save it as PDF or text"),
    (b"BZh", "a bzip2 archive; unpack it, or pack it as .gz or .zip"),
    (b"\xfd7zXZ", "an xz archive; unpack it, or pack it as .gz or .zip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it, or pack it as .gz or .zip"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it, or pack it as .zip"),
    (b"Rar!", "a RAR archive; unpack it, or pack it as .zip"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound or film (Ogg)"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\xca\xfe\xba\xbe", "a program"),
)
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
MAX_CONTROL_SHARE = 0.01


def _what(head: Head) -> str | None:
    if bom_charset(head.content):
        return None
    named = next((what for signature, what in _SIGNATURES if head.content.startswith(signature)), None)
    if named is not None and (named[0] != "MZ" or b"\x00" in head.content):
        return named
    if head.content[4:8] == b"ftyp":
        return "a film"
    n_control = len(head.content) - len(head.content.translate(None, _CONTROL))
    return "binary data" if n_control > len(head.content) * MAX_CONTROL_SHARE else None


def _open(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    what = _what(head)
    yield Problem(UnreadableError("not_text", f"This is not text: it looks like {what}.", head.content[:80]))


FORMAT = Format("binary", lambda head: _what(head) is not None, _open)


def _open_other_xml(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    reason = "This is XML, but neither a feed (RSS, Atom) nor a page; save it in one of the kinds that are read."
    yield Problem(UnreadableError("unknown_xml", reason, head.content[:200]))


OTHER_XML = Format("other XML", lambda head: head.text.lstrip().startswith("<?xml"), _open_other_xml)
