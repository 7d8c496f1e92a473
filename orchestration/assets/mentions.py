"""The third stage: articles become mentions of meetings, participants and statements, with character spans.

Does not belong here: how anything is found (`orchestration.parse`).
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.assets.staged import staged_results, staged_specs
from orchestration.parse.extract import PARSER_VERSION
from orchestration.parse.stage import articles_to_parse, parse_new
from orchestration.resources import Workspace


@dg.multi_asset(name="parse_articles", specs=staged_specs("mentions", ["articles"], PARSER_VERSION))
def mentions(
    context: dg.AssetExecutionContext, workspace: dg.ResourceParam[Workspace]
) -> Iterator[dg.MaterializeResult]:
    """Parse the articles that have no mentions yet at this parser version."""
    with workspace.writing() as store, workspace.processes(articles_to_parse(store).height) as executor:
        report = parse_new(store, workspace.settings.articles_per_batch, executor, workspace.progress)
        context.log.info(f"mentions: {report}")
        yield from staged_results(store, "mentions", report)
