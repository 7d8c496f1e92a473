"""The `communique` command: what a person types. Each command calls the libraries and says what came of it.

Does not belong here: anything that a command does (the packages beside this file).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from orchestration.settings import PROJECT_ROOT, Settings

app = typer.Typer(
    help=__doc__.split("\n")[0] if __doc__ else None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

RawOption = Annotated[Path | None, typer.Option("--raw", help="Folder of articles (default: raw/)")]
WarehouseOption = Annotated[Path | None, typer.Option("--warehouse", help="Folder to write to (default: warehouse/)")]
WorkersOption = Annotated[int | None, typer.Option("--workers", min=1, help="Processes (default: one a core)")]


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Text files, or JSONL files of articles; - for standard input")],
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes to parse in")] = 1,
) -> None:
    """Read articles and print one JSON line of meetings and statements for each.

    What cannot be read is told on standard error, the rest is printed all the same, and the exit code is 1.
    """
    from orchestration.parse.article_files import read_articles
    from orchestration.parse.extract import extract_many
    from orchestration.store.pool import FEW_ITEMS, process_pool

    complaints = 0

    def complain(message: str) -> None:
        nonlocal complaints
        complaints += 1
        typer.echo(message, err=True)

    try:
        with process_pool(workers, FEW_ITEMS) as executor:
            for found in extract_many(read_articles(files, complain), executor):
                sys.stdout.buffer.write(json.dumps(found.to_json(), ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`): nothing is wrong, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if complaints:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[Path | None, typer.Argument(help="Gold file, JSONL (default: measure everything there is)")] = None,
    predictions: Annotated[
        Path | None, typer.Argument(help="What was found, as `extract` prints it (default: run the parser)")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Score each value of this field of gold apart, say publisher")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON")] = False,
    errors: Annotated[Path | None, typer.Option(help="Write a page with gold and found side by side")] = None,
    calibration: Annotated[bool, typer.Option(help="Show how right facts of each confidence and rule are")] = False,
    write: Annotated[Path | None, typer.Option(help="Without GOLD: write the figures into this Markdown page")] = None,
) -> None:
    """Score the extraction against gold by the rules of the codebook."""
    from orchestration.evaluation import report
    from orchestration.evaluation.figures import UnmarkedPage
    from orchestration.evaluation.records import UnreadableFile

    if gold is None and (by or as_json or errors or calibration):
        _stop("--by, --json, --errors and --calibration need a gold file: communique evaluate GOLD.jsonl ...")
    if gold is not None and write:
        _stop("--write is for the figures of everything: leave out the gold file.")
    for target in filter(None, (errors, write)):
        if not target.parent.is_dir():
            _stop(f"{target.parent} is not a folder to write {target.name} into.")
    try:
        if gold is not None:
            report.one_file(gold, predictions, by, as_json, errors, calibration)
        elif failures := report.everything(write):
            _stop("\n".join(failures))
    except (UnreadableFile, UnmarkedPage) as error:
        _stop(str(error))


@app.command()
def run(raw: RawOption = None, warehouse: WarehouseOption = None, workers: WorkersOption = None) -> None:
    """Take in, read, parse, build, check and serve whatever is new in raw/; then say what was found."""
    from orchestration.run import has_work, run_everything
    from orchestration.terminal import Steps, say_outcome

    settings = _settings(raw, warehouse, workers)
    with _plain_errors():
        outcome = None
        if has_work(settings):
            with Steps() as steps:
                outcome = run_everything(settings, steps.progress)
    say_outcome(settings, outcome)
    if outcome is not None and not outcome.succeeded:
        raise typer.Exit(1)


@app.command()
def rebuild(raw: RawOption = None, warehouse: WarehouseOption = None, workers: WorkersOption = None) -> None:
    """Read and parse all kept documents anew, then build and serve: after a better parser or a changed sources.yaml."""
    from orchestration.resources import Workspace

    settings = _settings(raw, warehouse, workers)
    with _plain_errors(), Workspace(settings).writing() as store:
        for stage in ("articles", "mentions"):
            store.discard(stage)
    run(raw, warehouse, workers)


@app.command()
def ui(
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    port: Annotated[int, typer.Option(help="Port on this machine")] = 3000,
) -> None:
    """Open the Dagster UI: lineage, runs, checks, schedules."""
    settings = _settings(raw, warehouse, None)
    home = settings.dagster_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    (home / "dagster.yaml").write_bytes((PROJECT_ROOT / "dagster.yaml").read_bytes())
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["COMMUNIQUE_RAW_DIR"] = str(settings.raw_dir)
    os.environ["COMMUNIQUE_WAREHOUSE_DIR"] = str(settings.warehouse_dir)
    dagster = Path(sys.executable).with_name("dagster")
    os.chdir(PROJECT_ROOT)
    os.execv(dagster, [str(dagster), "dev", "-w", "workspace.yaml", "--host", "127.0.0.1", "--port", str(port)])


def _settings(raw: Path | None, warehouse: Path | None, workers: int | None) -> Settings:
    given = {
        "raw_dir": raw.resolve() if raw else None,
        "warehouse_dir": warehouse.resolve() if warehouse else None,
        "workers": workers,
    }
    settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    if not settings.raw_dir.is_dir():
        _stop(f"{settings.raw_dir} is not a folder. Put articles into a folder and name it with --raw.")
    return settings


@contextmanager
def _plain_errors() -> Iterator[None]:
    """What a user can mend is one line; anything else is a bug and keeps its trace."""
    from orchestration.ingest.sources import SourcesError
    from orchestration.store.lock import AnotherRunIsActive

    try:
        yield
    except (SourcesError, AnotherRunIsActive) as error:
        _stop(str(error))


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)


@app.callback()
def _main() -> None:
    """Raw diplomatic news in, a SQL warehouse of meetings and commitments out."""


def main() -> None:
    """Entry point of the `communique` command."""
    app()
