"""PLOVER roots against published rows: F1 of CONSULT, AGREE, SUPPORT and REQUEST.

    python tests/benchmarks/plover.py [--shared ../shared] [--errors N]

Prints each root's precision, recall and F1 over the rows whose gold is one of the four, and over all rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

from orchestration.parse.plover import plover_root

ROOT = Path(__file__).resolve().parents[2]
ROOTS = ("CONSULT", "AGREE", "SUPPORT", "REQUEST")


def read_rows(shared: Path) -> list[dict[str, str]]:
    """Sentences with source, target and gold root."""
    path = shared / "gold" / "components" / "plover_relations_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def f1_of(root: str, gold: list[str], found: list[str | None]) -> tuple[float, float, float]:
    """Precision, recall and F1 of one root."""
    hits = sum(g == f == root for g, f in zip(gold, found, strict=True))
    named, there = sum(f == root for f in found), gold.count(root)
    precision, recall = hits / named if named else 0.0, hits / there if there else 0.0
    return precision, recall, 2 * hits / (named + there) if named + there else 0.0


def main() -> None:
    """Print the table, and the rows that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    rows = read_rows(arguments.shared)
    gold = [row["gold_root"] for row in rows]
    found = [plover_root(row["sentence"], row["source"], row["target"]) for row in rows]
    four = [i for i, root in enumerate(gold) if root in ROOTS]
    for title, chosen in (
        (f"rows of the four roots ({len(four)})", four),
        (f"all rows ({len(rows)})", range(len(rows))),
    ):
        print(title)
        for root in ROOTS:
            p, r, f = f1_of(root, [gold[i] for i in chosen], [found[i] for i in chosen])
            print(f"  {root:10} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    wrong = [i for i in four if gold[i] != found[i]]
    for i in wrong[: arguments.errors]:
        pair = f"{rows[i]['source'][:25]} -> {rows[i]['target'][:25]}"
        print(f"{gold[i]} as {found[i]}: {rows[i]['sentence'][:160]} | {pair}")


if __name__ == "__main__":
    main()
