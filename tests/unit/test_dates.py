"""Date expressions: what is found, and which day, month or year it stands for."""

import pytest

from orchestration.parse.dates import find_dates
from orchestration.parse.model import ArticleFrame

WEDNESDAY = ArticleFrame(reference_date="2023-04-12")


def values(text: str, frame: ArticleFrame = WEDNESDAY) -> list[tuple[str | None, str | None]]:
    return [(d.start_date, d.end_date) for d in find_dates(text, frame)]


def only(text: str, frame: ArticleFrame = WEDNESDAY) -> tuple[str | None, str | None]:
    (value,) = values(text, frame)
    return value


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on April 14, 2022.", "2022-04-14", "2022-04-14"),
        ("They met on 14 April 2022.", "2022-04-14", "2022-04-14"),
        ("They met on Thursday, 14th of April, 2022.", "2022-04-14", "2022-04-14"),
        ("They met on 2022-04-14.", "2022-04-14", "2022-04-14"),
        ("They met on 14.04.2022 in Kyiv.", "2022-04-14", "2022-04-14"),
        ("The forum ran on April 14-15, 2022.", "2022-04-14", "2022-04-15"),
        ("The forum ran on 14–15 April 2022.", "2022-04-14", "2022-04-15"),
        ("The forum ran on April 14 and 15.", "2023-04-14", "2023-04-15"),
        ("The forum ran from 3 to 5 May 2022.", "2022-05-03", "2022-05-05"),
        ("The forum ran from 28 April to 2 May 2022.", "2022-04-28", "2022-05-02"),
        ("The forum ran from December 30 to January 2.", "2022-12-30", "2023-01-02"),
        ("It was founded in September 2021.", "2021-09", "2021-09"),
        ("It was founded in the spring of 2021.", "2021", "2021"),
        ("The plan runs until 2030.", "2030", "2030"),
        ("The plan covers 2023-2025.", "2023", "2025"),
        ("They grew in the first quarter of 2022.", "2022-01", "2022-03"),
    ],
)
def test_dates_with_a_year(text: str, start: str, end: str) -> None:
    assert only(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("He arrived on Tuesday.", "2023-04-11"),
        ("He said on Wednesday that it was over.", "2023-04-12"),
        ("He will arrive on Tuesday.", "2023-04-18"),
        ("The two are scheduled to meet on Friday.", "2023-04-14"),
        ("He left last Monday.", "2023-04-10"),
        ("He will be back next Thursday.", "2023-04-13"),
        ("On Friday, they signed a treaty.", "2023-04-07"),
        ("He spoke on Tuesday evening.", "2023-04-11"),
        ("He spoke today.", "2023-04-12"),
        ("He spoke yesterday.", "2023-04-11"),
        ("He speaks tomorrow.", "2023-04-13"),
        ("He left the day before yesterday.", "2023-04-10"),
        ("He left two days ago.", "2023-04-10"),
        ("He left a month ago.", "2023-03"),
        ("They will meet in three weeks.", "2023-05"),
        ("They met last week.", "2023-04"),
        ("They will meet next month.", "2023-05"),
        ("They met earlier this year.", "2023"),
        ("They met on 3 December.", "2022-12-03"),
        ("They will meet on 3 May.", "2023-05-03"),
        ("They met in November.", "2022-11"),
        ("They will meet in November.", "2023-11"),
        ("They will meet this November.", "2023-11"),
        ("It must be done by the end of the year.", "2023"),
        ("They meet on Thanksgiving.", "2023-11-23"),
    ],
)
def test_dates_that_need_the_reference_day_and_the_tense(text: str, start: str) -> None:
    assert only(text)[0] == start


def test_the_same_day_is_the_day_spoken_of_last() -> None:
    text = "Talks were held on 3 March 2023. On the same day a treaty was signed; the following day he left."
    assert [start for start, _ in values(text)] == ["2023-03-03", "2023-03-03", "2023-03-04"]


def test_without_a_reference_day_a_relative_date_is_found_but_not_fixed() -> None:
    assert values("He arrived on Tuesday and left on 3 May 2021.", ArticleFrame()) == [
        (None, None),
        ("2021-05-03", "2021-05-03"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "Resolution 2015 was adopted.",
        "Some 2000 troops left.",
        "It cost $1995.",
        "The 2030 Agenda was praised.",
        "Mr. May spoke.",
        "He paid 30 percent.",
    ],
)
def test_numbers_and_verbs_that_are_no_dates(text: str) -> None:
    assert values(text) == []


def test_a_deadline_is_marked_as_one() -> None:
    by, on = find_dates("They will leave by 2030. They left on 3 May 2021.", WEDNESDAY)
    assert (by.is_deadline, on.is_deadline) == (True, False)


def test_a_day_that_the_calendar_does_not_have_is_no_date() -> None:
    assert ("2023-02-30", "2023-02-30") not in values("They met on 30 February 2023.")


def test_offsets_cut_the_expression_out_of_the_text() -> None:
    text = "🌍 They met on\u00a014\u00a0April local time."
    (date,) = find_dates(text, WEDNESDAY)
    assert text[date.start : date.end] == date.text == "14\u00a0April"
    assert date.start_date == "2023-04-14"
