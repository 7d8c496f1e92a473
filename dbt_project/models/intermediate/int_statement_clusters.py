"""Mentions of one statement, taken together across articles."""

from orchestration.resolve.clusters import Traits, cluster_table


def model(dbt, session):
    """One row per statement mention: the mention that stands for its statement."""
    dbt.config(materialized="table")
    mentions = dbt.ref("int_statement_mentions").project("statement_mention_id, article_id").fetchall()
    traits = {mention_id: Traits(once=frozenset([article_id])) for mention_id, article_id in mentions}
    pairs = dbt.ref("int_statement_pairs").project("similarity, left_mention_id, right_mention_id").fetchall()
    return cluster_table(session, "statement_mention_id", list(traits), pairs, traits)
