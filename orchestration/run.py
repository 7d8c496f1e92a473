"""One run of the whole way in this process: the job that the UI runs, with progress and a plain end.

Belongs here: is there anything to do, start the job, collect what came of it. Does not belong here: what the terminal
shows (`cli`), what the assets do (`assets`).
"""

import datetime as dt
import os
import sqlite3
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import duckdb
from dagster._core.instance.ref import InstanceRef
from sqlalchemy import event
from sqlalchemy.engine import Engine

from orchestration.definitions import build_definitions
from orchestration.history import bury_killed_runs, process_tag
from orchestration.ingest.stage import documents_to_read, due_feeds, new_files
from orchestration.parse.stage import articles_to_parse
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.store.batches import BatchStore
from orchestration.store.report import Progress, silent
from orchestration.store.serving import inputs_digest, noted_inputs

COUNTS = {
    "articles": "SELECT count(*) FROM dim_articles",
    "set aside": "SELECT count(*) FROM quarantine",
    "meetings": "SELECT count(*) FROM fct_meetings",
    "commitments": "SELECT count(*) FROM fct_commitments",
    "demands": "SELECT count(*) FROM fct_demands",
}


@dataclass(slots=True)
class RunOutcome:
    """How a run ended: `problems` has one line for each thing that failed; `new_rows` counts by staged table."""

    succeeded: bool
    run_id: str | None = None
    new_rows: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def has_work(settings: Settings) -> bool:
    """False where every file is taken in, read and parsed, and the served file was made from just that."""
    store = BatchStore(settings.stages_dir)
    store.prepare()
    return bool(
        new_files(store, settings.raw_dir)
        or due_feeds(store, settings.raw_dir, dt.datetime.now(dt.UTC))
        or documents_to_read(store, settings.raw_dir).height
        or articles_to_parse(store).height
        or noted_inputs(settings.served_database) != inputs_digest(store, settings.dbt_project_dir)
    )


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The Dagster instance of a warehouse: its runs and events beside it, its configuration in dagster.yaml."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(settings.dagster_home), config_dir=str(PROJECT_ROOT)))


@event.listens_for(Engine, "connect")
def _log_without_waiting_for_the_disk(connection: Any, record: object) -> None:
    """Let Dagster note its events without a sync to disk for each of them.

    A run has some nine hundred events, and waiting for the disk each time takes longer than a small run's work. Only
    the history of runs is written this way; a killed process loses none of it, a power cut may. The data are synced.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def run_everything(settings: Settings, progress: Progress = silent) -> RunOutcome:
    """Materialize every asset and evaluate every check, in this process."""
    os.environ.setdefault("DAGSTER_HOME", str(settings.dagster_home))
    definitions = build_definitions(settings, progress)
    outcome = RunOutcome(succeeded=False)

    # dbt writes its log to standard output, where the summary belongs; looking up its columns changes the directory.
    with chdir("."), open_instance(settings) as instance, settings.run_log.open("w") as log, redirect_stdout(log):
        bury_killed_runs(instance, settings.warehouse_dir)
        result = definitions.resolve_job_def("everything").execute_in_process(
            instance=instance,
            tags=process_tag(),
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        outcome.run_id = result.run_id
        outcome.succeeded = result.success
        for told in result.all_events:
            if told.is_step_materialization and told.asset_key:
                new = told.step_materialization_data.materialization.metadata.get("new_rows")
                if new is not None:
                    outcome.new_rows[told.asset_key.path[-1]] = int(new.value)  # type: ignore[arg-type]
            if told.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
                check = told.asset_check_evaluation_data
                if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
                    failed = check.metadata.get("rows_failed")
                    outcome.problems.append(
                        f"Check '{check.check_name}' of {'/'.join(check.asset_key.path)} failed"
                        + (f": {failed.value} rows break it" if failed is not None else "")
                    )
            if told.is_step_failure:
                error = told.step_failure_data.error
                cause = error.cause if error and error.cause else error
                # A failed blocking check fails its step too; it has been told above.
                if cause and "DagsterAssetCheckFailedError" not in cause.message:
                    outcome.problems.append(f"{told.step_key}: {cause.message.strip()}")
    return outcome


def counts(settings: Settings) -> dict[str, int]:
    """What the served file holds, in the words of the summary."""
    with duckdb.connect(str(settings.served_database), read_only=True) as connection:
        return {name: connection.execute(query).fetchall()[0][0] for name, query in COUNTS.items()}
