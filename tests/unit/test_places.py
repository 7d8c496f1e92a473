"""Places and the countries that they lie in."""

from __future__ import annotations

import pytest

from orchestration.parse.places import find_places
from orchestration.parse.sentences import split_sentences
from orchestration.reference.gazetteer import country_of_place


def places_of(text: str) -> dict[str, str | None]:
    return {place.text: place.country for place in find_places(text, split_sentences(text))}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Samarkand", "UZB"),
        ("Camp David", "USA"),
        ("Novo-Ogaryovo", "RUS"),
        ("Mar-a-Lago", "USA"),
        ("Chequers", "GBR"),
        ("the Kremlin", "RUS"),
        ("SEOUL", "KOR"),
        ("Peking", "CHN"),
        ("Crimea", "UKR"),
        ("Nagorno-Karabakh", "AZE"),
        ("Bali", "IDN"),
        ("Kyrgyz Republic", "KGZ"),
    ],
)
def test_country_of_a_place_alone(name: str, country: str) -> None:
    assert country_of_place(name) == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("They met in Paris, Texas, on Monday.", "Paris", "USA"),
        ("They met in Paris on Monday.", "Paris", "FRA"),
        ("The premier of Spain received him in Valencia.", "Valencia", "ESP"),
        ("Georgia and Armenia met in Tbilisi. Georgia agreed.", "Georgia", "GEO"),
        ("Voters in Atlanta and all of the U.S. know it: Georgia is a Republican state of America.", "Georgia", "USA"),
        ("They met at Diaoyutai State Guesthouse.", "Diaoyutai State Guesthouse", "CHN"),
    ],
)
def test_context_decides_between_namesakes(text: str, name: str, country: str) -> None:
    assert country_of_place(name, text, text.index(name)) == country


def test_a_capital_of_a_past_state_lies_in_it() -> None:
    text = "MOSCOW, April 13 - Soviet leader Mikhail Gorbachev received Secretary of State George Shultz in Moscow."
    assert set(places_of(text).values()) == {"SUN"}


def test_places_of_a_report() -> None:
    text = "JEDDAH (Reuters) - Envoys of Sudan met in Jeddah on Friday after talks in Doha, Qatar, and Bethlehem."
    assert places_of(text) == {
        "JEDDAH": "SAU",
        "Jeddah": "SAU",
        "Sudan": "SDN",
        "Doha": "QAT",
        "Qatar": "QAT",
        "Bethlehem": "PSE",
    }


def test_first_names_and_months_are_no_places() -> None:
    text = "Vladimir Putin and Paris Hilton agreed in March that Kennedy would buy Google."
    assert places_of(text) == {}
