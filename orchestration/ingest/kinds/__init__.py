"""The open list of formats: how some input is recognised and opened, and how a record of each kind is read.

To add a format: write a module with a `Format` (and a `read` if it brings a new kind of record), list it here; a new
kind of record is also added to `orchestration.contracts.documents.MEDIA_KINDS`. docs/add-a-source.md walks through it.
Does not belong here: any one format.
"""

from __future__ import annotations

from orchestration.ingest.kinds import archive, binary, html, jsonl, markdown, text
from orchestration.ingest.kinds.base import Format, Head, Reader

FORMATS: tuple[Format, ...] = (
    archive.GZIP,
    archive.ZIP,
    archive.TAR,
    binary.FORMAT,
    jsonl.LINES,
    jsonl.DOCUMENT,
    html.FORMAT,
    markdown.FORMAT,
    text.FORMAT,
)
"""In the order in which they are tried: what has a signature first, plain text last, which takes all that is left."""

READERS: dict[str, Reader] = {
    "html": html.read,
    "json_record": jsonl.read,
    "markdown": markdown.read,
    "text": text.read,
}
"""How a record of each media kind becomes a draft."""


def recognise(head: Head) -> Format:
    """The first format that knows the head."""
    return next(known for known in FORMATS if known.recognises(head))
