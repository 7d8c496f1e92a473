"""Bytes to articles: find what was dropped in or is published, keep it as received, read clean text with its frame.

`files` walks the folder, `documents` opens containers into records, `articles` reads a record into an article,
`kinds` knows one format a module, `sources` reads raw/sources.yaml, `fetch` and `feeds` take from the web.
Does not belong here: storing anything (`orchestration.store`), reading sentences (`orchestration.parse`).
"""
