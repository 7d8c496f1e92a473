"""The first stage: what lies in raw/, and what the feeds bring, becomes documents, bytes kept as received.

Does not belong here: how files are recognised and opened (`orchestration.ingest`).
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.assets.staged import OWNERS, staged_results, staged_specs
from orchestration.ingest.stage import READER_VERSION, poll_due_feeds, take_in_raw
from orchestration.resources import Workspace

raw_folder = dg.AssetSpec(
    "raw_folder",
    group_name="documents",
    description="What a user drops in: files of any supported kind below raw/, described by raw/sources.yaml.",
    kinds={"file"},
    owners=OWNERS,
)


@dg.multi_asset(name="take_in", specs=staged_specs("documents", ["raw_folder"], READER_VERSION))
def documents(
    context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]
) -> Iterator[dg.MaterializeResult]:
    """Take in the files of raw/ that are new or have changed, and poll the feeds that are due."""
    with workspace.writing() as store:
        settings = workspace.settings
        report = take_in_raw(
            store, settings.raw_dir, settings.documents_per_batch, settings.bytes_per_batch, workspace.progress
        )
        report.add(poll_due_feeds(store, settings.raw_dir, workspace.fetcher(), workspace.progress))
        context.log.info(f"documents: {report}")
        yield from staged_results(store, "documents", report)
