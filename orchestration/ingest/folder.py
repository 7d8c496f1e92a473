"""All of ingestion over one folder as a stream, without storing anything: for measuring, testing and trying a source.

Does not belong here: the pipeline's own steps, which store between stages and skip what is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from orchestration.ingest.articles import read_article
from orchestration.ingest.documents import read_documents
from orchestration.ingest.files import walk_raw
from orchestration.ingest.records import ArticleRecord, SetAside
from orchestration.ingest.sources import Sources, load_sources


def read_folder(
    raw_dir: Path, sources: Sources | None = None, received_at: dt.datetime | None = None
) -> Iterator[ArticleRecord | SetAside]:
    """Every article below a folder and everything set aside, in a fixed order; exact copies come each time.

    Raises SourcesError where the folder's sources.yaml has a mistake.
    """
    known = sources if sources is not None else load_sources(raw_dir / "sources.yaml")
    moment = received_at or dt.datetime.now(dt.UTC)
    for found in walk_raw(raw_dir):
        if isinstance(found, SetAside):
            yield found
            continue
        for document in read_documents(found, known, moment):
            yield document if isinstance(document, SetAside) else read_article(document, known)
