"""The frame of a web page: headline, authors, publisher, time with zone, section, canonical address, language.

Belongs here: which of a page's tellings wins, but for time (`page_times`) and authors (`page_authors`). Does not belong
here: the body (`html`).
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from orchestration.ingest.addresses import canonical_url, site_of
from orchestration.ingest.kinds.page_authors import authors_of
from orchestration.ingest.kinds.page_data import PageData, plain, read_data, words_of
from orchestration.ingest.kinds.page_times import published_of
from orchestration.ingest.times import Published

# Names of meta elements (name, property, itemprop), most telling first; compared in lower case.
HEADLINE_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
SECTION_META = ("article:section", "parsely-section", "sailthru.section", "section")
SITE_META = ("og:site_name", "application-name", "dc.publisher", "copyright")

_TITLE_SEPARATOR = re.compile(r"\s+(?:[|•·»–—]|-)\s+")
MAX_ELEMENTS_BELOW_HEADING = 60
MAX_TITLE_CHARACTERS = 1000
MIN_AKIN = 0.3
"""Share of a heading's words that the page's own name for its article has; small words are shared by chance."""


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
    page = read_data(tree)
    headline, below = _headline(page)
    publisher = _publisher(page)
    return PageFrame(
        headline=headline,
        authors=authors_of(page, below, [publisher, site_of(base_url)]),
        publisher=publisher,
        published=published_of(page, below),
        section=page.told("articleSection") or page.meta(SECTION_META),
        url=_canonical(page, base_url),
        language=_language(page),
        body=page.told("articleBody"),
    )


def _headline(page: PageData) -> tuple[str | None, list[HtmlElement]]:
    """What stands over the article on the page where the page's data agree, else what the data tell.

    Also the elements below it on the page, where day and byline stand; none where it does not stand on the page.
    """
    told = page.told("headline")
    shared = page.meta(HEADLINE_META)
    shared = entities.unescape(shared) if shared else None
    title = next((words_of(element) for element in page.tree.iter("title")), None)
    site = page.meta(SITE_META)
    headings = [(words, element) for element in page.tree.iter("h1") if (words := words_of(element))]
    headings = [(words, element) for words, element in headings if plain(words) != plain(site or "")]
    known = {plain(one) for one in (told, shared, title) if one}
    for heading, element in headings:
        words = plain(heading)
        if words and any(words == one or (len(words) > 20 and (words in one or one in words)) for one in known):
            return heading, _below(element)
    if told:
        return told, []
    # A heading that has few words in common with what the page calls itself is another story's.
    akin = [(h, e) for h, e in headings if not known or any(_shared_words(h, one) > MIN_AKIN for one in known)]
    if len(akin) == 1 and len(akin[0][0]) > 20:
        return akin[0][0], _below(akin[0][1])
    return _without_site(shared or title or (headings[0][0] if headings else None), site), []


def _shared_words(heading: str, known: str) -> float:
    words = set(plain(heading).split())
    return len(words & set(known.split())) / max(1, len(words))


def _below(heading: HtmlElement) -> list[HtmlElement]:
    """The elements that follow a heading."""
    return list(islice(heading.xpath("following::*"), MAX_ELEMENTS_BELOW_HEADING))


def _publisher(page: PageData) -> str | None:
    """The publisher's name; some pages give an address in its place."""
    told = (page.told("publisher"), page.meta(SITE_META[:1]))
    return next((one for one in told if one and not one.startswith(("http:", "https:", "@"))), None)


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


def _canonical(page: PageData, base_url: str | None) -> str | None:
    links = [e.get("href") or "" for e in page.tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    told = [*links[:1], page.meta(("og:url",)), page.told("url")]
    return next((url for one in told if one and (url := canonical_url(one, base_url)) and _has_path(url)), None)


def _has_path(url: str) -> bool:
    """False for a front page, which some pages wrongly name as their own address."""
    return len(url.split("/", 3)) > 3 and len(url.split("/", 3)[3]) > 1


def _language(page: PageData) -> str | None:
    root = page.tree if page.tree.tag == "html" else page.tree.find(".//html")
    told = root.get("lang") if root is not None else None
    return told or page.told("inLanguage")
