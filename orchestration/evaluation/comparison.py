"""What was found in one article against its gold: which fact answers to which, and where the two differ.

Belongs here: similarity and one-to-one matching as the codebook's "Scoring" section defines them, and when two values
count as the same. Does not belong here: sums over articles (`scoring`), and showing anything.

Where the codebook leaves a threshold open, it is the one that the published figures were made with: names of meetings
agree from a token F1 of .6; a statement found elsewhere in the article counts as the same from a token F1 of .8,
because news repeats itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from orchestration.evaluation.records import (
    ArticleRecord,
    CharacterRange,
    GoldRecord,
    MeetingRecord,
    StatementRecord,
)
from orchestration.reference.tables import table

Fact = TypeVar("Fact", MeetingRecord, StatementRecord)
Pairs = list[tuple[int, int]]

TOKEN = re.compile(r"\w+")
SAME_FACT = 0.5
SAME_MEETING_NAME = 0.6
SAME_REPEATED_CONTENT = 0.8


def party_key(name: str) -> str:
    """What two names of one party share: case, "the" and the few names that the codebook accepts for each other."""
    key = re.sub(r"^THE ", "", name.strip().upper())
    return _same_parties().get(key, key)


@lru_cache(maxsize=1)
def _same_parties() -> dict[str, str]:
    return {row["name"]: row["party"] for row in table("same_parties")}


def party_keys(names: Iterable[str | None]) -> set[str]:
    """The keys of those names that are not empty."""
    return {party_key(name) for name in names if name}


def meeting_parties(meeting: MeetingRecord) -> set[str]:
    """The parties that take part."""
    return party_keys(participant.party for participant in meeting.participants)


def meeting_people(meeting: MeetingRecord) -> set[str]:
    """The people who take part, by the last word of the name: titles and first names do not matter."""
    return {(TOKEN.findall(p.name.lower()) or [""])[-1] for p in meeting.participants if p.name}


def dice(common: float, left: float, right: float) -> float:
    """F1 of two sets from the sizes of their common part and of each."""
    return 2 * common / (left + right) if left + right else 0.0


def same_date(gold: str | None, found: str | None) -> bool:
    """True where the found date agrees with gold to the precision that gold has."""
    return (found or "").startswith(gold) if gold else not found


def _word_overlap(left: Counter[str], right: Counter[str]) -> float:
    return dice((left & right).total(), left.total(), right.total())


def _words(text: str | None) -> Counter[str]:
    return Counter(TOKEN.findall((text or "").lower()))


class _Tokens:
    """The words of a text by position."""

    def __init__(self, text: str) -> None:
        self._tokens = [(found.start(), found.end(), found.group().lower()) for found in TOKEN.finditer(text)]

    def positions(self, span: CharacterRange | None) -> set[int]:
        """Numbers of the words that the span touches."""
        if span is None:
            return set()
        return {i for i, (start, end, _) in enumerate(self._tokens) if start < span.end and end > span.start}

    def words(self, positions: Iterable[int]) -> Counter[str]:
        return Counter(self._tokens[i][2] for i in positions)


@dataclass(frozen=True)
class Comparison:
    """One article: gold, what was found, and the pairs of indices of facts that are the same."""

    gold: GoldRecord
    found: ArticleRecord

    @cached_property
    def _tokens(self) -> _Tokens:
        return _Tokens(self.gold.text)

    @cached_property
    def meeting_pairs(self) -> Pairs:
        """Indices of a gold meeting and of the found one that matches it."""
        return _match(self.gold.meetings, self.found.meetings, self._meeting_similarity)

    @cached_property
    def statement_pairs(self) -> Pairs:
        """Indices of a gold statement and of the found one that matches it."""
        return _match(self.gold.statements, self.found.statements, self._statement_similarity)

    def _meeting_similarity(self, gold: MeetingRecord, found: MeetingRecord) -> float:
        ours, theirs = meeting_parties(found), meeting_parties(gold)
        either = ours | theirs
        same_parties = len(ours & theirs) / len(either) if either else 0.0
        same_evidence = bool(self._tokens.positions(gold.evidence) & self._tokens.positions(found.evidence))
        same_name = _word_overlap(_words(gold.name), _words(found.name)) >= SAME_MEETING_NAME
        return 0.5 * same_parties + 0.5 * (same_evidence or same_name)

    def _statement_similarity(self, gold: StatementRecord, found: StatementRecord) -> float:
        if gold.statement_class != found.statement_class:
            return 0.0
        theirs, ours = self._tokens.positions(gold.content), self._tokens.positions(found.content)
        repeated = _word_overlap(self._tokens.words(theirs), self._tokens.words(ours))
        same_words = dice(len(theirs & ours), len(theirs), len(ours))
        return max(same_words, repeated if repeated >= SAME_REPEATED_CONTENT else 0.0)


def _match(golds: Sequence[Fact], founds: Sequence[Fact], similarity: Callable[[Fact, Fact], float]) -> Pairs:
    """Best pairs first, each fact once; of equals, those that come first in gold, then first in what was found."""
    scored = [(similarity(gold, found), i, j) for i, gold in enumerate(golds) for j, found in enumerate(founds)]
    pairs: Pairs = []
    matched_gold: set[int] = set()
    matched_found: set[int] = set()
    for score, i, j in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= SAME_FACT and i not in matched_gold and j not in matched_found:
            matched_gold.add(i)
            matched_found.add(j)
            pairs.append((i, j))
    return pairs


def meeting_agreement(gold: MeetingRecord, found: MeetingRecord) -> dict[str, bool]:
    """Which fields of two meetings that match agree, field by field, in the codebook's order."""
    return {
        "status": gold.status == found.status,
        "mode": gold.mode == found.mode,
        "format": gold.format == found.format,
        "kind": gold.kind == found.kind,
        "ordinal": gold.ordinal == found.ordinal,
        "country": gold.country == found.country,
        "start_date": same_date(gold.start_date, found.start_date),
    }


def statement_agreement(gold: StatementRecord, found: StatementRecord) -> dict[str, bool]:
    """Which fields of two statements that match agree; a demand has no kind to agree on."""
    agreement = {
        "speakers": party_keys(gold.speakers) == party_keys(found.speakers),
        "addressees": party_keys(gold.addressees) == party_keys(found.addressees),
        "outcome_no": gold.outcome_no == found.outcome_no,
        "conditional": bool(gold.conditional) == bool(found.conditional),
    }
    if gold.statement_class == "commitment":
        agreement["kind"] = gold.kind == found.kind
    return agreement


def compare(golds: Iterable[GoldRecord], found: dict[str, ArticleRecord]) -> list[Comparison]:
    """Each gold article with what was found in it; an article without predictions counts as empty."""
    return [Comparison(gold, found.get(gold.id) or ArticleRecord(id=gold.id)) for gold in golds]


def aligned(golds: Sequence[Fact], founds: Sequence[Fact], pairs: Pairs) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Every fact once: matched facts as a pair, the others with None on the side that lacks them."""
    found_of = dict(pairs)
    for i, gold in enumerate(golds):
        yield gold, founds[found_of[i]] if i in found_of else None
    matched = set(found_of.values())
    yield from ((None, found) for j, found in enumerate(founds) if j not in matched)
