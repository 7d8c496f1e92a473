"""How many date expressions of TimeBank get the right value: all that name a day, and those that are relative.

Run `python tests/benchmarks/timebank.py [--errors N]`. Reads ../shared, which is not part of the repository. An
expression counts as found where the spans overlap, and as right where the day is the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from orchestration.parse.dates import find_dates
from orchestration.parse.frame import read_frame
from orchestration.parse.model import ArticleText

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "components" / "timebank_dev.jsonl.gz"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NAMES_ITS_MONTH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?")


def is_relative(expression: str) -> bool:
    """True unless the expression names month and year itself."""
    return not (NAMES_ITS_MONTH.search(expression) and re.search(r"\d{4}", expression))


def measure(path: Path = GOLD) -> tuple[Counter[str], list[str]]:
    """Counts of gold, found and right expressions by kind, and a line for each miss."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = record["text"]
            frame = read_frame(ArticleText(record["id"], text, record["published"]))
            mentions = find_dates(text, frame)
            for gold in record["dates"]:
                value = gold["value"] or ""
                if gold["type"] not in ("DATE", "TIME") or not re.match(r"\d{4}", value):
                    continue
                words = text[gold["start"] : gold["end"]]
                is_day = DAY.match(value) is not None
                kinds = ["any value"]
                if is_day:
                    kinds = ["day", "day, relative"] if is_relative(words) else ["day"]
                hits = [m for m in mentions if m.start < gold["end"] and gold["start"] < m.end]
                expected = value[:10] if is_day else value
                answers = [v for hit in hits for v in ((hit.start_date, hit.end_date) if is_day else (hit.timex,))]
                is_right = expected in answers
                for kind in kinds:
                    counts[f"{kind}: gold"] += 1
                    counts[f"{kind}: found"] += any(answers)
                    counts[f"{kind}: right"] += is_right
                if is_day and not is_right:
                    around = re.sub(r"\s+", " ", text[max(0, gold["start"] - 70) : gold["end"] + 30])
                    errors.append(f"ref {frame.reference_date} {words!r} {expected} {answers} … {around}")
    return counts, errors


def main() -> None:
    """Print the table, and the misses where asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    counts, errors = measure()
    for kind in ("day, relative", "day", "any value"):
        gold, found, right = (counts[f"{kind}: {what}"] for what in ("gold", "found", "right"))
        print(f"{kind:14} gold {gold:4}  found {found / gold:.3f}  right {right / gold:.3f}")
    print("\n".join(errors[: asked.errors]))


if __name__ == "__main__":
    main()
