"""How much a demand asks for, on the five steps of the Universal Periodic Review's coding of recommendations.

1 minimal (seek help, share experience), 2 continue, 3 consider, 4 general action, 5 specific action. The step follows
from the verb of what is asked and, where it decides, from what that verb governs: to adopt *measures* is general, to
adopt a *law* is specific. Belongs here: that look-up. Does not belong here: finding demands (`statement_acts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from orchestration.reference.tables import table

GENERAL_ACTION = 4
"""What is assumed of a verb that the table does not know; it is also by far the most frequent step."""

Feature = tuple[str, ...]

_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_OPENERS = frozenset({"in", "with", "as", "for", "on", "taking", "while", "given", "following", "within", "noting"})
_HELP_VERBS = frozenset(
    {"seek", "request", "ask", "appeal", "call", "attract", "avail", "harness", "encourage", "invite"}
)
_OBJECT_REACH = 6
"""Words after the verb among which its object is looked for."""


def demand_strength(action: str, weights: Mapping[Feature, int] | None = None) -> int:
    """The step, 1 to 5, of an action put as words that start at or just before its verb.

    `weights` replaces the shipped table; the benchmark scores tables that it fitted on other rows with it.
    """
    known = strength_table() if weights is None else weights
    return next((known[feature] for feature in strength_features(action) if feature in known), GENERAL_ACTION)


@cache
def strength_table() -> dict[Feature, int]:
    """Step by feature, as the table gives it."""
    return {
        tuple(part for part in (row["feature"], row["verb"], row["other"]) if part): int(row["strength"])
        for row in table("statement_strength")
    }


@cache
def _object_classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in table("statement_strength_objects")}


@cache
def _skipped() -> frozenset[str]:
    return frozenset(word for word, kind in _object_classes().items() if kind == "skip")


def strength_features(action: str) -> Iterator[Feature]:
    """What the step may be read from, the most telling first."""
    words = _from_verb(action)
    if not words:
        return
    verb, rest = _base(words[0]), words[1:]
    objects = [_object_classes()[w] for w in rest[:_OBJECT_REACH] if _object_classes().get(w, "skip") != "skip"]
    if verb == "seek" and rest[:1] == ["to"]:
        yield from strength_features(" ".join(rest[1:]))
        return
    if verb in _HELP_VERBS and "help" in objects:
        yield ("help",)
    if len(rest) > 1 and rest[0] in ("and", "or"):
        yield ("joined", verb, _base(rest[1]))
    if rest:
        yield ("next", verb, rest[0])
    if objects:
        yield ("object", verb, objects[0])
    yield ("verb", verb)
    if objects:
        yield ("noun", objects[0])


def _from_verb(action: str) -> list[str]:
    """The words from the first one that can be the verb on; an opening "In accordance with …," is passed over."""
    words = _content_words(action)
    if words and words[0] in _OPENERS and "," in action:
        words = _content_words(action.split(",", 1)[1])
    return words


def _content_words(text: str) -> list[str]:
    words = [w.lower() for w in _WORD.findall(text)]
    for position, word in enumerate(words):
        is_adverb = word.endswith("ly") and word not in ("apply", "comply", "supply", "rely", "reply")
        if word not in _skipped() and not is_adverb:
            return words[position:]
    return []


def _base(word: str) -> str:
    """A gerund or a past form without its ending, where that gives a verb of the table."""
    verbs = _known_verbs()
    if word in verbs:
        return word
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            for form in (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem):
                if form in verbs:
                    return form
    return word


@cache
def _known_verbs() -> frozenset[str]:
    return frozenset(row["verb"] for row in table("statement_strength") if row["verb"]) | _HELP_VERBS
