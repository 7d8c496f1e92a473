"""The same content told more than once in an article: kept once, where it is fullest.

Does not belong here: the same statement in several articles (dbt).
"""

from __future__ import annotations

import re

from orchestration.parse.model import Statement
from orchestration.parse.statement_words import word_list

SAME_SHARE = 0.75
"""Share of the shorter content's words that the fuller one must hold."""
LEAST_WORDS = 3
"""Contents of fewer words of their own are too thin to be told apart by words."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ASIDE = re.compile(r",\s+(?:which|where|who|whose|when)\b")
"""What is told of a thing beside what is to be done with it: it makes no other statement."""


def drop_repeated(statements: list[Statement], text: str) -> list[Statement]:
    """The statements without those that a fuller one of the same class and speaker repeats, in their order."""
    words = [_content_words(s.content.cut(text)) for s in statements]
    cores = [_content_words(_ASIDE.split(s.content.cut(text))[0]) for s in statements]
    dropped: set[int] = set()
    order = sorted(range(len(statements)), key=lambda i: -len(cores[i]))
    for rank, fuller in enumerate(order):
        if fuller in dropped:
            continue
        for shorter in order[rank + 1 :]:
            if shorter not in dropped and _repeats(
                statements[shorter], statements[fuller], cores[shorter], words[fuller]
            ):
                dropped.add(shorter)
    return [s for i, s in enumerate(statements) if i not in dropped]


def _repeats(shorter: Statement, fuller: Statement, few: frozenset[str], many: frozenset[str]) -> bool:
    if shorter.statement_class != fuller.statement_class or not set(shorter.speakers) & set(fuller.speakers):
        return False
    if shorter.outcome_no is not None and fuller.outcome_no is not None:
        return False
    if len(few) < LEAST_WORDS:
        return False
    return len(few & many) / len(few) >= SAME_SHARE


def _content_words(content: str) -> frozenset[str]:
    """Words that carry meaning, each cut to its first letters so that endings do not tell them apart."""
    return frozenset(word[:6] for word in _WORD.findall(content.lower()) if word not in word_list("function_words"))
