"""Dagster assets, one module a stage, in the order of the data: documents, articles, mentions, warehouse, serving.

They call the libraries and tell Dagster what came of it. Does not belong here: any logic.
"""
