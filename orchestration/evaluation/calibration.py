"""Whether a confidence means what it says, and the measured confidence of each rule.

A confidence is right when of the facts that are given .9, nine in ten are right: that is, are matched by a gold fact.
`python -m orchestration.evaluation.calibration [GOLD.jsonl ...]` writes `meeting_rules.csv` and `statement_rules.csv`
anew, from the gold files given, or from all gold there is; it is run by hand after the rules have changed. A rule seen
seldom is drawn towards the mean of its kind of fact, a rule never seen gets that mean. Does not
belong here: how a rule's confidence reaches a fact (`orchestration.parse`).
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from orchestration.evaluation.comparison import Comparison, Pairs, compare
from orchestration.evaluation.gold_sets import development_gold, parse, second_gold
from orchestration.evaluation.records import MeetingRecord, StatementRecord, UnreadableFile, read_gold
from orchestration.evaluation.scoring import Share

RULE_TABLES = Path(__file__).resolve().parent.parent / "reference" / "data"
PRIOR_WEIGHT = 6.0
"""How many facts of mean quality each rule is credited with before its own are counted."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.05, 0.98


@dataclass(frozen=True, slots=True)
class Judged:
    """One fact that was found: what found it, how sure it was, whether gold agrees, and whose article it stands in."""

    what: str
    rule: str
    confidence: float
    is_right: bool
    publisher: str


def judged_facts(comparisons: Iterable[Comparison]) -> list[Judged]:
    """Every found fact that carries a rule and a confidence, with the verdict of gold."""
    facts = []
    for comparison in comparisons:
        publisher = comparison.gold.value("publisher")
        found = comparison.found
        kinds: tuple[tuple[str, Sequence[MeetingRecord | StatementRecord], Pairs], ...] = (
            ("meeting", found.meetings, comparison.meeting_pairs),
            ("statement", found.statements, comparison.statement_pairs),
        )
        for what, facts_found, pairs in kinds:
            right = {j for _, j in pairs}
            facts += [
                Judged(what, fact.rule, fact.confidence, j in right, publisher)
                for j, fact in enumerate(facts_found)
                if fact.rule and fact.confidence is not None
            ]
    return facts


def _mean(facts: Collection[Judged]) -> float:
    return Share(sum(fact.is_right for fact in facts), len(facts)).value


def shares(facts: Iterable[Judged]) -> dict[str, Share]:
    """How many of each rule's facts are right."""
    by_rule: dict[str, Share] = defaultdict(Share)
    for fact in facts:
        by_rule[fact.rule].add(fact.is_right)
    return by_rule


def measured_confidences(facts: list[Judged]) -> dict[str, float]:
    """The confidence that each rule has earned, drawn towards the mean of all."""
    overall = _mean(facts)
    return {
        rule: min(
            MOST_CONFIDENCE,
            max(LEAST_CONFIDENCE, (share.part + PRIOR_WEIGHT * overall) / (share.total + PRIOR_WEIGHT)),
        )
        for rule, share in shares(facts).items()
    }


def _bin_lines(pairs: list[tuple[float, bool]]) -> list[str]:
    lines = []
    for low, high in pairwise(BINS):
        inside = [(given, right) for given, right in pairs if low <= given < high or (high == 1.0 and given == 1.0)]
        if inside:
            mean = sum(given for given, _ in inside) / len(inside)
            share = Share(sum(right for _, right in inside), len(inside))
            lines.append(f"  {low:.2f}-{high:.2f}   mean given {mean:.3f}   right {share.value:.3f}   {share.total:5}")
    return lines


def held_out(facts: list[Judged]) -> list[tuple[float, bool]]:
    """Each fact's confidence as measured on all other publishers, and whether the fact is right."""
    pairs = []
    for publisher in sorted({fact.publisher for fact in facts}):
        others = [fact for fact in facts if fact.publisher != publisher]
        measured = measured_confidences(others)
        overall = _mean(others)
        pairs += [(measured.get(f.rule, overall), f.is_right) for f in facts if f.publisher == publisher]
    return pairs


def calibration_lines(comparisons: Iterable[Comparison]) -> list[str]:
    """For meetings and for statements: confidences as given, as measured on other publishers, and rule by rule."""
    lines: list[str] = []
    every = judged_facts(comparisons)
    for what in ("meeting", "statement"):
        facts = [fact for fact in every if fact.what == what]
        if not facts:
            continue
        lines.append(f"{what}s: confidence as given")
        lines += _bin_lines([(fact.confidence, fact.is_right) for fact in facts])
        if len({fact.publisher for fact in facts}) > 1:
            lines.append(f"{what}s: confidence as measured on the other publishers")
            lines += _bin_lines(held_out(facts))
        lines.append(f"{what}s by rule: given, share right, number, measured and drawn towards the mean")
        measured = measured_confidences(facts)
        for rule, share in sorted(shares(facts).items(), key=lambda entry: -entry[1].total):
            given = [fact.confidence for fact in facts if fact.rule == rule]
            mean = sum(given) / len(given)
            lines.append(f"  {rule:44}{mean:7.3f}{share.value:7.3f}{share.total:6}{measured[rule]:7.3f}")
    return lines


def write_rule_table(path: Path, facts: list[Judged]) -> list[str]:
    """Replace a table of rules by what the facts show; its row without a rule holds the mean of all.

    Returns a line for each rule whose confidence changes.
    """
    with path.open(encoding="utf-8", newline="") as source:
        before = {row["rule"]: row["confidence"] for row in csv.DictReader(source)}
    seen = shares(facts)
    after = {rule: f"{confidence:.2f}" for rule, confidence in measured_confidences(facts).items()}
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("rule", "found", "confidence"))
        writer.writerow(("", len(facts), f"{_mean(facts):.2f}"))
        writer.writerows((rule, seen[rule].total, after[rule]) for rule in sorted(after))
    return [
        f"{path.name}: {rule} {before.get(rule, 'new')} -> {after.get(rule, 'gone')}"
        for rule in sorted((before.keys() | after.keys()) - {""})
        if before.get(rule) != after.get(rule)
    ]


def main(paths: list[str]) -> int:
    """Measure on the gold files given, or on all there is, and rewrite the rule tables."""
    try:
        golds = [gold for path in paths for gold in read_gold(Path(path))] or [*development_gold(), *second_gold()]
    except UnreadableFile as error:
        print(error, file=sys.stderr)
        return 1
    facts = judged_facts(compare(golds, parse(golds)))
    for what in ("meeting", "statement"):
        path = RULE_TABLES / f"{what}_rules.csv"
        if path.is_file():
            changes = write_rule_table(path, [fact for fact in facts if fact.what == what])
            print("\n".join(changes) or f"{path.name}: nothing to change")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
