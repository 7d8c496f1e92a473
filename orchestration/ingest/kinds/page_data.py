"""What a web page carries as data: its meta elements, its schema.org objects, the words of an element.

Belongs here: finding and joining them. Does not belong here: which of them tells the headline (`page_frame`), the time
(`page_times`) or the authors (`page_authors`).
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyjson5
from lxml import etree
from lxml.html import HtmlElement

MAX_JSON_LD_CHARACTERS = 2_000_000
MAX_JSON_LD_OBJECTS = 2000
MAX_MARKS_CHARACTERS = 500
MAX_PARTS = 200
"""Of an element with more inside only the beginning is looked at: it is no headline, time or byline."""
_ARTICLE_TYPE = re.compile(r"article|posting|report|newsanalysis|review$", re.I)

# Inside an element these begin a new line, whatever stands around them.
BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "time"})


@dataclass(frozen=True, slots=True)
class PageData:
    """A page's tree, the schema.org object of its article, and its meta elements by lower-case name, in page order."""

    tree: HtmlElement
    article: dict[str, Any]
    metas: dict[str, list[str]]

    def meta(self, names: tuple[str, ...]) -> str | None:
        """The content of the first of some meta elements that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def told(self, name: str) -> str | None:
        """A field of the article's object as text."""
        return text_of(self.article.get(name))


def read_data(tree: HtmlElement) -> PageData:
    """Everything that a page carries as data."""
    return PageData(tree, _article_data(tree), _metas(tree))


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements by lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _article_data(tree: HtmlElement) -> dict[str, Any]:
    """The schema.org object that describes the article; fields it lacks are taken from its siblings."""
    objects = [thing for script in tree.iter("script") for thing in _json_ld(script)]
    articles = [thing for thing in objects if _is_article(thing)]
    # The page's own article tells most of itself; teasers of others tell little.
    articles.sort(
        key=lambda thing: -sum(key in thing for key in ("datePublished", "author", "headline", "articleBody"))
    )
    pages = [thing for thing in objects if "datePublished" in thing and any("WebPage" in one for one in _types(thing))]
    by_id = {thing["@id"]: thing for thing in objects if isinstance(thing.get("@id"), str) and len(thing) > 1}
    merged: dict[str, Any] = {}
    for thing in (*articles[:1], *pages[:1]):
        for key, value in thing.items():
            merged.setdefault(key, _resolved(value, by_id))
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
        try:
            # Many pages write it as a script would: with comments, single quotes, a comma after the last entry.
            content = pyjson5.decode(text)
        except pyjson5.Json5Exception:
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


def text_of(value: Any) -> str | None:
    """A string out of what JSON-LD holds: itself, the first of a list, or an object's name; entities undone."""
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return None
    return entities.unescape(entities.unescape(value)).strip() or None


def lines_of(element: HtmlElement) -> str:
    """The element's text, each block in it on a line of its own."""
    parts: list[str] = []
    for event, inner in islice(etree.iterwalk(element, events=("start", "end")), MAX_PARTS):
        if inner is not element and inner.tag in BREAKS:
            parts.append("\n")
        told = inner.text if event == "start" else inner.tail if inner is not element else None
        parts.append(told or "")
    return "".join(parts)


def words_of(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join(lines_of(element).split())


def marks(element: HtmlElement) -> str:
    """The class and id names of an element, in small letters."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:MAX_MARKS_CHARACTERS]


def plain(text: str) -> str:
    """Words only, in small letters: how headlines are compared."""
    return re.sub(r"\W+", " ", text.casefold()).strip()
