"""Who says what: the words that are attributed, and to whom."""

import pytest

from orchestration.parse.attributions import speaker_at
from orchestration.parse.extract import read
from orchestration.parse.model import ArticleText
from orchestration.parse.reading import Attribution, Reading

LEAD = "Norwegian Foreign Minister Kari Holm met with Chilean Foreign Minister Juan Soto in Oslo on Monday.\n\n"


def reading_of(text: str, **metadata: str) -> Reading:
    return read(ArticleText("x", text, "2023-04-12", **metadata))


def said(reading: Reading, words: str) -> Attribution:
    found = speaker_at(reading, reading.text.index(words))
    assert found is not None, f"nobody says {words!r}"
    return found


def content(reading: Reading, words: str) -> str:
    return said(reading, words).content.cut(reading.text)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Holm said that Norway would open an embassy in Chile.", "Norway would open"),
        ("Norway would open an embassy in Chile, Holm said.", "Norway would open"),
        ("Norway would open an embassy in Chile, said Holm.", "Norway would open"),
        ("According to Holm, Norway would open an embassy in Chile.", "Norway would open"),
        ("Norway would open an embassy in Chile, according to Holm.", "Norway would open"),
        ("Holm told reporters on Monday that Norway would open an embassy.", "Norway would open"),
        ('"Norway will open an embassy," Holm said.', "Norway will open"),
        ("“Norway will open an embassy,” said Holm.", "Norway will open"),
        ("Holm said: “Norway will open an embassy.”", "Norway will open"),
    ],
)
def test_direct_and_indirect_speech_in_any_order(sentence: str, words: str) -> None:
    reading = reading_of(LEAD + sentence)
    found = said(reading, words)
    assert found.speaker_name is not None
    assert found.speaker_name.endswith("Holm")
    assert found.speakers == ("NOR",)
    assert words in found.content.cut(reading.text)
    assert "said" not in found.content.cut(reading.text)
    assert "told" not in found.content.cut(reading.text)


def test_a_pronoun_is_the_one_who_spoke_last() -> None:
    reading = reading_of(LEAD + "Holm said the talks went well. She added that Norway would sign the treaty.")
    found = said(reading, "Norway would sign")
    assert (found.speaker_name or "").endswith("Holm")
    assert found.source is not None
    assert found.source.cut(reading.text) == "She"


def test_a_verb_joined_to_another_keeps_its_own_words() -> None:
    reading = reading_of(LEAD + "Soto said that Chile was ready and urged Norway to sign the treaty.")
    assert content(reading, "Chile was ready") == "that Chile was ready"
    assert said(reading, "to sign").speakers == ("CHL",)


def test_a_quote_goes_on_after_its_cue_and_in_the_next_paragraph() -> None:
    text = f'{LEAD}"We will open an embassy," Holm said. "We will also sign it."\n\n"Nobody will stop us from trading."'
    reading = reading_of(text)
    for words in ("We will also sign", "Nobody will stop"):
        found = said(reading, words)
        assert (found.speaker_name or "").endswith("Holm")
        assert found.is_carried


def test_reported_speech_runs_on_but_what_happened_is_the_reporter_s() -> None:
    text = (
        LEAD + "Holm stressed that the treaty is important. Both countries should ratify it this year. "
        "The ministers then visited the harbour."
    )
    reading = reading_of(text)
    assert (said(reading, "Both countries should").speaker_name or "").endswith("Holm")
    assert speaker_at(reading, text.index("The ministers then")) is None


def test_points_that_were_announced_are_said_by_all_who_met() -> None:
    text = (
        "The foreign ministers of Norway, Chile and Ghana met in Oslo on Monday.\n\n"
        "Holm introduced the consensus reached at the meeting.\n\n"
        "First, it supports free trade in fish.\n\n"
        "Second, it urges all states to ratify the treaty."
    )
    reading = reading_of(text)
    for words in ("supports free trade", "urges all states"):
        assert set(said(reading, words).speakers) == {"NOR", "CHL", "GHA"}


def test_a_passive_without_an_agent_is_said_by_those_who_met() -> None:
    reading = reading_of(LEAD + "It was stressed that the treaty must be ratified.")
    assert set(said(reading, "the treaty must be").speakers) == {"NOR", "CHL"}


def test_the_turns_of_a_transcript_belong_to_their_labels() -> None:
    text = (
        "Finnish President Timo Aho and Chilean Prime Minister Juan Soto spoke to the press on Monday.\n\n"
        "PRESIDENT AHO:  Thank you for coming. We will sign the treaty.\n\nWe will do it soon.\n\n"
        "PRIME MINISTER SOTO:  We are ready to open an embassy."
    )
    reading = reading_of(text)
    assert said(reading, "We will do it soon").speakers == ("FIN",)
    assert said(reading, "We are ready").speakers == ("CHL",)


def test_a_release_says_we_for_its_publisher() -> None:
    text = "We condemn the attack in Sudan. We call on Sudan and on all parties to the conflict to stop the fighting."
    reading = reading_of(text, publisher="U.S. Department of State", headline="On the attack")
    assert said(reading, "all parties").speakers == ("USA",)


def test_narration_is_said_by_nobody() -> None:
    reading = reading_of(LEAD + "The ministers signed two agreements.")
    assert speaker_at(reading, reading.text.index("Norwegian")) is None
