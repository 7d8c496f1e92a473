"""Mentions of one meeting, taken together across articles."""

from orchestration.resolve.clusters import EVER, Traits, cluster_table


def model(dbt, session):
    """One row per meeting mention: the mention that stands for its meeting."""
    dbt.config(materialized="table")
    mentions = (
        dbt.ref("int_meeting_mentions")
        .project(
            "meeting_mention_id, article_id, ordinal, is_remote, country_code, date_precision,"
            " date_diff('day', date '1970-01-01', start_date) as first_day,"
            " date_diff('day', date '1970-01-01', end_date) as last_day"
        )
        .fetchall()
    )
    traits = {}
    for mention_id, article_id, ordinal, is_remote, country_code, precision, first_day, last_day in mentions:
        agreed = {"ordinal": ordinal, "is_remote": is_remote, "country_code": None if is_remote else country_code}
        # Publishers count the day in their own zone: days beside each other can be one day.
        slack = 0.5 if precision == "day" else 0
        traits[mention_id] = Traits(
            once=frozenset([article_id]),
            agreed={name: value for name, value in agreed.items() if value is not None},
            between=EVER if first_day is None else (first_day - slack, last_day + slack),
        )
    pairs = dbt.ref("int_meeting_pairs").project("score, left_mention_id, right_mention_id").fetchall()
    return cluster_table(session, "meeting_mention_id", list(traits), pairs, traits)
