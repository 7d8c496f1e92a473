"""Near copies of near copies, taken together."""

from orchestration.resolve.clusters import cluster_table


def model(dbt, session):
    """One row per current article: the article that names its group of near copies."""
    dbt.config(materialized="table")
    members = dbt.ref("int_articles_current").filter("is_current").project("article_id").fetchall()
    pairs = dbt.ref("int_near_copies").project("similarity, left_article_id, right_article_id").fetchall()
    return cluster_table(session, "article_id", [article_id for (article_id,) in members], pairs)
