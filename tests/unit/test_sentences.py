"""Sentences: where paragraphs and sentences end, what is quoted, and what is worth parsing."""

import pytest

from orchestration.parse.sentences import cut_sentences, find_paragraphs, find_quotes, split_sentences


def cut(text: str) -> list[str]:
    sentences = cut_sentences(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    return [s.text for s in sentences]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Secretary of State met Mr. Li on Jan. 5 in St. Petersburg.",
        "President John F. Kennedy spoke to Gen. A. B. Petraeus Jr. about it.",
        "Resolution No. 1325, Art. 5 and paras. 3 and 4 were cited.",
        "Talks began at 10 a.m. Monday in Washington, D.C. and lasted long.",
        "It grew by 3.5 percent to $1.2 billion.",
        '"Is it over?" Mr. Smith asked.',
        "“We did it!” the minister said.",
        "The minister said it was so (see p. 5).",
    ],
)
def test_stops_that_end_no_sentence(sentence: str) -> None:
    assert cut(sentence + " He left.") == [sentence, "He left."]


def test_stops_that_end_one() -> None:
    assert cut("They met in the U.S. The talks were long.") == ["They met in the U.S.", "The talks were long."]
    assert cut('He said: "We agreed." Then he left… Nobody knows why.') == [
        'He said: "We agreed."',
        "Then he left…",
        "Nobody knows why.",
    ]
    # A lost space after the stop, as pages lose it.
    assert cut("They discussed the region.The ministers left.") == ["They discussed the region.", "The ministers left."]


def test_a_text_broken_at_a_column_is_read_in_paragraphs() -> None:
    text = (
        "    The foreign ministers of the two countries met here today to\n"
        "discuss the dispute over fishing rights, which has gone on for\n"
        "more than ten years without any result.\n"
        "    A spokesman said they would meet again in the spring, at a\n"
        "place that is still to be agreed.\n"
    )
    assert [text[p.start : p.end].split()[0] for p in find_paragraphs(text)] == ["The", "A"]
    assert len(cut(text)) == 2


def test_a_line_is_a_paragraph_where_lines_are_long_or_listed() -> None:
    long = "The two sides agreed to continue their consultations on all the questions that were raised. " * 3
    assert len(find_paragraphs(f"{long}\n{long}\n{long}")) == 3
    assert len(find_paragraphs("They agreed:\n- to meet again;\n- to open an embassy;\n1. to trade.")) == 4


def test_datelines_and_speaker_labels_stand_apart() -> None:
    assert cut("OTTAWA, May 3 (Reuters) - Canada will host it.")[1] == "Canada will host it."
    assert cut("PRESIDENT AHO:  We agreed.\n\nQ:  On what?") == ["PRESIDENT AHO:", "We agreed.", "Q:", "On what?"]


def test_a_quote_over_paragraphs_and_british_marks() -> None:
    text = "\"We will go on.\n\n\"Nobody will stop us,\" he said.\n\nThe minister's aide called it 'a very good day'."
    quotes = [text[q.start : q.end] for q in find_quotes(text, find_paragraphs(text))]
    assert quotes == ['"We will go on.', '"Nobody will stop us,"', "'a very good day'"]
    in_quote = [s.in_quote for s in cut_sentences(text)]
    assert in_quote == [True, False, False]


def test_diplomacy_is_parsed_and_football_is_not() -> None:
    diplomacy = "The foreign ministers of Norway and Chile met in Oslo on Monday.\n\nThey agreed to talk of fishing."
    football = "The striker scored twice for the home side on Saturday.\n\nThe coach said the team would win the cup."
    assert all(s.spacy is not None for s in split_sentences(diplomacy))
    assert all(s.spacy is None for s in split_sentences(football))


def test_a_parsed_token_stands_where_the_text_has_it() -> None:
    text = "🌍 Intro.\n\nThe\u00a0ministers of Norway\nand Chile met in\tOslo."
    (sentence,) = [s for s in split_sentences(text) if s.spacy is not None and "Oslo" in s.text]
    assert sentence.spacy is not None
    for token in sentence.spacy:
        start = token.idx + sentence.shift
        assert text[start : start + len(token.text)].split() == token.text.split()


def test_white_space_alone_and_a_text_without_stops_are_no_trouble() -> None:
    assert cut(" \n\u00a0\n") == []
    assert max(map(len, cut("word " * 5000))) <= 2500


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", [" 'a b", "\"'", "A. ", "AB: x\n\n", "(", ". "])
def test_a_text_made_to_be_slow_is_cut_all_the_same(piece: str) -> None:
    assert cut(piece * 20_000) is not None
