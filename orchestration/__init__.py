"""communique: raw diplomatic news in, a SQL warehouse of meetings and commitments out.

One folder an idea: `ingest` (bytes to articles), `parse` (article to mentions), `reference` (data tables and their
look-ups), `contracts` (what every table must look like), `store` (Parquet batches). These never import Dagster.
`assets`, `checks`, `automation`, `definitions` bind them to Dagster and hold no logic.
"""
