"""The article's own day and place, and what contradicts what."""

import pytest

from orchestration.parse.frame import read_frame
from orchestration.parse.model import ArticleFrame, ArticleText


def frame(text: str, published: str | None = None) -> ArticleFrame:
    return read_frame(ArticleText("x", text, published))


@pytest.mark.parametrize(
    ("dateline", "place", "day", "agency"),
    [
        ("Tashkent, Uzbekistan, 4 Apr (ZXS) -- ", "Tashkent, Uzbekistan", "2023-04-04", "China News Service"),
        ("KYIV, April 4 (Reuters) - ", "KYIV", "2023-04-04", "Reuters"),
        ("BEIJING, April 4 (Xinhua) -- ", "BEIJING", "2023-04-04", "Xinhua"),
        ("SYDNEY, April 4 - ", "SYDNEY", "2023-04-04", None),
        ("NEW DELHI, 4 April 2023 – ", "NEW DELHI", "2023-04-04", None),
        ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP"),
        ("THE HAGUE, Netherlands (AP) _ ", "THE HAGUE, Netherlands", None, "AP"),
        ("TOKYO, Apr. 4, Kyodo - ", "TOKYO", "2023-04-04", "Kyodo"),
        ("MOSCOW. April 4. INTERFAX - ", "MOSCOW", "2023-04-04", "Interfax"),
        ("MOSCOW, April 4. /TASS/. ", "MOSCOW", "2023-04-04", "TASS"),
        ("[Kabul, 4 April 2023] ", "Kabul", "2023-04-04", None),
        ("(CNN) ", None, None, "CNN"),
    ],
)
def test_datelines_of_the_wires(dateline: str, place: str | None, day: str | None, agency: str | None) -> None:
    found = frame(dateline + "The ministers of two countries talked for an hour.", "2023-04-05")
    assert (found.dateline_place, found.dateline_date, found.dateline_agency) == (place, day, agency)
    assert found.date_conflict is None


@pytest.mark.parametrize(
    "text", ["Paris - where it began - was full.", "Li Wei (Reuters) said so.", "On May 3 they met."]
)
def test_running_text_is_no_dateline(text: str) -> None:
    found = frame(text, "2023-05-04")
    assert (found.dateline_place, found.dateline_agency) == (None, None)


def test_the_body_wins_over_a_wrong_dateline_and_the_conflict_is_told() -> None:
    found = frame("Oslo, 4 Apr (ZXS) -- On 14 April local time, the minister opened the forum.", "2023-04-14")
    assert found.dateline_date == "2023-04-04"
    assert found.body_date == "2023-04-14"
    assert found.reference_date == "2023-04-14"
    assert found.date_conflict is not None
    assert "4 April 2023" in found.date_conflict
    assert "14 April 2023" in found.date_conflict


def test_a_conflict_is_told_even_where_nothing_tells_the_year() -> None:
    found = frame("Oslo, 4 Apr (ZXS) -- On 14 April local time, the minister opened the forum.")
    assert found.reference_date is None
    assert found.date_conflict == "the dateline says 4 April, but the body tells of 14 April as past"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("OSLO, May 3 (Reuters) - The minister left on Tuesday.", "2023-05-04"),
        ("OSLO, May 5 (Reuters) - The minister left on May 3.", "2023-05-08"),
        ("OSLO, Dec 31 (Reuters) - The minister left on Friday.", "2023-01-01"),
        ("OSLO, May 5 (Reuters) - The minister will leave on May 20.", "2023-05-05"),
        ("OSLO, May 5 (Reuters) - The minister died on May 1, 1950.", "2023-05-05"),
        ("The minister will visit Oslo on 20 May.", "2023-05-05"),
    ],
)
def test_a_usual_lag_or_a_coming_event_is_no_conflict(text: str, published: str) -> None:
    assert frame(text, published).date_conflict is None


def test_a_dateline_long_before_or_after_the_metadata_is_a_conflict() -> None:
    assert frame("OSLO, Jan 3 (Reuters) - The minister left.", "2023-05-04").date_conflict is not None
    assert frame("OSLO, May 24 (Reuters) - The minister left.", "2023-05-04").date_conflict is not None


def test_today_is_the_day_of_the_dateline_and_its_year_is_the_metadata_s() -> None:
    found = frame("OSLO, Dec 31 (Reuters) - The minister left today.", "2023-01-01")
    assert (found.dateline_date, found.reference_date) == ("2022-12-31", "2022-12-31")


def test_without_metadata_a_date_in_the_body_or_above_it_is_the_reference() -> None:
    assert frame("On 14 April 2023, the ministers met in Oslo.").reference_date == "2023-04-14"
    assert frame("Ministry of Foreign Affairs\n\n14 April 2023\n\nThe ministers met.").reference_date == "2023-04-14"
    assert frame("The ministers met on Tuesday.").reference_date is None


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2023-04-14T23:30:00+05:00", "2023-04-14"),
        ("Fri, 14 Apr 2023 15:53:18 +0000", "2023-04-14"),
        ("14 April 2023", "2023-04-14"),
        ("0000-00-00", None),
        ("soon", None),
        ("2023-02-30", None),
        ("", None),
    ],
)
def test_publication_times_as_sources_tell_them(published: str, day: str | None) -> None:
    assert frame("The ministers met.", published).published_date == day
