"""Rebuild the texts of the second gold set from the shared corpora and join them with the annotations.

Belongs here: one small function per corpus from a record to an article, and the join with the annotation files beside
this module. The functions are frozen: the annotations are offsets into what they return, and each article's SHA-256
is checked, so a change to them is an error on every article it touches. Does not belong here: cleaning that the
product does (`orchestration/`), annotation rules, scoring.

    python tests/gold/texts.py [--shared ../shared] > gold2.jsonl

writes the format of `gold/articles_dev.jsonl`, for `score/score.py`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"

Record = dict[str, Any]

FILES = {
    "state": "corpus/state_dept_press_releases_2021_2022.jsonl.gz",
    "whitehouse": "corpus/whitehouse_readouts_joint_statements_2021_2026.jsonl.gz",
    "kremlin": "corpus/kremlin_en_1999_2020.jsonl.gz",
    "reuters": "corpus/reuters21578_1987.jsonl.gz",
    "bbc": "corpus/bbc_2004_2005.jsonl.gz",
    "translated": "corpus/translated_news_2020.jsonl.gz",
    "timebank": "gold/components/timebank_dev.jsonl.gz",
    "polnear": "gold/components/polnear_dev.jsonl.gz",
    "geowebnews": "gold/components/places_geowebnews.xml",
}
ID_FIELDS = {
    "state": "guid",
    "whitehouse": "path",
    "kremlin": "id",
    "reuters": "newid",
    "bbc": "path",
    "translated": "id",
    "timebank": "id",
    "polnear": "id",
}
LICENCES = {
    "state": "US public domain",
    "whitehouse": "US public domain",
    "kremlin": "CC BY 4.0, en.kremlin.ru",
    "reuters": "research only",
    "bbc": "research only",
    "translated": "research only",
    "timebank": "research only",
    "polnear": "research only",
    "geowebnews": "research only",
}
AGENCIES = {
    "AP": "AP", "APW": "AP", "CNN": "CNN", "NYT": "New York Times", "nyt": "New York Times", "VOA": "VOA",
    "wsj": "Wall Street Journal", "XIE": "Xinhua", "usa-today": "USA Today", "wash-post": "Washington Post",
}  # fmt: skip
"""The publisher by the letters before the day in a record's id."""

BLOCK_TAGS = frozenset(
    ["blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "table", "tr", "ul"]
)
SILENT_TAGS = frozenset({"script", "style"})


class ChangedText(ValueError):
    """A rebuilt text is not the one that was annotated."""


class _Paragraphs(HTMLParser):
    """Collects the text of an HTML fragment, a new paragraph at each block element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT_TAGS
        if tag in BLOCK_TAGS:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT_TAGS
        if tag in BLOCK_TAGS:
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.paragraphs[-1] += data


def _join(paragraphs: list[str]) -> str:
    """Paragraphs with their white space (no-break spaces too) collapsed, empty ones dropped, a blank line between."""
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))


def state_text(record: Record) -> str:
    parser = _Paragraphs()
    parser.feed(record["content"])
    parser.close()
    return _join(parser.paragraphs)


def whitehouse_text(record: Record) -> str:
    body = re.sub(r"<!--.*?-->", "", record["body_md"], flags=re.S)
    # A paragraph ends at a blank line, at a backslash that breaks the line, and before a list item.
    blocks = re.split(r"\n[ \t\xa0]*\n|\\\n|\n(?=[ \t]*(?:[-+*]|\d+\.)[ \t]+\S)", body)
    return _join([_plain(" ".join(block.split())) for block in blocks])


def _plain(markdown: str) -> str:
    """One unwrapped Markdown block without its marks; the dash or number of a list item stays."""
    text = re.sub(r"^(?:>\s*)+", "", markdown)
    text = re.sub(r"^#{1,6}\s+", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?", r"\1", text)
    text = re.sub(r"<https?://[^>]*>|</?[a-zA-Z][^>]*>", "", text)
    text = re.sub(r"(?<!\\)\*+|(?<![\w\\])_+(?=\S)|(?<=\S)(?<!\\)_+(?!\w)", "", text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+\-.!<>~$|'\"^@])", r"\1", text))


def kremlin_text(record: Record) -> str:
    """Lead and body; no-break spaces stay, hard-wrapped lines are joined until one ends a sentence."""
    body = re.split(r"\n?Published in\s+sections?:", record["body"])[0]
    paragraphs = [record["lead"] or "", *re.split(r"(?<=[.!?:;…>”\"*)])\n|\n(?=\* \* \*)", body)]
    return "\n\n".join(filter(None, (re.sub(r"[ \t\r\n]+", " ", paragraph).strip(" ") for paragraph in paragraphs)))


def reuters_text(record: Record) -> str:
    text = f"{record['dateline'] or ''} {record['body'] or ''}"
    return _join([html.unescape(paragraph) for paragraph in re.split(r"\n(?=    )", text)])


def bbc_text(record: Record) -> str:
    return str(record["text"])


def _translated_publisher(record_id: str) -> str | None:
    """The outlet, as in `ru-en:outlet.123`; the Icelandic records tell none."""
    outlet = record_id.split(":")[-1].rsplit(".", 1)[0]
    return None if outlet.startswith("text_") else outlet


def _agency(record_id: str) -> str:
    """The publisher of a TimeBank or PolNeAR record, as in `APW19980818.0515`, `wash-post_2016-09-18_title`."""
    letters = record_id.split("_")[0] if "_" in record_id else record_id.rstrip("-.0123456789")
    return AGENCIES[re.sub(r"\d.*", "", letters)]


def _article(corpus: str, record: Record, field: str = "") -> Record:
    publisher: str | None
    published: str | None
    match corpus:
        case "state":
            text, publisher = state_text(record), "U.S. Department of State"
            published = datetime.strptime(record["pubDate"], "%a, %d %b %Y %H:%M:%S %z").date().isoformat()
        case "whitehouse":
            text, publisher, published = whitehouse_text(record), "The White House", record["date"]
        case "kremlin":
            text, publisher, published = kremlin_text(record), "Kremlin (President of Russia)", record["date"]
        case "reuters":
            text, publisher = reuters_text(record), "Reuters"
            published = datetime.strptime(record["date"].split()[0].title(), "%d-%b-%Y").date().isoformat()
        case "bbc":
            text, publisher, published = bbc_text(record), "BBC News", None
        case "translated":
            text, publisher, published = record[field or "text"], _translated_publisher(record["id"]), None
        case "timebank":
            text, publisher, published = record["text"].strip(), _agency(record["id"]), record["published"][:10]
        case "polnear":
            text, publisher, published = record["text"].strip(), _agency(record["id"]), record["id"].split("_")[1]
        case "geowebnews":
            text, publisher, published = record["text"], urlsplit(record["link"]).hostname, None
        case _:
            raise ValueError(f"no such corpus: {corpus}")
    headline = record.get("title") or record.get("headline")
    return {"publisher": publisher, "headline": headline, "published": published, "text": text}


@lru_cache(maxsize=1)
def records(corpus: str, shared: Path = SHARED) -> dict[str, Record]:
    """All records of a corpus by their id in it; raises FileNotFoundError where the corpus is absent."""
    if corpus == "geowebnews":
        articles = ElementTree.parse(shared / FILES[corpus]).getroot().iter("article")
        return {a.get("file", ""): {name: a.findtext(name, "") for name in ("title", "link", "text")} for a in articles}
    with gzip.open(shared / FILES[corpus], "rt", encoding="utf-8") as lines:
        return {record[ID_FIELDS[corpus]]: record for record in map(json.loads, lines)}


def article(corpus: str, corpus_id: str, shared: Path = SHARED) -> Record:
    """`publisher`, `headline`, `published` (ISO date or None) and `text` of one record; KeyError where it is absent.

    A `corpus_id` may end in `#field`: which of a record's texts it is (`text` or `machine_translation`).
    """
    record_id, _, field = corpus_id.partition("#")
    return _article(corpus, records(corpus, shared)[record_id], field)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def annotated_articles(directory: Path = HERE) -> Iterator[Record]:
    """The annotated articles as stored: spans and fields, no texts."""
    for path in sorted(directory.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, filter(str.strip, lines))


def gold(shared: Path = SHARED, directory: Path = HERE) -> Iterator[Record]:
    """The annotations joined with their texts; raises ChangedText where a text is not the annotated one."""
    for annotated in annotated_articles(directory):
        found = article(annotated["corpus"], annotated["corpus_id"], shared)
        if sha256(found["text"]) != annotated["text_sha256"]:
            raise ChangedText(f"{annotated['id']}: the text of {annotated['corpus_id']} is not the one annotated")
        yield {
            "id": annotated["id"],
            **found,
            "licence": LICENCES[annotated["corpus"]],
            "source": f"{FILES[annotated['corpus']]} {annotated['corpus_id']}",
            "meetings": annotated["meetings"],
            "statements": annotated["statements"],
        }


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the second gold set, texts included, as JSON lines.")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds corpus/")
    try:
        for found in gold(parser.parse_args().shared):
            print(json.dumps(found, ensure_ascii=False))
    except (ChangedText, FileNotFoundError, KeyError) as error:
        print(f"texts.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
