"""Read a publication time as told: the day there, the moment in UTC where the zone is known, and the ISO text.

Does not belong here: dates inside the text of an article (`orchestration.parse.dates`), nor where on a page or in a
record the time stands (`kinds`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser
from dateutil import tz

from orchestration.contracts.articles import EARLIEST_PUBLICATION
from orchestration.ingest.records import UnreadableError, printable

MAX_TIME_CHARACTERS = 100

# Abbreviations that news uses, in hours from UTC. IST is left out on purpose: India, Israel and Ireland share it.
_ZONE_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "WET": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "PKT": 5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_ZONES: dict[str, dt.tzinfo] = {name: tz.tzoffset(name, hours * 3600) for name, hours in _ZONE_HOURS.items()}
# What American newspapers write the whole year round.
_ZONES |= {"ET": ZoneInfo("America/New_York"), "CT": ZoneInfo("America/Chicago")}
_ZONES |= {"MT": ZoneInfo("America/Denver"), "PT": ZoneInfo("America/Los_Angeles")}

# With dots the day comes first the world over.
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\b")
_PARTIAL = re.compile(r"(\d{4})(-(0[1-9]|1[0-2]))?")
_EPOCH = re.compile(r"1?\d{9}(\d{3})?(\.\d+)?")
# Year, month or day 0, in any order that dates are written in.
_NO_SUCH_DAY = re.compile(
    r"0{4}[-/.]|\d{4}[-/.]0?0[-/.]|\d{4}[-/.]\d{1,2}[-/.]00?(?!\d)|0?0[-/.]\d|\d{1,2}[-/.]0?0[-/.]|.{3,}[-/. ]0{4}$"
)
_GARBAGE = re.compile(r"&#\d+;|[\x00-\x08\x0e-\x1f]")
_TOLD_A_TIME = re.compile(r"\d{1,2}:\d{2}|\d[T ]\d{2}\d{2}|\b\d{1,2} ?[ap]\.?m\b", re.I)
# Two days that differ in every part: what a parser fills in for a missing part differs between them.
_FILL = (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2))


@dataclass(frozen=True, slots=True)
class Published:
    """`text` is ISO 8601 as told: a part of a date, a date, a local time, or a time with its zone.

    `date` is the day at the place of publication, None where only a month or year is told; `at` the moment in UTC, None
    where no zone or no time of day is known.
    """

    text: str
    date: dt.date | None = None
    at: dt.datetime | None = None


def read_published(told: str, time_zone: str | None = None, day_first: bool = False) -> Published:
    """Understand a publication time in any usual notation; a time without zone is one in `time_zone`, where given.

    Raises UnreadableError for a day that does not exist, one before the age of newspapers, and what is no date.
    """
    # Control characters, plain or escaped, end a date: what follows is debris of the wire.
    told = " ".join(_GARBAGE.split(told.strip(), maxsplit=1)[0].split())
    if len(told) > MAX_TIME_CHARACTERS:
        raise UnreadableError("date_not_understood", f"The date {_shown(told)} is too long to be one.", told)
    if partial := _PARTIAL.fullmatch(told):
        _check_year(told, int(partial[1]))
        return Published(told)
    if _NO_SUCH_DAY.match(told):
        raise _impossible(told)
    moment = _parse(told, day_first or bool(_DOTTED.match(told)))
    _check_year(told, moment.year)
    has_time = bool(_TOLD_A_TIME.search(told)) or bool(_EPOCH.fullmatch(told))
    if not has_time:
        return Published(moment.date().isoformat(), moment.date())
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None and time_zone is not None:
        moment = moment.replace(tzinfo=ZoneInfo(time_zone))
    if moment.tzinfo is None:
        return Published(moment.isoformat(), moment.date())
    try:
        return Published(moment.isoformat(), moment.date(), moment.astimezone(dt.UTC))
    except (OverflowError, ValueError) as error:
        raise _impossible(told) from error


def _parse(told: str, day_first: bool) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(told)
    except ValueError:
        pass
    if _EPOCH.fullmatch(told):
        seconds = float(told)
        return dt.datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, dt.UTC)
    try:
        return parsedate_to_datetime(told) if "," in told[:10] else _parse_freely(told, day_first)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _parse_freely(told, day_first)


def _parse_freely(told: str, day_first: bool) -> dt.datetime:
    try:
        first, second = (dateutil_parser.parse(told, default=fill, dayfirst=day_first, tzinfos=_zone) for fill in _FILL)
    except (dateutil_parser.ParserError, ArithmeticError, ValueError, TypeError, AttributeError) as error:
        if re.search(r"\bout of range\b|must be in", str(error)):
            raise _impossible(told) from error
        raise _not_understood(told) from error
    if first.date() != second.date():
        raise _not_understood(told)
    return first


def _zone(name: str | None, offset: int | None) -> dt.tzinfo | None:
    """The zone of an abbreviation or an offset; None where the abbreviation is shared or unknown."""
    if offset is not None:
        return tz.tzoffset(name, offset)
    return _ZONES.get(name or "")


def _check_year(told: str, year: int) -> None:
    if year < EARLIEST_PUBLICATION.year:
        raise _impossible(told)


def _shown(told: str) -> str:
    return f"'{printable(told, 40)}'"


def _impossible(told: str) -> UnreadableError:
    reason = f"The date {_shown(told)} cannot be: no such day exists, or it lies before there was news. Correct it."
    return UnreadableError("date_impossible", reason, told)


def _not_understood(told: str) -> UnreadableError:
    reason = f"The date {_shown(told)} is not understood. Write it like 2023-04-14 or 2023-04-14T09:30:00+05:00."
    return UnreadableError("date_not_understood", reason, told)
