"""Numbered outcomes: which point of an enumeration a sentence stands in.

Belongs here: recognising the list and its numbers. Does not belong here: what a point says (`statement_acts`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from orchestration.parse.reading import Sentence
from orchestration.reference.tables import table

_WORDS = [row["word"] for row in table("statement_lists") if row["list"] == "ordinals"]
_ORDINAL = re.compile(
    rf"^\W*(?:and\s+)?(?:(?:the|point|item)\s+)?(?P<word>{'|'.join(_WORDS)})(?:ly)?(?:\s+(?:point|of all))?"
    r"\s*(?:[,:;.—–-]|is\b|was\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W{0,3}(?:point\s+|para(?:graph)?\s+)?\(?(?P<number>\d{1,2})[.):]\s", re.IGNORECASE)


def number_points(sentences: list[Sentence]) -> dict[int, int]:
    """Point number by sentence index, for sentences of an enumeration of two points or more that starts at 1.

    A sentence without a number of its own belongs to the point before it while their paragraph lasts.
    """
    opened = [(s, n) for s in sentences if (n := _number_of(s.text)) is not None]
    chosen: dict[int, int] = {}
    run: list[tuple[Sentence, int]] = []
    for entry in [*opened, None]:
        if entry is not None and run and entry[1] == run[-1][1] + 1:
            run.append(entry)
            continue
        if len(run) >= 2:
            chosen.update({s.index: n for s, n in run})
        run = [entry] if entry is not None and entry[1] == 1 else []
    numbers = dict(chosen)
    for previous, sentence in pairwise(sentences):
        if sentence.index not in numbers and previous.index in numbers and previous.paragraph == sentence.paragraph:
            numbers[sentence.index] = numbers[previous.index]
    return numbers


def _number_of(text: str) -> int | None:
    match = _ORDINAL.match(text)
    if match:
        return _WORDS.index(match.group("word").lower()) + 1
    match = _NUMBER.match(text)
    return int(match.group("number")) if match else None
