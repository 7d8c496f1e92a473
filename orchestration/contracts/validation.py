"""Pandera at work: which rows of a frame break which rule of a contract.

Belongs here: running a model over an eager frame and telling the failures apart by row. Does not belong here: columns
(the stages' modules), what is done with a failure (`orchestration.checks`, the stages).
"""

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from orchestration.contracts.base import StoredTable

FAILURES = {"row": pl.Int64, "rule": pl.String, "value": pl.String}
"""Columns of a failure table: row number (null for a rule about the whole table), the rule, the value that broke it."""


def failures(model: type[StoredTable], frame: pl.DataFrame) -> pl.DataFrame:
    """Every breach of a contract, one row each, with the columns of `FAILURES`; empty where the frame is sound.

    Only eager frames are taken: on a LazyFrame Pandera checks the schema but skips the values.
    """
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        return cases.select(
            pl.col("index").cast(pl.Int64).alias("row"),
            pl.concat_str(pl.col("column").cast(pl.String), pl.col("check").cast(pl.String), separator=": ").alias(
                "rule"
            ),
            pl.col("failure_case").cast(pl.String).alias("value"),
        )
    return pl.DataFrame(schema=FAILURES)


def split_rows(model: type[StoredTable], frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that keep a contract, and the breaches of the others with the columns of `FAILURES`.

    A breach of a table-level rule (a missing column, a wrong type) has no row to set aside and is raised.

    Raises:
        SchemaErrors: a rule about the whole table is broken.
    """
    broken = failures(model, frame)
    if broken["row"].null_count():
        model.validate(frame, lazy=True)
    bad_rows = broken["row"].unique()
    good = frame.with_row_index("_row").filter(~pl.col("_row").cast(pl.Int64).is_in(bad_rows.implode())).drop("_row")
    return good, broken


def empty(model: type[StoredTable]) -> pl.DataFrame:
    """A frame without rows, in the columns and types of a contract."""
    return pl.DataFrame(schema={name: column.dtype.type for name, column in model.to_schema().columns.items()})


def conform(model: type[StoredTable], rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows given by column name as a frame in the columns, order and types of a contract."""
    return pl.DataFrame(rows, schema=empty(model).schema, orient="row", strict=True)


__all__ = ["FAILURES", "conform", "empty", "failures", "pa", "split_rows"]
