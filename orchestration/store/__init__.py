"""Parquet batches, the run lock and the served file: how bytes get to disk so that a crash leaves no half of anything.

Does not belong here: what the rows mean (`orchestration.contracts`) or where they come from (`ingest`, `parse`).
"""
