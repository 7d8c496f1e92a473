"""The words that tell a meeting, and what each says by itself: kind, mode, who stands where, held or only wished.

Belongs here: the look-ups over the `meeting_*` tables. Does not belong here: how a sentence is built around the words
(`meeting_cues`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from orchestration.parse.model import MeetingKind, Mode
from orchestration.reference.tables import table

Says = Literal["held", "scheduled", "called_off", "unsure", "none"]
"""`unsure`: only a date can tell whether it is a meeting; `none`: proposed, wished or denied, so no meeting."""


@dataclass(frozen=True, slots=True)
class MeetingNoun:
    """A noun that names a meeting. `strength` says how much must stand beside it before it counts."""

    noun: str
    kind: MeetingKind
    mode: Mode | None
    strength: str


@dataclass(frozen=True, slots=True)
class MeetingVerb:
    """A verb that tells a meeting, or that takes a meeting noun. `frame` says where those who meet stand."""

    verb: str
    frame: str
    prepositions: frozenset[str]
    kind: MeetingKind | None
    mode: Mode | None


@cache
def meeting_nouns() -> dict[str, MeetingNoun]:
    """Meeting nouns by singular and plural form."""
    nouns: dict[str, MeetingNoun] = {}
    for row in table("meeting_nouns"):
        noun = MeetingNoun(row["noun"], row["kind"], row["mode"] or None, row["strength"])  # type: ignore[arg-type]
        nouns[noun.noun] = noun
        nouns[_plural(noun.noun)] = noun
    return nouns


@cache
def meeting_verbs() -> dict[str, tuple[MeetingVerb, ...]]:
    """Meeting verbs by lemma; a verb may have several frames."""
    verbs: dict[str, list[MeetingVerb]] = defaultdict(list)
    for row in table("meeting_verbs"):
        verbs[row["verb"]].append(
            MeetingVerb(
                row["verb"],
                row["frame"],
                frozenset(row["prepositions"].split()),
                row["kind"] or None,  # type: ignore[arg-type]
                row["mode"] or None,  # type: ignore[arg-type]
            )
        )
    return {verb: tuple(frames) for verb, frames in verbs.items()}


@cache
def modality(place: str) -> dict[str, Says]:
    """What words in `place` (verb, preposition, adjective, noun) say: held, scheduled, called_off, none."""
    rows = (row for row in table("meeting_modality") if row["place"] == place)
    return {row["word"]: row["says"] for row in rows if row["says"]}  # type: ignore[misc]


@cache
def people_nouns() -> frozenset[str]:
    """Singular nouns for people who act for a party."""
    return frozenset(row["noun"] for row in table("meeting_people"))


@cache
def blocks() -> dict[str, frozenset[str]]:
    """For each modifier, the nouns that it makes no meeting between parties; `*` stands for all."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("meeting_blocks"):
        found[row["word"]].add(row["noun"])
    return {word: frozenset(nouns) for word, nouns in found.items()}


@cache
def rule_confidence(rule: str) -> float:
    """The measured share of a rule's meetings that are right; of all rules' where this one was never seen."""
    shares = {row["rule"]: float(row["confidence"]) for row in table("meeting_rules")}
    return shares.get(rule, shares[""])


ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"inaugural": 1, "maiden": 1, "first-ever": 1}
_NUMBERED = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")


def read_ordinal(word: str) -> int | None:
    """2 for "second" and "2nd", None for another word."""
    lowered = word.lower().removesuffix("-ever")
    if lowered in ORDINALS:
        return ORDINALS[lowered]
    if match := _NUMBERED.match(lowered):
        return int(match.group(1)) or None
    if lowered.count("-") == 1 and (
        tens := {
            "twenty": 20,
            "thirty": 30,
            "forty": 40,
            "fifty": 50,
            "sixty": 60,
            "seventy": 70,
            "eighty": 80,
            "ninety": 90,
        }.get(lowered.split("-")[0])
    ):
        unit = ORDINALS.get(lowered.split("-")[1], 0)
        return tens + unit if 0 < unit < 10 else None
    return None


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh", "x")) else "s")
