"""Columns of the articles stage: clean text with its frame (headline, publisher, time with zone, language).

Does not belong here: anything that takes reading the sentences (`mentions`).
"""

import datetime as dt
from typing import Annotated

import pandera.polars as pa
import polars as pl

from orchestration.contracts.base import ARTICLE_ID, SHA256, StoredTable, TextList, Timestamp

EARLIEST_PUBLICATION = dt.date(1700, 1, 1)


class Articles(StoredTable):
    """One row a document read. The same address with another text is another article: a version.

    Two documents can give one article, say a page that was fetched again with another advertisement.
    """

    article_id: str = pa.Field(str_matches=ARTICLE_ID, description="Digest of address and text")
    document_id: str = pa.Field(unique=True, str_matches=SHA256)
    address: str = pa.Field(description="What names the article over time; versions share it")
    url: str = pa.Field(nullable=True, description="Canonical web address, where there is one")
    publisher: str = pa.Field(nullable=True)
    headline: str = pa.Field(nullable=True)
    authors: TextList
    section: str = pa.Field(nullable=True)
    language: str = pa.Field(nullable=True, description="ISO 639-1")
    published_at: Timestamp = pa.Field(nullable=True)
    published_date: pl.Date = pa.Field(
        nullable=True, ge=EARLIEST_PUBLICATION, description="The day at the place of publication"
    )
    published_text: str = pa.Field(nullable=True, description="ISO 8601 as told, with the zone where one was told")
    text: str = pa.Field(str_length={"min_value": 1})
    n_words: int = pa.Field(ge=0)
    is_parsed: bool = pa.Field(description="False for articles that are kept but not parsed: another language")
    minhash: Annotated[pl.List, pl.UInt32] = pa.Field(description="MinHash signature of the text, to find near copies")
    received_at: Timestamp
    reader_version: str
    batch_id: str
