"""Columns of the marts: what dbt builds and users read. The blocking checks before serving come from here.

Types, keys, ranges and enumerations are the models'; rules between tables are `broken_references`. What each column
means stands once, in the descriptions of dbt (`docs/tables.md`).
Does not belong here: how the rows are made (`dbt_project`).
"""

import duckdb
import pandera.polars as pa
import polars as pl

from orchestration.contracts.base import ARTICLE_ID, ISO_PARTIAL_DATE, SHA256, StoredTable, TextList, Timestamp
from orchestration.contracts.mentions import (
    COMMITMENT_KINDS,
    FORMATS,
    MEETING_KINDS,
    MODES,
    PARTS,
    STATEMENT_CLASSES,
    STATUSES,
)

LEVELS = ("head_of_state_or_government", "minister", "official", "unknown")
DATE_PRECISIONS = ("day", "month", "year")
PARTY_TYPES = ("state", "organisation", "movement", "text")
FACT_TYPES = ("meeting", *STATEMENT_CLASSES)
SIDES = ("speaker", "addressee")
COUNTRY_CODE = r"^[A-Z]{3}$"
PLOVER_ROOTS = (
    "CONSULT",
    "AGREE",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The event types of PLOVER, the ontology of POLECAT."""


def _key(prefix: str) -> str:
    return rf"^{prefix}_[0-9a-f]{{16}}$"


class FctMeetings(StoredTable):
    """One row a real-world meeting of two or more parties."""

    meeting_id: str = pa.Field(unique=True, str_matches=_key("m"))
    meeting_name: str = pa.Field(nullable=True)
    status: str = pa.Field(isin=list(STATUSES))
    mode: str = pa.Field(isin=list(MODES))
    format: str = pa.Field(isin=list(FORMATS))
    kind: str = pa.Field(isin=list(MEETING_KINDS))
    level: str = pa.Field(isin=list(LEVELS))
    start_date: pl.Date = pa.Field(nullable=True)
    end_date: pl.Date = pa.Field(nullable=True)
    start_date_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    end_date_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    date_precision: str = pa.Field(nullable=True, isin=list(DATE_PRECISIONS))
    has_date_conflict: bool
    date_conflict: str = pa.Field(nullable=True)
    place: str = pa.Field(nullable=True)
    place_id: str = pa.Field(nullable=True, str_matches=_key("l"))
    country_code: str = pa.Field(nullable=True, str_matches=COUNTRY_CODE)
    series_id: str = pa.Field(nullable=True, str_matches=_key("s"))
    ordinal: int = pa.Field(nullable=True, ge=1, le=999)
    parties: TextList
    n_parties: int = pa.Field(ge=0)
    n_participants: int = pa.Field(ge=0)
    is_background_only: bool
    n_articles: int = pa.Field(ge=1)
    n_sources: int = pa.Field(ge=1)
    evidence_article_id: str = pa.Field(str_matches=ARTICLE_ID)
    evidence_char_start: int = pa.Field(ge=0)
    evidence_char_end: int = pa.Field(ge=1)
    evidence: str = pa.Field(str_length={"min_value": 1})
    confidence: float = pa.Field(ge=0, le=1)
    plover_code: str = pa.Field(nullable=True, isin=list(PLOVER_ROOTS))
    first_reported_date: pl.Date = pa.Field(nullable=True)
    first_seen_at: Timestamp

    @pa.dataframe_check(description="the evidence is a stretch of text")
    def evidence_is_a_stretch(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The evidence ends after it begins."""
        return data.lazyframe.select(pl.col("evidence_char_end") > pl.col("evidence_char_start"))

    @pa.dataframe_check(description="the meeting does not end before it begins")
    def ends_after_it_begins(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Either both days are known and in order, or neither is known."""
        return data.lazyframe.select(
            (pl.col("end_date") >= pl.col("start_date")).fill_null(
                pl.col("start_date").is_null() & pl.col("end_date").is_null()
            )
        )

    @pa.dataframe_check(description="no more independent sources than articles")
    def sources_are_articles(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Near copies count as articles, not as sources."""
        return data.lazyframe.select(pl.col("n_sources") <= pl.col("n_articles"))

    @pa.dataframe_check(description="the number of parties is the length of their list")
    def parties_are_counted(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`n_parties` counts `parties`."""
        return data.lazyframe.select(pl.col("n_parties") == pl.col("parties").list.len())

    @pa.dataframe_check(description="a date conflict is told in words where there is one")
    def conflicts_are_told(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`has_date_conflict` and `date_conflict` agree."""
        return data.lazyframe.select(pl.col("has_date_conflict") == pl.col("date_conflict").is_not_null())


class BridgeMeetingParticipants(StoredTable):
    """One row a participant of a meeting: a person, or a party where nobody names its people."""

    meeting_participant_id: str = pa.Field(unique=True, str_matches=_key("b"))
    meeting_id: str = pa.Field(str_matches=_key("m"))
    party_id: str = pa.Field(nullable=True)
    person_id: str = pa.Field(nullable=True, str_matches=_key("p"))
    person_name: str = pa.Field(nullable=True)
    role: str = pa.Field(nullable=True)
    office_id: str = pa.Field(nullable=True, str_matches=_key("o"))
    part: str = pa.Field(isin=list(PARTS))
    n_articles: int = pa.Field(ge=1)

    @pa.dataframe_check(description="a participant is a person or a party")
    def is_somebody(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Either the party or the person is told."""
        return data.lazyframe.select(pl.col("party_id").is_not_null() | pl.col("person_id").is_not_null())


class FctCommitments(StoredTable):
    """One row a distinct commitment."""

    commitment_id: str = pa.Field(unique=True, str_matches=_key("t"))
    content: str = pa.Field(str_length={"min_value": 1})
    kind: str = pa.Field(isin=list(COMMITMENT_KINDS))
    speakers: TextList
    speaker_name: str = pa.Field(nullable=True)
    speaker_id: str = pa.Field(nullable=True, str_matches=_key("p"))
    addressees: TextList
    is_conditional: bool
    deadline_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    deadline_date: pl.Date = pa.Field(nullable=True)
    outcome_no: int = pa.Field(nullable=True, ge=1, le=999)
    meeting_id: str = pa.Field(nullable=True, str_matches=_key("m"))
    statement_date: pl.Date = pa.Field(nullable=True)
    n_articles: int = pa.Field(ge=1)
    n_sources: int = pa.Field(ge=1)
    evidence_article_id: str = pa.Field(str_matches=ARTICLE_ID)
    evidence_char_start: int = pa.Field(ge=0)
    evidence_char_end: int = pa.Field(ge=1)
    confidence: float = pa.Field(ge=0, le=1)
    plover_code: str = pa.Field(nullable=True, isin=list(PLOVER_ROOTS))
    first_seen_at: Timestamp

    @pa.dataframe_check(description="the evidence is a stretch of text")
    def evidence_is_a_stretch(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The evidence ends after it begins."""
        return data.lazyframe.select(pl.col("evidence_char_end") > pl.col("evidence_char_start"))

    @pa.dataframe_check(description="no more independent sources than articles")
    def sources_are_articles(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Near copies count as articles, not as sources."""
        return data.lazyframe.select(pl.col("n_sources") <= pl.col("n_articles"))


class FctDemands(StoredTable):
    """One row a distinct demand."""

    demand_id: str = pa.Field(unique=True, str_matches=_key("t"))
    content: str = pa.Field(str_length={"min_value": 1})
    strength: int = pa.Field(nullable=True, ge=1, le=5)
    what: str = pa.Field(str_length={"min_value": 1})
    speakers: TextList
    speaker_name: str = pa.Field(nullable=True)
    speaker_id: str = pa.Field(nullable=True, str_matches=_key("p"))
    addressees: TextList
    is_conditional: bool
    deadline_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    deadline_date: pl.Date = pa.Field(nullable=True)
    outcome_no: int = pa.Field(nullable=True, ge=1, le=999)
    meeting_id: str = pa.Field(nullable=True, str_matches=_key("m"))
    statement_date: pl.Date = pa.Field(nullable=True)
    n_articles: int = pa.Field(ge=1)
    n_sources: int = pa.Field(ge=1)
    evidence_article_id: str = pa.Field(str_matches=ARTICLE_ID)
    evidence_char_start: int = pa.Field(ge=0)
    evidence_char_end: int = pa.Field(ge=1)
    confidence: float = pa.Field(ge=0, le=1)
    plover_code: str = pa.Field(nullable=True, isin=list(PLOVER_ROOTS))
    first_seen_at: Timestamp

    @pa.dataframe_check(description="the evidence is a stretch of text")
    def evidence_is_a_stretch(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The evidence ends after it begins."""
        return data.lazyframe.select(pl.col("evidence_char_end") > pl.col("evidence_char_start"))

    @pa.dataframe_check(description="no more independent sources than articles")
    def sources_are_articles(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Near copies count as articles, not as sources."""
        return data.lazyframe.select(pl.col("n_sources") <= pl.col("n_articles"))


class BridgeStatementParties(StoredTable):
    """One row a party on one side of a statement."""

    statement_party_id: str = pa.Field(unique=True, str_matches=_key("x"))
    statement_id: str = pa.Field(str_matches=_key("t"))
    statement_class: str = pa.Field(isin=list(STATEMENT_CLASSES))
    party_id: str
    side: str = pa.Field(isin=list(SIDES))


class DimParties(StoredTable):
    """One row a party: state, organisation, movement, or an actor by the words that an article uses."""

    party_id: str = pa.Field(unique=True, str_length={"min_value": 1})
    party_name: str = pa.Field(str_length={"min_value": 1})
    party_type: str = pa.Field(isin=list(PARTY_TYPES))
    country_code: str = pa.Field(nullable=True, str_matches=COUNTRY_CODE)
    aliases: TextList


class DimPeople(StoredTable):
    """One row a person, spellings taken together."""

    person_id: str = pa.Field(unique=True, str_matches=_key("p"))
    person_name: str = pa.Field(str_length={"min_value": 1})
    party_id: str = pa.Field(nullable=True)
    latest_office: str = pa.Field(nullable=True)
    name_variants: TextList
    n_articles: int = pa.Field(ge=1)
    first_seen_date: pl.Date = pa.Field(nullable=True)
    last_seen_date: pl.Date = pa.Field(nullable=True)


class DimArticles(StoredTable):
    """One row an article version; facts come from current versions only."""

    article_id: str = pa.Field(unique=True, str_matches=ARTICLE_ID)
    document_id: str = pa.Field(str_matches=SHA256)
    address: str
    url: str = pa.Field(nullable=True)
    publisher: str = pa.Field(nullable=True)
    headline: str = pa.Field(nullable=True)
    authors: TextList
    section: str = pa.Field(nullable=True)
    language: str = pa.Field(nullable=True)
    published_at: Timestamp = pa.Field(nullable=True)
    published_date: pl.Date = pa.Field(nullable=True)
    published_text: str = pa.Field(nullable=True)
    dateline_place: str = pa.Field(nullable=True)
    dateline_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    dateline_agency: str = pa.Field(nullable=True)
    body_date_text: str = pa.Field(nullable=True, str_matches=ISO_PARTIAL_DATE)
    reference_date: pl.Date = pa.Field(nullable=True)
    date_conflict: str = pa.Field(nullable=True)
    text: str = pa.Field(str_length={"min_value": 1})
    n_words: int = pa.Field(ge=0)
    is_current: bool
    version_no: int = pa.Field(ge=1)
    replaced_by_article_id: str = pa.Field(nullable=True, str_matches=ARTICLE_ID)
    syndication_group_id: str = pa.Field(nullable=True, str_matches=ARTICLE_ID)
    is_parsed: bool
    parser_version: str = pa.Field(nullable=True)
    n_meetings: int = pa.Field(ge=0)
    n_statements: int = pa.Field(ge=0)
    received_at: Timestamp
    reader_version: str

    @pa.dataframe_check(description="a version that is not current says which one is")
    def replaced_versions_name_the_current_one(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A current version has its group of near copies, another one its replacement."""
        return data.lazyframe.select(
            pl.when("is_current")
            .then(pl.col("replaced_by_article_id").is_null() & pl.col("syndication_group_id").is_not_null())
            .otherwise(pl.col("replaced_by_article_id").is_not_null())
        )


class FctMentions(StoredTable):
    """One row a place of an article that supports a fact."""

    mention_id: str = pa.Field(unique=True)
    fact_type: str = pa.Field(isin=list(FACT_TYPES))
    fact_id: str = pa.Field(str_matches=r"^[mt]_[0-9a-f]{16}$")
    article_id: str = pa.Field(str_matches=ARTICLE_ID)
    char_start: int = pa.Field(ge=0)
    char_end: int = pa.Field(ge=1)
    mention_text: str = pa.Field(str_length={"min_value": 1})
    rule: str
    parser_version: str
    confidence: float = pa.Field(ge=0, le=1)
    is_background: bool

    @pa.dataframe_check(description="the mention is a stretch of text")
    def is_a_stretch(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The mention ends after it begins."""
        return data.lazyframe.select(pl.col("char_end") > pl.col("char_start"))


class EventData(StoredTable):
    """One row a dated event of a source party towards a target party."""

    event_id: str = pa.Field(unique=True, str_matches=_key("e"))
    event_date: pl.Date = pa.Field(nullable=True)
    source_party_id: str
    target_party_id: str = pa.Field(nullable=True)
    plover_code: str = pa.Field(isin=list(PLOVER_ROOTS))
    event_mode: str = pa.Field(isin=[*STATUSES, *COMMITMENT_KINDS, "demand"])
    fact_type: str = pa.Field(isin=list(FACT_TYPES))
    fact_id: str = pa.Field(str_matches=r"^[mt]_[0-9a-f]{16}$")
    place: str = pa.Field(nullable=True)
    country_code: str = pa.Field(nullable=True, str_matches=COUNTRY_CODE)
    confidence: float = pa.Field(ge=0, le=1)
    n_articles: int = pa.Field(ge=1)
    n_sources: int = pa.Field(ge=1)

    @pa.dataframe_check(description="nobody acts towards himself")
    def has_two_sides(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Source and target differ."""
        return data.lazyframe.select(pl.col("source_party_id").ne_missing(pl.col("target_party_id")))


class DimOffices(StoredTable):
    """One row a person in an office."""

    office_id: str = pa.Field(unique=True, str_matches=_key("o"))
    person_id: str
    party_id: str = pa.Field(nullable=True)
    plain_office: str
    office: str
    level: str = pa.Field(isin=list(LEVELS))
    first_seen_date: pl.Date = pa.Field(nullable=True)
    last_seen_date: pl.Date = pa.Field(nullable=True)
    n_articles: int = pa.Field(ge=1)


class DimMeetingSeries(StoredTable):
    """One row a series of meetings."""

    series_id: str = pa.Field(unique=True, str_matches=_key("s"))
    series_name: str = pa.Field(nullable=True)
    parties: TextList
    kind: str = pa.Field(isin=list(MEETING_KINDS))
    level: str = pa.Field(isin=list(LEVELS))
    n_meetings: int = pa.Field(ge=1)
    last_ordinal: int = pa.Field(nullable=True, ge=1, le=999)
    first_meeting_date: pl.Date = pa.Field(nullable=True)
    last_meeting_date: pl.Date = pa.Field(nullable=True)


class DimPlaces(StoredTable):
    """One row a place where a meeting was held."""

    place_id: str = pa.Field(unique=True, str_matches=_key("l"))
    place_name: str
    country_code: str = pa.Field(nullable=True, str_matches=COUNTRY_CODE)
    n_meetings: int = pa.Field(ge=1)
    first_meeting_date: pl.Date = pa.Field(nullable=True)
    last_meeting_date: pl.Date = pa.Field(nullable=True)


class DimTopics(StoredTable):
    """One row a topic that facts can be about."""

    topic_id: str = pa.Field(unique=True)
    topic_name: str
    keywords: TextList
    n_facts: int = pa.Field(ge=0)


class BridgeFactTopics(StoredTable):
    """One row a fact and a topic that it is about."""

    fact_type: str = pa.Field(isin=list(FACT_TYPES))
    fact_id: str
    topic_id: str


class DimDates(StoredTable):
    """One row a day."""

    date_day: pl.Date = pa.Field(unique=True)
    year: int
    quarter: int = pa.Field(ge=1, le=4)
    month: int = pa.Field(ge=1, le=12)
    year_month: str = pa.Field(str_matches=r"^\d{4}-\d{2}$")
    iso_year: int
    iso_week: int = pa.Field(ge=1, le=53)
    iso_weekday: int = pa.Field(ge=1, le=7)
    weekday_name: str
    is_weekend: bool


class DimFeeds(StoredTable):
    """One row a feed of sources.yaml, as its last poll left it."""

    feed_name: str = pa.Field(unique=True)
    address: str
    last_polled_at: Timestamp
    last_status: str = pa.Field(isin=["new", "not_modified", "failed"])
    last_reason: str = pa.Field(nullable=True)
    last_success_at: Timestamp = pa.Field(nullable=True)
    n_polls: int = pa.Field(ge=1)
    n_failed_polls: int = pa.Field(ge=0)
    n_documents: int = pa.Field(ge=0)
    n_pages_awaited: int = pa.Field(ge=0)


class ServedQuarantine(StoredTable):
    """One row a piece of input that was set aside."""

    quarantine_id: str = pa.Field(unique=True)
    stage: str = pa.Field(isin=["documents", "articles", "mentions"])
    source_path: str
    locator: str = pa.Field(nullable=True)
    document_id: str = pa.Field(nullable=True)
    article_id: str = pa.Field(nullable=True)
    reason_code: str
    reason: str = pa.Field(str_length={"min_value": 1})
    sample: str = pa.Field(nullable=True)
    code_version: str
    set_aside_at: Timestamp
    batch_id: str


MARTS: dict[str, type[StoredTable]] = {
    "fct_meetings": FctMeetings,
    "bridge_meeting_participants": BridgeMeetingParticipants,
    "fct_commitments": FctCommitments,
    "fct_demands": FctDemands,
    "bridge_statement_parties": BridgeStatementParties,
    "dim_parties": DimParties,
    "dim_people": DimPeople,
    "dim_articles": DimArticles,
    "fct_mentions": FctMentions,
    "event_data": EventData,
    "dim_offices": DimOffices,
    "dim_meeting_series": DimMeetingSeries,
    "dim_places": DimPlaces,
    "dim_topics": DimTopics,
    "bridge_fact_topics": BridgeFactTopics,
    "dim_dates": DimDates,
    "dim_feeds": DimFeeds,
    "quarantine": ServedQuarantine,
}
"""The contract of each mart that is checked before it is served."""

REFERENCES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "fct_meetings": (("evidence_article_id", "dim_articles", "article_id"),),
    "bridge_meeting_participants": (
        ("meeting_id", "fct_meetings", "meeting_id"),
        ("party_id", "dim_parties", "party_id"),
        ("person_id", "dim_people", "person_id"),
    ),
    "fct_commitments": (
        ("meeting_id", "fct_meetings", "meeting_id"),
        ("speaker_id", "dim_people", "person_id"),
        ("evidence_article_id", "dim_articles", "article_id"),
    ),
    "fct_demands": (
        ("meeting_id", "fct_meetings", "meeting_id"),
        ("speaker_id", "dim_people", "person_id"),
        ("evidence_article_id", "dim_articles", "article_id"),
    ),
    "bridge_statement_parties": (("party_id", "dim_parties", "party_id"),),
    "dim_offices": (("person_id", "dim_people", "person_id"), ("party_id", "dim_parties", "party_id")),
    "bridge_fact_topics": (("topic_id", "dim_topics", "topic_id"),),
    "dim_people": (("party_id", "dim_parties", "party_id"),),
    "dim_articles": (("replaced_by_article_id", "dim_articles", "article_id"),),
    "fct_mentions": (("article_id", "dim_articles", "article_id"),),
    "event_data": (
        ("source_party_id", "dim_parties", "party_id"),
        ("target_party_id", "dim_parties", "party_id"),
    ),
}
"""For each mart: its column, the mart that the column points into, and the key there."""

EVIDENCE: dict[str, tuple[str, str, str, str]] = {
    "fct_meetings": ("evidence_article_id", "evidence_char_start", "evidence_char_end", "evidence"),
    "fct_commitments": ("evidence_article_id", "evidence_char_start", "evidence_char_end", "content"),
    "fct_demands": ("evidence_article_id", "evidence_char_start", "evidence_char_end", "content"),
    "fct_mentions": ("article_id", "char_start", "char_end", "mention_text"),
}
"""Where a mart's rows point into an article's text, and the words that must stand there."""


def broken_references(connection: duckdb.DuckDBPyConnection, mart: str, schema: str = "marts") -> pl.DataFrame:
    """Every row of a mart that points at something that is not there, in the columns of `validation.FAILURES`.

    `row` counts from 0 in the order in which `SELECT * FROM <mart>` gives the rows.
    """
    rules = [
        f"""
        SELECT row, '{column} is a {key} of {target}' AS rule, {column}::VARCHAR AS value
        FROM numbered ANTI JOIN {schema}.{target} AS target ON numbered.{column} = target.{key}
        WHERE numbered.{column} IS NOT NULL
        """
        for column, target, key in REFERENCES.get(mart, ())
    ]
    if mart in EVIDENCE:
        article, start, end, words = EVIDENCE[mart]
        rules.append(
            f"""
            SELECT row, 'the span cuts {words} out of the article' AS rule, {start} || ':' || {end} AS value
            FROM numbered JOIN {schema}.dim_articles AS articles ON numbered.{article} = articles.article_id
            WHERE articles.text[{start} + 1 : {end}] <> numbered.{words}
            """
        )
    if not rules:
        rules.append("SELECT row, '' AS rule, '' AS value FROM numbered WHERE false")
    columns = [column for column, _, _ in REFERENCES.get(mart, ())] + list(EVIDENCE.get(mart, ()))
    listed = ", ".join(sorted(set(columns)) or ["1 AS nothing"])
    numbered = f"WITH numbered AS (SELECT rowid AS row, {listed} FROM {schema}.{mart})"
    found = connection.execute(f"{numbered} {' UNION ALL '.join(rules)} ORDER BY ALL").fetchall()
    return pl.DataFrame(found, schema={"row": pl.Int64, "rule": pl.String, "value": pl.String}, orient="row")
