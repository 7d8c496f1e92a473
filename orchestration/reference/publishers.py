"""Who publishes: the party whose own words a ministry prints, and the home of the press.

Belongs here: look-ups in `data/publishers.csv`. Does not belong here: the headers that agencies print over their
reports (`orchestration.parse.frame`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.reference.tables import table


def _first(publisher: str | None, url: str | None, press_too: bool) -> str | None:
    told = f"{publisher or ''} {url or ''}".lower()
    for row in table("publishers"):
        if not press_too and row["kind"] == "press":
            continue
        if re.search(rf"(?<![a-z]){re.escape(row['match'])}(?![a-z])", told):
            return row["party"]
    return None


@lru_cache(maxsize=4096)
def publisher_party(publisher: str | None, url: str | None = None) -> str | None:
    """The party whose own words a publisher prints (a ministry, an office, an organisation); None for the press."""
    return _first(publisher, url, press_too=False)


@lru_cache(maxsize=4096)
def publisher_home(publisher: str | None, url: str | None = None) -> str | None:
    """The party that a publisher belongs to or sits in, press included; None where the table does not know it."""
    return _first(publisher, url, press_too=True)
