"""What `communique evaluate` prints and writes: for one gold file, or for everything there is.

Does not belong here: the figures themselves (`scoring`, `calibration`, `figures`) and the command's options (`cli`).
"""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.evaluation.calibration import calibration_lines
from orchestration.evaluation.comparison import compare
from orchestration.evaluation.errors_page import errors_page
from orchestration.evaluation.figures import all_figures, around_marks, write_between_marks
from orchestration.evaluation.gold_sets import parse
from orchestration.evaluation.records import read_gold, read_predictions
from orchestration.evaluation.scoring import group_lines, score, score_groups, table_lines


def one_file(
    gold: Path,
    predictions: Path | None = None,
    by: str | None = None,
    as_json: bool = False,
    errors: Path | None = None,
    calibration: bool = False,
) -> None:
    """Score one gold file, print the figures, write the page of errors where asked. Raises UnreadableFile."""
    golds = read_gold(gold)
    comparisons = compare(golds, read_predictions(predictions) if predictions else parse(golds))
    scores = score(comparisons)
    groups = score_groups(comparisons, by) if by else {}
    confidences = calibration_lines(comparisons) if calibration else []
    if as_json:
        figures = scores.to_json()
        if by:
            figures[f"by {by}"] = {value: group.to_json()["found"] for value, group in groups.items()}
        if calibration:
            figures["calibration"] = confidences
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        print("\n".join([*table_lines(scores), *group_lines(groups), *confidences]))
    if errors:
        errors.write_text(errors_page(comparisons, gold.name), encoding="utf-8")


def everything(page: Path | None = None) -> list[str]:
    """Print all figures, write them into the page where one is given; returns a line for each part that failed.

    Raises UnreadableFile without gold texts, UnmarkedPage where the page has no place for figures.
    """
    if page:
        around_marks(page)
    figures, failures = all_figures()
    print(figures)
    if page:
        write_between_marks(page, figures)
    return failures
