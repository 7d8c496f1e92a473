"""When a page says that it was published: as data, in time elements, or only in words for the reader.

Does not belong here: understanding a time (`orchestration.ingest.times`), days in the article's own sentences
(`orchestration.parse.dates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from orchestration.ingest.kinds.page_data import BREAKS, PageData, lines_of, marks, words_of
from orchestration.ingest.records import UnreadableError
from orchestration.ingest.times import Published, read_published

# Names of meta elements (name, property, itemprop), most telling first; compared in lower case.
PUBLISHED_META = (
    "article:published_time", "og:published_time", "datepublished", "article:published", "parsely-pub-date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "sailthru.date", "cxenseparse:recs:publishtime",
    "publish-date", "publishdate", "publish_date", "publication_date", "published-date", "pubdate", "date.issued",
    "article.published", "original-publish-date", "dc.date", "dcterms.date", "article_date_original", "date", "created",
)  # fmt: skip
# Class and id names of elements that show when an article was published.
_SHOWN_TIME = re.compile(
    r"\b(?:publish(?:ed)?|pub|post(?:ed)?|article|story|entry|news|release|byline)[-_]*(?:on|at|date|time|datetime)"
    r"|\b(?:date|time|timestamp|datetime)[-_]*(?:published?|posted|line|stamp)?\b"
)
_BEFORE_TIME = re.compile(
    r"^(?:(?:first|originally|published|posted|created|released|date|time|on|at)\b[\s:,|·-]*)+", re.I
)
_AFTER_TIME = re.compile(r"\s+[|•·]\s+|\n(?=\s*\D)|updated", re.I)
_IS_CHANGE = re.compile(r"modif|updat|edited|\bchanged\b", re.I)
MAX_SHOWN_TIME_CHARACTERS = 80
MAX_SHOWN_CHARACTERS = 320


def published_of(page: PageData, below: list[HtmlElement]) -> Published | None:
    """The first telling that is understood; of several with one day, the one that has the time and the zone.

    `below` are the elements that follow the headline.
    """
    best: Published | None = None
    for one in _told(page, below):
        if not one:
            continue
        try:
            published = read_published(one)
        except UnreadableError:
            continue
        if published.date is None:
            continue
        if best is None or _completes(published, best):
            best = published
        if best.at is not None:
            break
    return best


def _told(page: PageData, below: list[HtmlElement]) -> Iterator[str | None]:
    """Whatever may be the time, most telling first."""
    yield page.told("datePublished")
    for name in PUBLISHED_META:
        yield page.meta((name,))
    yield from _time_elements(page.tree)
    yield page.told("dateCreated")
    yield from _shown_times(page.tree, below)


def _completes(one: Published, other: Published) -> bool:
    """True where one tells the moment, or at least the time, of what the other tells less of.

    The day may differ where only one of them tells the zone.
    """
    if one.date is None or other.date is None:
        return False
    if one.at and not other.at:
        return abs((one.date - other.date).days) <= 1
    return one.date == other.date and "T" in one.text and "T" not in other.text


def _time_elements(tree: HtmlElement) -> Iterator[str]:
    """Times marked as the publication's, then the first one on the page."""
    others: list[str] = []
    for element in tree.iter("time"):
        told = _with_time(element.get("datetime") or "", words_of(element))
        names = f"{marks(element)} {element.get('itemprop') or ''} {element.get('pubdate') or ''}".lower()
        if not told:
            continue
        if "publish" in names or "pubdate" in names:
            yield told
        elif not _IS_CHANGE.search(names):
            others.append(told)
    yield from others[:1]


def _shown_times(tree: HtmlElement, below: list[HtmlElement]) -> Iterator[str]:
    """Times that only the reader is told: in elements named for it, then in the lines below the headline."""
    for element in tree.iter("div", "span", "p", "li", "em", "small", "b", "strong", "td", "meta", "a"):
        names = marks(element)
        if (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("content") or element.get("datetime") or _shown_time(element)
        elif _SHOWN_TIME.search(names) and not _IS_CHANGE.search(names):
            yield _shown_time(element)
    for element in below:
        is_line = element.tag in BREAKS or element.tag in ("span", "em")
        if is_line and not _IS_CHANGE.search(marks(element)):
            yield _shown_time(element)


def _shown_time(element: HtmlElement) -> str:
    """The time in an element's words; nothing where they are more, or tell of a change."""
    lines = lines_of(element).strip()
    if len(lines) > MAX_SHOWN_CHARACTERS:
        return ""
    first = _BEFORE_TIME.sub("", " ".join(_AFTER_TIME.split(lines)[0].split()))
    has_day = len(first) <= MAX_SHOWN_TIME_CHARACTERS and bool(re.search(r"\d{4}", first))
    return first if has_day and not _IS_CHANGE.search(first) else ""


def _with_time(told: str, shown: str) -> str:
    """What a time element shows, where that is the day it tells and the time of day besides."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told) and ":" in shown and len(shown) < 60:
        try:
            if read_published(shown).text.startswith(f"{told}T"):
                return shown
        except UnreadableError:
            pass
    return told
