"""The served file: a compact copy of the marts, swapped into place in one step.

Users open only this file. A reader that holds the old one keeps its snapshot; a new reader sees the new one. Does not
belong here: whether it may be published (the blocking checks upstream).
"""

import hashlib
import os
from pathlib import Path

import duckdb

from orchestration.store.batches import STAGES, BatchStore


def publish(build_database: Path, served_database: Path, schema: str = "marts") -> dict[str, int]:
    """Copy every table of `schema` into a new DuckDB file and put it in place of the served one.

    Table and column comments go along. Returns rows by table.

    Raises:
        FileNotFoundError: there is no build to publish.
    """
    if not build_database.exists():
        raise FileNotFoundError(f"{build_database} does not exist: build the warehouse first (communique run)")
    fresh = served_database.with_name(f".{served_database.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    rows: dict[str, int] = {}
    try:
        with duckdb.connect(str(fresh)) as connection:
            connection.execute(f"ATTACH {_text(str(build_database))} AS build (READ_ONLY)")
            tables = connection.execute(
                "SELECT table_name, comment FROM duckdb_tables()"
                " WHERE database_name = 'build' AND schema_name = ? ORDER BY table_name",
                [schema],
            ).fetchall()
            for table, comment in tables:
                connection.execute(f"CREATE TABLE {_name(table)} AS FROM build.{_name(schema)}.{_name(table)}")
                if comment:
                    connection.execute(f"COMMENT ON TABLE {_name(table)} IS {_text(comment)}")
                for column, note in connection.execute(
                    "SELECT column_name, comment FROM duckdb_columns()"
                    " WHERE database_name = 'build' AND schema_name = ? AND table_name = ? AND comment IS NOT NULL",
                    [schema, table],
                ).fetchall():
                    connection.execute(f"COMMENT ON COLUMN {_name(table)}.{_name(column)} IS {_text(note)}")
                count = connection.execute(f"SELECT count(*) FROM {_name(table)}").fetchone()
                rows[table] = count[0] if count else 0
            connection.execute("DETACH build")
            connection.execute("CHECKPOINT")
        made_from = noted_inputs(build_database)
        os.replace(fresh, served_database)
        note_inputs(served_database, made_from or "")
    finally:
        fresh.unlink(missing_ok=True)
    return rows


def inputs_digest(store: BatchStore, dbt_project: Path) -> str:
    """What a build is made from: the staged batches and the files of the dbt project, as one short text."""
    digest = hashlib.sha256()
    for stage in STAGES:
        digest.update("\n".join(store.batches(stage)).encode() + b"\0")
    for path in sorted(path for pattern in ("*.yml", "*.sql", "*.py", "*.csv") for path in dbt_project.rglob(pattern)):
        if "target" not in path.relative_to(dbt_project).parts:
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def note_inputs(database: Path, digest: str) -> None:
    """Remember what a database was made from."""
    _note(database).write_text(digest, encoding="utf-8")


def noted_inputs(database: Path) -> str | None:
    """What a database was made from; None where it is not there or was not finished."""
    return _note(database).read_text(encoding="utf-8") if database.exists() and _note(database).exists() else None


def _note(database: Path) -> Path:
    return database.with_name(f".{database.name}.made_from")


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
