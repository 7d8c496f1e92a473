"""Which staged batches keep their contract: what the blocking checks of the Python stages ask.

A batch never changes, so one that once passed is not read again under the same contract. Does not belong here: the
contracts (`orchestration.contracts`), how a result is shown (`orchestration.checks`).
"""

import hashlib
import inspect
import json
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from orchestration.contracts import base, mentions
from orchestration.contracts.validation import FAILURES, failures
from orchestration.store.batches import STAGES, BatchStore

SAMPLE_ROWS = 20


@dataclass(slots=True)
class Audit:
    """What one table's check saw: `sample` holds failing rows with `rule` and `value` in front."""

    n_batches: int = 0
    n_rows: int = 0
    n_failures: int = 0
    failures_by_rule: dict[str, int] = field(default_factory=dict)
    sample: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAILURES))

    @property
    def passed(self) -> bool:
        """True where no rule is broken."""
        return self.n_failures == 0


def audit(store: BatchStore, stage: str, table: str) -> Audit:
    """Hold every batch of a table that has not passed before against its contract and its references."""
    model = STAGES[stage][table]
    ledger = store.root / ".passed" / f"{stage}.{table}.json"
    sources = "".join(inspect.getsource(part) for part in (model, base, mentions))
    contract = hashlib.sha256(sources.encode()).hexdigest()
    passed = _passed(ledger, contract)
    result = Audit()
    samples: list[pl.DataFrame] = []
    batches = store.batches(stage)
    for batch in batches:
        if batch in passed:
            continue
        frame = store.read_batch(stage, batch, table)
        broken = failures(model, frame)
        if stage == "mentions" and table in ("meeting_mentions", "participant_mentions", "statement_mentions"):
            broken = pl.concat([broken, _broken_references(store, batch, table)])
        result.n_batches += 1
        result.n_rows += frame.height
        result.n_failures += broken.height
        if broken.is_empty():
            passed.add(batch)
            continue
        for rule, count in broken["rule"].value_counts().iter_rows():
            result.failures_by_rule[rule] = result.failures_by_rule.get(rule, 0) + count
        rows = frame.drop("content", strict=False) if stage == "documents" else frame
        samples.append(
            broken.head(SAMPLE_ROWS).join(rows.with_row_index("row").cast({"row": pl.Int64}), on="row", how="left")
        )
    if samples:
        result.sample = pl.concat(samples, how="diagonal").head(SAMPLE_ROWS)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    note = {"contract": contract, "batches": sorted(passed & set(batches))}
    ledger.write_text(json.dumps(note), encoding="utf-8")
    return result


def _passed(ledger: Path, contract: str) -> set[str]:
    if not ledger.exists():
        return set()
    note = json.loads(ledger.read_text(encoding="utf-8"))
    return set(note["batches"]) if note["contract"] == contract else set()


def _broken_references(store: BatchStore, batch: str, table: str) -> pl.DataFrame:
    frames = {
        name: store.read_batch("mentions", batch, name)
        for name in ("meeting_mentions", "participant_mentions", "statement_mentions")
    }
    ids = pl.concat([frame["article_id"] for frame in frames.values()]).unique()
    articles = (
        store.scan("articles", "articles")
        .select("article_id", "text")
        .filter(pl.col("article_id").is_in(ids.implode()))
        .unique("article_id")
        .collect()
    )
    return mentions.broken_references(articles, *frames.values())[table]
