"""Publication times in the notations that news uses."""

import datetime as dt

import pytest

from orchestration.ingest.records import UnreadableError
from orchestration.ingest.times import read_published


@pytest.mark.parametrize(
    ("told", "zone", "text", "utc"),
    [
        ("Sat, 22 May 2021 12:00:47 +0000", None, "2021-05-22T12:00:47+00:00", "2021-05-22T12:00:47"),
        ("2021-10-31 13:19:08-04:00", None, "2021-10-31T13:19:08-04:00", "2021-10-31T17:19:08"),
        ("2023-04-14T23:30:00+05:00", None, "2023-04-14T23:30:00+05:00", "2023-04-14T18:30:00"),
        ("2011-05-20 12:00", "Europe/Moscow", "2011-05-20T12:00:00+04:00", "2011-05-20T08:00:00"),
        ("15:45, 23-Mar-2022", None, "2022-03-23T15:45:00", None),
        ("26-FEB-1987 15:01:01.79", None, "1987-02-26T15:01:01", None),
        ("27-MAR-1987 00:46:26.73&#5;&#5;&#5;RM", None, "1987-03-27T00:46:26", None),
        ("4:05 PM EDT, April 28, 2023", None, "2023-04-28T16:05:00-04:00", "2023-04-28T20:05:00"),
        ("Mon, 2 Sep 2024 17:07 IST", None, "2024-09-02T17:07:00", None),
        ("1681430400", None, "2023-04-14T00:00:00+00:00", "2023-04-14T00:00:00"),
        ("14 April 2023", None, "2023-04-14", None),
        ("1.5.2020", None, "2020-05-01", None),
        ("20230414", None, "2023-04-14", None),
    ],
)
def test_notations(told: str, zone: str | None, text: str, utc: str | None) -> None:
    published = read_published(told, zone)
    assert published.text == text
    assert published.date == dt.date.fromisoformat(text[:10])
    assert published.at == (dt.datetime.fromisoformat(f"{utc}+00:00") if utc else None)


def test_the_day_is_the_one_at_the_place_of_publication() -> None:
    assert read_published("2023-04-14T01:00:00+09:00").date == dt.date(2023, 4, 14)


@pytest.mark.parametrize("told", ["2021", "2021-09"])
def test_a_part_of_a_date_stays_a_part(told: str) -> None:
    published = read_published(told)
    assert (published.text, published.date, published.at) == (told, None, None)


def test_which_number_is_the_day_is_told_by_the_source() -> None:
    assert read_published("04/05/2021").text == "2021-04-05"
    assert read_published("04/05/2021", day_first=True).text == "2021-05-04"


@pytest.mark.parametrize(
    "told",
    ["0000-00-00", "0000-00-00 00:00:00", "2021-00-10", "2021-11-00", "00/00/2021", "2021-02-30", "0001-01-01",
     "1066-10-14", "9999-12-31T23:59:59-12:00", "31 June 2020"],
)  # fmt: skip
def test_days_that_cannot_be(told: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_published(told)
    assert caught.value.code == "date_impossible"
    assert told[:20] in caught.value.reason


@pytest.mark.parametrize("told", ["yesterday", "April 14", "12", "x" * 500, "May", "10:30"])
def test_what_is_no_day(told: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_published(told)
    assert caught.value.code == "date_not_understood"
