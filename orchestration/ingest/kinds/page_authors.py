"""Who wrote a page: as data, in elements marked as the author's, or in a line below the headline.

Does not belong here: the people that the article is about (`orchestration.parse.people`).
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from orchestration.ingest.kinds.fields import split_names
from orchestration.ingest.kinds.page_data import BREAKS, PageData, lines_of, marks, plain, text_of, words_of

# Names of meta elements (name, property, itemprop), most telling first; compared in lower case.
AUTHOR_META = ("parsely-author", "author", "dc.creator", "dcterms.creator", "sailthru.author", "byl", "article:author")

_BY = re.compile(r"^by\s+(?=[A-Z])")
_AFTER_NAMES = re.compile(
    r"\s+(?:[|•·–—]\s|on\s|-\s|\()|,?\s+\d|,?\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I
)

_BYLINE = re.compile(
    r"^(?:(?:story|words|written|reported|reporting|text|posted|published)\s+)?by[\s:]+|^(?:author|text)s?:\s*|^von\s+",
    re.I,
)
_NAME_SPLIT = re.compile(r"\s*(?:;|\||\n|&|,\s*and\s+|\s+and\s+|\s+with\s+)\s*|,\s+(?=[A-Z][\w.'’-]+\s+[A-Z])")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\d{4}|\d:\d\d|[*!?<>{}]|^(?:by|admin|editorial|unknown|none|null|guest|author|contributors?)$"
    r"|^(?:published|posted)\b|\bupdated\b|\bago\b|\bstaff\b|\b(?:writer|reporter|correspondent|columnist|editor)s?$|^$",
    re.I,
)
MAX_NAME_WORDS = 7
# "Ana Lima, MA, Daily Post": a single word behind a full name is a degree, or where she works.
_BEHIND_NAME = re.compile(r"^([^,\s]+(?:\s[^,\s]+)+)(?:,\s+[\w.]+)+$")
# An element named "author" may hold anything; a person's name is short and has no article before it.
_PERSON = re.compile(r"(?!(?:the|a|an)\s)\S+(?:\s+\S+){1,4}|[^\W\da-z]{2,8}", re.I)
MAX_NAME_CHARACTERS = 80
MAX_LINE_CHARACTERS = 160
MAX_AUTHORS = 20


def authors_of(page: PageData, below: list[HtmlElement], site: list[str | None]) -> list[str]:
    """The first persons or agencies that are told; the site's own name only where no other is.

    `below` are the elements that follow the headline, `site` what the site is called.
    """
    told = page.article.get("author") or page.article.get("creator")
    names = [text_of(one) for one in (told if isinstance(told, list) else [told])]
    lists = [_names(name for name in names if name)]
    lists += [_names(page.metas.get(name, ())) for name in AUTHOR_META]
    lists += [_names(part) for part in _bylines(page.tree)]
    lists += [_names(_AFTER_NAMES.split(_BY.sub("", line))[:1]) for line in _by_lines(below)]
    others = ([name for name in found if not _is_own(name, site)] for found in lists)
    return next((found for found in others if found), next((found for found in lists if found), []))[:MAX_AUTHORS]


def _is_own(name: str, site: list[str | None]) -> bool:
    """True for the site's own name, its desks and departments ("Fjord News", "Fjord News Sport")."""
    words = plain(name).split()
    for told in filter(None, site):
        own = plain(told).split()
        if own and (words == own[: len(words)] or own == words[: len(own)] or "".join(words) == own[0]):
            return True
    return False


def _by_lines(below: list[HtmlElement]) -> Iterator[str]:
    """Lines below the headline that name who wrote it."""
    for element in below:
        if element.tag in BREAKS or element.tag in ("span", "em"):
            words = words_of(element)
            if len(words) <= MAX_LINE_CHARACTERS and _BY.match(words[:1].lower() + words[1:]):
                yield words[:1].lower() + words[1:]


def _bylines(tree: HtmlElement) -> Iterator[list[str]]:
    """What stands in elements marked as the author's, by rel, itemprop, then class."""
    by_rank: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for element in tree.iter("a", "span", "div", "p", "address", "li", "strong", "b", "em"):
        if "author" in (element.get("rel") or ""):
            rank = 0
        elif "author" in (element.get("itemprop") or ""):
            rank = 1
        elif re.search(r"\b(?:by-?line|author)(?:[-_]*name)?\b", marks(element)):
            rank = 2
        else:
            continue
        words = lines_of(element).strip()
        is_told = rank < 2 or _BYLINE.match(words) or _PERSON.fullmatch(words)
        if is_told and 0 < len(words) <= MAX_NAME_CHARACTERS * 2:
            by_rank[rank].append(words)
    for rank in sorted(by_rank):
        if rank < 2:
            yield by_rank[rank]
        else:
            yield from ([one] for one in by_rank[rank])


def _names(told: Iterable[str]) -> list[str]:
    found: list[str] = []
    for one in told:
        for name in split_names(_BYLINE.sub("", entities.unescape(one).strip()), _NAME_SPLIT):
            name = _BEHIND_NAME.sub(r"\1", _BYLINE.sub("", name.strip(" ,.;:|\u00a0")))
            is_name = 0 < len(name) <= MAX_NAME_CHARACTERS and len(name.split()) <= MAX_NAME_WORDS
            if is_name and not _NOT_A_NAME.search(name) and name not in found:
                found.append(name)
    return found
