"""Dagster's memory of runs stays small, and the newest runs stay in it."""

from pathlib import Path

import dagster as dg

from orchestration.history import forget_old_runs


@dg.asset
def number() -> int:
    return 1


def test_only_the_newest_runs_are_remembered(tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        runs = [dg.materialize([number], instance=instance).run_id for _ in range(5)]
        assert forget_old_runs(instance, keep=2) == 3
        assert {run.run_id for run in instance.get_runs()} == set(runs[-2:])
        left = {path.stem for path in (tmp_path / "history" / "runs").glob("*.db")}
        assert not left & set(runs[:3])
        assert set(runs[-2:]) <= left
        newest = instance.get_latest_materialization_event(dg.AssetKey("number"))
        assert newest is not None
        assert newest.run_id == runs[-1]
