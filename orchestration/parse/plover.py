"""The PLOVER root of what one party does to another in a sentence: AGREE, SUPPORT, REQUEST, CONSULT and the rest.

PLOVER sorts political events into sixteen roots: agreeing to act is AGREE, agreements that are made and words of
backing are SUPPORT, talks are CONSULT. The patterns are a table, tried on the words from the source on. The match that
stands first in the sentence wins, at one place the pattern that stands first in the table. Does not belong here:
finding statements and meetings, whose own `plover_code` comes from the rule that found them.
"""

from __future__ import annotations

import re
from functools import cache

from orchestration.reference.tables import table


def plover_root(sentence: str, source: str, target: str) -> str | None:
    """The root of the event between `source` and `target`, both as they stand in the sentence; None where none shows.

    Where the source does not stand in the sentence, or only after the target, the whole sentence is read.
    """
    text = sentence.lower().replace("\n", " ")
    at = text.find(source.lower())
    begin = at + len(source) if at >= 0 else 0
    found = _first_root(text, begin)
    if found is None and begin:
        found = _first_root(text, 0)
    return found


def _first_root(text: str, begin: int) -> str | None:
    best: tuple[int, int] | None = None
    root = None
    for order, (name, pattern) in enumerate(_patterns()):
        match = pattern.search(text, begin)
        if match is not None and (best is None or (match.start(), order) < best):
            best, root = (match.start(), order), name
    return root


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["root"], re.compile(r"\b(?:" + row["pattern"] + ")")) for row in table("plover_patterns"))
