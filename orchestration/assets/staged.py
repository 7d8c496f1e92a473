"""What the assets of the Python stages share: a spec for each staged table, and its metadata after a run.

Does not belong here: the work of any one stage.
"""

import warnings
from collections.abc import Iterator, Sequence
from typing import cast

import dagster as dg
import polars as pl
from dagster_pandera import pandera_schema_to_dagster_type

from orchestration.contracts.base import StoredTable
from orchestration.store.batches import STAGES, BatchStore
from orchestration.store.report import StageReport
from orchestration.tables_as_text import markdown_table

OWNERS = ["team:communique"]
PREVIEW_ROWS = 5


def asset_name(stage: str, table: str) -> str:
    """The asset key of a staged table: its own name, but for the quarantine that each stage has."""
    return f"{table}_{stage}" if table == "quarantine" else table


def table_schema(model: type[StoredTable]) -> dg.TableSchema:
    """A contract as the UI shows it."""
    with warnings.catch_warnings():
        # The function is marked beta; that is for us to follow (the version is pinned), not for users to read.
        warnings.simplefilter("ignore", dg.BetaWarning)
        return cast(dg.TableSchema, pandera_schema_to_dagster_type(model).metadata["schema"].value)


def staged_specs(stage: str, deps: Sequence[str], code_version: str) -> list[dg.AssetSpec]:
    """One asset spec for each table of a stage."""
    return [
        dg.AssetSpec(
            asset_name(stage, table),
            deps=list(deps),
            group_name=stage,
            description=model.__doc__,
            kinds={"python", "parquet"},
            owners=OWNERS,
            code_version=code_version,
            metadata={"dagster/column_schema": table_schema(model)},
        )
        for table, model in STAGES[stage].items()
    ]


def staged_results(store: BatchStore, stage: str, report: StageReport) -> Iterator[dg.MaterializeResult]:
    """One result for each table of a stage: rows in all, new rows, and a few of the newest."""
    for table in STAGES[stage]:
        total = store.scan(stage, table).select(pl.len()).collect().item()
        newest = store.read_batch(stage, report.batches[-1], table) if report.batches else None
        yield dg.MaterializeResult(
            asset_name(stage, table),
            metadata={
                "dagster/row_count": total,
                "new_rows": report.rows.get(table, 0),
                "new_batches": len(report.batches),
                "set_aside": report.n_set_aside,
                "set_aside_by_reason": dg.MetadataValue.json(report.set_aside),
                "preview": dg.MetadataValue.md(
                    markdown_table(newest, PREVIEW_ROWS) if newest is not None else "Nothing new in this run."
                ),
            },
        )
