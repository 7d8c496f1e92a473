"""A warehouse of articles made up for a test: stages written as the pipeline writes them, built by a real dbt run.

Belongs here: telling articles in few words and reading the marts back. Does not belong here: what is expected of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from datasketch import MinHash

from orchestration.contracts.validation import conform
from orchestration.store.batches import STAGES, BatchStore

ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = ROOT / "dbt_project"
DBT = Path(sys.executable).with_name("dbt")
START = dt.datetime(2023, 4, 20, 8, tzinfo=dt.UTC)


@dataclass
class Meeting:
    """A meeting as an article tells it; `who` lists (person, role, party) or bare parties."""

    who: Sequence[str | tuple[str | None, str | None, str | None]]
    start: str | None = None
    evidence: str | None = None
    end: str | None = None
    status: str = "held"
    mode: str = "in_person"
    kind: str | None = None
    name: str | None = None
    ordinal: int | None = None
    place: str | None = None
    country: str | None = None
    background: bool = False
    chair: str | None = None
    confidence: float = 0.9


@dataclass
class Statement:
    """A statement as an article tells it, a demand where `kind` is None; `meeting` counts its meetings from 1."""

    content: str
    speakers: Sequence[str]
    kind: str | None = None
    addressees: Sequence[str] = ()
    speaker_name: str | None = None
    meeting: int | None = None
    outcome_no: int | None = None
    deadline: str | None = None
    conditional: bool = False
    confidence: float = 0.8


@dataclass
class Article:
    """An article; two with one `address` are versions of it. `received` counts hours after the first."""

    address: str
    published: str | None
    text: str
    meetings: Sequence[Meeting] = field(default_factory=list)
    statements: Sequence[Statement] = field(default_factory=list)
    publisher: str = "Example Agency"
    received: int = 0
    date_conflict: str | None = None

    @property
    def id(self) -> str:
        return hashlib.sha256(f"{self.address}\n{self.text}".encode()).hexdigest()[:16]

    def tables(self, parser_version: str = "test-1") -> dict[str, list[dict[str, Any]]]:
        """The rows that the stages would hold of it, by table."""
        received_at = START + dt.timedelta(hours=self.received)
        signature = MinHash(num_perm=128, seed=1)
        words = self.text.lower().split()
        for at in range(max(1, len(words) - 3)):
            signature.update(" ".join(words[at : at + 4]).encode())
        own = {"article_id": self.id, "parser_version": parser_version, "batch_id": ""}
        articles = {
            "article_id": self.id,
            "document_id": hashlib.sha256(self.id.encode()).hexdigest(),
            "address": self.address,
            "publisher": self.publisher,
            "authors": [],
            "language": "en",
            "published_date": dt.date.fromisoformat(self.published) if self.published else None,
            "published_text": self.published,
            "text": self.text,
            "n_words": len(words),
            "is_parsed": True,
            "minhash": [int(value) for value in signature.hashvalues],
            "received_at": received_at,
            "reader_version": "test-1",
            "batch_id": "",
        }
        parsed = {
            **own,
            "published_date": self.published,
            "reference_date": self.published,
            "date_conflict": self.date_conflict,
            "n_meetings": len(self.meetings),
            "n_statements": len(self.statements),
            "parsed_at": received_at,
        }
        meetings: list[dict[str, Any]] = []
        participants: list[dict[str, Any]] = []
        for number, told in enumerate(self.meetings, 1):
            start, end = self._span(told.evidence)
            people = [(None, None, who) if isinstance(who, str) else who for who in told.who]
            n_parties = len({party for _, _, party in people})
            meetings.append(
                {
                    **own,
                    "meeting_mention_id": f"{self.id}-m{number}",
                    "char_start": start,
                    "char_end": end,
                    "evidence": self.text[start:end],
                    "status": told.status,
                    "mode": told.mode,
                    "format": "multilateral" if n_parties > 2 else "bilateral",
                    "kind": told.kind or ("conference" if n_parties > 2 else "talks"),
                    "name": told.name,
                    "ordinal": told.ordinal,
                    "start_date": told.start,
                    "end_date": told.end or told.start,
                    "place": told.place,
                    "country_code": told.country,
                    "is_background": told.background,
                    "rule": "test",
                    "confidence": told.confidence,
                }
            )
            for position, (person, role, party) in enumerate(people, 1):
                participants.append(
                    {
                        **own,
                        "participant_mention_id": f"{self.id}-m{number}-p{position}",
                        "meeting_mention_id": f"{self.id}-m{number}",
                        "position": position,
                        "person_name": person,
                        "role": role,
                        "party": party,
                        "part": "chair" if person and person == told.chair else "attendee",
                    }
                )
        statements: list[dict[str, Any]] = []
        for number, said in enumerate(self.statements, 1):
            start, end = self._span(said.content)
            statements.append(
                {
                    **own,
                    "statement_mention_id": f"{self.id}-s{number}",
                    "char_start": start,
                    "char_end": end,
                    "content": said.content,
                    "statement_class": "commitment" if said.kind else "demand",
                    "kind": said.kind,
                    "speakers": list(said.speakers),
                    "speaker_name": said.speaker_name,
                    "addressees": list(said.addressees),
                    "is_conditional": said.conditional,
                    "deadline": said.deadline,
                    "outcome_no": said.outcome_no,
                    "meeting_mention_id": f"{self.id}-m{said.meeting}" if said.meeting else None,
                    "rule": "test",
                    "confidence": said.confidence,
                }
            )
        return {
            "articles": [articles],
            "parsed_articles": [parsed],
            "meeting_mentions": meetings,
            "participant_mentions": participants,
            "statement_mentions": statements,
        }

    def _span(self, words: str | None) -> tuple[int, int]:
        words = words or self.text
        start = self.text.index(words)
        return start, start + len(words)


def write_batch(data: Path, articles: Iterable[Article], batch_id: str, parser_version: str = "test-1") -> None:
    """Append articles and their mentions as one batch of each stage."""
    store = BatchStore(data)
    store.prepare()
    rows: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        for table, found in article.tables(parser_version).items():
            rows.setdefault(table, []).extend(found)
    for stage in ("articles", "mentions"):
        frames = {
            name: conform(model, [_filled(model, row) for row in rows[name]])
            for name, model in STAGES[stage].items()
            if rows.get(name)
        }
        store.append(stage, frames, batch_id)


def _filled(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in model.to_schema().columns}


def dbt(data: Path, database: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run dbt on stages under `data`, building `database`; target and logs stay beside it."""
    database.parent.mkdir(parents=True, exist_ok=True)
    folders = ["--target-path", str(database.parent / "target"), "--log-path", str(database.parent / "logs")]
    return subprocess.run(
        [str(DBT), "--no-use-colors", *command, "--profiles-dir", str(DBT_PROJECT), *folders],
        cwd=DBT_PROJECT,
        env={
            **os.environ,
            "COMMUNIQUE_DATA": str(data),
            "COMMUNIQUE_BUILD_DB": str(database),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
        capture_output=True,
        text=True,
        check=False,
    )


class Warehouse:
    """Marts built from made-up articles."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "stages"
        self.database = folder / "build.duckdb"

    def build(self, *batches: Sequence[Article], tested: bool = False) -> Warehouse:
        """Write each group of articles as a batch, in order, then build everything with dbt; test it where asked."""
        BatchStore(self.data).prepare()
        for number, articles in enumerate(batches):
            write_batch(self.data, articles, f"20230420T{number:06d}.000000Z-test")
        self.run("build", "--exclude", "resource_type:unit_test", *([] if tested else ["resource_type:test"]))
        return self

    def run(self, *command: str) -> None:
        """Run dbt and fail the test with its output where it fails."""
        done = dbt(self.data, self.database, *command)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a query on the marts gives, as dictionaries."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute("set schema = 'marts'")
            result = connection.execute(sql)
            names = [column[0] for column in result.description or []]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def frame(self, table: str, folder: Path) -> pl.DataFrame:
        """A mart as a polars frame, in the types that it has in Parquet."""
        file = folder / f"{table}.parquet"
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(f"copy (from marts.{table}) to '{file}'")
        return pl.read_parquet(file)

    def facts(self, *tables: str) -> dict[str, list[str]]:
        """Whole tables in one order, to compare two builds."""
        return {
            table: sorted(json.dumps(row, default=str, sort_keys=True) for row in self.rows(f"from {table}"))
            for table in tables
        }
