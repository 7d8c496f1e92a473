"""Spellings of one full name, taken together."""

from orchestration.resolve.clusters import cluster_table


def model(dbt, session):
    """One row per full name of a party: the name that stands for its spellings."""
    dbt.config(materialized="table")
    names = dbt.ref("int_person_names").filter("n_parts >= 2").project("person_name_id").fetchall()
    pairs = dbt.ref("int_person_name_pairs").project("name_similarity, left_name_id, right_name_id").fetchall()
    return cluster_table(session, "person_name_id", [name_id for (name_id,) in names], pairs)
