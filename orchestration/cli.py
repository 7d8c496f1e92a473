"""The `communique` command: what a person types. Each command calls the libraries and says what came of it.

Does not belong here: anything that a command does (the packages beside this file).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.parse.model import ArticleText

app = typer.Typer(help=__doc__.split("\n")[0] if __doc__ else None, no_args_is_help=True, add_completion=False)


def _articles(paths: list[Path]) -> Iterator[ArticleText]:
    for path in paths:
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as lines:
                for line in filter(str.strip, lines):
                    record: dict[str, Any] = json.loads(line)
                    yield ArticleText(
                        id=str(record["id"]),
                        text=record["text"],
                        published=record.get("published"),
                        headline=record.get("headline"),
                        publisher=record.get("publisher"),
                        url=record.get("url"),
                    )
        else:
            yield ArticleText(id=path.stem, text=path.read_text(encoding="utf-8"))


@app.command()
def extract(files: Annotated[list[Path], typer.Argument(help="Text files, or JSONL files of articles")]) -> None:
    """Read articles and print one JSON line of meetings and statements for each."""
    from orchestration.parse.extract import extract as extract_article

    for article in _articles(files):
        sys.stdout.write(json.dumps(extract_article(article).to_json(), ensure_ascii=False) + "\n")


@app.callback()
def _main() -> None:
    """Raw diplomatic news in, a SQL warehouse of meetings and commitments out."""


def main() -> None:
    """Entry point of the `communique` command."""
    app()
