"""Rounds of one series, taken together."""

from orchestration.resolve.clusters import cluster_table


def model(dbt, session):
    """One row per meeting with a name or a number: the meeting that stands for its series."""
    dbt.config(materialized="table")
    meetings = dbt.ref("int_series_members").project("meeting_id").fetchall()
    pairs = dbt.ref("int_series_pairs").project("score, left_meeting_id, right_meeting_id").fetchall()
    return cluster_table(session, "meeting_id", [meeting_id for (meeting_id,) in meetings], pairs)
