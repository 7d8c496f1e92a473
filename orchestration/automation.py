"""Jobs, schedules and sensors: when which assets are made. All of them ship stopped; the README says how to start them.

Does not belong here: what an asset does.
"""

import hashlib
from collections.abc import Iterator

import dagster as dg

from orchestration.ingest.files import walk_raw
from orchestration.ingest.stage import seen_as
from orchestration.resources import Workspace

everything = dg.define_asset_job(
    "everything", dg.AssetSelection.all(), description="The whole way: raw/ to the served file."
)
JOBS = [
    everything,
    dg.define_asset_job(
        "documents_job", dg.AssetSelection.groups("documents"), description="Take in what is new in raw/."
    ),
    dg.define_asset_job("articles_job", dg.AssetSelection.groups("articles"), description="Read new documents."),
    dg.define_asset_job("mentions_job", dg.AssetSelection.groups("mentions"), description="Parse new articles."),
    dg.define_asset_job(
        "warehouse_job",
        dg.AssetSelection.groups("staging", "intermediate", "marts", "seeds"),
        description="Build and test the warehouse with dbt.",
    ),
    dg.define_asset_job("serving_job", dg.AssetSelection.groups("serving"), description="Publish the served file."),
]

daily = dg.ScheduleDefinition(
    name="daily",
    job=everything,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Everything, at five in the morning UTC.",
)


@dg.sensor(
    job=everything,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Everything, whenever a file in raw/ is new or has changed.",
)
def raw_files_changed(
    context: dg.SensorEvaluationContext, workspace: dg.ResourceParam[Workspace]
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Ask for a run when the names, sizes or times of the files in raw/ differ from the last look."""
    digest = hashlib.sha256()
    count = 0
    for found in walk_raw(workspace.settings.raw_dir):
        digest.update(seen_as(found).encode() + b"\0")
        count += 1
    state = digest.hexdigest()
    if state == context.cursor:
        yield dg.SkipReason(f"Nothing has changed among the {count} files in raw/.")
        return
    context.update_cursor(state)
    yield dg.RunRequest(run_key=state)


quarter_hourly = dg.ScheduleDefinition(
    name="quarter_hourly",
    job=everything,
    cron_schedule="*/15 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Everything, every fifteen minutes: polls the feeds of raw/sources.yaml whose interval has passed.",
)

SCHEDULES = [daily, quarter_hourly]
SENSORS = [raw_files_changed]
