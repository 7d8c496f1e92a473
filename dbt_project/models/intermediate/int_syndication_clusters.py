"""Near copies, and near copies of near copies, taken together."""

from orchestration.ingest.near_copies import Signed, group_near_copies
from orchestration.resolve.clusters import membership_table


def model(dbt, session):
    """One row per current article: the article that names its group of near copies."""
    dbt.config(materialized="table")
    current = dbt.ref("int_articles_current").filter("is_current").project("article_id").set_alias("current")
    articles = dbt.ref("stg_articles").set_alias("articles").join(current, "article_id", how="semi")
    rows = articles.project("article_id, minhash, n_words, headline, published_date").fetchall()
    return membership_table(session, "article_id", group_near_copies(Signed(*row) for row in rows))
