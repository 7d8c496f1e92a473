"""Who held which office when: leaders and foreign ministers, for the party of a person whom a text names without one.

Belongs here: look-ups in `data/office_holders.csv`. Does not belong here: reading names in a text
(`orchestration.parse.people`).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from orchestration.reference.phrases import PhraseIndex
from orchestration.reference.tables import table


@dataclass(frozen=True, slots=True)
class Holder:
    """One tenure; `since` and `until` are ISO dates, possibly partial, empty where open or unknown."""

    party: str
    office: str
    name: str
    since: str
    until: str

    @property
    def surname(self) -> str:
        """The word that later mentions use; family names in capitals in the table come first in the name."""
        return surname_of(self.name, self.party)

    def serves(self, day: str | None) -> bool:
        """True where the tenure covers an ISO date (to its month), or where either is not known."""
        if not day:
            return True
        month = day[:7]
        return (not self.since or self.since[:7] <= month) and (not self.until or self.until[:7] >= month)


FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "MAC", "SGP", "VNM", "HUN"})


def plain(name: str) -> str:
    """A name without accents."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def surname_of(name: str, party: str | None) -> str:
    """The part of a name that stands for the whole person later in a text."""
    parts = [part for part in name.split() if part.rstrip(".").lower() not in {"jr", "sr", "ii", "iii"}]
    if not parts:
        return name
    if party in FAMILY_NAME_FIRST and len(parts) in {2, 3} and "-" not in parts[0]:
        return parts[0]
    return parts[-1].rstrip(",")


@lru_cache(maxsize=1)
def holders() -> tuple[Holder, ...]:
    """All tenures of the table."""
    return tuple(Holder(r["party"], r["office"], r["name"], r["since"], r["until"]) for r in table("office_holders"))


@lru_cache(maxsize=1)
def holder_index() -> PhraseIndex[tuple[Holder, ...]]:
    """Full names of two words or more, with and without accents."""
    by_name: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders():
        if " " in holder.name:
            for name in {holder.name, plain(holder.name)}:
                by_name[name].append(holder)
    return PhraseIndex((name, tuple(tenures)) for name, tenures in by_name.items())


@lru_cache(maxsize=1)
def _by_surname() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders():
        for surname in {holder.surname, plain(holder.surname)}:
            found[surname].append(holder)
    return {surname: tuple(tenures) for surname, tenures in found.items()}


def holders_by_surname(surname: str, day: str | None) -> tuple[Holder, ...]:
    """Those of that surname who held an office of the table on an ISO date; on any date where it is None."""
    return tuple(holder for holder in _by_surname().get(surname, ()) if holder.serves(day))


def holders_of(party: str, office: str, day: str | None) -> tuple[Holder, ...]:
    """Those known to hold an office of a party on an ISO date."""
    return tuple(h for h in holders() if h.party == party and h.office == office and day and h.serves(day))
