"""How well sentences that tell of people meeting are told from others, on M2E2's Contact:Meet (a wider idea than ours).

Run: python tests/benchmarks/m2e2.py [--errors]
Needs ../shared/gold/components beside the repository.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

from orchestration.parse.meeting_triggers import tells_encounter
from orchestration.parse.sentences import load_model

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "components" / "m2e2_dev.jsonl.gz"
GOAL = 0.65


def main() -> None:
    """Print one line of a table: precision, recall and F1 over sentences, beside what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="also print the sentences that were got wrong")
    arguments = parser.parse_args()
    if not GOLD.exists():
        raise SystemExit(f"{GOLD} is not there: this benchmark needs the shared folder beside the repository")
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    hits = false = missed = 0
    for row, doc in zip(rows, load_model().pipe(row["text"] for row in rows), strict=True):
        gold = any(event["type"] == "Contact:Meet" for event in row["events"])
        found = tells_encounter(doc)
        hits, false, missed = hits + (gold and found), false + (found and not gold), missed + (gold and not found)
        if arguments.errors and gold != found:
            print("missed" if gold else "false ", row["text"][:200])
    precision, recall = hits / (hits + false), hits / (hits + missed)
    score = 2 * precision * recall / (precision + recall)
    print("| M2E2 Contact:Meet sentences | precision | recall | F1 | asked |")
    print("|---|---|---|---|---|")
    print(
        f"| {len(rows)} sentences, {hits + missed} gold | {precision:.3f} | {recall:.3f} | {score:.3f} | {GOAL:.2f} |"
    )


if __name__ == "__main__":
    main()
