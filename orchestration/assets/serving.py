"""The last stage: the audited marts, swapped in as the one file that users open.

Does not belong here: how the swap is done (`orchestration.store.serving`).
"""

import datetime as dt
from collections.abc import Sequence

import dagster as dg

from orchestration.assets.staged import OWNERS
from orchestration.history import POOL, forget_old_runs
from orchestration.resources import Workspace
from orchestration.store.serving import publish

FRESH_WITHIN = dt.timedelta(hours=36)
"""A daily run, with half a day's grace."""


def serving_asset(marts: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The served file, made when every mart has passed its checks."""

    @dg.asset(
        name="served_file",
        deps=list(marts),
        group_name="serving",
        description="The only file that users open, communique.duckdb. Replaced in one step, after every check.",
        kinds={"duckdb"},
        owners=OWNERS,
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=FRESH_WITHIN),
        pool=POOL,
    )
    def served_file(context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]) -> dg.MaterializeResult:
        settings = workspace.settings
        with workspace.writing():
            rows = publish(settings.build_database, settings.served_database)
        forget_old_runs(context.instance, settings.keep_runs)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(str(settings.served_database)),
                "dagster/row_count": sum(rows.values()),
                "rows_by_table": dg.MetadataValue.json(rows),
                "size_bytes": settings.served_database.stat().st_size,
            }
        )

    return served_file
