"""From mentions to facts, where SQL is the wrong tool: clustering.

Belongs here: what decides which mentions go together once SQL has compared them in pairs. Does not belong here: the
comparison itself and everything that can be said in SQL (`dbt_project/models/intermediate`).
"""
