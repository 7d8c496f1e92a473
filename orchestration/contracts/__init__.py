"""Pandera models, one module a stage: the only place where a stored table's columns are declared in Python.

`documents`, `articles`, `mentions` describe what the Python stages append as Parquet; `marts` what dbt builds. Column
order and types of every batch come from here (`orchestration.store`), and so do the blocking asset checks.
"""
