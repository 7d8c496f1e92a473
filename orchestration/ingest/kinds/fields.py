"""A record of named fields (a JSON object, a CSV row, front matter) to a draft, by its mapping or by common names.

Belongs here: the common names and how a mapping is applied. Does not belong here: parsing the record (`jsonl`,
`table`, `markdown`), the shape of a mapping (`orchestration.ingest.sources`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from orchestration.ingest.kinds.base import Draft
from orchestration.ingest.records import UnreadableError, printable
from orchestration.ingest.sources import FieldMapping, FileSource
from orchestration.ingest.times import read_published

# The names that news records use, most telling first; compared without case, spaces, dashes and underscores.
COMMON_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "bodymd", "content", "articlebody", "bodytext", "fulltext", "maintext", "articletext",
             "bodyhtml", "contenthtml", "html", "markdown", "story", "article", "description", "summary"),
    "headline": ("headline", "title", "heading", "articletitle"),
    "published": ("publishedat", "publishedtime", "published", "datepublished", "pubdate", "publishdate",
                  "publicationdate", "publishingdate", "publishedon", "datetime", "timestamp", "date"),
    "url": ("url", "link", "address", "permalink", "canonicalurl", "pageurl", "href"),
    "id": ("id", "guid", "newid", "articleid", "docid", "uuid", "identifier", "number"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "publisher": ("publisher", "outlet", "source", "sitename", "newspaper", "agency", "site", "domain"),
    "section": ("section", "category", "cat", "desk", "rubric"),
    "language": ("language", "lang"),
}  # fmt: skip
MAX_NAMES_CHARACTERS = 2000
LEAD_NAMES = ("lead", "lede", "standfirst")

_TAG = re.compile(
    r"<(?:p|br|div|span|a|b|i|u|strong|em|h[1-6]|ul|ol|li|table|blockquote|script|style|img|iframe|object|svg|body|html)\b"
    r"[^<>]{0,500}>",
    re.I,
)
_MARKDOWN = re.compile(r"\]\(https?://|^\s{0,3}#{1,6} \S|\*\*[^*\n]+\*\*|^\s{0,3}[-*] {1,3}\S.*\n\s{0,3}[-*] ", re.M)
_AUTHOR_SPLIT = re.compile(r"\s*(?:;|\||\n|\s+and\s+|\s+&\s+)\s*", re.I)


def plain_name(name: object) -> str:
    """A field name as it is compared."""
    return re.sub(r"[\s_\-.:]", "", str(name)).lower()


def guess_mapping(names: Mapping[str, Any]) -> FieldMapping:
    """The mapping that common field names suggest, for records that no entry of sources.yaml explains."""
    by_plain = {plain_name(name): name for name in reversed(list(names)) if _filled(names[name])}
    found: dict[str, Any] = {}
    for field_name, candidates in COMMON_NAMES.items():
        held = [by_plain[c] for c in candidates if c in by_plain]
        if held:
            found[field_name] = held[0]
    lead = next((by_plain[c] for c in LEAD_NAMES if c in by_plain), None)
    if lead is not None:
        found["text"] = [lead, *([found["text"]] if "text" in found else [])]
    published = found.get("published")
    if published is not None and plain_name(published) == "date" and "time" in by_plain:
        found["published"] = [published, by_plain["time"]]
    return FieldMapping(**found)


def mapping_of(record: Mapping[str, Any], source: FileSource | None) -> FieldMapping:
    """The mapping in sources.yaml, each field it leaves open filled by common names."""
    guessed = guess_mapping(record)
    if source is None:
        return guessed
    told = source.fields
    return guessed.model_copy(update={name: getattr(told, name) for name in told.model_fields_set})


def record_id_and_url(record: Mapping[str, Any], source: FileSource | None) -> tuple[str | None, str | None]:
    """What names a record over time."""
    mapping = mapping_of(record, source)
    return _scalar(record, mapping.id), _scalar(record, mapping.url)


def read_fields(record: Mapping[str, Any], source: FileSource | None) -> Draft:
    """The draft of a record.

    Raises UnreadableError where no field holds text, or where the date told is none.
    """
    mapping = mapping_of(record, source)
    parts = [part for name in mapping.text if (part := _scalar(record, name))]
    if not parts:
        raise _no_text(record, mapping)
    text = _joined([as_text(part, source.text_format if source else "auto") for part in parts])
    told_time = " ".join(part for name in mapping.published if (part := _scalar(record, name)))
    return Draft(
        text=text,
        headline=_headline(_scalar(record, mapping.headline)),
        authors=_authors(record, mapping),
        publisher=_scalar(record, mapping.publisher),
        published=read_published(told_time, source.time_zone if source else None, bool(source and source.day_first))
        if told_time
        else None,
        section=_scalar(record, mapping.section),
        url=_scalar(record, mapping.url),
        language=_scalar(record, mapping.language),
    )


def _joined(parts: list[str]) -> str:
    """One text; what follows a dateline ("PARIS, March 2 -") goes on its line."""
    text = parts[0]
    for part in parts[1:]:
        text += (" " if text.rstrip().endswith(("-", "–", "—")) else "\n\n") + part
    return text


def _no_text(record: Mapping[str, Any], mapping: FieldMapping) -> UnreadableError:
    names = ", ".join(printable(str(name), 30) or "?" for name in mapping.text or list(record)[:12])
    what = f"{names} is empty" if mapping.text else f"none of its fields ({names}) is known to hold it"
    return UnreadableError(
        "no_text", f"The record has no text: {what}. If another field holds it, name it in sources.yaml."
    )


def as_text(value: str, text_format: str) -> str:
    """Plain text out of a field that may hold markup; `auto` looks for tags and Markdown marks."""
    if text_format == "html" or (text_format == "auto" and _TAG.search(value)):
        from orchestration.ingest.kinds.fragments import fragment_text

        return fragment_text(value)
    if text_format == "markdown" or (text_format == "auto" and _MARKDOWN.search(value)):
        from orchestration.ingest.kinds.fragments import markdown_text

        return markdown_text(value)
    return value


def _filled(value: object) -> bool:
    return value not in (None, [], {}) and not (isinstance(value, str) and not value.strip())


def _scalar(record: Mapping[str, Any], name: str | None) -> str | None:
    """The field as a string; a dotted name reaches into nested objects; lists of strings are joined."""
    if name is None:
        return None
    value: Any = record.get(name)
    if value is None and "." in name:
        value = record
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n\n".join(part for part in value if isinstance(part, str) and part.strip()) or None
    if isinstance(value, Mapping):
        return _scalar(value, "name") if "name" in value else None
    return None


def split_names(told: str, separator: re.Pattern[str]) -> list[str]:
    """The names in a list of names; of one without end only the beginning."""
    lines = [" ".join(line.split()) for line in told[:MAX_NAMES_CHARACTERS].split("\n")]
    return [name for name in separator.split("\n".join(lines)) if name]


def _headline(value: str | None) -> str | None:
    return as_text(value, "auto") if value and _TAG.search(value) else value


def _authors(record: Mapping[str, Any], mapping: FieldMapping) -> list[str]:
    authors: list[str] = []
    for name in mapping.authors:
        value = record.get(name)
        told = value if isinstance(value, list) else [value]
        for one in told:
            text = _scalar({"author": one}, "author")
            authors += split_names(text, _AUTHOR_SPLIT) if text else []
    return authors
