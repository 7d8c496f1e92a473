"""Contracts as blocking asset checks: one for each staged table, one for each served mart.

Does not belong here: the rules (`orchestration.contracts`) nor how batches are read (`orchestration.store.audit`).
"""

import dagster as dg
import duckdb
import polars as pl

from orchestration.assets.staged import asset_name
from orchestration.contracts.marts import MARTS, broken_references
from orchestration.contracts.validation import failures
from orchestration.resources import Workspace
from orchestration.store.audit import SAMPLE_ROWS, Audit, audit
from orchestration.store.batches import STAGES
from orchestration.tables_as_text import markdown_table


def _result(seen: Audit) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=seen.passed,
        metadata={
            "rows_checked": seen.n_rows,
            "batches_checked": seen.n_batches,
            "rows_failed": seen.n_failures,
            "failures_by_rule": dg.MetadataValue.json(seen.failures_by_rule),
            "sample_of_failures": dg.MetadataValue.md(markdown_table(seen.sample, SAMPLE_ROWS)),
        },
    )


def staged_check(stage: str, table: str) -> dg.AssetChecksDefinition:
    """The check that every staged row of a table keeps its contract."""

    @dg.asset_check(
        asset=asset_name(stage, table),
        name="contract",
        blocking=True,
        description=f"Every row keeps the contract {STAGES[stage][table].__name__}.",
    )
    def contract(workspace: dg.ResourceParam[Workspace]) -> dg.AssetCheckResult:
        return _result(audit(workspace.store, stage, table))

    return contract


def mart_check(mart: str, key: dg.AssetKey) -> dg.AssetChecksDefinition:
    """The check that every row of a mart keeps its contract, before it may be served."""

    @dg.asset_check(
        asset=key,
        name="contract",
        blocking=True,
        description=f"Every row keeps the contract {MARTS[mart].__name__}.",
    )
    def contract(workspace: dg.ResourceParam[Workspace]) -> dg.AssetCheckResult:
        with duckdb.connect(str(workspace.settings.build_database), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            frame = connection.execute(f"SELECT * FROM marts.{mart}").pl()
            broken = pl.concat([failures(MARTS[mart], frame), broken_references(connection, mart)])
        sample = broken.head(SAMPLE_ROWS).join(
            frame.with_row_index("row").cast({"row": pl.Int64}), on="row", how="left", coalesce=True
        )
        by_rule = dict(broken["rule"].value_counts().iter_rows())
        return _result(Audit(1, frame.height, broken.height, by_rule, sample))

    return contract


@dg.asset_check(
    asset="feed_polls",
    name="feeds_answer",
    description="The last poll of each feed did not fail. A feed that fails never stops the others.",
)
def feeds_answer(workspace: dg.ResourceParam[Workspace]) -> dg.AssetCheckResult:
    """Warn of the feeds whose last poll failed, with the reason."""
    polls = workspace.store.scan("documents", "feed_polls").sort("polled_at").unique("name", keep="last").collect()
    failed = polls.filter(pl.col("status") == "failed").select("name", "address", "polled_at", "reason").sort("name")
    return dg.AssetCheckResult(
        passed=failed.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "feeds": polls.height,
            "feeds_failed": failed.height,
            "failed": dg.MetadataValue.md(markdown_table(failed, SAMPLE_ROWS)),
        },
    )


def contract_checks(mart_keys: dict[str, dg.AssetKey]) -> list[dg.AssetChecksDefinition]:
    """All contract checks: of the staged tables, and of the marts under their asset keys."""
    staged = [staged_check(stage, table) for stage, tables in STAGES.items() for table in tables]
    return [*staged, feeds_answer] + [mart_check(mart, key) for mart, key in mart_keys.items() if mart in MARTS]
