"""Stages as directories of immutable Parquet batches: append atomically, list, scan, compact.

`<root>/<stage>/<batch_id>/<table>.parquet`. A batch is written in `<root>/.incoming/` and renamed into its stage, so
that a batch that crashed is never seen. Batch ids sort by the time of writing. Does not belong here: what the rows are.
"""

import datetime as dt
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from orchestration.contracts.articles import Articles
from orchestration.contracts.base import Quarantine, StoredTable
from orchestration.contracts.documents import Documents, FeedPolls, RawFiles
from orchestration.contracts.mentions import MeetingMentions, ParsedArticles, ParticipantMentions, StatementMentions
from orchestration.contracts.validation import empty

STAGES: dict[str, dict[str, type[StoredTable]]] = {
    "documents": {
        "raw_files": RawFiles,
        "feed_polls": FeedPolls,
        "documents": Documents,
        "quarantine": Quarantine,
    },
    "articles": {"articles": Articles, "quarantine": Quarantine},
    "mentions": {
        "parsed_articles": ParsedArticles,
        "meeting_mentions": MeetingMentions,
        "participant_mentions": ParticipantMentions,
        "statement_mentions": StatementMentions,
        "quarantine": Quarantine,
    },
}
"""The tables of each stage with their contracts. Every batch of a stage holds all of its tables."""

REPLACES = "replaces.json"
COMPACT_AFTER = 64
"""Small batches a stage may have before the next run merges them: opening stays quick over years of small runs."""
SMALL_BYTES = 16_000_000
MERGED_BYTES = 128_000_000
"""A merged batch is closed once it is larger than this."""


def new_batch_id() -> str:
    """A name that sorts by time and never repeats: `20230414T093000.123456Z-1f2e3d4c`."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"


class BatchStore:
    """The staged tables under one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        """Make the stages, each with one batch of no rows, so that readers always find every table."""
        for stage, tables in STAGES.items():
            (self.root / stage).mkdir(parents=True, exist_ok=True)
            if not self.batches(stage):
                self.append(stage, {name: empty(model) for name, model in tables.items()})

    def append(self, stage: str, tables: Mapping[str, pl.DataFrame], batch_id: str | None = None) -> str:
        """Write one batch and make it visible at once; tables that are not given are empty. Returns the batch id.

        The `batch_id` column gets this batch's id. The other columns and their types must be the contract's.
        """
        batch_id = batch_id or new_batch_id()
        unknown = set(tables) - set(STAGES[stage])
        if unknown:
            raise ValueError(f"stage {stage} has no table {', '.join(sorted(unknown))}")
        incoming = self.root / ".incoming" / batch_id
        incoming.mkdir(parents=True)
        for name, model in STAGES[stage].items():
            frame = tables.get(name, empty(model)).with_columns(pl.lit(batch_id).alias("batch_id"))
            _write(frame.match_to_schema(empty(model).schema), incoming / f"{name}.parquet")
        self._publish(incoming, stage)
        return batch_id

    def _publish(self, incoming: Path, stage: str) -> None:
        target = self.root / stage / incoming.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(incoming, target)
        _sync(target.parent)

    def batches(self, stage: str) -> list[str]:
        """Batch ids of a stage in order of writing, without those that a compacted batch replaces."""
        folder = self.root / stage
        if not folder.is_dir():
            return []
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
        replaced: set[str] = set()
        for name in names:
            note = folder / name / REPLACES
            if note.exists():
                replaced.update(json.loads(note.read_text(encoding="utf-8")))
        return [name for name in names if name not in replaced]

    def path(self, stage: str, batch_id: str, table: str) -> Path:
        """The Parquet file of one table in one batch."""
        return self.root / stage / batch_id / f"{table}.parquet"

    def read_batch(self, stage: str, batch_id: str, table: str) -> pl.DataFrame:
        """One table of one batch."""
        return self.scan_batch(stage, batch_id, table).collect()

    def scan_batch(self, stage: str, batch_id: str, table: str) -> pl.LazyFrame:
        """One table of one batch, read lazily, in the columns of today's contract."""
        return self._scan([self.path(stage, batch_id, table)], stage, table)

    def scan(self, stage: str, table: str) -> pl.LazyFrame:
        """All batches of a table, read lazily: name the columns that you need."""
        files = [self.path(stage, batch, table) for batch in self.batches(stage)]
        return self._scan(files, stage, table) if files else empty(STAGES[stage][table]).lazy()

    def _scan(self, files: list[Path], stage: str, table: str) -> pl.LazyFrame:
        """Parquet files in the columns of today's contract: one that was added later is null in older batches."""
        return pl.scan_parquet(files, glob=False, schema=empty(STAGES[stage][table]).schema, missing_columns="insert")

    def compact(self, stage: str) -> list[str]:
        """Merge small batches of a stage when they have become many; the rows keep their `batch_id`.

        A merged batch names those it replaces before they are deleted. Whenever this is interrupted, readers that go
        by `batches` see each row once; readers of all files (dbt's glob) see equal rows twice and take them for one.
        Returns the ids of the merged batches.
        """
        self._sweep(stage)
        sizes = {batch: self._n_bytes(stage, batch) for batch in self.batches(stage)}
        small = [batch for batch, size in sizes.items() if size < SMALL_BYTES]
        if len(small) <= COMPACT_AFTER:
            return []
        groups: list[list[str]] = [[]]
        for batch in small:
            if sum(sizes[member] for member in groups[-1]) > MERGED_BYTES:
                groups.append([])
            groups[-1].append(batch)
        merged = [self._merge(stage, group) for group in groups if len(group) > 1]
        self._sweep(stage)
        return merged

    def _merge(self, stage: str, group: list[str]) -> str:
        merged_id = new_batch_id()
        incoming = self.root / ".incoming" / merged_id
        incoming.mkdir(parents=True)
        for name in STAGES[stage]:
            frame = pl.concat([self.read_batch(stage, batch, name) for batch in group])
            _write(frame, incoming / f"{name}.parquet")
        (incoming / REPLACES).write_text(json.dumps(group), encoding="utf-8")
        _sync(incoming / REPLACES)
        self._publish(incoming, stage)
        return merged_id

    def _n_bytes(self, stage: str, batch: str) -> int:
        return sum(entry.stat().st_size for entry in os.scandir(self.root / stage / batch))

    def _sweep(self, stage: str) -> None:
        """Delete what a compacted batch has replaced."""
        visible = set(self.batches(stage))
        for entry in os.scandir(self.root / stage):
            if entry.is_dir() and entry.name not in visible:
                shutil.rmtree(entry.path, ignore_errors=True)

    def discard(self, stage: str) -> None:
        """Forget a stage: it will be made again from the one before. Only for the holder of the run lock."""
        shutil.rmtree(self.root / stage)
        self.prepare()

    def clear_incoming(self) -> None:
        """Remove what crashed runs left half written. Only for the holder of the run lock."""
        shutil.rmtree(self.root / ".incoming", ignore_errors=True)


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", row_group_size=20_000)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
