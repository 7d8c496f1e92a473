"""The store of batches over the years: old batches stay readable when a contract gains a column."""

import datetime as dt
from pathlib import Path

import polars as pl

from orchestration.contracts.documents import FeedPolls
from orchestration.contracts.validation import conform, failures
from orchestration.store.batches import BatchStore

POLL = {
    "name": "wire",
    "address": "https://wire.example/feed",
    "polled_at": dt.datetime(2023, 4, 14, tzinfo=dt.UTC),
    "status": "new",
    "etag": None,
    "last_modified": None,
    "n_entries": 1,
    "n_new": 1,
    "n_set_aside": 0,
    "reason_code": None,
    "reason": None,
    "retry_at": None,
    "entries_json": "[]",
    "page_tries_json": "{}",
    "batch_id": "",
}


def test_a_batch_of_before_a_column_was_added_reads_as_null_there(tmp_path: Path) -> None:
    store = BatchStore(tmp_path)
    old = store.append("documents", {"feed_polls": conform(FeedPolls, [POLL])})
    path = store.path("documents", old, "feed_polls")
    pl.read_parquet(path).drop("page_tries_json").write_parquet(path)
    store.append("documents", {"feed_polls": conform(FeedPolls, [POLL])})
    told = store.scan("documents", "feed_polls").collect()
    assert told["page_tries_json"].to_list() == [None, "{}"]
    assert told.columns == list(FeedPolls.to_schema().columns)
    assert store.read_batch("documents", old, "feed_polls").columns == told.columns
    assert failures(FeedPolls, told).is_empty()
