"""The dbt models as assets: staging views, intermediate resolution, marts; each dbt test is a check.

Does not belong here: any SQL (`dbt_project`).
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets
from dagster_dbt.core.dbt_event_iterator import DbtEventIterator
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from filelock import FileLock

from orchestration.history import POOL
from orchestration.resources import Workspace
from orchestration.settings import Settings
from orchestration.store.lock import wait_until_free
from orchestration.store.serving import inputs_digest, note_inputs

BUILT_BY_DBT = "fqn:*"


def prepared_project(settings: Settings) -> DbtProject:
    """The dbt project with a manifest that is newer than all of its files."""
    os.environ.update(settings.dbt_environment())
    project = DbtProject(project_dir=settings.dbt_project_dir, target=settings.dbt_target)
    manifest = Path(project.manifest_path)
    sources = [
        path
        for pattern in ("*.yml", "models/**/*", "macros/**/*", "seeds/**/*", "tests/**/*", "snapshots/**/*")
        for path in settings.dbt_project_dir.glob(pattern)
    ]
    newest = max(path.stat().st_mtime for path in sources)
    manifest.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(manifest.with_suffix(".lock")):
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            dbt_command(project).cli(["parse", "--quiet"], target_path=project.target_path).wait()
    return project


def dbt_command(project: DbtProject) -> DbtCliResource:
    """The dbt that is installed beside this Python, whatever the PATH says."""
    return DbtCliResource(project_dir=project, dbt_executable=str(Path(sys.executable).with_name("dbt")))


@contextmanager
def _quiet_about_python_models() -> Iterator[None]:
    """Keep dagster-dbt from logging a parse error for each Python model, which has no SQL to trace columns through."""

    def has_sql(record: logging.LogRecord) -> bool:
        message = record.getMessage()
        return not ("column lineage" in message and ".py`" in message)

    logger = dg.get_dagster_logger()
    logger.addFilter(has_sql)
    try:
        yield
    finally:
        logger.removeFilter(has_sql)


def warehouse_assets(project: DbtProject) -> dg.AssetsDefinition:
    """All dbt models, seeds and tests of a project as one set of assets."""

    @dbt_assets(
        name="build_warehouse",
        manifest=project.manifest_path,
        project=project,
        select=BUILT_BY_DBT,
        exclude="resource_type:unit_test",
        dagster_dbt_translator=DagsterDbtTranslator(DagsterDbtTranslatorSettings(enable_code_references=True)),
        pool=POOL,
    )
    def warehouse(
        context: dg.AssetExecutionContext, dbt: DbtCliResource, workspace: dg.ResourceParam[Workspace]
    ) -> Iterator[Any]:
        settings = workspace.settings
        os.environ.update(settings.dbt_environment())
        with workspace.writing() as store:
            wait_until_free(settings.build_database)
            made_from = inputs_digest(store, settings.dbt_project_dir)
            # One folder for what dbt writes about itself; by default each run would leave one of its own.
            target = settings.warehouse_dir / "dbt"
            build = dbt.cli(["build"], context=context, raise_on_error=False, target_path=target)
            models: list[Any] = []
            tests: list[Any] = []
            for number, event in enumerate(build.stream(), start=1):
                workspace.progress("tables built and tested", number, None)
                (tests if isinstance(event, dg.AssetCheckResult | dg.AssetCheckEvaluation) else models).append(event)
            # Rows and columns are looked up when dbt has let go of the file, and of models only: the look-up that
            # `stream()` offers polls a core away while dbt works, and traces columns for each test again.
            with _quiet_about_python_models():
                yield from DbtEventIterator(iter(models), build).fetch_row_counts().fetch_column_metadata()
            yield from tests
            # Counting opened the file in this process, which keeps every later step from opening it its own way.
            DuckDBConnectionManager.env().close()
            if not build.is_successful():
                raise dg.Failure(f"dbt failed: {build.get_error() or 'see its log'}", allow_retries=False)
            note_inputs(settings.build_database, made_from)

    return warehouse
