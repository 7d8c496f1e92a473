"""Dagster's memory of past runs, kept to a size: a run every fifteen minutes leaves six megabytes each time.

Does not belong here: the data, which is never forgotten.
"""

import os
import shutil
import socket
from pathlib import Path

import dagster as dg

from orchestration.store.lock import AnotherRunIsActive, exclusive

PROCESS_TAG = "communique/process"
POOL = "duckdb"
"""What touches a DuckDB file takes its turn in this pool of Dagster's."""

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def forget_old_runs(instance: dg.DagsterInstance, keep: int) -> int:
    """Delete all but the newest `keep` ended runs with their events and logs; returns how many were deleted.

    The newest materialization and check of each asset are in runs that are kept, as every run makes every asset.
    """
    ended = instance.get_run_records(filters=dg.RunsFilter(statuses=ENDED))
    old = [record.dagster_run.run_id for record in ended[keep:]]
    for run_id in old:
        instance.delete_run(run_id)
        home = Path(instance.root_directory)
        for leftover in (home / "history" / "runs").glob(f"{run_id}.db*"):
            leftover.unlink()
        shutil.rmtree(home / "storage" / run_id, ignore_errors=True)
    return len(old)


def process_tag() -> dict[str, str]:
    """The tag that tells which process works on a run."""
    return {PROCESS_TAG: f"{socket.gethostname()}:{os.getpid()}"}


def bury_killed_runs(instance: dg.DagsterInstance, warehouse: Path) -> None:
    """Mark runs whose process was killed as failed, and give back the turns that they held.

    A killed run cannot say that it ended; Dagster would show it as running, and let the next one wait for its turn,
    for ever. The warehouse's lock tells better: the operating system gives it back.
    """
    running = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING]
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=running)):
        host, _, process = run.tags.get(PROCESS_TAG, "").rpartition(":")
        if host == socket.gethostname() and not _is_alive(int(process)):
            instance.report_run_failed(run, "The process of this run was killed. The next run takes up its work.")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    try:
        with exclusive(warehouse):
            for slot in instance.event_log_storage.get_concurrency_info(POOL).claimed_slots:
                instance.event_log_storage.free_concurrency_slots_for_run(slot.run_id)
    except AnotherRunIsActive:
        return  # Whoever writes holds its turn by right.


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
