"""Scores over many articles by the codebook's "Scoring" section, as numbers, as a table of text, as JSON.

Belongs here: sums over compared articles. Does not belong here: when two facts are the same (`comparison`), published
figures and the page of figures (`figures`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orchestration.evaluation.comparison import (
    Comparison,
    dice,
    meeting_agreement,
    meeting_parties,
    meeting_people,
    party_keys,
    statement_agreement,
)
from orchestration.evaluation.records import MeetingRecord

REPORTED_MEETINGS = "meetings the article reports (recall)"
STATEMENT_FIELDS_SCORED_AS = {
    "kind": "commitments.kind",
    "speakers": "statements.speakers exact",
    "outcome_no": "statements.outcome_no",
    "conditional": "statements.conditional",
}
"""Addressees are scored by F1 only: they may be printed text, which seldom agrees to the letter."""


@dataclass(slots=True)
class Tally:
    """How many facts gold holds, how many were found, how many of them are the same."""

    gold: int = 0
    found: int = 0
    hits: int = 0

    def add(self, gold: int, found: int, hits: int) -> None:
        """Count one more article or fact."""
        self.gold += gold
        self.found += found
        self.hits += hits

    @property
    def precision(self) -> float:
        """Share of what was found that is in gold."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return dice(self.hits, self.gold, self.found)

    def to_json(self) -> dict[str, float]:
        """Rates and counts by their usual short names."""
        counts = {"gold": self.gold, "pred": self.found, "hit": self.hits}
        return {"p": self.precision, "r": self.recall, "f1": self.f1, **counts}


@dataclass(slots=True)
class Share:
    """How many of a number are so."""

    part: int = 0
    total: int = 0

    def add(self, is_so: bool) -> None:
        """Count one more."""
        self.part += is_so
        self.total += 1

    @property
    def value(self) -> float:
        """The share, 0 of nothing."""
        return self.part / self.total if self.total else 0.0


@dataclass(slots=True)
class Scores:
    """All figures over a set of articles."""

    articles: int = 0
    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    right: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    empty_with_false_alarm: Share = field(default_factory=Share)

    def to_json(self) -> dict[str, Any]:
        """The figures under the names of the table."""
        return {
            "articles": self.articles,
            "found": {name: tally.to_json() for name, tally in self.found.items()},
            "right on matched pairs": {
                name: {"accuracy": share.value, "n": share.total} for name, share in self.right.items()
            },
            "empty articles with a false alarm": {
                "share": self.empty_with_false_alarm.value,
                "n": self.empty_with_false_alarm.total,
            },
        }


def score(comparisons: Iterable[Comparison]) -> Scores:
    """Add up all figures over the compared articles."""
    scores = Scores()
    for comparison in comparisons:
        scores.articles += 1
        if comparison.gold.is_empty:
            scores.empty_with_false_alarm.add(not comparison.found.is_empty)
        _add_meetings(scores, comparison)
        _add_statements(scores, comparison)
    return scores


def score_groups(comparisons: Iterable[Comparison], field_name: str) -> dict[str, Scores]:
    """The scores of each group of articles that share a value of a field of gold, groups in order of their names."""
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        groups[comparison.gold.value(field_name)].append(comparison)
    return {value: score(groups[value]) for value in sorted(groups)}


def _add_meetings(scores: Scores, comparison: Comparison) -> None:
    golds, founds = comparison.gold.meetings, comparison.found.meetings
    found_of = dict(comparison.meeting_pairs)
    scores.found["meetings"].add(len(golds), len(founds), len(found_of))
    reported = {i for i, meeting in enumerate(golds) if not meeting.background}
    scores.found[REPORTED_MEETINGS].add(len(reported), 0, len(reported & set(found_of)))
    for i, gold in enumerate(golds):
        # A meeting that was missed costs its participants too; those of a false alarm cost nothing twice.
        found = founds[found_of[i]] if i in found_of else MeetingRecord()
        for name, members in (("party", meeting_parties), ("person", meeting_people)):
            theirs, ours = members(gold), members(found)
            scores.found[f"participants by {name}"].add(len(theirs), len(ours), len(theirs & ours))
    for i, j in comparison.meeting_pairs:
        for name, agrees in meeting_agreement(golds[i], founds[j]).items():
            scores.right[f"meetings.{name}"].add(agrees)


def _add_statements(scores: Scores, comparison: Comparison) -> None:
    golds, founds, pairs = comparison.gold.statements, comparison.found.statements, comparison.statement_pairs
    scores.found["statements"].add(len(golds), len(founds), len(pairs))
    for name in ("commitment", "demand"):
        scores.found[f"{name}s"].add(
            sum(gold.statement_class == name for gold in golds),
            sum(found.statement_class == name for found in founds),
            sum(golds[i].statement_class == name for i, _ in pairs),
        )
    for i, j in pairs:
        gold, found = golds[i], founds[j]
        for name in ("speakers", "addressees"):
            theirs, ours = party_keys(getattr(gold, name)), party_keys(getattr(found, name))
            scores.found[f"statements.{name}"].add(len(theirs), len(ours), len(theirs & ours))
        for name, agrees in statement_agreement(gold, found).items():
            if name in STATEMENT_FIELDS_SCORED_AS:
                scores.right[STATEMENT_FIELDS_SCORED_AS[name]].add(agrees)


def table_lines(scores: Scores) -> list[str]:
    """The figures as lines of a table for the terminal."""
    lines = [f"{scores.articles} articles", f"{'':40}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}{'hits':>7}"]
    for name, tally in scores.found.items():
        if name == REPORTED_MEETINGS:
            lines.append(f"{name:40}{'':7}{tally.recall:7.3f}{'':7}{tally.gold:7}{'':7}{tally.hits:7}")
        else:
            rates = f"{tally.precision:7.3f}{tally.recall:7.3f}{tally.f1:7.3f}"
            lines.append(f"{name:40}{rates}{tally.gold:7}{tally.found:7}{tally.hits:7}")
    for name, share in scores.right.items():
        lines.append(f"{name:40}{'accuracy':>14}{share.value:7.3f}{share.total:7}")
    alarms = scores.empty_with_false_alarm
    lines.append(f"{'empty articles with a false alarm':40}{'share':>14}{alarms.value:7.3f}{alarms.total:7}")
    return lines


def group_lines(groups: dict[str, Scores]) -> list[str]:
    """One line for each group: F1 of meetings and statements with the number in gold."""
    lines = []
    for value, scores in groups.items():
        meetings, statements = scores.found["meetings"], scores.found["statements"]
        alarms = scores.empty_with_false_alarm
        lines.append(
            f"{value[:39]:40}articles {scores.articles:4}   meetings F1 {meetings.f1:.3f} ({meetings.gold})   "
            f"statements F1 {statements.f1:.3f} ({statements.gold})   false alarms in {alarms.part} of {alarms.total}"
        )
    return lines
