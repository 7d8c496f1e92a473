"""The mentions stage: parse the articles that have no mentions at this parser version, and append what was found.

Belongs here: which articles are still to do, rows from extractions, setting rows aside. Does not belong here: finding
anything in an article (`extract`).
"""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor

import polars as pl

from orchestration.contracts.base import Quarantine
from orchestration.contracts.mentions import (
    MeetingMentions,
    ParsedArticles,
    ParticipantMentions,
    StatementMentions,
    broken_references,
)
from orchestration.contracts.validation import conform, failures
from orchestration.parse.extract import PARSER_VERSION, extract_many
from orchestration.parse.model import ArticleText, Extraction
from orchestration.store.batches import BatchStore
from orchestration.store.report import Progress, StageReport, silent

MAX_CHARACTERS = 1_000_000
"""A longer text is no news article: it is set aside rather than parsed for minutes."""

NEEDED = [
    "article_id",
    "text",
    "published_text",
    "published_date",
    "headline",
    "publisher",
    "url",
    "address",
    "document_id",
]


def articles_to_parse(store: BatchStore) -> pl.DataFrame:
    """Ids of the articles without mentions at this parser version, with the batch they lie in."""
    done = pl.concat(
        [
            store.scan("mentions", "parsed_articles")
            .filter(pl.col("parser_version") == PARSER_VERSION)
            .select("article_id"),
            store.scan("mentions", "quarantine")
            .filter((pl.col("code_version") == PARSER_VERSION) & pl.col("reason_code").eq("text_too_long"))
            .select("article_id"),
        ]
    )
    articles = store.scan("articles", "articles").filter("is_parsed").select("article_id")
    return articles.unique().join(done, on="article_id", how="anti").sort("article_id").collect()


def parse_new(
    store: BatchStore, articles_per_batch: int, executor: Executor | None = None, progress: Progress = silent
) -> StageReport:
    """Parse what is to do, a batch at a time; a run that is killed keeps the batches it has appended."""
    todo = articles_to_parse(store)["article_id"]
    report = StageReport()
    done = 0
    for chunk in _chunks(store, todo, articles_per_batch):
        too_long = chunk.filter(pl.col("text").str.len_chars() > MAX_CHARACTERS)
        chunk = chunk.filter(pl.col("text").str.len_chars() <= MAX_CHARACTERS)
        extractions = list(extract_many(map(_article_text, chunk.iter_rows(named=True)), executor))
        tables, set_aside = _rows(chunk, extractions)
        set_aside += [
            _quarantine_row(
                row, "text_too_long", f"The text has more than {MAX_CHARACTERS:,} characters: split it into articles"
            )
            for row in too_long.iter_rows(named=True)
        ]
        tables["quarantine"] = conform(Quarantine, set_aside)
        report.batches.append(store.append("mentions", tables))
        for name, frame in tables.items():
            report.rows[name] = report.rows.get(name, 0) + frame.height
        for row in set_aside:
            report.set_aside[str(row["reason_code"])] = report.set_aside.get(str(row["reason_code"]), 0) + 1
        done += chunk.height + too_long.height
        progress("articles parsed", done, len(todo))
    store.compact("mentions")
    return report


def _chunks(store: BatchStore, todo: pl.Series, size: int) -> Iterator[pl.DataFrame]:
    """The articles to do, in chunks, reading one stored batch of articles at a time."""
    pending: list[pl.DataFrame] = []
    remaining = set(todo)
    for batch in store.batches("articles") if remaining else ():
        stored = store.scan_batch("articles", batch, "articles")
        wanted = [i for i in stored.select("article_id").collect()["article_id"] if i in remaining]
        remaining.difference_update(wanted)
        for start in range(0, len(wanted), size):
            ids = wanted[start : start + size]
            pending.append(
                stored.select(NEEDED)
                .filter(pl.col("article_id").is_in(ids))
                .unique("article_id", maintain_order=True)
                .collect()
            )
            if sum(frame.height for frame in pending) >= size:
                yield pl.concat(pending)
                pending = []
    if pending:
        yield pl.concat(pending)


def _article_text(row: dict[str, object]) -> ArticleText:
    published = row["published_text"] or row["published_date"]
    return ArticleText(
        id=str(row["article_id"]),
        text=str(row["text"]),
        published=str(published) if published else None,
        headline=row["headline"],  # type: ignore[arg-type]
        publisher=row["publisher"],  # type: ignore[arg-type]
        url=row["url"],  # type: ignore[arg-type]
    )


def _rows(
    articles: pl.DataFrame, extractions: list[Extraction]
) -> tuple[dict[str, pl.DataFrame], list[dict[str, object]]]:
    """The four tables of a batch and the quarantine rows of what broke a contract."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    now = dt.datetime.now(dt.UTC)
    parsed: list[dict[str, object]] = []
    meetings: list[dict[str, object]] = []
    participants: list[dict[str, object]] = []
    statements: list[dict[str, object]] = []
    for found in extractions:
        frame, text = found.frame, texts[found.id]
        made_by: dict[str, object] = {"article_id": found.id, "parser_version": PARSER_VERSION, "batch_id": ""}
        parsed.append(
            made_by
            | {name: getattr(frame, name) for name in FRAME_COLUMNS}
            | {"n_meetings": len(found.meetings), "n_statements": len(found.statements), "parsed_at": now}
        )
        for meeting in found.meetings:
            mention_id = f"{found.id}-{meeting.id}"
            meetings.append(
                made_by
                | {
                    "meeting_mention_id": mention_id,
                    "char_start": meeting.evidence.start,
                    "char_end": meeting.evidence.end,
                    "evidence": meeting.evidence.cut(text),
                    "country_code": meeting.country,
                    "is_background": meeting.background,
                }
                | {name: getattr(meeting, name) for name in MEETING_COLUMNS}
            )
            participants += [
                made_by
                | {
                    "participant_mention_id": f"{mention_id}-p{position}",
                    "meeting_mention_id": mention_id,
                    "position": position,
                    "person_name": one.name,
                    "role": one.role,
                    "party": one.party,
                    "part": one.part,
                }
                for position, one in enumerate(meeting.participants, start=1)
            ]
        for number, statement in enumerate(found.statements, start=1):
            statements.append(
                made_by
                | {
                    "statement_mention_id": f"{found.id}-s{number}",
                    "char_start": statement.content.start,
                    "char_end": statement.content.end,
                    "content": statement.content.cut(text),
                    "is_conditional": statement.conditional,
                    "meeting_mention_id": f"{found.id}-{statement.meeting}" if statement.meeting else None,
                }
                | {name: getattr(statement, name) for name in STATEMENT_COLUMNS}
            )
    tables = {
        "parsed_articles": conform(ParsedArticles, parsed),
        "meeting_mentions": conform(MeetingMentions, meetings),
        "participant_mentions": conform(ParticipantMentions, participants),
        "statement_mentions": conform(StatementMentions, statements),
    }
    return _set_aside_broken(articles, tables)


FRAME_COLUMNS = (
    "published_date",
    "dateline_place",
    "dateline_date",
    "dateline_agency",
    "body_date",
    "reference_date",
    "date_conflict",
)
MEETING_COLUMNS = (
    "status",
    "mode",
    "format",
    "kind",
    "name",
    "ordinal",
    "start_date",
    "end_date",
    "place",
    "rule",
    "confidence",
    "plover_code",
)
STATEMENT_COLUMNS = (
    "statement_class",
    "kind",
    "speakers",
    "speaker_name",
    "addressees",
    "deadline",
    "outcome_no",
    "rule",
    "confidence",
    "strength",
    "plover_code",
)


def _set_aside_broken(
    articles: pl.DataFrame, tables: dict[str, pl.DataFrame]
) -> tuple[dict[str, pl.DataFrame], list[dict[str, object]]]:
    """Take the rows that break a contract out of the tables; what hangs on a row that is taken out follows it."""
    models = {
        "parsed_articles": ParsedArticles,
        "meeting_mentions": MeetingMentions,
        "statement_mentions": StatementMentions,
        "participant_mentions": ParticipantMentions,
    }
    by_id = {row["article_id"]: row for row in articles.iter_rows(named=True)}
    set_aside: list[dict[str, object]] = []
    # Meetings first, so that the references of participants and statements see which of them are left.
    for name, model in models.items():
        frame = tables[name]
        references = broken_references(
            articles, tables["meeting_mentions"], tables["participant_mentions"], tables["statement_mentions"]
        )
        broken = pl.concat([failures(model, frame), references.get(name, failures(model, frame).clear())])
        if broken.is_empty():
            continue
        if broken["row"].null_count():
            model.validate(frame, lazy=True)
        rows = set(broken["row"])
        for number, breaches in broken.group_by("row", maintain_order=True):
            row = frame.row(number[0], named=True)
            why = "; ".join(f"{b['rule']} (found {b['value']})" for b in breaches.iter_rows(named=True))
            key = row.get("meeting_mention_id") or row.get("statement_mention_id") or row["article_id"]
            set_aside.append(
                _quarantine_row(
                    by_id[row["article_id"]],
                    f"broken_{name}",
                    f"The parser's row {key} in {name} breaks a rule and was left out: {why}",
                    sample=str(row.get("evidence") or row.get("content") or ""),
                )
            )
        tables[name] = frame.with_row_index("_row").filter(~pl.col("_row").is_in(list(rows))).drop("_row")
    return tables, set_aside


def _quarantine_row(article: dict[str, object], code: str, reason: str, sample: str | None = None) -> dict[str, object]:
    return {
        "stage": "mentions",
        "source_path": article["address"],
        "locator": None,
        "document_id": article["document_id"],
        "article_id": article["article_id"],
        "reason_code": code,
        "reason": reason,
        "sample": (sample if sample is not None else str(article["text"]))[:200],
        "code_version": PARSER_VERSION,
        "set_aside_at": dt.datetime.now(dt.UTC),
        "batch_id": "",
    }
