"""The frame of a web page: headline, authors, publisher, time with zone, section, canonical address, language.

Belongs here: where pages tell of themselves (JSON-LD, meta elements, time elements, bylines), and which telling wins.
Does not belong here: the body (`html`), understanding a date (`orchestration.ingest.times`).
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from orchestration.ingest.addresses import canonical_url
from orchestration.ingest.kinds.fields import split_names
from orchestration.ingest.records import UnreadableError
from orchestration.ingest.times import Published, read_published

MAX_JSON_LD_CHARACTERS = 2_000_000
MAX_JSON_LD_OBJECTS = 2000

# Names of meta elements (name, property, itemprop), most telling first; compared in lower case.
HEADLINE_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
PUBLISHED_META = (
    "article:published_time", "og:published_time", "datepublished", "article:published", "parsely-pub-date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "sailthru.date", "cxenseparse:recs:publishtime",
    "publish-date", "publishdate", "publish_date", "publication_date", "published-date", "pubdate", "date.issued",
    "article.published", "original-publish-date", "dc.date", "dcterms.date", "article_date_original", "date", "created",
)  # fmt: skip
AUTHOR_META = ("parsely-author", "author", "dc.creator", "dcterms.creator", "sailthru.author", "byl", "article:author")
SECTION_META = ("article:section", "parsely-section", "sailthru.section", "section")
SITE_META = ("og:site_name", "application-name", "dc.publisher", "copyright")

_ARTICLE_TYPE = re.compile(r"article|posting|report|newsanalysis|review$", re.I)
_TITLE_SEPARATOR = re.compile(r"\s+(?:[|•·»–—]|-)\s+")
_BYLINE = re.compile(
    r"^(?:(?:story|words|written|reported|reporting|text|posted|published)\s+)?by[\s:]+|^(?:author|text)s?:\s*|^von\s+",
    re.I,
)
_NAME_SPLIT = re.compile(r"\s*(?:;|\||\n|&|,\s*and\s+|\s+and\s+|\s+with\s+)\s*|,\s+(?=[A-Z][\w.'’-]+\s+[A-Z])")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{4}|^(?:staff|admin|editor|unknown|none|null|guest|author|contributors?)$|\bupdated\b|\bago\b|^$",
    re.I,
)
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
MAX_NAME_CHARACTERS = 80
MAX_AUTHORS = 20
MAX_TITLE_CHARACTERS = 1000


@dataclass(slots=True)
class PageFrame:
    """What a page tells of itself; `body` is the article's text where the page carries it as data."""

    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: Published | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def read_frame(tree: HtmlElement, base_url: str | None = None) -> PageFrame:
    """Everything that a page tells of itself; what it does not tell is None."""
    data = _article_data(tree)
    metas = _metas(tree)
    return PageFrame(
        headline=_headline(tree, data, metas),
        authors=_authors(tree, data, metas),
        publisher=_name_of(data.get("publisher")) or _first(metas, SITE_META[:1]),
        published=_published(tree, data, metas),
        section=_text_of(data.get("articleSection")) or _first(metas, SECTION_META),
        url=_canonical(tree, data, metas, base_url),
        language=_language(tree, data),
        body=_text_of(data.get("articleBody")),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements by lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _article_data(tree: HtmlElement) -> dict[str, Any]:
    """The schema.org object that describes the article; fields it lacks are taken from its siblings."""
    objects = [thing for script in tree.iter("script") for thing in _json_ld(script)]
    articles = [thing for thing in objects if _is_article(thing)]
    # The page's own article tells most of itself; teasers of others tell little.
    articles.sort(
        key=lambda thing: -sum(key in thing for key in ("datePublished", "author", "headline", "articleBody"))
    )
    merged: dict[str, Any] = {}
    by_id = {thing["@id"]: thing for thing in objects if isinstance(thing.get("@id"), str) and len(thing) > 1}
    for thing in articles[:1] or [t for t in objects if "WebPage" in _types(t) and "datePublished" in t][:1]:
        for key, value in thing.items():
            merged[key] = _resolved(value, by_id)
    return merged


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    """A reference to another object of the page replaced by that object."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value]
    return value


def _json_ld(script: HtmlElement) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower() or not script.text:
        return
    text = script.text.strip()
    if len(text) > MAX_JSON_LD_CHARACTERS:
        return
    for before, after in (("//", ""), ("<![CDATA[", "]]>"), ("<!--", "-->"), ("", "//"), ("", ";")):
        text = text.removeprefix(before).removesuffix(after).strip()
    try:
        content = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    stack, n_seen = [content], 0
    while stack and n_seen < MAX_JSON_LD_OBJECTS:
        n_seen += 1
        thing = stack.pop(0)
        if isinstance(thing, list):
            stack += thing
        elif isinstance(thing, dict):
            yield thing
            stack += [thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing]


def _types(thing: dict[str, Any]) -> list[str]:
    told = thing.get("@type")
    return [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)]


def _is_article(thing: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPE.search(one) for one in _types(thing))


def _text_of(value: Any) -> str | None:
    """A string out of what JSON-LD holds: itself, the first of a list, or an object's name; entities undone."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text_of(one))), None)
    if isinstance(value, dict):
        return _text_of(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return None
    return entities.unescape(entities.unescape(value)).strip() or None


_name_of = _text_of


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _headline(tree: HtmlElement, data: dict[str, Any], metas: dict[str, list[str]]) -> str | None:
    """What stands over the article on the page where the page's data agree, else what the data tell."""
    told = _text_of(data.get("headline"))
    shared = _first(metas, HEADLINE_META)
    shared = entities.unescape(shared) if shared else None
    title = next((_words(element) for element in tree.iter("title")), None)
    headings = [words for element in tree.iter("h1") if (words := _words(element))]
    known = {plain(one) for one in (told, shared, title) if one}
    for heading in headings:
        words = plain(heading)
        if words and any(words == one or (len(words) > 20 and (words in one or one in words)) for one in known):
            return heading
    if told:
        return told
    if len(headings) == 1 and len(headings[0]) > 20:
        return headings[0]
    site = _first(metas, SITE_META)
    return _without_site(shared or title or (headings[0] if headings else None), site)


def plain(text: str) -> str:
    """Words only, in small letters: how headlines are compared."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the publisher's name behind it."""
    if title is None:
        return None
    title = " ".join(title[:MAX_TITLE_CHARACTERS].split())
    parts = _TITLE_SEPARATOR.split(title)
    if len(parts) > 1 and (site is None or plain(parts[-1]) in plain(site) or plain(site) in plain(parts[-1])):
        last = title.rfind(parts[-1])
        return re.sub(r"\s+\W+\s*$", "", title[:last]).strip() or title
    return title


def _published(tree: HtmlElement, data: dict[str, Any], metas: dict[str, list[str]]) -> Published | None:
    """The first telling that is understood; of several with one day, the one that has the time and the zone."""
    told = [_text_of(data.get("datePublished"))]
    told += [value for name in PUBLISHED_META for value in metas.get(name, ())[:1]]
    told += list(_time_elements(tree))
    told += [_text_of(data.get("dateCreated"))]
    best: Published | None = None
    for one in told:
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
        told = _with_time(element.get("datetime") or "", _words(element))
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}".lower()
        if not told:
            continue
        if "publish" in marks or "pubdate" in marks:
            yield told
        elif "modif" not in marks and "update" not in marks:
            others.append(told)
    yield from others[:1]


def _with_time(told: str, shown: str) -> str:
    """What a time element shows, where that is the day it tells and the time of day besides."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told) and ":" in shown and len(shown) < 60:
        try:
            if read_published(shown).text.startswith(f"{told}T"):
                return shown
        except UnreadableError:
            pass
    return told


def _authors(tree: HtmlElement, data: dict[str, Any], metas: dict[str, list[str]]) -> list[str]:
    told = data.get("author") or data.get("creator")
    names = [_text_of(one) for one in (told if isinstance(told, list) else [told])]
    found = _names(name for name in names if name)
    if not found:
        found = next((n for name in AUTHOR_META if (n := _names(metas.get(name, ())))), [])
    if not found:
        found = next((n for part in _bylines(tree) if (n := _names(part))), [])
    return found[:MAX_AUTHORS]


def _bylines(tree: HtmlElement) -> Iterator[list[str]]:
    """What stands in elements marked as the author's, by rel, itemprop, then class."""
    by_rank: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for element in tree.iter("a", "span", "div", "p", "address", "li", "strong", "b", "em"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if "author" in (element.get("rel") or ""):
            rank = 0
        elif "author" in (element.get("itemprop") or ""):
            rank = 1
        elif re.search(r"\b(?:by-?line|author)(?:[-_]*name)?\b", marks):
            rank = 2
        else:
            continue
        words = _words(element)
        if words and len(words) <= MAX_NAME_CHARACTERS * 2:
            by_rank[rank].append(words)
    for rank in sorted(by_rank):
        if rank < 2:
            yield by_rank[rank]
        else:
            yield from ([one] for one in by_rank[rank])


def _names(told: Any) -> list[str]:
    found: list[str] = []
    for one in told:
        for name in split_names(_BYLINE.sub("", entities.unescape(one).strip()), _NAME_SPLIT):
            name = _BYLINE.sub("", name.strip(" ,.;:|\u00a0"))
            if name and len(name) <= MAX_NAME_CHARACTERS and not _NOT_A_NAME.search(name) and name not in found:
                found.append(name)
    return found


def _canonical(
    tree: HtmlElement, data: dict[str, Any], metas: dict[str, list[str]], base_url: str | None
) -> str | None:
    links = [e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    told = [*links[:1], *metas.get("og:url", ())[:1], _text_of(data.get("url"))]
    return next((url for one in told if one and (url := canonical_url(one, base_url)) and _has_path(url)), None)


def _has_path(url: str) -> bool:
    """False for a front page, which some pages wrongly name as their own address."""
    return len(url.split("/", 3)) > 3 and len(url.split("/", 3)[3]) > 1


def _language(tree: HtmlElement, data: dict[str, Any]) -> str | None:
    root = tree if tree.tag == "html" else tree.find(".//html")
    told = root.get("lang") if root is not None else None
    return told or _text_of(data.get("inLanguage"))
