"""Commitments and demands: what a reader of the extraction sees for articles in our own words."""

from __future__ import annotations

from orchestration.parse.extract import extract
from orchestration.parse.model import ArticleText, Statement
from orchestration.parse.plover import plover_root
from orchestration.parse.strength import demand_strength


def read(text: str, **fields: str) -> list[tuple[Statement, str]]:
    """The statements of a text, each with its content's words."""
    article = ArticleText(id="x", text=text, published=fields.get("published", "2023-05-04"), **{
        key: value for key, value in fields.items() if key != "published"
    })  # fmt: skip
    return [(s, s.content.cut(text)) for s in extract(article).statements]


def only(text: str, **fields: str) -> tuple[Statement, str]:
    found = read(text, **fields)
    assert len(found) == 1, [content for _, content in found]
    return found[0]


def test_a_demand_names_who_is_to_act_and_starts_at_its_verb() -> None:
    statement, content = only("France urged Iran to release the detained teachers without delay.")
    assert (statement.statement_class, statement.kind) == ("demand", None)
    assert statement.speakers == ["FRA"]
    assert statement.addressees == ["IRN"]
    assert content == "urged Iran to release the detained teachers without delay"


def test_each_speech_act_verb_with_its_own_content_is_a_statement() -> None:
    found = read("Germany urged Serbia to sign the accord, and called on Kosovo to withdraw its police from the north.")
    assert [(s.statement_class, s.addressees) for s, _ in found] == [("demand", ["SRB"]), ("demand", ["XKX"])]


def test_several_infinitives_of_one_verb_are_one_statement() -> None:
    _, content = only("Norway called on Sudan to open the port, pay the crews and free the ship.")
    assert content.endswith("pay the crews and free the ship")


def test_two_who_agree_make_an_agreement_of_both() -> None:
    statement, _ = only("Poland and Ukraine agreed to rebuild the railway bridge by 2027.")
    assert statement.kind == "agreement"
    assert set(statement.speakers) == {"POL", "UKR"}


def test_indirect_speech_is_told_of_its_speaker_with_its_subject() -> None:
    statement, content = only(
        "The Japanese foreign ministry said Japan will send two ships to Fiji if the storm returns."
    )
    assert (statement.kind, statement.speakers, statement.conditional) == ("pledge", ["JPN"], True)
    assert content.startswith("Japan will send")


def test_what_somebody_else_will_do_is_no_pledge_of_the_speaker() -> None:
    assert read("The Japanese foreign ministry said Brazil will host the games.") == []


def test_kinds_of_commitment_follow_the_verb() -> None:
    kinds = {
        "Canada supports Kenya's candidacy for the council.": "support",
        "China opposes any change to the border treaty.": "opposition",
        "Italy reaffirmed its commitment to the peace accords.": "reaffirmation",
        "Spain pledged to double its aid to Mali.": "pledge",
    }
    for text, kind in kinds.items():
        assert only(text)[0].kind == kind, text


def test_must_is_a_demand_only_when_a_party_says_it() -> None:
    statement, content = only("Egypt said that Israel must open the crossing at once.")
    assert (statement.statement_class, statement.speakers, statement.addressees) == ("demand", ["EGY"], ["ISR"])
    assert content == "Israel must open the crossing at once"
    assert read("Travellers must carry a passport when they cross into Israel.") == []


def test_facts_feelings_and_topics_are_no_statements() -> None:
    for text in (
        "Sweden has sent blankets to Turkey.",
        "Finland welcomed the release of the prisoners by Russia and praised Oman.",
        "The ministers of Peru and Chile discussed the need to protect the glaciers.",
        "Argentina is deeply concerned about the fighting in Libya.",
        "The American envoy declined to comment on the talks with Cuba.",
    ):
        assert read(text) == [], text


def test_one_state_talking_to_itself_is_left_out() -> None:
    assert read("The French president told the French government to cut the fuel tax, France said.") == []


def test_points_of_an_outcome_carry_their_number_and_class() -> None:
    text = (
        "Foreign ministers of Kazakhstan and Uzbekistan met in Tashkent on Wednesday and agreed on three points.\n\n"
        "First, the two countries reaffirm their commitment to the water treaty.\n\n"
        "Second, they urge Afghanistan to share the data of the canal.\n\n"
        "Third, support all efforts to reopen the railway."
    )
    numbered = {s.outcome_no: s for s, _ in read(text) if s.outcome_no}
    assert numbered[1].kind == "reaffirmation"
    assert numbered[2].statement_class == "demand"
    assert numbered[3].kind == "support"


def test_items_below_a_speech_act_are_statements_of_its_speakers() -> None:
    text = (
        "The foreign ministers of Chile and Peru met in Lima on Monday.\n\n"
        "The two sides agreed to:\n\n"
        "- open a second border crossing by 2025;\n\n"
        "- share data on fish stocks; and\n\n"
        "- patrol the strait together."
    )
    found = read(text)
    assert [content for _, content in found] == [
        "open a second border crossing by 2025", "share data on fish stocks", "patrol the strait together",
    ]  # fmt: skip
    assert all(s.kind == "agreement" and set(s.speakers) == {"CHL", "PER"} for s, _ in found)
    assert found[0][0].deadline == "2025"


def test_a_repeated_statement_is_kept_once_where_it_is_fullest() -> None:
    text = (
        "Ireland urged Israel to reopen the port of Gaza.\n\n"
        "Ireland urged Israel to reopen the port of Gaza to ships with food and medicine."
    )
    _, content = only(text)
    assert content.endswith("food and medicine")


def test_every_statement_tells_its_rule_and_a_confidence_between_nought_and_one() -> None:
    for statement, _ in read("India promised to lift the ban and called on Nepal to do the same."):
        assert statement.rule
        assert 0 < statement.confidence < 1


def test_strength_follows_what_is_asked() -> None:
    assert demand_strength("continue to provide humanitarian assistance") == 2
    assert demand_strength("consider joining the treaty") == 3
    assert demand_strength("take more visible measures against smuggling") == 4
    assert demand_strength("ratify the convention") == 5
    assert demand_strength("seek technical assistance from partners") == 1
    assert only("Denmark urged Yemen to ratify the convention.")[0].strength == 5


def test_plover_roots_of_what_one_party_does_to_another() -> None:
    assert plover_root("Ghana agreed to send engineers to Togo.", "Ghana", "Togo") == "AGREE"
    assert (
        plover_root("Ghana's president met the president of Togo in Accra.", "Ghana's president", "Togo") == "CONSULT"
    )
    assert plover_root("Ghana demanded an apology from Togo.", "Ghana", "Togo") == "REQUEST"
    assert plover_root("Ghana signed a trade accord with Togo.", "Ghana", "Togo") == "SUPPORT"
    assert plover_root("It rained in Accra.", "Ghana", "Togo") is None


def test_a_forecast_is_no_pledge() -> None:
    assert read("The Italian foreign minister said Italy would probably lose the vote in Libya.") == []
    assert read("The Italian foreign minister said it was likely that Italy would send ships to Libya.") == []


def test_a_want_is_a_pledge_where_it_is_about_acts_and_not_about_speech() -> None:
    statement, _ = only("The Danish prime minister said Denmark wants to reopen its embassy in Iraq.")
    assert (statement.kind, statement.speakers) == ("pledge", ["DNK"])
    assert read("The Danish prime minister said he wanted to thank Iraq for its welcome.") == []


def test_one_out_of_office_speaks_for_nobody() -> None:
    text = 'The opposition leader in {} said: "Kenya should withdraw its troops from Somalia."'
    assert read(text.format("Kenya")) == []


def test_positions_taken_before_the_news_are_history() -> None:
    assert read("Spain had supported the treaty with Morocco since its first draft.") == []


def test_those_who_back_a_thing_are_its_speakers() -> None:
    statement, _ = only("The pipeline to Georgia has the support of Turkey.")
    assert (statement.kind, statement.speakers) == ("support", ["TUR"])


def test_a_stance_in_favour_or_against_is_a_position() -> None:
    found = read("Belgium spoke out against the tariffs on Canada. Chile is in favour of talks with Peru.")
    assert [(s.kind, s.speakers) for s, _ in found] == [("opposition", ["BEL"]), ("support", ["CHL"])]


def test_a_decision_of_several_has_them_all_as_speakers() -> None:
    statement, _ = only("Nepal welcomed the decision by Kenya and Uganda to open a railway across the border.")
    assert set(statement.speakers) == {"KEN", "UGA"}


def test_a_commitment_that_is_unwavering_is_reaffirmed() -> None:
    statement, _ = only(
        "The prime minister of Norway told Latvia that Norway's commitment to its security is unwavering."
    )
    assert (statement.kind, statement.speakers) == ("reaffirmation", ["NOR"])


def test_talk_among_one_states_own_people_binds_nobody() -> None:
    text = 'The President of Russia met with the Governor. "We will pay more attention to the farms," he said.'
    assert read(text, publisher="Kremlin") == []


def test_a_pronoun_is_the_one_whom_the_sentence_before_is_about() -> None:
    text = "Kenya's President William Ruto opened the talks with Haiti in Nairobi."
    statement, content = only(f'{text} "We will send a ship to Haiti," he said.')
    assert (statement.speakers, statement.speaker_name, statement.kind) == (["KEN"], "William Ruto", "pledge")
    assert content == "We will send a ship to Haiti"


def test_two_acts_of_one_speaker_begin_each_at_its_own_verb() -> None:
    found = read(
        '"We urge Israel to stop the strikes and call on Hamas to release the hostages," French Foreign Minister'
        " Jean-Noel Barrot said."
    )
    assert [(s.addressees, content) for s, content in found] == [
        (["ISR"], "We urge Israel to stop the strikes"),
        (["Hamas"], "call on Hamas to release the hostages"),
    ]
    found = read("China said it opposed the test and warned North Korea to refrain from further launches.")
    assert [(s.statement_class, content) for s, content in found] == [
        ("commitment", "it opposed the test"),
        ("demand", "warned North Korea to refrain from further launches"),
    ]


def test_two_offices_of_one_person_speak_for_one_state() -> None:
    statement, _ = only(
        "Vietnam's Deputy Prime Minister and Foreign Minister Pham Binh Minh voiced opposition to the Chinese drills."
    )
    assert (statement.kind, statement.speakers, statement.addressees) == ("opposition", ["VNM"], ["CHN"])


def test_an_office_that_several_states_have_is_that_of_the_state_that_is_named() -> None:
    statement, _ = only(
        "The Philippines would withdraw its ships from the Chinese port, Foreign Secretary Perfecto Yasay said."
    )
    assert statement.speakers == ["PHL"]


def test_a_body_speaks_in_its_resolution_and_a_breach_of_law_is_opposed() -> None:
    statement, _ = only("The UN resolution calls on Israel to withdraw its troops from Lebanon.")
    assert (statement.statement_class, statement.speakers, statement.addressees) == ("demand", ["UN"], ["ISR"])
    statement, _ = only(
        "Iraq's foreign minister made clear that a strike by Iran would be a violation of international law."
    )
    assert (statement.kind, statement.speakers) == ("opposition", ["IRQ"])


def test_an_invitation_to_an_event_and_a_journey_bind_nobody() -> None:
    for text in (
        "Norway has invited the foreign ministers of Kenya and Haiti to a ceremony in Oslo to mark the accord.",
        '"I will go to China next week," Philippine President Rodrigo Duterte said in Manila.',
    ):
        assert read(text) == [], text


def test_what_is_repeated_with_an_aside_is_one_statement() -> None:
    found = read(
        "Pakistan urged India to resume the talks on the river treaty, which Delhi has held up since May."
        ' "We urge India to resume the talks on the river treaty and meet its duties," Foreign Minister Ishaq Dar said.'
    )
    assert len(found) == 1
