"""The first two stages: take in what is new in raw/ and in feeds, then read the documents without an article.

Belongs here: which files and documents are still to do, and the batches they go to. Does not belong here: how a file is
opened (`documents`) or a document is read (`articles`).
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.contracts.articles import Articles
from orchestration.contracts.base import Quarantine
from orchestration.contracts.documents import Documents, FeedPolls, RawFiles
from orchestration.contracts.validation import conform, split_rows
from orchestration.ingest.articles import READER_VERSION, ArticleRecord, read_article
from orchestration.ingest.documents import read_documents
from orchestration.ingest.feeds import FeedState, is_due, poll_feed
from orchestration.ingest.fetch import Fetcher
from orchestration.ingest.files import walk_raw
from orchestration.ingest.records import TRUNCATED, DocumentRecord, RawFile, SetAside
from orchestration.ingest.sources import FeedSource, Sources, load_sources
from orchestration.store.batches import BatchStore
from orchestration.store.report import Progress, StageReport, silent

Row = dict[str, Any]
SOURCES_FILE = "sources.yaml"


def new_files(store: BatchStore, raw_dir: Path) -> list[RawFile | SetAside]:
    """What lies in raw/ and has not been taken in, by path, size and modification time."""
    known = set(store.scan("documents", "raw_files").select("file_key").collect()["file_key"])
    return [found for found in walk_raw(raw_dir) if seen_as(found) not in known]


def seen_as(found: RawFile | SetAside) -> str:
    """What a later run knows it again by."""
    return found.file_key if isinstance(found, RawFile) else f"{found.source_path}|{found.reason_code}"


class _Batch:
    """Rows on their way to the next batch of the documents stage."""

    def __init__(self, store: BatchStore, report: StageReport) -> None:
        self.store, self.report = store, report
        self.raw_files: list[Row] = []
        self.documents: list[Row] = []
        self.set_aside: list[Row] = []
        self.n_bytes = 0

    def flush(self) -> None:
        tables = {
            "raw_files": conform(RawFiles, self.raw_files),
            "documents": conform(Documents, self.documents),
            "quarantine": conform(Quarantine, self.set_aside),
        }
        if any(frame.height for frame in tables.values()):
            _append(self.store, "documents", tables, self.report)
        self.raw_files, self.documents, self.set_aside, self.n_bytes = [], [], [], 0


def take_in_raw(
    store: BatchStore,
    raw_dir: Path,
    documents_per_batch: int,
    bytes_per_batch: int,
    progress: Progress = silent,
) -> StageReport:
    """Make documents of every record of raw/ that was not seen before; what cannot be read is set aside.

    A file counts as taken in with the batch that holds its last record: when a run is killed in the middle of it, the
    next one reads it again and skips the documents that it finds already there.
    """
    report = StageReport()
    sources = load_sources(raw_dir / SOURCES_FILE)
    files = new_files(store, raw_dir)
    known = set(store.scan("documents", "documents").select("document_id").collect()["document_id"]) if files else set()
    batch = _Batch(store, report)
    for number, found in enumerate(files, start=1):
        now = dt.datetime.now(dt.UTC)
        counts: Counter[str] = Counter()
        aside: list[Row] = []
        for record in read_documents(found, sources, now) if isinstance(found, RawFile) else [found]:
            counts["records"] += 1
            if isinstance(record, SetAside):
                counts["truncated"] += record.reason_code == TRUNCATED
                aside.append(_quarantine_row(record, READER_VERSION, now))
            elif record.document_id not in known:
                known.add(record.document_id)
                counts["documents"] += 1
                batch.documents.append(record.to_row() | {"batch_id": ""})
                batch.n_bytes += len(record.content)
                if len(batch.documents) >= documents_per_batch or batch.n_bytes >= bytes_per_batch:
                    batch.flush()
        batch.set_aside += aside
        batch.raw_files.append(
            {
                "file_key": seen_as(found),
                "source_path": found.source_path,
                "n_bytes": found.n_bytes if isinstance(found, RawFile) else 0,
                "n_records": counts["records"],
                "n_documents": counts["documents"],
                "n_set_aside": len(aside),
                "is_truncated": bool(counts["truncated"]),
                "read_at": now,
                "batch_id": "",
            }
        )
        progress("files taken in", number, len(files))
    batch.flush()
    store.compact("documents")
    return report


def due_feeds(store: BatchStore, raw_dir: Path, now: dt.datetime) -> list[tuple[FeedSource, FeedState | None]]:
    """The feeds of sources.yaml whose time has come, each with what is known of it from its last poll."""
    feeds = load_sources(raw_dir / SOURCES_FILE).feeds
    if not feeds:
        return []
    last = store.scan("documents", "feed_polls").sort("polled_at").unique("name", keep="last").collect()
    states = {row["name"]: FeedState.from_row(row) for row in last.drop("batch_id").iter_rows(named=True)}
    return [(feed, states.get(feed.name)) for feed in feeds if is_due(feed, states.get(feed.name), now)]


def poll_due_feeds(
    store: BatchStore, raw_dir: Path, fetcher: Fetcher | None = None, progress: Progress = silent
) -> StageReport:
    """Poll the feeds that are due, one after the other, a batch for each; one that fails does not stop the others."""
    report = StageReport()
    due = due_feeds(store, raw_dir, dt.datetime.now(dt.UTC))
    if not due:
        return report
    known = set(store.scan("documents", "documents").select("document_id").collect()["document_id"])
    with fetcher or Fetcher() as asking:
        for number, (feed, state) in enumerate(due, start=1):
            now = dt.datetime.now(dt.UTC)
            poll = poll_feed(feed, state, asking, now)
            new = [one for one in poll.found if isinstance(one, DocumentRecord) and one.document_id not in known]
            known.update(one.document_id for one in new)
            aside = [_quarantine_row(one, READER_VERSION, now) for one in poll.found if isinstance(one, SetAside)]
            tables = {
                "feed_polls": conform(FeedPolls, [poll.state.to_row() | {"batch_id": ""}]),
                "documents": conform(Documents, [one.to_row() | {"batch_id": ""} for one in new]),
                "quarantine": conform(Quarantine, aside),
            }
            _append(store, "documents", tables, report)
            progress("feeds polled", number, len(due))
    store.compact("documents")
    return report


def documents_to_read(store: BatchStore, raw_dir: Path) -> pl.DataFrame:
    """Ids of the documents without an article, or a reason why not, at this reader version.

    What was set aside is tried again when sources.yaml has changed: a mapping may have been the reason.
    """
    version = _set_aside_version(load_sources(raw_dir / SOURCES_FILE))
    done = pl.concat(
        [
            store.scan("articles", "articles").filter(pl.col("reader_version") == READER_VERSION).select("document_id"),
            store.scan("articles", "quarantine").filter(pl.col("code_version") == version).select("document_id"),
        ]
    )
    documents = store.scan("documents", "documents").select("document_id")
    return documents.unique().join(done, on="document_id", how="anti").sort("document_id").collect()


def _set_aside_version(sources: Sources) -> str:
    return f"{READER_VERSION}+{hashlib.sha256(sources.model_dump_json().encode()).hexdigest()[:8]}"


def read_new(
    store: BatchStore,
    raw_dir: Path,
    documents_per_batch: int,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> StageReport:
    """Read what is to do, a batch at a time; a run that is killed keeps the batches it has appended."""
    report = StageReport()
    sources = load_sources(raw_dir / SOURCES_FILE)
    version = _set_aside_version(sources)
    read = partial(read_article, sources=sources)
    todo = set(documents_to_read(store, raw_dir)["document_id"])
    total = len(todo)
    for chunk in _chunks(store, todo, documents_per_batch):
        now = dt.datetime.now(dt.UTC)
        outcomes = executor.map(read, chunk, chunksize=25) if executor else map(read, chunk)
        articles: list[Row] = []
        set_aside: list[Row] = []
        for outcome in outcomes:
            if isinstance(outcome, ArticleRecord):
                articles.append(outcome.to_row() | {"batch_id": ""})
            else:
                set_aside.append(_quarantine_row(outcome, version, now))
        good, broken = split_rows(Articles, conform(Articles, articles))
        for row, breaches in broken.group_by("row", maintain_order=True):
            why = "; ".join(f"{b['rule']} (found {b['value']})" for b in breaches.iter_rows(named=True))
            article = articles[row[0]]
            set_aside.append(
                _quarantine_row(
                    SetAside(
                        "articles",
                        article["address"],
                        None,
                        "broken_articles",
                        f"The article breaks a rule and was left out: {why}",
                        article["text"][:200],
                        article["document_id"],
                        article["article_id"],
                    ),
                    version,
                    now,
                )
            )
        _append(store, "articles", {"articles": good, "quarantine": conform(Quarantine, set_aside)}, report)
        progress("documents read", sum(report.rows.values()), total)
    store.compact("articles")
    return report


def _chunks(store: BatchStore, todo: set[str], size: int) -> Iterator[list[DocumentRecord]]:
    """The documents to do, in chunks, reading one stored batch at a time."""
    for batch in store.batches("documents") if todo else ():
        stored = store.scan_batch("documents", batch, "documents")
        ids = [i for i in stored.select("document_id").collect()["document_id"] if i in todo]
        todo.difference_update(ids)
        for start in range(0, len(ids), size):
            rows = (
                stored.filter(pl.col("document_id").is_in(ids[start : start + size]))
                .unique("document_id", maintain_order=True)
                .collect()
            )
            yield [DocumentRecord.from_row(row) for row in rows.iter_rows(named=True)]


def _quarantine_row(record: SetAside, version: str, now: dt.datetime) -> Row:
    return record.to_row(now) | {"code_version": version, "batch_id": ""}


def _append(store: BatchStore, stage: str, tables: dict[str, pl.DataFrame], report: StageReport) -> None:
    report.batches.append(store.append(stage, tables))
    for name, frame in tables.items():
        report.rows[name] = report.rows.get(name, 0) + frame.height
    for code, count in tables["quarantine"]["reason_code"].value_counts().iter_rows():
        report.set_aside[code] = report.set_aside.get(code, 0) + count
