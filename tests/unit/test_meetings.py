"""What a reader of the extraction would notice about meetings, through the parser's door."""

from __future__ import annotations

from orchestration.parse.extract import extract
from orchestration.parse.model import ArticleText, Meeting


def meetings_of(text: str, published: str | None = "2024-05-16", headline: str | None = None) -> list[Meeting]:
    return extract(ArticleText("t", text, published, headline)).meetings


def parties_of(meeting: Meeting) -> set[str | None]:
    return {participant.party for participant in meeting.participants}


def test_a_visit_with_talks_is_told_with_people_place_and_day() -> None:
    text = (
        "Polish Foreign Minister Radoslaw Sikorski met his German counterpart Annalena Baerbock in Berlin on Tuesday."
    )
    (meeting,) = meetings_of(text)
    assert (meeting.status, meeting.mode, meeting.kind, meeting.format) == ("held", "in_person", "talks", "bilateral")
    assert parties_of(meeting) == {"POL", "DEU"}
    assert {p.name for p in meeting.participants} == {"Radoslaw Sikorski", "Annalena Baerbock"}
    assert (meeting.place, meeting.country, meeting.start_date) == ("Berlin", "DEU", "2024-05-14")
    assert meeting.evidence.cut(text) == text


def test_a_phone_call_is_a_call_and_has_no_place() -> None:
    (meeting,) = meetings_of("President Emmanuel Macron spoke by phone on Monday with Chinese President Xi Jinping.")
    assert (meeting.mode, meeting.kind, meeting.country) == ("phone", "call", None)
    assert parties_of(meeting) == {"FRA", "CHN"}


def test_a_meeting_to_come_is_scheduled() -> None:
    (meeting,) = meetings_of("Japan and India will hold talks in New Delhi next Monday, the Japanese ministry said.")
    assert (meeting.status, meeting.start_date) == ("scheduled", "2024-05-20")


def test_a_meeting_put_off_is_called_off() -> None:
    (meeting,) = meetings_of("Turkey and Greece have postponed their talks in Ankara, officials said.")
    assert meeting.status == "called_off"


def test_wishes_and_proposals_are_no_meetings() -> None:
    assert not meetings_of("Brazil proposed talks with Argentina and urged both governments to hold a summit soon.")
    assert not meetings_of("Egypt called for a dialogue between Ethiopia and Sudan.")
    assert not meetings_of("Canada refused to meet the Russian delegation.")


def test_press_conferences_and_home_affairs_are_no_meetings() -> None:
    assert not meetings_of(
        "French President Emmanuel Macron held a press conference with reporters in Paris on Friday."
    )
    assert not meetings_of("German Chancellor Olaf Scholz chaired a cabinet meeting in Berlin on Friday.")


def test_one_meeting_told_twice_is_one() -> None:
    text = (
        "Foreign Minister Wang Yi of China held talks with Russian Foreign Minister Sergei Lavrov in Beijing.\n\n"
        "During the talks, Wang said China was ready to deepen cooperation.\n\n"
        "The meeting lasted two hours, the Russian ministry said."
    )
    assert len(meetings_of(text)) == 1


def test_rounds_are_counted_and_kept_apart() -> None:
    text = (
        "Serbia and Kosovo held the third round of talks in Brussels on Wednesday.\n\n"
        "The second round took place in Vienna in March."
    )
    assert sorted(m.ordinal or 0 for m in meetings_of(text)) == [2, 3]


def test_those_named_a_sentence_later_take_part() -> None:
    text = (
        "Egyptian Foreign Minister Sameh Shoukry hosted a meeting on Libya in Cairo on Monday. "
        "Algerian Foreign Minister Ahmed Attaf and Tunisian Foreign Minister Nabil Ammar attended the meeting."
    )
    (meeting,) = meetings_of(text)
    assert parties_of(meeting) == {"EGY", "DZA", "TUN"}
    assert meeting.format == "multilateral"


def test_a_summit_and_talks_at_its_margins_are_two() -> None:
    text = "Prime Minister Fumio Kishida met Prime Minister Narendra Modi on the sidelines of the G20 summit on Sunday."
    talks, summit = sorted(meetings_of(text, headline="Kishida meets Modi"), key=lambda m: m.kind, reverse=True)
    assert (talks.kind, summit.kind) == ("talks", "conference")
    assert parties_of(summit) == {"G20"}


def test_a_journey_to_two_countries_is_two_visits() -> None:
    text = "Brazilian Foreign Minister Mauro Vieira will travel to Angola and Namibia next week."
    assert {m.country for m in meetings_of(text)} == {"AGO", "NAM"}
    assert {m.kind for m in meetings_of(text)} == {"visit"}


def test_here_is_the_place_of_the_dateline() -> None:
    text = "VIENNA, March 3 - Iranian and French officials held talks here on nuclear inspections, diplomats said."
    (meeting,) = meetings_of(text, published="1987-03-03")
    assert meeting.country == "AUT"


def test_the_headline_names_those_whom_the_text_calls_the_leaders() -> None:
    text = "The two leaders discussed trade between their countries and regional security."
    headline = "Telephone conversation of President Emmanuel Macron of France with President Xi Jinping of China"
    (meeting,) = meetings_of(text, headline=headline)
    assert meeting.mode == "phone"
    assert {p.name for p in meeting.participants} == {"Emmanuel Macron", "Xi Jinping"}


def test_a_rule_gives_its_measured_confidence() -> None:
    (meeting,) = meetings_of("Indonesia and Malaysia held talks in Jakarta on Friday.")
    assert meeting.rule == "noun_talks"
    assert 0.5 < meeting.confidence < 1.0


def test_calling_on_a_person_is_a_meeting_and_calling_on_him_to_act_is_none() -> None:
    (meeting,) = meetings_of(
        "Norwegian Foreign Minister Anniken Huitfeldt called on Kenya's President William Ruto in Nairobi."
    )
    assert parties_of(meeting) == {"NOR", "KEN"}
    assert not meetings_of("Norway's foreign minister called on Kenya's President William Ruto to end the blockade.")


def test_two_hosts_with_a_sentence_each_are_two_meetings() -> None:
    text = (
        "Indian Foreign Minister Jaishankar met Iran's President Ebrahim Raisi in Tehran on Monday. Jaishankar also met"
        " Iran's Foreign Minister Hossein Amir-Abdollahian."
    )
    first, second = meetings_of(text, "2024-01-16")
    assert "Ebrahim Raisi" in {p.name for p in first.participants}
    assert "Hossein Amir-Abdollahian" in {p.name for p in second.participants}


def test_who_speaks_to_another_on_the_sidelines_meets() -> None:
    text = (
        "Vietnam's foreign minister Pham Binh Minh told his Chinese counterpart Wang Yi on the sidelines of the ASEAN"
        " summit in Bangkok on Friday that both must keep the peace."
    )
    found = meetings_of(text, "2024-05-18")
    assert {"VNM", "CHN"} in [parties_of(meeting) for meeting in found]


def test_what_a_council_does_after_its_meeting_tells_the_meeting() -> None:
    (meeting,) = meetings_of(
        "Following a hastily called meeting, the UN Security Council condemned the launch by North Korea."
    )
    assert (parties_of(meeting), meeting.kind) == ({"UN"}, "conference")


def test_a_short_readout_of_a_call_or_a_meeting_is_read() -> None:
    for text, parties in (
        (
            "US Secretary of State Antony Blinken spoke with Tanzanian President Samia Suluhu Hassan today.",
            {"USA", "TZA"},
        ),
        (
            "US Secretary of State Antony Blinken met yesterday with Foreign Ministers from Peru and Chile.",
            {"USA", "PER", "CHL"},
        ),
        (
            "US President Joe Biden and Spanish Prime Minister Pedro Sánchez spoke today about Afghanistan.",
            {"USA", "ESP"},
        ),
        ("Vladimir Putin had a telephone conversation with Prime Minister of India Narendra Modi.", {"RUS", "IND"}),
    ):
        found = meetings_of(f"{text} They discussed the pandemic.", "2021-07-06")
        assert parties in [parties_of(meeting) for meeting in found], text


def test_who_serves_the_president_of_a_state_acts_for_it() -> None:
    text = "Jake Sullivan met today with Ibrahim Kalin, Spokesperson and Chief Adviser to the President of Turkey."
    article = ArticleText(
        "t", text, "2021-02-02", "Readout of National Security Advisor Sullivan's meeting", "The White House"
    )
    (meeting,) = extract(article).meetings
    assert "TUR" in parties_of(meeting)
