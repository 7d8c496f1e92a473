"""Plain text: one file, one article; its first line may be the headline.

Does not belong here: telling plain text from Markdown (`markdown`) or from data (`binary`).
"""

from __future__ import annotations

import re

from orchestration.ingest.kinds.base import Draft, Format, whole
from orchestration.ingest.kinds.charsets import decode
from orchestration.ingest.records import DocumentRecord
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published, read_published

MAX_HEADLINE_CHARACTERS = 160
_DAY_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}([-_]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")
_SENTENCE = re.compile(r"""[.!?:;,]["'”’)]*$|\s[-–—]{1,2}\s""")


def split_headline(text: str) -> tuple[str | None, str]:
    """The headline and the rest, where the first line stands alone and is no sentence; else None and all of it."""
    first, _, rest = text.lstrip().partition("\n")
    stands_alone = rest.startswith(("\n", "\r\n")) or rest[:1].isspace()
    if rest.strip() and stands_alone and len(first) <= MAX_HEADLINE_CHARACTERS and not _SENTENCE.search(first.strip()):
        return first.strip(), rest
    return None, text


def day_in_name(source_path: str) -> Published | None:
    """The publication day that a file name like 2023-04-14-talks.txt gives."""
    found = _DAY_IN_NAME.search(source_path.rsplit("/", 1)[-1])
    return read_published(found[0].replace("_", "-")) if found else None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The text of the file under its first line."""
    headline, text = split_headline(decode(document.content))
    return Draft(text, headline=headline, published=day_in_name(document.source_path))


FORMAT = Format("text", lambda head: True, whole("text"))
