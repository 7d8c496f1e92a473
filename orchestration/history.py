"""Dagster's memory of past runs, kept to a size: a run every fifteen minutes leaves six megabytes each time.

Does not belong here: the data, which is never forgotten.
"""

import shutil
from pathlib import Path

import dagster as dg

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
