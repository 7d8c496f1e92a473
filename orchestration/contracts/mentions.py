"""Columns of the mentions stage: what the parser found in each article, every row pointing at its characters.

Does not belong here: how it is found (`orchestration.parse`) and what is made of several mentions (dbt).
"""

import pandera.polars as pa
import polars as pl

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


def broken_references(
    articles: pl.DataFrame, meetings: pl.DataFrame, participants: pl.DataFrame, statements: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Breaches of the rules that join the tables: rows by table name, with the columns of `validation.FAILURES`.

    A span must lie inside its article's text and cut out the words stored beside it; a participant's meeting, and a
    statement's meeting where it names one, must exist. `articles` needs article_id and text.
    """

    def span_failures(frame: pl.DataFrame, words: str) -> pl.DataFrame:
        joined = frame.with_row_index("row").join(articles.select("article_id", "text"), on="article_id", how="left")
        cut = pl.col("text").str.slice(pl.col("char_start"), pl.col("char_end") - pl.col("char_start"))
        return joined.filter(cut.ne_missing(pl.col(words))).select(
            pl.col("row").cast(pl.Int64),
            pl.lit("span cuts the stored words out of the article").alias("rule"),
            pl.format("{}:{}", pl.col("char_start"), pl.col("char_end")).alias("value"),
        )

    def orphan_failures(frame: pl.DataFrame) -> pl.DataFrame:
        known = meetings["meeting_mention_id"].implode()
        return (
            frame.with_row_index("row")
            .filter(pl.col("meeting_mention_id").is_not_null() & ~pl.col("meeting_mention_id").is_in(known))
            .select(
                pl.col("row").cast(pl.Int64),
                pl.lit("meeting_mention_id names a meeting mention that exists").alias("rule"),
                pl.col("meeting_mention_id").alias("value"),
            )
        )

    return {
        "meeting_mentions": span_failures(meetings, "evidence"),
        "participant_mentions": orphan_failures(participants),
        "statement_mentions": pl.concat([span_failures(statements, "content"), orphan_failures(statements)]),
    }
