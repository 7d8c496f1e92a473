"""The open list of formats: how some input is recognised and opened, and how a record of each kind is read.

To add a format: write a module with a `Format` (and a `read` if it brings a new kind of record), list it here; a new
kind of record is also added to `orchestration.contracts.documents.MEDIA_KINDS`. docs/add-a-source.md walks through it.
Does not belong here: any one format.
"""

from __future__ import annotations

from orchestration.ingest.kinds import (
    archive,
    binary,
    email,
    feed,
    html,
    jsonl,
    markdown,
    pdf,
    table,
    text,
    warc,
)
from orchestration.ingest.kinds.base import Format, Head, Reader

FORMATS: tuple[Format, ...] = (
    archive.GZIP,
    archive.ZIP,
    archive.TAR,
    warc.FORMAT,
    pdf.FORMAT,
    binary.FORMAT,
    jsonl.LINES,
    jsonl.DOCUMENT,
    feed.FORMAT,
    html.FORMAT,
    binary.OTHER_XML,
    email.FORMAT,
    markdown.FORMAT,
    table.FORMAT,
    text.FORMAT,
)
"""In the order in which they are tried: what has a signature first, plain text last, which takes all that is left."""

READERS: dict[str, Reader] = {
    "csv_record": table.read,
    "email": email.read,
    "feed_entry": feed.read,
    "html": html.read,
    "json_record": jsonl.read,
    "markdown": markdown.read,
    "pdf": pdf.read,
    "text": text.read,
}
"""How a record of each media kind becomes a draft."""


def recognise(head: Head) -> Format:
    """The first format that knows the head."""
    return next(known for known in FORMATS if known.recognises(head))
