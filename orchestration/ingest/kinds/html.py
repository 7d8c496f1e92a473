"""Web pages: the article's body without navigation, captions and pointers to other articles, and its frame.

Does not belong here: the frame itself (`page_frame`), markup that is all article (`fragments`).
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from orchestration.ingest.kinds.base import Draft, Format, Head, whole
from orchestration.ingest.kinds.charsets import bom_charset, decode_leniently
from orchestration.ingest.kinds.page_data import plain
from orchestration.ingest.kinds.page_frame import PageFrame, read_frame
from orchestration.ingest.records import DocumentRecord, UnreadableError
from orchestration.ingest.sources import FileSource
from orchestration.ingest.times import Published, read_published

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

MIN_BODY_CHARACTERS = 250
"""A body shorter than this is checked against what the page carries as data."""

MAX_CELL_CHARACTERS = 80

_IS_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|section|h1|table|div|p)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
# Lines that point elsewhere or serve the site; each is a whole line of its own.
_POINTER = re.compile(
    r"""(?:(?:read|see|watch|listen|learn)\s+(?:more|also|next|now|on|full\b.*)|more\s+(?:from|on|in|stories)|also\s+read
    |related(?:\s+(?:articles?|stories|news|content))?|recommended|editor'?s'?\s+picks?|don['’]t\s+miss|most\s+(?:read|popular)
    |click\s+here|sign\s+up|subscribe|follow\s+us|share\s+(?:this|on)|advertisement|story\s+continues\s+below
    |continue\s+reading|support\s+our|join\s+our|download\s+our|get\s+the\s+latest|skip\s+to|trending|up\s+next)
    (?:\b.{0,120})?""",
    re.I | re.X,
)
_CAPTION = re.compile(
    r"^(?:photo|image|picture|file\s+photo|video|credit|caption)s?(?:\s+credit)?\s*[:(/]|^\(?photo by\b", re.I
)


# What may stand between a headline and the text: a day, a time, a byline.
_HEAD_LINE = re.compile(
    r"(?:\w+day,?\s+)?(?:\d{1,2}\s+\w+\.?\s+\d{4}|\w+\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d)?[\s,|·-]*(?:\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?)?"
    r"(?:\s+[A-Z]{2,4})?|by\s+(?:[A-Z][\w.'’-]+\s*){1,4}",
    re.I,
)
_STANDFIRST = re.compile(r"(?:^|[\s_-])(?:lead|lede|standfirst|dek|intro)(?:[\s_-]*(?:text|paragraph))?(?:$|\s)", re.I)
_IS_SENTENCES = re.compile(r"\w.{40,}[.!?…][\"'”’)]*$")
MAX_STANDFIRST_CHARACTERS = 700
MAX_CLASS_CHARACTERS = 500
MIN_SOUGHT_LETTERS = 30
MAX_SOUGHT_LETTERS = 60
MAX_PAGE_ELEMENTS = 60_000
MAX_PAGE_CHARACTERS = 8_000_000
"""Pages of news have some thousand elements; extraction takes the longer the more there are."""


def _is_page(head: Head) -> bool:
    text = head.text.lstrip("\x00 \t\r\n\ufeff")
    return text.startswith("<") and bool(_IS_HTML.search(text[:4096]))


def charset_told(content: bytes) -> str | None:
    """The charset that the page's own meta element tells."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode("ascii") if found else None


def parse_page(text: str) -> HtmlElement:
    """The page's tree; raises UnreadableError where there is none in it."""
    if len(text) > MAX_PAGE_CHARACTERS:
        reason = (
            f"This page is longer than {MAX_PAGE_CHARACTERS // 1_000_000} million characters, too long for an article."
        )
        raise UnreadableError("too_large", reason, text[:1000])
    # libxml2 refuses a string with an encoding declaration, and stops at NUL.
    content = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(content, _parser())
    except etree.ParserError as error:
        raise UnreadableError("no_text", "There is nothing in this page.", text[:1000]) from error
    if tree is None or len(tree) == 0:
        raise UnreadableError("no_text", "There is nothing in this page.", text[:1000])
    n_elements = sum(1 for _ in tree.iter())
    if n_elements > MAX_PAGE_ELEMENTS:
        reason = f"This page is made of {n_elements:,} elements, too many for an article."
        raise UnreadableError("too_large", reason, text[:1000])
    return tree


def _parser() -> HTMLParser:
    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False)


def body_of(tree: HtmlElement, frame: PageFrame) -> str:
    """The article's paragraphs, each one line."""
    from trafilatura import extract

    # Extraction takes the tree apart: what is asked of it is asked before.
    standfirsts = _standfirsts(tree)
    whole = _letters("".join(tree.xpath("//text()[not(parent::script or parent::style)]")))
    text = extract(tree, options=_options()) or ""
    if len(text) < MIN_BODY_CHARACTERS and frame.body and len(frame.body) > 2 * len(text):
        text = frame.body
    if not text:
        text = extract(tree, favor_recall=True, include_comments=False, include_formatting=False) or ""
    lines = [line for row in text.split("\n") for line in _cells(row)]
    lines = [line for line in lines if not _POINTER.fullmatch(line.strip()) and not _CAPTION.match(line)]
    lines = _in_page_order(lines, whole)
    return "\n\n".join([*_standfirst(standfirsts, text), *_without_head(lines, frame.headline)])


def _in_page_order(lines: list[str], whole: str) -> list[str]:
    """The lines as they follow each other on the page; extraction appends what it found last, say a lead.

    A line that stands on the page before its predecessor, and nowhere behind it, is moved to where it stands.
    """
    places: list[int] = []
    last = 0
    for line in lines:
        letters = _letters(line)[:MAX_SOUGHT_LETTERS]
        found = whole.find(letters, last)
        if len(letters) < MIN_SOUGHT_LETTERS or (found < 0 and letters not in whole):
            places.append(places[-1] if places else 0)
        elif found < 0:
            places.append(whole.rfind(letters))
        else:
            places.append(found)
            last = found
    return [line for _, line in sorted(zip(places, lines, strict=True), key=itemgetter(0))]


def _letters(text: str) -> str:
    """Letters and digits only, small: how places on the page are compared."""
    return re.sub(r"\W+", "", text).casefold()


def _without_head(lines: list[str], headline: str | None) -> list[str]:
    """The lines without the headline, wherever it is repeated, and without time or byline above them."""
    wanted = plain(headline) if headline else None
    lines = [line for line in lines if plain(line) != wanted] or lines
    for index, line in enumerate(lines[:4]):
        words = plain(line)
        is_headline = wanted and (words == wanted or (words.endswith(wanted) and len(words) < len(wanted) + 30))
        if words and not is_headline and not _HEAD_LINE.fullmatch(line.strip()):
            return lines[index:]
    return lines[4:] or lines


def _standfirsts(tree: HtmlElement) -> list[str]:
    """Paragraphs that the page marks as the lead, which extraction takes for a part of the head."""
    found: list[str] = []
    for element in tree.iter("p", "div", "h2", "span"):
        if _STANDFIRST.search((element.get("class") or "")[:MAX_CLASS_CHARACTERS]):
            words = " ".join("".join(element.itertext()).split())
            if len(words) <= MAX_STANDFIRST_CHARACTERS and _IS_SENTENCES.search(words) and words not in found:
                found.append(words)
    return found[:1]


def _standfirst(standfirsts: list[str], text: str) -> list[str]:
    return [words for words in standfirsts if plain(words) not in plain(text)]


def _cells(line: str) -> list[str]:
    """A row of a table as one line, or as paragraphs where a table only serves the layout."""
    if not (line.startswith("|") and line.endswith("|")):
        return [line]
    cells = [cell for part in re.split(r"(?<!\\)\|", line) if (cell := part.replace("\\|", "|").strip(" -"))]
    return cells if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells) else [", ".join(cells)] if cells else []


@cache
def _options() -> Extractor:
    from trafilatura.settings import Extractor

    return Extractor(precision=True, comments=False, formatting=False)


def _day_on_page(tree: HtmlElement, url: str | None) -> Published | None:
    """The day that the page's text or address shows, for pages that tell no date as data."""
    from htmldate import find_date

    try:
        day = find_date(tree, url=url, original_date=True, extensive_search=True)
        return read_published(day) if day else None
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, UnreadableError):
        # htmldate meets odd dates with whatever its own code raises on them; the page then tells no day.
        return None


def read(document: DocumentRecord, source: FileSource | None) -> Draft:
    """Body and frame of a page."""
    content = document.content
    declared = bom_charset(content) or document.metadata.get("charset") or charset_told(content)
    tree = parse_page(decode_leniently(content, declared))
    url = document.address if document.address.startswith("http") else None
    frame = read_frame(tree, url)
    # Extraction takes the tree apart, so the date is looked for first.
    published = frame.published or _day_on_page(tree, frame.url or url)
    return Draft(
        text=body_of(tree, frame),
        headline=frame.headline,
        authors=frame.authors,
        publisher=frame.publisher,
        published=published,
        section=frame.section,
        url=frame.url or url,
        language=frame.language,
    )


FORMAT = Format("html", _is_page, whole("html"))
