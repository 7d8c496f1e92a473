"""All figures there are, as Markdown: whole articles on both gold sets, publisher by publisher, and the parts.

Belongs here: which sets and which part benchmarks (`tests/benchmarks`) are run, ours beside the published figures
(`published_scores.csv`, `published_parts.csv`), and writing them into a page between two marks. Does not belong here:
how a figure is computed (`scoring`; the benchmarks themselves), and what figures mean (`docs/accuracy.md`, by hand).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orchestration.evaluation.comparison import Comparison, compare
from orchestration.evaluation.gold_sets import development_gold, parse, second_gold
from orchestration.evaluation.scoring import Scores, score
from orchestration.reference.tables import table
from orchestration.settings import PROJECT_ROOT

BENCHMARKS = PROJECT_ROOT / "tests" / "benchmarks"
START_MARK = "<!-- figures: start (written by make score) -->"
END_MARK = "<!-- figures: end -->"
OWN_LINE_FROM_ARTICLES = 5
"""Publishers with fewer articles share one line: a rate over two articles tells nothing."""
OTHER_PUBLISHERS = "other publishers"
LONGEST_BENCHMARK_SECONDS = 1800
TABLE_RULE = re.compile(r"\|[\s|:-]+\|")


class UnmarkedPage(ValueError):
    """The page lacks the two marks between which the figures go."""


def all_figures() -> tuple[str, list[str]]:
    """The figures as Markdown, and a line for each benchmark that failed. Raises UnreadableFile without gold texts."""
    _tell("whole articles")
    development, second = (compare(golds, parse(golds)) for golds in (development_gold(), second_gold()))
    parts, failures = measure_parts()
    lines = [f"Measured on {date.today().isoformat()}.", "", "### Whole articles", ""]
    lines += _score_table(score(development), score(second))
    for title, comparisons in (("development gold", development), ("second gold", second)):
        lines += ["", f"### By publisher: {title}", "", *_publisher_table(comparisons)]
    return "\n".join([*lines, "", "### Parts", *parts]), failures


def around_marks(page: Path) -> tuple[str, str]:
    """What stands before and after the place for figures. Raises UnmarkedPage where a mark is missing."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, start, rest = text.partition(START_MARK)
    _, end, after = rest.partition(END_MARK)
    if not start or not end:
        raise UnmarkedPage(f"{page} has no lines '{START_MARK}' and '{END_MARK}' to write the figures between.")
    return before, after


def write_between_marks(page: Path, figures: str) -> None:
    """Replace what stands between the marks of the page. Raises UnmarkedPage where one is missing."""
    before, after = around_marks(page)
    page.write_text(f"{before}{START_MARK}\n\n{figures}\n\n{END_MARK}{after}", encoding="utf-8")


def _figure(scores: Scores, figure: str, key: str) -> str:
    match figure:
        case "f1":
            value = scores.found[key].f1
        case "recall":
            value = scores.found[key].recall
        case "right":
            value = scores.right[key].value
        case "false_alarm":
            value = scores.empty_with_false_alarm.value
        case _:
            raise ValueError(f"published_scores.csv: no such figure: {figure}")
    return _rate(value)


def _rate(value: float) -> str:
    """Three decimals without a leading zero, as the published figures are printed."""
    return f"{value:.3f}".removeprefix("0")


def _score_table(development: Scores, second: Scores) -> list[str]:
    header = ("", "floor", "second reader", "aim", "ours, development gold", "ours, second gold")
    rows = [
        (
            row["measure"],
            row["floor"],
            row["second_reader"],
            row["aim"],
            f"**{_figure(development, row['figure'], row['key'])}**",
            f"**{_figure(second, row['figure'], row['key'])}**",
        )
        for row in table("published_scores")
    ]
    sizes = [
        f"{s.articles} articles, {s.found['meetings'].gold} meetings, {s.found['statements'].gold} statements"
        for s in (development, second)
    ]
    return [
        *_markdown(header, rows),
        "",
        f"Development gold: {sizes[0]}. Second gold: {sizes[1]}.",
    ]


def _publisher_table(comparisons: list[Comparison]) -> list[str]:
    articles = Counter(comparison.gold.value("publisher") for comparison in comparisons)
    large = [name for name, number in articles.most_common() if number >= OWN_LINE_FROM_ARTICLES]
    groups: dict[str, list[Comparison]] = {name: [] for name in large}
    for comparison in comparisons:
        name = comparison.gold.value("publisher")
        groups.setdefault(name if name in groups else OTHER_PUBLISHERS, []).append(comparison)
    header = ("publisher", "articles", "meetings F1", "participants by party F1", "statements F1", "speakers", "alarms")
    rows = []
    for name, members in groups.items():
        scores = score(members)
        meetings, statements = scores.found["meetings"], scores.found["statements"]
        alarms = scores.empty_with_false_alarm
        rows.append(
            (
                name,
                str(scores.articles),
                f"{_rate(meetings.f1)} of {meetings.gold}",
                _rate(scores.found["participants by party"].f1),
                f"{_rate(statements.f1)} of {statements.gold}",
                _rate(scores.right["statements.speakers exact"].value),
                f"{alarms.part} of {alarms.total}",
            )
        )
    return _markdown(header, rows)


def measure_parts(folder: Path = BENCHMARKS) -> tuple[list[str], list[str]]:
    """What the part benchmarks in the folder print, as Markdown lines, and a line for each that failed."""
    lines: list[str] = []
    failures: list[str] = []
    for row in table("published_parts"):
        script = folder / f"{row['script']}.py"
        if not script.is_file():
            continue
        _tell(row["part"])
        lines += ["", f"**{row['part']}.** Published: {row['published']}. Aim: {row['aim']}. Ours:", ""]
        try:
            done = subprocess.run(
                [sys.executable, str(script)],
                cwd=PROJECT_ROOT,
                capture_output=True,
                text=True,
                timeout=LONGEST_BENCHMARK_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            why: str | None = f"still running after {LONGEST_BENCHMARK_SECONDS} s"
        else:
            why = (done.stderr.strip().splitlines() or ["no reason given"])[-1] if done.returncode else None
        if why is not None:
            failures.append(f"{script} failed: {why}")
            lines.append("not measured: the benchmark failed")
        else:
            lines += _shown(done.stdout.strip("\n").splitlines())
    return lines, failures


def _shown(output: list[str]) -> list[str]:
    """A Markdown table as it is, anything else as printed."""
    is_table = len(output) > 1 and TABLE_RULE.fullmatch(output[1]) is not None
    return output if is_table else ["```text", *output, "```"]


def _tell(what: str) -> None:
    """Say on standard error what is being measured: all together takes minutes."""
    print(f"Measuring: {what} ...", file=sys.stderr)


def _markdown(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    rule = "| --- |" + " ---: |" * (len(header) - 1)
    first, *others = (f"| {' | '.join(cells)} |" for cells in (header, *rows))
    return [first, rule, *others]
