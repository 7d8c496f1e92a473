"""Parties and groups, as the layers that build on them see them: codes at the characters that name them."""

from __future__ import annotations

import pytest

from orchestration.parse.frame import read_frame
from orchestration.parse.groups import find_groups, joint_parties
from orchestration.parse.model import ArticleText
from orchestration.parse.parties import find_parties
from orchestration.parse.people import find_people
from orchestration.parse.reading import PartyMention, Reading
from orchestration.parse.sentences import split_sentences
from orchestration.reference.publishers import publisher_home, publisher_party


def reading_of(
    text: str, headline: str | None = None, publisher: str | None = None, day: str = "2024-05-06"
) -> Reading:
    article = ArticleText("a", text, day, headline, publisher)
    sentences = split_sentences(text)
    parties = find_parties(article, sentences)
    people = find_people(article, sentences, parties)
    groups = find_groups(article, sentences, parties, people)
    return Reading(article, read_frame(article), sentences, parties=[*parties, *groups], people=people)


def singles(text: str) -> dict[str, tuple[str, ...]]:
    """The parties that act in a text, by the words that name them, bare places left out."""
    mentions = reading_of(text).parties
    return {m.text: m.parties for m in mentions if not m.is_group and m.how != "location"}


def group(text: str, words: str, **article: str) -> PartyMention:
    mentions = [m for m in reading_of(text, **article).parties if m.is_group]
    return next(m for m in mentions if m.text == words)


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("The Russian side proposed new talks with Minsk on Monday.", "The Russian side", "RUS"),
        ("The Iranian Foreign Ministry summoned the envoy and urged restraint.", "The Iranian Foreign Ministry", "IRN"),
        ("The Ministry of Foreign Affairs of the Republic of Uzbekistan agreed.", "Uzbekistan", "UZB"),
        ("The Kremlin said that it would respond to the demand.", "The Kremlin", "RUS"),
        ("The State Department urged both sides to agree.", "The State Department", "USA"),
        ("Officials of the International Atomic Energy Agency met the minister.", "Atomic", "IAEA"),
        ("UNHCR called on the neighbouring states to open borders.", "UNHCR", "UN"),
        ("The Afghan interim government pledged to protect traders.", "interim government", "Taliban"),
        ("The DPRK rejects the demand of the Security Council.", "DPRK", "PRK"),
        ("The Soviet Union and Japan signed a fishing pact.", "The Soviet Union", "SUN"),
    ],
)
def test_party_named_in_many_ways(text: str, words: str, party: str) -> None:
    found = singles(text)
    assert any(words in name and parties == (party,) for name, parties in found.items()), found


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The New York Times reported that talks were held.", "USA"),
        ("They met in a Chinese restaurant on Chinese New Year and agreed to talk.", "CHN"),
        ("Let us agree on this, he told us.", "USA"),
        ("The coach Michael Jordan agreed to meet the press.", "JOR"),
        ("Ships crossed the Gulf of Mexico and the South China Sea after the talks.", "MEX"),
        ("Bank of China and Air France agreed to cooperate.", "CHN"),
        ("The senator from Georgia met voters in Atlanta and agreed to run.", "GEO"),
    ],
)
def test_names_that_only_look_like_a_party(text: str, absent: str) -> None:
    assert all(absent not in parties for parties in singles(text).values())


def test_a_capital_acts_or_is_a_place() -> None:
    found = singles("Beijing urged Tokyo to return to the talks. The ministers met in Paris and flew to Rome.")
    assert found["Beijing"] == ("CHN",)
    assert found["Tokyo"] == ("JPN",)
    assert "Paris" not in found
    assert "Rome" not in found


def test_a_country_in_an_address_is_only_a_place() -> None:
    mentions = reading_of("Samarkand, Uzbekistan, April 13 - The ministers of China and Iran met.").parties
    assert next(m for m in mentions if m.text == "Uzbekistan").how == "location"
    assert next(m for m in mentions if m.text == "China").how == "name"


def test_an_abbreviation_defined_in_the_text_keeps_its_party() -> None:
    found = singles("The Republic of Latvia (RL) signed the pact. RL will also host the next round.")
    assert found["RL"] == ("LVA",)


def test_a_group_that_names_its_members() -> None:
    words = "The foreign ministers of China, Russia and Iran"
    assert group(f"{words} met on Friday.", words).parties == ("CHN", "RUS", "IRN")


def test_a_counted_group_is_resolved_to_the_list_before_it() -> None:
    text = (
        "Envoys of Turkey, Iran and Iraq met in Basra on Sunday. The United States sent a letter. "
        "The three countries agreed to share water data."
    )
    assert group(text, "The three countries").parties == ("TUR", "IRN", "IRQ")


def test_the_two_sides_are_those_of_the_opening_not_those_talked_about() -> None:
    text = (
        "French President Emmanuel Macron met Indian Prime Minister Narendra Modi in Nice on Monday.\n"
        "They discussed the war in Ukraine and relations with China.\n"
        "The two sides agreed to build submarines together."
    )
    assert set(group(text, "The two sides").parties) == {"FRA", "IND"}


def test_the_publisher_is_one_of_the_two_sides_of_its_own_release() -> None:
    text = "The Minister received Foreign Minister Hakan Fidan of Türkiye today. Both sides agreed to resume flights."
    assert set(group(text, "Both sides", publisher="Ministry of Foreign Affairs of Japan").parties) == {"JPN", "TUR"}


def test_the_participants_are_those_on_the_list() -> None:
    text = (
        "Chile and Spain chaired a forum on water in Lima. The participants agreed to share data.\n"
        "Participants included ministers from Peru, Ecuador, Mexico, Kenya, Oman and the African Union."
    )
    found = group(text, "The participants").parties
    assert set(found) == {"CHL", "ESP", "PER", "ECU", "MEX", "KEN", "OMN", "AU"}


def test_a_group_of_officials_is_resolved_by_their_office() -> None:
    text = (
        "Deputy Secretary Kurt Campbell met Japanese Vice Foreign Minister Masataka Okano and Korean Vice Foreign "
        "Minister Kim Hong-kyun. The two vice foreign ministers agreed to open an office."
    )
    assert group(text, "The two vice foreign ministers").parties == ("JPN", "KOR")


def test_a_group_nobody_can_name_stays_text() -> None:
    found = group("The ministers urged the international community to help.", "the international community")
    assert found.how == "text"
    assert found.parties == ()


def test_we_of_a_joint_statement_are_all_who_issue_it() -> None:
    text = (
        "The following is the text of a joint statement by the Governments of Norway, Kenya and the European Union.\n"
        "We urge all parties in Sudan to stop the fighting."
    )
    reading = reading_of(text, headline="Joint Statement on Sudan", publisher="U.S. Department of State")
    assert set(joint_parties(reading)) == {"NOR", "KEN", "EU"}


def test_we_of_a_release_is_its_publisher_and_nobody_in_the_press() -> None:
    assert joint_parties(reading_of("We urge Mali to hold elections.", publisher="Reuters")) == ()
    assert joint_parties(reading_of("We urge Mali to hold elections.", publisher="Federal Foreign Office")) == ("DEU",)


@pytest.mark.parametrize(
    ("publisher", "url", "party", "home"),
    [
        ("Kremlin (President of Russia)", None, "RUS", "RUS"),
        ("Ministry of Foreign Affairs of Finland", None, "FIN", "FIN"),
        ("Embassy of the Republic of Kenya", None, "KEN", "KEN"),
        (None, "https://www.mfa.gov.tr/statement.en.mfa", "TUR", "TUR"),
        (None, "https://www.foreign.gov.mv/news/1", "MDV", "MDV"),
        ("European Commission", None, "EU", "EU"),
        ("Xinhua", None, None, "CHN"),
        ("The Example Times", "https://example.org/news", None, None),
    ],
)
def test_whose_words_a_publisher_prints(
    publisher: str | None, url: str | None, party: str | None, home: str | None
) -> None:
    assert publisher_party(publisher, url) == party
    assert publisher_home(publisher, url) == home
