"""What the parser takes and gives: one article in, its meeting and statement mentions out.

Belongs here: the plain records, named and valued as in the codebook, and their JSON form. Does not belong here: how
anything is found, and the columns of the stored tables (`orchestration.contracts.mentions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["held", "scheduled", "called_off"]
Mode = Literal["in_person", "phone", "video", "unknown"]
Format = Literal["bilateral", "multilateral"]
MeetingKind = Literal["talks", "call", "visit", "conference", "ceremony"]
Part = Literal["host", "chair", "attendee"]
StatementClass = Literal["commitment", "demand"]
CommitmentKind = Literal["pledge", "agreement", "reaffirmation", "support", "opposition"]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What the parser reads. `published` is an ISO date or date-time, or None."""

    id: str
    text: str
    published: str | None = None
    headline: str | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of Unicode code points in the article's text."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words that the span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def to_json(self) -> dict[str, int]:
        """As `{"start", "end"}`."""
        return {"start": self.start, "end": self.end}


@dataclass(slots=True)
class Participant:
    """One who takes part: `party` is an ISO alpha-3 code, an organisation's short name, or a movement's name."""

    name: str | None
    role: str | None
    party: str | None
    part: Part = "attendee"


@dataclass(slots=True)
class Meeting:
    """One meeting as one article tells it. `rule` names what found it; `confidence` is a calibrated probability."""

    id: str
    evidence: Span
    status: Status
    mode: Mode
    format: Format
    kind: MeetingKind
    name: str | None = None
    ordinal: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    place: str | None = None
    country: str | None = None
    participants: list[Participant] = field(default_factory=list)
    background: bool = False
    rule: str = ""
    confidence: float = 0.5
    plover_code: str | None = None


@dataclass(slots=True)
class Statement:
    """One commitment or demand as one article tells it; `strength`, of demands only, is 1 (minimal) to 5 (specific)."""

    content: Span
    statement_class: StatementClass
    kind: CommitmentKind | None = None
    speakers: list[str] = field(default_factory=list)
    speaker_name: str | None = None
    addressees: list[str] = field(default_factory=list)
    conditional: bool = False
    deadline: str | None = None
    outcome_no: int | None = None
    meeting: str | None = None
    rule: str = ""
    confidence: float = 0.5
    strength: int | None = None
    plover_code: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleFrame:
    """The article's own time and place: what its metadata, its dateline and its body say, kept apart.

    `reference_date` is the one that relative dates are resolved against. `date_conflict` says in words where dateline,
    metadata and body contradict each other, or is None.
    """

    published_date: str | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    dateline_agency: str | None = None
    body_date: str | None = None
    reference_date: str | None = None
    date_conflict: str | None = None


@dataclass(slots=True)
class Extraction:
    """All that was found in one article."""

    id: str
    frame: ArticleFrame = field(default_factory=ArticleFrame)
    meetings: list[Meeting] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The line that `communique extract` prints: the codebook's names and values, then what is ours."""
        return {
            "id": self.id,
            "meetings": [
                {
                    "id": m.id,
                    "evidence": m.evidence.to_json(),
                    "status": m.status,
                    "mode": m.mode,
                    "format": m.format,
                    "kind": m.kind,
                    "name": m.name,
                    "ordinal": m.ordinal,
                    "start_date": m.start_date,
                    "end_date": m.end_date,
                    "place": m.place,
                    "country": m.country,
                    "participants": [
                        {"name": p.name, "role": p.role, "party": p.party, "part": p.part} for p in m.participants
                    ],
                    "background": m.background,
                    "rule": m.rule,
                    "confidence": m.confidence,
                    "plover_code": m.plover_code,
                }
                for m in self.meetings
            ],
            "statements": [
                {
                    "content": s.content.to_json(),
                    "class": s.statement_class,
                    "kind": s.kind,
                    "speakers": s.speakers,
                    "speaker_name": s.speaker_name,
                    "addressees": s.addressees,
                    "conditional": s.conditional,
                    "deadline": s.deadline,
                    "outcome_no": s.outcome_no,
                    "meeting": s.meeting,
                    "rule": s.rule,
                    "confidence": s.confidence,
                    "strength": s.strength,
                    "plover_code": s.plover_code,
                }
                for s in self.statements
            ],
            "date_conflict": self.frame.date_conflict,
        }
