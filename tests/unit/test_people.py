"""People, as the layers that build on them see them: name in full, office, party, at the characters that name them."""

from __future__ import annotations

import pytest

from orchestration.parse.model import ArticleText
from orchestration.parse.parties import find_parties
from orchestration.parse.people import find_people
from orchestration.parse.reading import PersonMention
from orchestration.parse.sentences import split_sentences


def people_of(
    text: str, headline: str | None = None, publisher: str | None = None, day: str | None = "2023-04-14"
) -> list[PersonMention]:
    article = ArticleText("a", text, day, headline, publisher)
    sentences = split_sentences(text)
    return find_people(article, sentences, find_parties(article, sentences))


def facts(mention: PersonMention) -> tuple[str | None, str | None, str | None]:
    return mention.name, mention.role, mention.party


@pytest.mark.parametrize(
    ("text", "name", "role", "party"),
    [
        ("Russian Foreign Minister Sergei Lavrov arrived.", "Sergei Lavrov", "Foreign Minister", "RUS"),
        ("Sergei Lavrov, Russia's foreign minister, arrived.", "Sergei Lavrov", "foreign minister", "RUS"),
        ("Peter Pellegrini, the President of Slovakia, arrived.", "Peter Pellegrini", "President", "SVK"),
        ("President of the People’s Republic of China Xi Jinping spoke.", "Xi Jinping", "President", "CHN"),
        ("Foreign Minister of Uzbekistan, Vladimir Norov, spoke.", "Vladimir Norov", "Foreign Minister", "UZB"),
        ("Chancellor Olaf Scholz of Germany called.", "Olaf Scholz", "Chancellor", "DEU"),
        ("He met U.S. Secretary of State Antony J. Blinken.", "Antony J. Blinken", "Secretary of State", "USA"),
        ("NATO Secretary General Jens Stoltenberg spoke.", "Jens Stoltenberg", "Secretary General", "NATO"),
        ("President of the European Council Charles Michel spoke.", "Charles Michel", "President", "EU"),
        (
            "Chinese State Councilor and Foreign Minister Qin Gang spoke.",
            "Qin Gang",
            "State Councilor and Foreign Minister",
            "CHN",
        ),
        (
            "Indonesian Minister of State for Foreign Trade Mari left.",
            "Mari",
            "Minister of State for Foreign Trade",
            "IDN",
        ),
        (
            "Minister of Foreign Affairs of the State of Qatar Mohammed bin Abdulrahman Al Thani spoke.",
            "Mohammed bin Abdulrahman Al Thani",
            "Minister of Foreign Affairs",
            "QAT",
        ),
        (
            "China's U.N. Representative, Ambassador Zhang Jun, spoke.",
            "Zhang Jun",
            "Representative",
            "CHN",
        ),
        ("Turkey's ambassador in Athens, Burak Ozugergin, spoke.", "Burak Ozugergin", "ambassador in Athens", "TUR"),
        ("Republic of Korea (ROK) Foreign Minister Park Jin spoke.", "Park Jin", "Foreign Minister", "KOR"),
        ("Irish Taoiseach Leo Varadkar spoke.", "Leo Varadkar", "Taoiseach", "IRL"),
        ("French Foreign Minister Jean-Yves Le Drian spoke.", "Jean-Yves Le Drian", "Foreign Minister", "FRA"),
        ("Russian President's aide Yury Ushakov spoke.", "Yury Ushakov", "aide", "RUS"),
    ],
)
def test_office_name_and_party_in_any_order(text: str, name: str, role: str, party: str) -> None:
    assert (name, role, party) in [facts(mention) for mention in people_of(text)]


def test_later_mentions_have_the_fullest_name() -> None:
    text = (
        "South Korean envoy Han Duck-soo and Canadian envoy Marc Garneau opened the fair.\n"
        "“It is open,” Garneau said. Mr. Han laughed, and Han rang the bell."
    )
    later = [(text[m.start : m.end], m.name, m.party) for m in people_of(text)][2:]
    assert later == [
        ("Garneau", "Marc Garneau", "CAN"),
        ("Mr. Han", "Han Duck-soo", "KOR"),
        ("Han", "Han Duck-soo", "KOR"),
    ]


def test_an_office_stands_for_the_person_who_was_introduced() -> None:
    text = (
        "Deputy Secretary of State Kurt Campbell called Foreign Minister Elina Valtonen of Finland.\n"
        "The Deputy Secretary thanked her. The Foreign Minister offered to send an expert."
    )
    plain = {text[m.start : m.end]: m.name for m in people_of(text)}
    assert plain["The Deputy Secretary"] == "Kurt Campbell"
    assert plain["The Foreign Minister"] == "Elina Valtonen"


def test_a_counterpart_holds_the_same_office() -> None:
    found = [
        facts(m) for m in people_of("Greek Foreign Minister Nikos Dendias met his Turkish counterpart Hakan Fidan.")
    ]
    assert found[-1] == ("Hakan Fidan", "Foreign Minister", "TUR")


def test_offices_in_the_plural_share_out_their_names() -> None:
    found = [facts(m) for m in people_of("Presidents Putin and Xi met in Moscow.", day="2023-03-21")]
    assert found == [("Putin", "President", "RUS"), ("Xi", "President", "CHN")]


def test_offices_of_two_states_share_out_their_names() -> None:
    text = "Egyptian and Sudanese Foreign Ministers Sameh Shoukry and Ali Sadiq opened the road."
    assert [facts(m) for m in people_of(text)] == [
        ("Sameh Shoukry", "Foreign Minister", "EGY"),
        ("Ali Sadiq", "Foreign Minister", "SDN"),
    ]
    text = "Foreign Ministers Ali Sabry of Iraq and Ayman Safadi of Jordan opened the road."
    assert [m.party for m in people_of(text)] == ["IRQ", "JOR"]


def test_a_body_that_somebody_heads_is_no_part_of_the_name() -> None:
    text = "Director of the Federal Maritime Service Anna Berg and Chief of the Customs Office Tom Hale left."
    assert [m.name for m in people_of(text)] == ["Anna Berg", "Tom Hale"]


def test_companies_and_leagues_are_no_people() -> None:
    text = "The Premier League and head coach John Smith thanked General Electric Co and Mr. Rooter Corp."
    assert people_of(text) == []


def test_lines_wrapped_at_a_fixed_width_do_not_cut_names() -> None:
    text = "The statement was read out after two days by Prime Minister\nJonas Gahr Støre of Norway, who left."
    assert [facts(m) for m in people_of(text)] == [("Jonas Gahr Støre", "Prime Minister", "NOR")]


def test_the_party_of_a_bare_name_comes_from_the_office_of_its_day() -> None:
    text = "Prime Minister Suga and President Biden met."
    assert [m.party for m in people_of(text, day="2021-04-16")] == ["JPN", "USA"]


def test_the_publisher_speaks_of_its_own_ministers() -> None:
    found = people_of("Trade Minister Jane Doe met farmers.", publisher="Ministry of Foreign Affairs of Denmark")
    assert [facts(m) for m in found] == [("Jane Doe", "Trade Minister", "DNK")]


def test_the_headline_names_whom_the_text_means_by_office() -> None:
    text = "The Indian prime minister inspected a shipyard near Lyon."
    found = people_of(text, headline="Modi tours French yards", day="2023-07-13")
    assert facts(found[0]) == ("Modi", "prime minister", "IND")


def test_an_unnamed_office_keeps_its_party() -> None:
    found = people_of("A Kuwaiti envoy opened the school.")
    assert [facts(m) for m in found] == [(None, "envoy", "KWT")]


def test_whom_an_aide_serves_is_no_second_person() -> None:
    text = "Kim Eun-hye, the spokesperson for South Korean President Yoon Suk Yeol, read out the answer."
    assert [facts(m) for m in people_of(text)] == [("Kim Eun-hye", "spokesperson", "KOR")]


def test_two_who_share_an_office_word_are_not_one() -> None:
    text = "French President Jacques Chirac criticised U.S. President Bush. Mr Bush did not answer."
    assert [m.name for m in people_of(text, day="2004-11-05")] == ["Jacques Chirac", "Bush", "Bush"]


def test_an_assistant_is_not_the_secretary() -> None:
    text = "Assistant Secretary Donald Lu thanked Secretary of State Antony Blinken. The Secretary smiled."
    found = people_of(text, publisher="U.S. Department of State")
    assert found[-1].name == "Antony Blinken"


def test_a_namesake_of_a_leader_is_somebody_else() -> None:
    text = "President Xiomara Castro opened the port."
    found = people_of(text, headline="Honduras reopens its port", day="2017-01-10")
    assert [m.party for m in found] == ["HND"]


def test_weekdays_and_ministries_are_no_names() -> None:
    text = "The prime minister said on Monday that the Foreign Ministry would answer. Minister Monday is no name."
    assert all(m.name is None for m in people_of(text))
