"""Words a second of the whole parse beside a plain run of the same spaCy model over the same texts, in one process.

Run `python tests/benchmarks/speed.py [--articles N] [--profile]`. Reads ../shared, which is not part of the repository.
Times are processor seconds, so that what else the machine does counts little; models are loaded and warm before.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import pstats
import re
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import spacy

from orchestration.parse.extract import extract_many
from orchestration.parse.model import ArticleText
from orchestration.parse.model_pipeline import MODEL
from orchestration.parse.sentences import split_sentences

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SETS = {
    "dense diplomacy (Kremlin, State)": ("kremlin_en_1999_2020", "state_dept_press_releases_2021_2022"),
    "mixed news (BBC, Reuters 1987)": ("bbc_2004_2005", "reuters21578_1987"),
}


def text_of(record: dict[str, str]) -> str:
    """The running text of a record of any of the four corpora."""
    if "content" in record:
        return re.sub(r"<[^>]+>", " ", record["content"].replace("</p>", "</p>\n\n"))
    body = record.get("text") or record.get("body") or ""
    head = " ".join(filter(None, (record.get("dateline"), record.get("lead"))))
    return f"{head} {body}".strip()


def sample(name: str, size: int) -> list[ArticleText]:
    """Articles taken at equal steps through a corpus."""
    with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 0, None, 7)]
    step = max(1, len(records) // size)
    chosen = [(i, text_of(r), str(r.get("date") or r.get("pubDate") or "")) for i, r in enumerate(records[::step])]
    return [ArticleText(f"{name}-{i}", text, date) for i, text, date in chosen[:size] if text.strip()]


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the table for both kinds of news."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=150, help="from each corpus")
    arguments.add_argument("--profile", action="store_true", help="say where the time of the whole parse goes")
    asked = arguments.parse_args()
    plain = spacy.load(MODEL)
    for title, corpora in SETS.items():
        articles = [article for corpus in corpora for article in sample(corpus, asked.articles)]
        texts = [article.text for article in articles]
        words = sum(len(text.split()) for text in texts)
        warm = articles[:3]
        list(extract_many(warm))
        list(plain.pipe(article.text for article in warm))
        ours = seconds(lambda articles=articles: list(extract_many(articles)))
        theirs = seconds(lambda texts=texts: list(plain.pipe(texts)))
        split = [split_sentences(text) for text in texts]
        parsed = sum(len(s.text.split()) for sentences in split for s in sentences if s.spacy is not None)
        let_in = sum(any(s.spacy is not None for s in sentences) for sentences in split)
        print(f"{title}: {len(articles)} articles, {words} words")
        print(f"  let in: {let_in / len(texts):.2f} of the articles, {parsed / words:.2f} of the words")
        print(f"  words a second: whole parse {words / ours:.0f}, plain spaCy {words / theirs:.0f}")
        print(f"  ratio {theirs / ours:.1f}")
        if asked.profile:
            profile = cProfile.Profile()
            profile.runcall(lambda articles=articles: list(extract_many(articles)))
            pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
