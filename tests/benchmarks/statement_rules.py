"""How often each statement rule is right, on the development gold and on tests/gold; `--write` makes it the confidence.

    python tests/benchmarks/statement_rules.py [--shared ../shared] [--write]

A found statement is right where the codebook's scoring matches it with a gold one. A rule's share is drawn towards the
share of all rules by as many imagined finds as `PRIOR`, so that a rule seen twice does not claim certainty.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from orchestration.parse.extract import extract
from orchestration.parse.model import ArticleText

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "orchestration" / "reference" / "data" / "statement_rules.csv"
PRIOR = 6
"""Imagined finds at the overall share that each rule starts from."""


def load_module(path: Path) -> ModuleType:
    """A script outside the package as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def gold_articles(shared: Path) -> Iterator[dict[str, Any]]:
    """Both gold sets, with their texts."""
    with (shared / "gold" / "articles_dev.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
    yield from load_module(ROOT / "tests" / "gold" / "texts.py").gold(shared)


def count(shared: Path) -> tuple[Counter[str], Counter[str]]:
    """Finds and right finds by rule."""
    score = load_module(shared / "score" / "score.py")
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold in gold_articles(shared):
        fields = {key: gold.get(key) for key in ("published", "headline", "publisher")}
        statements = extract(ArticleText(id=gold["id"], text=gold["text"], **fields)).to_json()["statements"]
        pairs = score.match(gold["statements"], statements, score.statement_similarity, score.Text(gold["text"]))
        hits = {j for _, j in pairs}
        for j, statement in enumerate(statements):
            found[statement["rule"]] += 1
            right[statement["rule"]] += j in hits
    return found, right


def main() -> None:
    """Print the shares; with `--write`, replace the shipped table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    found, right = count(arguments.shared)
    overall = right.total() / found.total() if found else 0.0
    rows = [
        (rule, n, right[rule], round((right[rule] + PRIOR * overall) / (n + PRIOR), 2))
        for rule, n in found.most_common()
    ]
    for rule, n, hits, confidence in rows:
        print(f"{rule:40}{hits:4}/{n:4}  confidence {confidence:.2f}")
    print(f"{'all':40}{right.total():4}/{found.total():4}  {overall:.3f}")
    if arguments.write:
        with TABLE.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(("rule", "found", "confidence"))
            writer.writerow(("", found.total(), round(overall, 2)))
            writer.writerows((rule, n, confidence) for rule, n, _, confidence in sorted(rows))


if __name__ == "__main__":
    main()
