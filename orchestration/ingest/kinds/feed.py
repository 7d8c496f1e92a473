"""RSS (0.9 to 2.0) and Atom: each entry is a record, kept as a feed of its own.

Belongs here: splitting a feed, reading one entry. Does not belong here: asking for it (`orchestration.ingest.feeds`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, BinaryIO

import feedparser
from lxml import etree

from orchestration.ingest.addresses import canonical_url
from orchestration.ingest.kinds.base import Draft, Format, Head, Piece, Problem, read_whole
from orchestration.ingest.kinds.charsets import bom_charset, decode_leniently
from orchestration.ingest.kinds.fields import as_text
from orchestration.ingest.records import TRUNCATED, DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published, read_published

MAX_ENTRIES = 100_000
_ROOT_NAMES = frozenset({"rss", "feed", "RDF"})
_ROOT = re.compile(r"<(?:[A-Za-z]+:)?(?:rss|feed|RDF)[\s>]")
_ENTITY_DECLARATION = re.compile(r"<!ENTITY", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}[>\[]", re.I)
MAX_PROLOGUE_CHARACTERS = 10_000
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"'][^>]*\?>")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NAMED_ENTITY = re.compile(r"&([A-Za-z]{2,10}\d{0,2});")
_NUMBERED_ENTITY = re.compile(r"&#(\d{1,10}|[xX][0-9a-fA-F]{1,10});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What is kept of the channel: enough to know whose entry it is, nothing that changes from poll to poll.
_KEPT_OF_CHANNEL = frozenset({"title", "link", "language"})


def _is_feed(head: Head) -> bool:
    text = head.text.lstrip()
    return (
        text.startswith("<") and bool(_ROOT.search(text[:4096])) and not re.match(r"<!doctype\s+html|<html", text, re.I)
    )


def safe_xml(content: bytes, declared: str | None = None) -> bytes:
    """The document in UTF-8 without declarations; raises UnreadableError where it declares entities of its own.

    A feed needs none; bombs and files read from the disk come that way.
    """
    head = content[:400].decode("ascii", "ignore")
    told = _DECLARED.search(head)
    text = decode_leniently(content, bom_charset(content) or (told[1] if told else declared)).lstrip("\ufeff")
    text = _XML_DECLARATION.sub("", text)
    doctype = _DOCTYPE.search(text, 0, MAX_PROLOGUE_CHARACTERS)
    if _ENTITY_DECLARATION.search(text) or (doctype and doctype[0].endswith("[")):
        reason = "This XML declares entities of its own, as bombs do and no feed needs; it was not opened."
        raise UnreadableError("xml_entities", reason, text[:1000])
    if doctype:
        text = text[: doctype.start()] + text[doctype.end() :]
    text = _NUMBERED_ENTITY.sub(_allowed, _NAMED_ENTITY.sub(_numeric, text))
    return _NOT_XML.sub("", text).encode("utf-8", "replace")


def _numeric(match: re.Match[str]) -> str:
    name = match[1]
    if name in _XML_ENTITIES or name not in name2codepoint:
        return match[0]
    return f"&#{name2codepoint[name]};"


def _allowed(match: re.Match[str]) -> str:
    """A numbered character, unless it is one that XML may not hold."""
    digits = match[1].lower()
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return match[0] if code < 0x110000 and not _NOT_XML.fullmatch(chr(code)) else ""


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _open(stream: BinaryIO, head: Head) -> Iterator[Piece | Problem]:
    is_empty = True
    for found in split_feed(read_whole(stream)):
        is_empty = False
        yield found
    if is_empty:
        yield Problem(UnreadableError("empty", "The feed holds no entries.", head.content[:200]))


def split_feed(content: bytes, declared: str | None = None) -> Iterator[Piece | Problem]:
    """The entries of a feed; a feed that breaks off gives those before the break and a problem `truncated`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, strip_cdata=False)
    try:
        root = etree.fromstring(safe_xml(content, declared), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("broken_feed", f"This feed cannot be read: {error.msg}.", content[:1000]) from error
    if root is None or _local(root) not in _ROOT_NAMES:
        raise UnreadableError("not_a_feed", "This is neither RSS nor Atom; is the address right?", content[:1000])
    entries = [e for e in root.iter() if _local(e) in {"item", "entry"}][:MAX_ENTRIES]
    is_cut = any("Premature end of data" in error.message for error in parser.error_log)
    if is_cut and entries:
        entries.pop()  # The last one is cut somewhere in its middle: half a text must not pass for a whole one.
    envelopes = _Envelopes(root)
    for number, entry in enumerate(entries, start=1):
        link, record_id = _link(entry), _child_text(entry, "guid", "id")
        single = envelopes.around(entry)
        yield Piece(f"entry {number}", single, "feed_entry", record_id=record_id or link, url=link or record_id)
    if is_cut:
        reason = "The feed breaks off before its end; the entries before the break are kept."
        yield Problem(UnreadableError(TRUNCATED, reason, content[-200:]))


class _Envelopes:
    """Makes a feed of a single entry: the root and the channel, without anything else."""

    def __init__(self, root: Any) -> None:
        self._root = _shell(root)
        channel = next((e for e in root if _local(e) == "channel"), None)
        self._channel_index: int | None = None
        self._items_in_channel = channel is not None and any(_local(e) == "item" for e in channel)
        if channel is not None:
            self._root.append(_shell(channel))
            self._channel_index = 0

    def around(self, entry: Any) -> bytes:
        root = copy.deepcopy(self._root)
        parent = root[0] if self._channel_index is not None and self._items_in_channel else root
        single = copy.deepcopy(entry)
        single.tail = None
        parent.append(single)
        return etree.tostring(root, encoding="utf-8")


def _shell(element: Any) -> Any:
    """The element with no more in it than says whose it is."""
    # Copied and emptied rather than built anew: names that the parser let pass could not be built.
    shell = copy.deepcopy(element)
    shell.tail = None
    for child in list(shell):
        if _local(child) not in _KEPT_OF_CHANNEL:
            shell.remove(child)
    return shell


def _child_text(entry: Any, *names: str) -> str | None:
    return next((e.text.strip() for e in entry if _local(e) in names and e.text and e.text.strip()), None)


def _link(entry: Any) -> str | None:
    """The entry's own page: RSS text, or Atom's alternate link."""
    for element in entry:
        if _local(element) == "link":
            told = (element.text or "").strip() or (
                element.get("href", "") if element.get("rel", "alternate") == "alternate" else ""
            )
            if canonical_url(told):
                return str(told)
    guid = _child_text(entry, "guid", "id")
    return guid if guid and canonical_url(guid) else None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """The draft of one entry: its fullest text, and its frame."""
    try:
        parsed = feedparser.parse(document.content, sanitize_html=False, resolve_relative_uris=False)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        # feedparser meets malformed elements with whatever its own code raises on them.
        raise UnreadableError("broken_feed", "This feed entry cannot be read.", document.content[:1000]) from error
    if not parsed.entries:
        raise UnreadableError("broken_feed", "This feed entry cannot be read.", document.content[:1000])
    entry, channel = parsed.entries[0], parsed.feed
    texts = [as_text(one, "html") for one in _contents(entry)]
    text = max(texts, key=len, default="")
    if not text.strip():
        raise UnreadableError("no_text", "The entry has no text, only a headline or a link.", document.content[:1000])
    return Draft(
        text=text,
        headline=as_text(entry.get("title") or "", "html") or None,
        authors=_authors(entry),
        publisher=entry.get("source", {}).get("title") or channel.get("title"),
        published=_published(entry),
        section=next((tag.get("term") for tag in entry.get("tags", []) if tag.get("term")), None),
        url=entry.get("link"),
        language=channel.get("language"),
    )


def _contents(entry: Any) -> Iterator[str]:
    for content in entry.get("content", []):
        yield content.get("value") or ""
    yield entry.get("summary") or ""


def _authors(entry: Any) -> list[str]:
    names = [author.get("name") for author in entry.get("authors", [])]
    return [name for name in names if name] or ([entry["author"]] if entry.get("author") else [])


def _published(entry: Any) -> Published | None:
    for name in ("published", "created", "updated"):
        # Asked as a plain dict: feedparser would answer one name with another's value.
        if told := dict.get(entry, name):
            try:
                return read_published(told)
            except UnreadableError:
                continue
    return None


FORMAT = Format("feed", _is_feed, _open)
