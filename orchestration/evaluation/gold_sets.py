"""The gold sets that there are, and the parser's own answer to one.

Belongs here: where the sets lie, and running the parser over one. Does not belong here: the form of a
record (`records`), comparing (`comparison`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from orchestration.evaluation.records import ArticleRecord, GoldRecord, UnreadableFile, read_gold
from orchestration.parse.extract import extract_many
from orchestration.parse.model import ArticleText
from orchestration.settings import PROJECT_ROOT

REFERENCE_TEXTS = PROJECT_ROOT.parent / "shared"
"""Texts that may not be part of the repository; they lie beside it where they are at hand."""
DEVELOPMENT_GOLD = REFERENCE_TEXTS / "gold" / "articles_dev.jsonl"
SECOND_GOLD_TEXTS = PROJECT_ROOT / "tests" / "gold" / "texts.py"


def development_gold() -> list[GoldRecord]:
    """The articles that the rules were developed on. Raises UnreadableFile where they are not at hand."""
    if not DEVELOPMENT_GOLD.is_file():
        raise UnreadableFile(f"{DEVELOPMENT_GOLD} is not there: the gold texts are kept beside the repository.")
    return read_gold(DEVELOPMENT_GOLD)


def second_gold() -> list[GoldRecord]:
    """Our own annotations, joined with their texts. Raises UnreadableFile where the texts are not at hand."""
    done = subprocess.run([sys.executable, str(SECOND_GOLD_TEXTS)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnreadableFile(f"The second gold set cannot be rebuilt: {done.stderr.strip() or 'no reason given'}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "second_gold.jsonl"
        path.write_text(done.stdout, encoding="utf-8")
        return read_gold(path)


def parse(golds: Iterable[GoldRecord]) -> dict[str, ArticleRecord]:
    """What the parser finds in the texts of gold, by article id."""
    articles = (
        ArticleText(
            id=gold.id,
            text=gold.text,
            published=gold.published,
            headline=gold.headline,
            publisher=gold.publisher,
        )
        for gold in golds
    )
    return {found.id: ArticleRecord.model_validate(found.to_json()) for found in extract_many(articles)}
