"""The code location: one `build_definitions()` that the UI, the command line and the tests share.

Does not belong here: any asset, check or job itself.
"""

import dagster as dg

from orchestration.assets import articles, documents, mentions
from orchestration.assets.serving import serving_asset
from orchestration.assets.warehouse import dbt_command, prepared_project, warehouse_assets
from orchestration.automation import JOBS, SCHEDULES, SENSORS
from orchestration.checks import contract_checks
from orchestration.resources import Workspace
from orchestration.settings import Settings
from orchestration.store.report import Progress, silent


def build_definitions(settings: Settings | None = None, progress: Progress = silent) -> dg.Definitions:
    """Everything that Dagster knows of communique, for one warehouse."""
    settings = settings or Settings()
    project = prepared_project(settings)
    warehouse = warehouse_assets(project)
    marts = {key.path[-1]: key for key in warehouse.keys if warehouse.specs_by_key[key].group_name == "marts"}
    return dg.Definitions(
        assets=[
            documents.raw_folder,
            documents.documents,
            articles.articles,
            mentions.mentions,
            warehouse,
            serving_asset(sorted(marts.values())),
        ],
        asset_checks=contract_checks(marts),
        jobs=JOBS,
        schedules=SCHEDULES,
        sensors=SENSORS,
        resources={"workspace": Workspace(settings, progress), "dbt": dbt_command(project)},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
