"""The word tables of statements: which verb, noun, adjective or modal is a speech act, of which class and kind.

Belongs here: reading the `statement_*` tables into look-ups by lemma. Does not belong here: how a sentence is searched
for them (`statement_acts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from orchestration.parse.model import CommitmentKind, StatementClass
from orchestration.reference.tables import table


@dataclass(frozen=True, slots=True)
class ActWord:
    """One word that makes a statement when one of its frames follows it.

    `frames` are the shapes of complement, named in `orchestration/reference/data/README.md`; `own` marks a noun that is
    a statement even without a verb of speaking over it ("its plan to …").
    """

    lemma: str
    frames: tuple[str, ...]
    statement_class: StatementClass
    kind: CommitmentKind | None
    plover: str
    own: bool = False


@cache
def act_words(part: str) -> dict[str, ActWord]:
    """The act words of one part of speech (`verb`, `noun`, `adjective`, `modal`), by lemma."""
    return {
        row[part]: ActWord(
            lemma=row[part],
            frames=tuple(row.get("frames", "").split()),
            statement_class=cast(StatementClass, row["class"]),
            kind=cast(CommitmentKind, row["kind"]) if row["kind"] else None,
            plover=row.get("plover", ""),
            own=row.get("own", "") == "yes",
        )
        for row in table(f"statement_{part}s")
    }


@cache
def light_verbs(use: str) -> frozenset[str]:
    """Verbs that carry a speech-act noun: `speech` states it, `topic` only talks about it, `evaluation` judges it."""
    return frozenset(row["verb"] for row in table("statement_light_verbs") if row["use"] == use)


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one list of `statement_lists`: `reports`, `refusals`, `predictions`, …"""
    words = frozenset(row["word"] for row in table("statement_lists") if row["list"] == name)
    if not words:
        raise KeyError(f"statement_lists.csv has no list {name!r}")
    return words


def report_verbs() -> frozenset[str]:
    """Verbs under which somebody's words are told."""
    return word_list("reports")


@cache
def rule_confidence(rule: str) -> float:
    """The measured share of a rule's finds that are right; of all rules' where this one was never seen."""
    shares = {row["rule"]: float(row["confidence"]) for row in table("statement_rules")}
    return shares.get(rule, shares[""])
