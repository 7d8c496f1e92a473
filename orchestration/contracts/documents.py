"""Columns of the documents stage: the bytes as received, once each, with where and when from.

Does not belong here: anything read out of the bytes (`articles`).
"""

import pandera.polars as pa

from orchestration.contracts.base import SHA256, StoredTable, Timestamp

MEDIA_KINDS = ("text", "markdown", "html", "json_record", "csv_record", "feed_entry", "pdf", "email")


class RawFiles(StoredTable):
    """One row a version of a file seen below raw/, or of a fetched address: what makes the next run skip it."""

    file_key: str = pa.Field(unique=True, description="Path, size and modification time, or address and content digest")
    source_path: str
    n_bytes: int = pa.Field(ge=0)
    n_records: int = pa.Field(ge=0, description="Records found in it, good and bad")
    n_documents: int = pa.Field(ge=0, description="Records that were new and are now documents")
    n_set_aside: int = pa.Field(ge=0)
    is_truncated: bool = pa.Field(description="The file broke off; what came before the break is kept")
    read_at: Timestamp
    batch_id: str


class Documents(StoredTable):
    """One row a distinct received record: a file, a line, a page, a feed entry, an archive member."""

    document_id: str = pa.Field(unique=True, str_matches=SHA256, description="SHA-256 of content, kind and address")
    source_path: str = pa.Field(description="File below raw/, or the address it was fetched from")
    locator: str = pa.Field(nullable=True, description="Where in the file: line 12, entry 3, member a/b.html")
    source_name: str = pa.Field(nullable=True, description="Entry of sources.yaml that it was read by")
    media_kind: str = pa.Field(isin=list(MEDIA_KINDS))
    address: str = pa.Field(description="What names the record over time: its URL, else file:<path>[#<record id>]")
    metadata_json: str = pa.Field(
        description="What the container told of it: publisher, headline, published, charset …"
    )
    content: bytes = pa.Field(description="The bytes as received")
    n_bytes: int = pa.Field(ge=1)
    received_at: Timestamp
    batch_id: str


class FeedPolls(StoredTable):
    """One row a poll of a feed: what came of it, and what the next poll must know."""

    name: str = pa.Field(description="Entry of sources.yaml")
    address: str
    polled_at: Timestamp
    status: str = pa.Field(isin=["new", "not_modified", "failed"])
    etag: str = pa.Field(nullable=True)
    last_modified: str = pa.Field(nullable=True)
    n_entries: int = pa.Field(ge=0, description="Entries that the last full answer held")
    n_new: int = pa.Field(ge=0)
    n_set_aside: int = pa.Field(ge=0)
    reason_code: str = pa.Field(nullable=True)
    reason: str = pa.Field(nullable=True, description="Why it failed, for a person")
    retry_at: Timestamp = pa.Field(nullable=True, description="Until when the server asked to be left alone")
    entries_json: str = pa.Field(description="Digests of the entries that the last full answer held")
    page_tries_json: str = pa.Field(
        nullable=True, description="Digests of entries whose page could not be had yet, with how often it was tried"
    )
    batch_id: str
