"""Read a document into an article: clean text with headline, authors, publisher, time with zone, address, language.

Belongs here: what is done the same way for every kind. Does not belong here: any one format (`kinds`).
"""

from __future__ import annotations

import hashlib
import re

from orchestration.ingest.addresses import canonical_url, site_of
from orchestration.ingest.cleaning import clean_line, clean_text
from orchestration.ingest.kinds import READERS
from orchestration.ingest.kinds.base import Draft
from orchestration.ingest.languages import language_of
from orchestration.ingest.near_copies import signature
from orchestration.ingest.records import ArticleRecord, DocumentRecord, SetAside, UnreadableError
from orchestration.ingest.sources import FeedSource, FileSource, Sources
from orchestration.ingest.times import read_published

READER_VERSION = "2"
"""Raise it whenever text or frame may come out otherwise: documents are then read again."""

PARSED_LANGUAGE = "en"
MAX_HEADLINE_CHARACTERS = 1000
MAX_ARTICLE_CHARACTERS = 1_000_000
STAGE = "articles"


def article_digest(address: str, text: str) -> str:
    """The article version's id: the same text at the same address is the same article."""
    return hashlib.sha256(f"{address}\0{text}".encode()).hexdigest()[:16]


def read_article(document: DocumentRecord, sources: Sources) -> ArticleRecord | SetAside:
    """The article that a document holds, or why there is none in it."""
    source = sources.named(document.source_name)
    try:
        draft = READERS[document.media_kind](document, source if isinstance(source, FileSource) else None)
        _complete(draft, document, source)
        # Cleaning takes out white space and marks, never most of a text.
        if len(draft.text) > MAX_ARTICLE_CHARACTERS * 4:
            raise _too_long(draft.text)
        text = _cut(clean_text(draft.text), source)
        if not any(c.isalnum() for c in text):
            only = "only a headline, no text" if draft.headline else "no text"
            raise UnreadableError("no_text", f"There is {only} in it.", draft.headline or "")
        if len(text) > MAX_ARTICLE_CHARACTERS:
            raise _too_long(text)
    except UnreadableError as error:
        return SetAside.because(error, STAGE, document.source_path, document.locator, document.document_id)
    headline = clean_line(draft.headline or "")[:MAX_HEADLINE_CHARACTERS] or None
    url = canonical_url(draft.url or "") or canonical_url(document.address)
    language = language_of(f"{headline}\n{text}" if headline else text, draft.language)
    published = draft.published
    return ArticleRecord(
        article_id=article_digest(document.address, text),
        document_id=document.document_id,
        address=document.address,
        url=url,
        publisher=clean_line(draft.publisher or "") or site_of(url),
        headline=headline,
        authors=list(dict.fromkeys(name for told in draft.authors if (name := clean_line(told)))),
        section=clean_line(draft.section or "") or None,
        language=language,
        published_at=published.at if published else None,
        published_date=published.date if published else None,
        published_text=published.text if published else None,
        text=text,
        n_words=len(text.split()),
        is_parsed=language == PARSED_LANGUAGE,
        minhash=signature(text),
        received_at=document.received_at,
        reader_version=READER_VERSION,
    )


def _too_long(text: str) -> UnreadableError:
    limit = MAX_ARTICLE_CHARACTERS // 1_000_000
    reason = f"Its text is longer than {limit} million characters: a book or a whole archive, not an article."
    return UnreadableError("too_long", reason, text[:1000])


def _cut(text: str, source: FileSource | FeedSource | None) -> str:
    """The text before what the source's entry names as the beginning of its boilerplate."""
    if isinstance(source, FileSource) and source.cut_from:
        found = re.search(source.cut_from, text, re.M)
        return text[: found.start()].rstrip() if found else text
    return text


def _complete(draft: Draft, document: DocumentRecord, source: FileSource | FeedSource | None) -> None:
    """Fill what the record itself left open from its container, then from the source's entry.

    The entry's publisher wins over what a record is guessed to tell: the person who wrote the entry knows.
    """
    told = document.metadata
    draft.headline = draft.headline or told.get("headline")
    draft.authors = draft.authors or list(told.get("authors", []))
    draft.section = draft.section or told.get("section")
    draft.language = draft.language or told.get("language") or (source.language if source else None)
    is_mapped = isinstance(source, FileSource) and source.fields.publisher is not None
    if source is not None and source.publisher and not (is_mapped and draft.publisher):
        draft.publisher = source.publisher
    draft.publisher = draft.publisher or told.get("publisher")
    if draft.published is None and told.get("published"):
        draft.published = read_published(told["published"])
