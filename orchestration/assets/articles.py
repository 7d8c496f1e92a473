"""The second stage: documents become articles, clean text with headline, publisher, time and language.

Does not belong here: how a page or a record is read (`orchestration.ingest`).
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.assets.staged import staged_results, staged_specs
from orchestration.ingest.stage import READER_VERSION, documents_to_read, read_new
from orchestration.resources import Workspace


@dg.multi_asset(name="read_articles", specs=staged_specs("articles", ["documents"], READER_VERSION))
def articles(
    context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]
) -> Iterator[dg.MaterializeResult]:
    """Read the documents that have no article yet at this reader version."""
    settings = workspace.settings
    with (
        workspace.writing() as store,
        workspace.processes(documents_to_read(store, settings.raw_dir).height) as executor,
    ):
        report = read_new(store, settings.raw_dir, settings.documents_per_batch, executor, workspace.progress)
        context.log.info(f"articles: {report}")
        yield from staged_results(store, "articles", report)
