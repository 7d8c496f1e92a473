"""Markdown with or without front matter: one file, one article.

Does not belong here: what the fields of the front matter mean (`fields`), Markdown to text (`fragments`).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from orchestration.ingest.kinds.base import Draft, Format, Head, whole
from orchestration.ingest.kinds.charsets import decode
from orchestration.ingest.kinds.fields import read_fields
from orchestration.ingest.kinds.fragments import markdown_text
from orchestration.ingest.kinds.text import day_in_name
from orchestration.ingest.records import DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource

_FRONT_MATTER = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.{0,65536}?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|\Z)")
_BODY = "the text under the front matter"


def _is_markdown(head: Head) -> bool:
    is_named = head.name.lower().endswith((".md", ".markdown"))
    return is_named or bool(_FRONT_MATTER.match(head.text) or _HEADING.match(head.text))


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields before the text, all as strings, and the text; no fields where there is no front matter."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        # BaseLoader makes strings only: nothing is built, and an impossible date reaches our own reader of dates.
        fields = yaml.load(found[1] or "", Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        reason = f"The front matter between the --- lines is not valid YAML{line}: {getattr(error, 'problem', error)}."
        raise UnreadableError("broken_front_matter", reason, found[0][:1000]) from error
    if fields in ("", None):
        return {}, text[found.end() :]
    if not isinstance(fields, dict):
        return {}, text  # A rule of dashes above ordinary text.
    return fields, text[found.end() :]


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The text under the front matter; its headline from there or from a first heading."""
    fields, text = split_front_matter(decode(document.content))
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
    body = markdown_text(text)
    if not body.strip():
        raise UnreadableError("no_text", "There is no text under the front matter or heading.")
    known = {name: value for name, value in fields.items() if isinstance(name, str)}
    draft = read_fields({**known, _BODY: body}, _with_body(source))
    draft.text = body
    draft.headline = draft.headline or (markdown_text(heading[1]) if heading else None)
    draft.published = draft.published or day_in_name(document.source_path)
    return draft


def _with_body(source: FileSource | None) -> FileSource:
    """The entry of sources.yaml with the text's place fixed: it stands under the front matter and nowhere else."""
    base = source or FileSource(name="front matter", match="*")
    return base.model_copy(update={"text_format": "text", "fields": base.fields.model_copy(update={"text": [_BODY]})})


FORMAT = Format("markdown", _is_markdown, whole("markdown"))
