"""Columns of the mentions stage: what the parser found in each article, every row pointing at its characters.

Does not belong here: how it is found (`orchestration.parse`) and what is made of several mentions (dbt).
"""

import pandera.polars as pa

from orchestration.contracts.base import ARTICLE_ID, ISO_PARTIAL_DATE, StoredTable, TextList, Timestamp

STATUSES = ("held", "scheduled", "called_off")
MODES = ("in_person", "phone", "video", "unknown")
FORMATS = ("bilateral", "multilateral")
MEETING_KINDS = ("talks", "call", "visit", "conference", "ceremony")
PARTS = ("host", "chair", "attendee")
STATEMENT_CLASSES = ("commitment", "demand")
COMMITMENT_KINDS = ("pledge", "agreement", "reaffirmation", "support", "opposition")


class ParsedArticles(StoredTable):
    """One row an article and parser version: that it was parsed, and its own time and place."""

    article_id: str = pa.Field(str_matches=ARTICLE_ID)
    parser_version: str
    published_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE, description="From metadata")
    dateline_place: str = pa.Field(nullable=True)
    dateline_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    dateline_agency: str = pa.Field(nullable=True)
    body_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    reference_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    date_conflict: str = pa.Field(nullable=True, description="Where dateline, metadata and body contradict, in words")
    n_meetings: int = pa.Field(ge=0)
    n_statements: int = pa.Field(ge=0)
    parsed_at: Timestamp
    batch_id: str


class MeetingMentions(StoredTable):
    """One row a meeting that an article tells."""

    meeting_mention_id: str = pa.Field(unique=True, description="<article_id>-m<n>")
    article_id: str = pa.Field(str_matches=ARTICLE_ID)
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(ge=1)
    evidence: str = pa.Field(str_length={"min_value": 1}, description="The words between char_start and char_end")
    status: str = pa.Field(isin=list(STATUSES))
    mode: str = pa.Field(isin=list(MODES))
    format: str = pa.Field(isin=list(FORMATS))
    kind: str = pa.Field(isin=list(MEETING_KINDS))
    name: str = pa.Field(nullable=True)
    ordinal: int = pa.Field(nullable=True, ge=1, le=999)
    start_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    end_date: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    place: str = pa.Field(nullable=True)
    country_code: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")
    is_background: bool
    rule: str
    confidence: float = pa.Field(ge=0, le=1)
    plover_code: str = pa.Field(nullable=True)
    parser_version: str
    batch_id: str


class ParticipantMentions(StoredTable):
    """One row a participant of a meeting mention."""

    participant_mention_id: str = pa.Field(unique=True, description="<meeting_mention_id>-p<n>")
    meeting_mention_id: str
    article_id: str = pa.Field(str_matches=ARTICLE_ID)
    position: int = pa.Field(ge=1)
    person_name: str = pa.Field(nullable=True)
    role: str = pa.Field(nullable=True)
    party: str = pa.Field(nullable=True)
    part: str = pa.Field(isin=list(PARTS))
    parser_version: str
    batch_id: str


class StatementMentions(StoredTable):
    """One row a commitment or demand that an article tells."""

    statement_mention_id: str = pa.Field(unique=True, description="<article_id>-s<n>")
    article_id: str = pa.Field(str_matches=ARTICLE_ID)
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(ge=1)
    content: str = pa.Field(str_length={"min_value": 1}, description="The words between char_start and char_end")
    statement_class: str = pa.Field(isin=list(STATEMENT_CLASSES))
    kind: str = pa.Field(nullable=True, isin=list(COMMITMENT_KINDS))
    speakers: TextList
    speaker_name: str = pa.Field(nullable=True)
    addressees: TextList
    is_conditional: bool
    deadline: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    outcome_no: int = pa.Field(nullable=True, ge=1, le=999)
    meeting_mention_id: str = pa.Field(nullable=True)
    rule: str
    confidence: float = pa.Field(ge=0, le=1)
    strength: int = pa.Field(nullable=True, ge=1, le=5)
    plover_code: str = pa.Field(nullable=True)
    parser_version: str
    batch_id: str
