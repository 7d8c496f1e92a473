"""Strength of demands against the hand-coded recommendations of the Universal Periodic Review.

    python tests/benchmarks/upr.py [--shared ../shared] [--write]

Prints accuracy and macro-F1 by ten-fold cross-validation: the table of verbs is fitted on nine tenths of the rows and
scored on the tenth it has not seen, for three shuffles. `--write` fits it on all rows and replaces
`orchestration/reference/data/statement_strength.csv`, which holds words and steps, no text.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

from orchestration.parse.strength import Feature, demand_strength, strength_features

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "orchestration" / "reference" / "data" / "statement_strength.csv"
NEEDED = {
    "help": (3, 0.6),
    "joined": (2, 0.8),
    "next": (5, 0.75),
    "object": (2, 0.0),
    "verb": (2, 0.0),
    "noun": (5, 0.0),
}
"""Rows that a feature must have been seen in, and the share of them that must agree."""


def read_rows(shared: Path) -> list[tuple[str, int]]:
    """Recommendations with the strength that people gave them."""
    path = shared / "gold" / "components" / "upr_recommendations_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(record["text"], int(record["strength"])) for record in map(json.loads, lines)]


def fit(rows: list[tuple[str, int]]) -> dict[Feature, int]:
    """The most frequent step of each feature that was seen often enough and agrees well enough."""
    seen: dict[Feature, Counter[int]] = defaultdict(Counter)
    for text, strength in rows:
        for feature in strength_features(text):
            seen[feature][strength] += 1
    weights: dict[Feature, int] = {}
    for feature, counts in seen.items():
        step, hits = counts.most_common(1)[0]
        least, purity = NEEDED[feature[0]]
        if counts.total() >= least and hits / counts.total() >= purity:
            weights[feature] = step
    return weights


def macro_f1(gold: list[int], found: list[int]) -> float:
    """Mean of the five classes' F1."""
    scores = []
    for step in range(1, 6):
        hits = sum(g == f == step for g, f in zip(gold, found, strict=True))
        total = gold.count(step) + found.count(step)
        scores.append(2 * hits / total if total else 0.0)
    return sum(scores) / len(scores)


def cross_validate(rows: list[tuple[str, int]], seed: int, folds: int = 10) -> tuple[float, float]:
    """Accuracy and macro-F1 of predictions made for rows that the table was not fitted on."""
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    found = [0] * len(rows)
    for fold in range(folds):
        held_out = set(order[fold::folds])
        weights = fit([rows[i] for i in order if i not in held_out])
        for i in held_out:
            found[i] = demand_strength(rows[i][0], weights)
    gold = [strength for _, strength in rows]
    return sum(g == f for g, f in zip(gold, found, strict=True)) / len(rows), macro_f1(gold, found)


def write_table(rows: list[tuple[str, int]]) -> int:
    """Write the table fitted on all rows; entries that the next coarser one gives anyway are left out."""
    weights = fit(rows)
    kept = {
        feature: step
        for feature, step in weights.items()
        if feature[0] in ("help", "verb", "noun") or weights.get(("verb", feature[1])) != step
    }
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("feature", "verb", "other", "strength"))
        for feature, step in sorted(kept.items()):
            verb, other = ("", feature[1]) if feature[0] == "noun" else (*feature[1:], "", "")[:2]
            writer.writerow((feature[0], verb, other, step))
    return len(kept)


def main() -> None:
    """Print the figures; with `--write`, replace the shipped table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.shared)
    for seed in range(3):
        accuracy, macro = cross_validate(rows, seed)
        print(f"strength, 10-fold, shuffle {seed}: accuracy {accuracy:.3f}  macro-F1 {macro:.3f}  ({len(rows)} rows)")
    if arguments.write:
        print(f"{write_table(rows)} entries written to {TABLE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
