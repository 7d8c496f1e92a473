"""What a person sees on the terminal: progress of a run, and its summary.

Does not belong here: the work itself (`run`), the commands (`cli`).
"""

import os
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from orchestration.run import RunOutcome, counts
from orchestration.settings import Settings

QUERY = "SELECT start_date, place, meeting_name, parties FROM fct_meetings ORDER BY start_date DESC LIMIT 5"

out = Console(highlight=False, soft_wrap=True)


class Steps:
    """Progress bars on standard error, one for each kind of work, as the pipeline tells of it.

    Where standard error is no terminal (a log, a pipe), a line for each tenth instead.
    """

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
        )
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, int] = {}

    def __enter__(self) -> "Steps":
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._bars.stop()

    def progress(self, what: str, done: int, total: int | None) -> None:
        """Show how far one kind of work has come."""
        if self._console.is_terminal:
            if what not in self._tasks:
                self._tasks[what] = self._bars.add_task(what, total=total)
            self._bars.update(self._tasks[what], completed=done, total=total)
            return
        tenth = done * 10 // total if total else done // 50
        if tenth > self._told.get(what, -1):
            self._told[what] = tenth
            self._console.print(f"  {what}: {done:,}" + (f" of {total:,}" if total else ""), highlight=False)


def say_outcome(settings: Settings, outcome: RunOutcome | None) -> None:
    """The last lines of a run; None stands for a run that found nothing to do."""
    served = _short(settings.served_database)
    if outcome is None:
        out.print("Nothing to do: every file in raw/ is taken in and the served file is up to date.")
    elif not outcome.succeeded:
        out.print("[bold red]The run failed; the served file was left as it was.[/]")
        for problem in outcome.problems:
            out.print(f"  - {problem}", markup=False)
        out.print(f"Look closer: make ui, then open run {outcome.run_id}.", markup=False)
    if not settings.served_database.exists():
        return
    held = counts(settings)
    if outcome is not None and outcome.succeeded:
        new = outcome.new_rows
        aside = sum(count for table, count in new.items() if table.startswith("quarantine_"))
        out.print(f"This run read {new.get('articles', 0):,} articles and set {aside:,} pieces of input aside.")
    out.print(
        f"{served} holds {held['articles']:,} articles ({held['set aside']:,} pieces of input set aside): "
        f"{held['meetings']:,} meetings, {held['commitments']:,} commitments, {held['demands']:,} demands."
    )
    out.print("Try:")
    out.print(f'  .venv/bin/duckdb {served} "{QUERY}"', markup=False)
    if held["set aside"]:
        out.print(f'  .venv/bin/duckdb {served} "SELECT source_path, reason FROM quarantine"', markup=False)


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return relative if not relative.startswith("..") else str(path)
