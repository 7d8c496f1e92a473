"""One page for the next developer: each article with gold and found side by side, and what is wrong marked.

Belongs here: turning compared articles into what the template `errors_page.html.j2` shows. The page needs no network
and runs nothing from an article: the template engine escapes every text. Does not belong here: what counts as an error
(`comparison`), and looks (the template).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from orchestration.evaluation.comparison import (
    Comparison,
    aligned,
    meeting_agreement,
    meeting_parties,
    meeting_people,
    party_keys,
    statement_agreement,
)
from orchestration.evaluation.records import (
    CharacterRange,
    MeetingRecord,
    ParticipantRecord,
    StatementRecord,
)
from orchestration.evaluation.scoring import Scores, Tally, score

Side = Literal["gold", "found"]
Outcome = Literal["right", "differs", "missed", "false"]
Spans = dict[Side, CharacterRange | None]

PARAGRAPH = re.compile(r"[^\r\n]+")
MEETING_FIELDS = (
    "status",
    "mode",
    "format",
    "kind",
    "name",
    "ordinal",
    "start_date",
    "end_date",
    "place",
    "country",
    "background",
)
STATEMENT_FIELDS = ("kind", "speaker_name", "conditional", "deadline", "outcome_no")
KEY_LETTERS = {"meeting": "M", "commitment": "C", "demand": "D"}
OUTCOME_WORDS: dict[Outcome, str] = {
    "right": "right",
    "differs": "found, fields differ",
    "missed": "missed",
    "false": "false alarm",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a field; `differs` where the other side does not have it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a fact on both sides. Only scored fields count as errors."""

    name: str
    gold: list[Item]
    found: list[Item]
    is_scored: bool = False

    @property
    def differs(self) -> bool:
        """True where a value of either side is marked."""
        return any(item.differs for item in (*self.gold, *self.found))


@dataclass(slots=True)
class Fact:
    """One fact as the page shows it: of both sides where they match, else of one. One can filter by `errors`."""

    what: str
    outcome: Outcome
    spans: Spans
    rows: list[Row]
    errors: list[str]
    origin: str
    id: str = ""
    label: str = ""
    excerpt: str = ""

    @property
    def outcome_words(self) -> str:
        """The outcome in words: colour alone does not say it."""
        return OUTCOME_WORDS[self.outcome]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same facts; `starting` are those whose label goes before it, `top` gives the colour."""

    text: str
    facts: list[Fact]
    starting: list[Fact]

    @property
    def statement(self) -> Fact | None:
        """The statement that colours the text: the innermost one."""
        return next((fact for fact in self.facts if fact.what != "meeting"), None)

    @property
    def meeting(self) -> Fact | None:
        """The meeting that underlines the text."""
        return next((fact for fact in self.facts if fact.what == "meeting"), None)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the page shows it: `paragraphs` are pairs of the gold and the found side."""

    id: str
    anchor: str
    headline: str
    publisher: str
    published: str
    is_empty: bool
    facts: list[Fact]
    paragraphs: list[tuple[list[Segment], list[Segment]]]

    def count(self, outcome: Outcome) -> int:
        """How many facts ended so."""
        return sum(fact.outcome == outcome for fact in self.facts)

    @property
    def n_errors(self) -> int:
        """Errors of any type: misses, false alarms and wrong fields."""
        return sum(len(fact.errors) for fact in self.facts)


def errors_page(comparisons: Sequence[Comparison], title: str) -> str:
    """The page as HTML, whole in itself."""
    articles = [_article(number, comparison) for number, comparison in enumerate(comparisons, start=1)]
    errors = Counter(error for article in articles for fact in article.facts for error in fact.errors)
    environment = Environment(
        loader=PackageLoader("orchestration.evaluation", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    scores = score(comparisons)
    return environment.get_template("errors_page.html.j2").render(
        title=title,
        articles=articles,
        errors=sorted(errors.items(), key=lambda entry: _error_order(entry[0])),
        outcomes=OUTCOME_WORDS,
        totals={outcome: sum(article.count(outcome) for article in articles) for outcome in OUTCOME_WORDS},
        tallies=_headline_tallies(scores),
        alarms=scores.empty_with_false_alarm,
    )


def _headline_tallies(scores: Scores) -> dict[str, Tally]:
    shown = ("meetings", "participants by party", "participants by person", "commitments", "demands")
    return {name: scores.found[name] for name in shown}


def _error_order(error: str) -> tuple[int, str]:
    """Misses first, then false alarms, then fields."""
    return ([error.startswith(word) for word in ("missed", "false", "wrong")].index(True), error)


def _article(number: int, comparison: Comparison) -> Article:
    gold = comparison.gold
    anchor = f"article{number}"
    facts = list(_facts(anchor, comparison))
    return Article(
        id=gold.id,
        anchor=anchor,
        headline=gold.headline or "(no headline)",
        publisher=gold.publisher or "publisher unknown",
        published=gold.published or "undated",
        is_empty=gold.is_empty,
        facts=facts,
        paragraphs=[
            (
                _segments(gold.text, paragraph.start(), paragraph.end(), facts, "gold"),
                _segments(gold.text, paragraph.start(), paragraph.end(), facts, "found"),
            )
            for paragraph in PARAGRAPH.finditer(gold.text)
        ],
    )


def _segments(text: str, start: int, end: int, facts: Iterable[Fact], side: Side) -> list[Segment]:
    """The text from start to end, cut wherever a span of this side begins or ends, innermost facts first."""
    here = [
        (span, fact)
        for fact in facts
        if (span := fact.spans.get(side)) is not None and span.start < end and start < span.end
    ]
    here.sort(key=lambda entry: entry[0].end - entry[0].start)
    cuts = sorted({start, end, *(min(max(edge, start), end) for span, _ in here for edge in (span.start, span.end))})
    return [
        Segment(
            text=text[left:right],
            facts=[fact for span, fact in here if span.start < right and left < span.end],
            starting=[fact for span, fact in here if span.start == left],
        )
        for left, right in pairwise(cuts)
    ]


def _facts(anchor: str, comparison: Comparison) -> Iterator[Fact]:
    """All facts of an article, in the order of the text."""
    gold, found, text = comparison.gold, comparison.found, comparison.gold.text
    drafts = [_meeting(*pair) for pair in aligned(gold.meetings, found.meetings, comparison.meeting_pairs)]
    statements = aligned(gold.statements, found.statements, comparison.statement_pairs)
    drafts += [_statement(*pair, text) for pair in statements]
    drafts.sort(key=lambda fact: min((span.start for span in fact.spans.values() if span), default=0))
    numbers: Counter[str] = Counter()
    for fact in drafts:
        numbers[fact.what] += 1
        fact.label = f"{KEY_LETTERS.get(fact.what, '?')}{numbers[fact.what]}"
        fact.id = f"{anchor}-{fact.label}"
        shown = fact.spans.get("gold") or fact.spans.get("found")
        fact.excerpt = _cut(text, shown) if shown else ""
        yield fact


def _meeting(gold: MeetingRecord | None, found: MeetingRecord | None) -> Fact:
    agreement = meeting_agreement(gold, found) if gold and found else {}
    rows = [_scalar_row(name, gold, found, agreement) for name in MEETING_FIELDS]
    rows.append(_participants_row(gold, found))
    errors = [f"wrong meeting {name}" for name, agrees in agreement.items() if not agrees]
    if gold and found:
        if meeting_parties(gold) != meeting_parties(found):
            errors.append("wrong meeting parties")
        if meeting_people(gold) != meeting_people(found):
            errors.append("wrong meeting people")
    spans: Spans = {"gold": gold.evidence if gold else None, "found": found.evidence if found else None}
    return _fact("meeting", gold, found, rows, errors, spans)


def _statement(gold: StatementRecord | None, found: StatementRecord | None, text: str) -> Fact:
    agreement = statement_agreement(gold, found) if gold and found else {}
    known = gold or found
    assert known is not None
    gold_words, found_words = ([Item(_cut(text, fact.content))] if fact else [] for fact in (gold, found))
    rows = [
        Row("content", gold_words, found_words),
        _parties_row("speakers", gold, found),
        _parties_row("addressees", gold, found),
        *(_scalar_row(name, gold, found, agreement) for name in STATEMENT_FIELDS),
    ]
    errors = [f"wrong {known.statement_class} {name}" for name, agrees in agreement.items() if not agrees]
    spans: Spans = {"gold": gold.content if gold else None, "found": found.content if found else None}
    return _fact(known.statement_class, gold, found, rows, errors, spans)


def _fact(
    what: str,
    gold: MeetingRecord | StatementRecord | None,
    found: MeetingRecord | StatementRecord | None,
    rows: list[Row],
    errors: list[str],
    spans: Spans,
) -> Fact:
    outcome: Outcome
    if gold and found:
        outcome = "differs" if errors else "right"
    elif gold:
        outcome, errors = "missed", [f"missed {what}"]
    else:
        outcome, errors = "false", [f"false {what}"]
    origin = ""
    if found and found.rule:
        origin = found.rule if found.confidence is None else f"{found.rule}, confidence {found.confidence:.2f}"
    return Fact(what, outcome, spans, rows, errors, origin)


def _scalar_row(
    name: str,
    gold: MeetingRecord | StatementRecord | None,
    found: MeetingRecord | StatementRecord | None,
    agreement: dict[str, bool],
) -> Row:
    values = [_shown(getattr(record, name)) if record else "" for record in (gold, found)]
    both = gold is not None and found is not None
    differs = not agreement[name] if name in agreement else both and values[0] != values[1]
    gold_items, found_items = ([Item(value, differs)] if value or differs else [] for value in values)
    return Row(name, gold_items, found_items, is_scored=name in agreement)


def _parties_row(name: str, gold: StatementRecord | None, found: StatementRecord | None) -> Row:
    theirs, ours = (list(getattr(record, name)) if record else [] for record in (gold, found))
    both = gold is not None and found is not None
    return Row(
        name,
        [Item(party, both and not party_keys([party]) <= party_keys(ours)) for party in theirs],
        [Item(party, both and not party_keys([party]) <= party_keys(theirs)) for party in ours],
        is_scored=both,
    )


def _participants_row(gold: MeetingRecord | None, found: MeetingRecord | None) -> Row:
    def items(meeting: MeetingRecord | None, other: MeetingRecord | None) -> list[Item]:
        members = meeting.participants if meeting else []
        return [Item(_person(member), other is not None and not _is_in(member, other)) for member in members]

    return Row("participants", items(gold, found), items(found, gold), is_scored=bool(gold and found))


def _is_in(participant: ParticipantRecord, meeting: MeetingRecord) -> bool:
    """True where the meeting has this participant's party and, where a name is given, its person."""
    alone = MeetingRecord(participants=[participant])
    return meeting_parties(alone) <= meeting_parties(meeting) and meeting_people(alone) <= meeting_people(meeting)


def _person(participant: ParticipantRecord) -> str:
    described = ", ".join(filter(None, (participant.name, participant.role))) or "unnamed"
    part = "" if participant.part in (None, "attendee") else f" ({participant.part})"
    return f"{participant.party or 'no party'}: {described}{part}"


def _cut(text: str, span: CharacterRange) -> str:
    return " ".join(text[span.start : span.end].split())


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
