"""Articles for `communique extract`: text files, JSON lines, standard input; what cannot be read is told in one line.

Does not belong here: the pipeline's own sources with their kinds and mappings (`orchestration.ingest`).
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from orchestration.parse.model import ArticleText

Complain = Callable[[str], None]
STANDARD_INPUT = Path("-")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class UnreadableArticleError(ValueError):
    """An article that cannot be read; the message says what is wrong, for a person."""


def read_articles(paths: list[Path], complain: Complain) -> Iterator[ArticleText]:
    """The articles of all files in order; each file or line that is none is told to `complain`, and the rest goes on.

    A `.jsonl` or `.jsonl.gz` file holds one article a line, any other file is the text of one article, named by the
    file's stem. `-` is standard input: JSON lines where it begins with a brace, else one text.
    """
    for path in paths:
        try:
            yield from _from_standard_input(complain) if path == STANDARD_INPUT else _from_file(path, complain)
        except (OSError, EOFError, zlib.error) as error:
            complain(f"{path}: {_reason(error)}")
        except UnreadableArticleError as error:
            complain(f"{path}: {error}")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the compressed file is broken or cut off"


def _from_file(path: Path, complain: Complain) -> Iterator[ArticleText]:
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson")):
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as lines:
            yield from _from_lines(lines, str(path), complain)
    else:
        yield _article_of_text(path.stem, path.read_bytes())


def _from_standard_input(complain: Complain) -> Iterator[ArticleText]:
    stream = sys.stdin.buffer
    first = stream.readline()
    while first and not first.strip():
        first = stream.readline()
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _from_lines(_chain(first, stream), "standard input", complain)
    else:
        yield _article_of_text("stdin", first + stream.read())


def _chain(first: bytes, rest: IO[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _from_lines(lines: Iterator[bytes] | IO[bytes], where: str, complain: Complain) -> Iterator[ArticleText]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield article_of_line(line)
        except UnreadableArticleError as error:
            complain(f"{where}, line {number}: {error}")


def _article_of_text(name: str, content: bytes) -> ArticleText:
    text = _decoded(content)
    if not text.strip():
        raise UnreadableArticleError("the file is empty")
    if "\0" in text:
        raise UnreadableArticleError("binary content, not text")
    return ArticleText(id=name, text=text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableArticleError(f"not UTF-8 at byte {error.start + 1}: convert it first") from None


def article_of_line(line: bytes) -> ArticleText:
    """The article that a JSON line holds; raises UnreadableArticleError where it holds none."""
    try:
        record = json.loads(_decoded(line))
    except json.JSONDecodeError as error:
        raise UnreadableArticleError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise UnreadableArticleError("not an article: nested too deeply") from None
    if not isinstance(record, dict):
        raise UnreadableArticleError('not an article: expected an object like {"id": …, "text": …}')
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableArticleError('no article text in the field "text"')
    if record.get("id") in (None, ""):
        raise UnreadableArticleError('the field "id" is missing')
    return ArticleText(
        id=_told(record, "id") or "",
        # Half a surrogate pair is no character and cannot be printed again; a replacement keeps every offset.
        text=_LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text),
        published=_told(record, "published"),
        headline=_told(record, "headline"),
        publisher=_told(record, "publisher"),
        url=_told(record, "url"),
    )


def _told(record: dict[str, Any], field: str) -> str | None:
    value = record.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnreadableArticleError(f'the field "{field}" must be text')
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", str(value))
