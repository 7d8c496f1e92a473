"""The article's own time and place: dateline, publication date, the body's date, and where they contradict.

Does not belong here: the meaning of single date expressions (`dates`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache

from dateutil import parser as dateutil_parser

from orchestration.parse import dates
from orchestration.parse.model import ArticleFrame, ArticleText, Span
from orchestration.reference.tables import table

USUAL_LAG = dt.timedelta(days=3)
"""Between dateline and publication: copy is filed in the evening, held over a weekend, translated the day after."""
LONGEST_LAG = dt.timedelta(days=10)
"""Beyond it a dateline before the publication is no late print but a contradiction."""
ZONE_SLACK = dt.timedelta(days=1)
"""The day is already the next one east of the desk that stamps the article."""
OPENING = 700
"""Code points at the beginning in which an article tells its own day and place."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed: where it stands, separator included, and what it says."""

    span: Span
    place: str | None
    date_text: str | None
    agency: str | None


# ------------------------------------------------------------------------------------------------------------ dateline

_CAP = r"[A-ZÀ-Þ][\w.'’]*(?:-\w+)*"
_NAME = rf"{_CAP}(?:[ \u00a0](?:(?:of|the|de|del|la|al|el|and|on)[ \u00a0])?{_CAP}){{0,3}}"
_PLACE = rf"(?P<place>{_NAME}(?:/{_NAME})?(?:, ?{_NAME}){{0,2}}?)"
_MON = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?"
    r"|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?"
    r"|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ \u00a0])?"
_YEAR = r"(?:,?[ \u00a0]\d{4})?"
_DATE = (
    rf"(?P<date>{_WEEKDAY}(?:{_MON}[ \u00a0]\d{{1,2}}(?:st|nd|rd|th)?{_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \u00a0]{_MON}{_YEAR}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}))"
)
_PAREN_AGENCY = r"[(\[/](?P<agency>[A-Za-zÀ-ÿ][\w.'’ /&-]{1,40}?)[)\]/]"
_BARE_AGENCY = r"(?P<agency>[A-Z][A-Za-z]+(?:[ -][A-Z][A-Za-z]+)?)"
_DASH = r"(?:--+|—|–|-|_+|:|\|)"
_GAP = r"[\s\u00a0]*"

_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # Samarkand, Uzbekistan, 4 Apr (ZXS) -- · BEIJING, April 14 (Xinhua) -- · MOSCOW, April 3. /TASS/.
        rf"[(\[]?{_PLACE}[,.]? {_DATE}[.,]?{_GAP}{_PAREN_AGENCY}{_GAP}[.\])]?{_GAP}{_DASH}*{_GAP}",
        # TOKYO, Aug. 3, Kyodo - · MOSCOW. April 3. INTERFAX -
        rf"{_PLACE}[,.] ?{_DATE}[.,] ?{_BARE_AGENCY}{_GAP}{_DASH}+{_GAP}",
        # SYDNEY, March 25 - · [Kabul, 3 May 2022]
        rf"{_PLACE}[,.]? ?{_DATE}\.?{_GAP}{_DASH}+(?!\d){_GAP}",
        rf"[(\[]{_PLACE}[,.] ?{_DATE}[)\]]{_GAP}{_DASH}*{_GAP}",
        # WASHINGTON (AP) — · THE HAGUE, Netherlands (AP)_ · SEOUL (Reuters) -
        rf"{_PLACE},? {_PAREN_AGENCY}{_GAP}{_DASH}*{_GAP}",
        # (CNN) · (Reuters) - · /TASS/ ·  April 3 (Reuters) -
        rf"(?:{_DATE},?{_GAP})?{_PAREN_AGENCY}{_GAP}{_DASH}*{_GAP}",
        # Xinhua, Beijing, April 14 --
        rf"{_BARE_AGENCY}, {_PLACE}, {_DATE}{_GAP}{_DASH}+{_GAP}",
        # WASHINGTON — · NEW DELHI:
        rf"(?P<place>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,3}}(?:, (?:[A-Z][\w.]+ ?){{1,3}})?)"
        rf"{_GAP}(?:--+|—|–|_|-(?=\s)){_GAP}",
    )
)
_NEEDS_KNOWN_AGENCY = frozenset({1, 4, 5, 6})
_DATE_LINE = re.compile(rf"(?:(?:Published|Posted|Issued|Date|Released)(?: on| at)?:?\s*)?{_DATE}\.?\s*$")


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    return {row["agency"]: row["name"] for row in table("speech_agencies")}


def known_agency(text: str | None) -> str | None:
    """The usual name of a news agency, by any of its names in the table `speech_agencies`."""
    words = re.sub(r"\s+", " ", (text or "").strip(" .-")).lower().replace("’", "'")
    return _agencies().get(words) or _agencies().get(re.split(r"[/-]| via ", words)[0].strip())


def find_dateline(text: str) -> Span | None:
    """Where the dateline stands, separator included, or None."""
    dateline = read_dateline(text)
    return dateline.span if dateline else None


@lru_cache(maxsize=64)
def read_dateline(text: str) -> Dateline | None:
    """The dateline that opens one of the first paragraphs, in any of the wires' styles."""
    for line in re.finditer(r"[^\n]+", text[:OPENING]):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        for style, pattern in enumerate(_DATELINES):
            match = pattern.match(text, start)
            if match and match.end() - start <= 120 and _is_dateline(match, style):
                return _dateline(match)
    return None


def _is_dateline(match: re.Match[str], style: int) -> bool:
    groups = match.groupdict()
    following = match.string[match.end() : match.end() + 1]
    if style in _NEEDS_KNOWN_AGENCY and known_agency(groups.get("agency")) is None:
        return False
    # Running text goes on in lower case: "(Reuters) said", "Paris - where".
    return bool(following) and not (following.islower() and match.string[match.end() - 1] != "\n")


def _dateline(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    agency = groups.get("agency")
    place = groups.get("place")
    end = match.start() + len(match.group().rstrip())
    return Dateline(
        span=Span(match.start(), end),
        place=re.sub(r"\s+", " ", place).strip(" ,.") if place else None,
        date_text=groups.get("date"),
        agency=(known_agency(agency) or agency) if agency else None,
    )


# ---------------------------------------------------------------------------------------------------------- the frame


def read_published(value: str | None) -> dt.date | None:
    """The day of a publication time as told, in its own zone; None where it is no date or no year of print."""
    value = (value or "").strip()
    day, precision = dates.parse_partial(value)
    if precision < 3:
        try:
            day = parsedate_to_datetime(value).date()
        except (TypeError, ValueError):
            try:
                day = dateutil_parser.parse(value).date() if re.search(r"\d{4}", value) and len(value) > 7 else None
            except (ValueError, OverflowError):
                day = None
    return day if day and dates.EARLIEST_YEAR <= day.year <= dates.LATEST_YEAR else None


def read_frame(article: ArticleText) -> ArticleFrame:
    """The frame of an article, from its metadata, its dateline and its body."""
    text = article.text
    published = read_published(article.published)
    dateline = read_dateline(text)
    date_text = dateline.date_text if dateline else _own_date_line(text)
    body_start = dateline.span.end if dateline else 0
    latest = published or _resolve(date_text, None)
    body = _body_date(text, body_start, latest, latest)
    dateline_day = _resolve(date_text, published or body)
    if dateline is None and published and dateline_day and abs(published - dateline_day) > LONGEST_LAG:
        dateline_day = None
    reference, conflict = _weigh(published, dateline_day, body)
    if published is None and body is None and dateline_day is None and date_text:
        conflict = _conflict_in_an_unknown_year(text, body_start, date_text)
    return ArticleFrame(
        published_date=_iso(published),
        dateline_place=dateline.place if dateline else None,
        dateline_date=_iso(dateline_day),
        dateline_agency=dateline.agency if dateline else None,
        body_date=_iso(body),
        reference_date=_iso(reference),
        date_conflict=conflict,
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _own_date_line(text: str) -> str | None:
    """A date that stands alone on one of the first lines, as above a ministry's release."""
    for line in re.finditer(r"[^\n]+", text[:OPENING]):
        match = _DATE_LINE.match(line.group().strip())
        if match:
            return match["date"]
    return None


def _resolve(date_text: str | None, reference: dt.date | None) -> dt.date | None:
    if not date_text:
        return None
    mentions = dates.find_dates(_capitalised(date_text), ArticleFrame(reference_date=_iso(reference)))
    return next((day for m in mentions if (day := _full_day(m.start_date))), None)


def _capitalised(date_text: str) -> str:
    """Month names as in running text: wires print "march 3" and "MARCH 3" too."""
    return re.sub(r"[A-Za-z]{3,}", lambda m: m.group().capitalize(), date_text)


def _full_day(value: str | None) -> dt.date | None:
    day, precision = dates.parse_partial(value)
    return day if precision == 3 else None


_OPENS = re.compile(r"(?i)^\W*(?:(?:on|today,?)\s+)?$")
_LOCAL_TIME = re.compile(r",?\s+\(?(?:local|Moscow|Beijing) time")


def _body_date(text: str, start: int, published: dt.date | None, latest: dt.date | None) -> dt.date | None:
    """The day that the opening sentence puts its event on.

    That is a full day that opens the sentence or is called local time, and is not told as coming; failing that, the
    first full day told as past, unless it lies after `latest`: then it belongs to something still to come.
    """
    opening = text[start : start + OPENING].lstrip()
    stop = re.search(r"\n\s*\n|(?<=[a-z)\"”])\.\s+(?=[A-Z“\"])", opening)
    lead = opening[: stop.start() + 1] if stop else opening
    for mention in dates.find_dates(lead, ArticleFrame(reference_date=_iso(published))):
        day = _full_day(mention.start_date)
        if day is None or mention.is_relative or mention.is_deadline:
            continue
        direction = dates.direction_at(lead, mention.start, mention.end)
        if _LOCAL_TIME.match(lead, mention.end) or (_OPENS.match(lead[: mention.start]) and direction != "future"):
            return day
        if direction == "past" and (latest is None or day <= latest + ZONE_SLACK):
            return day
    return None


_ANY_YEAR = dt.date(2000, 7, 1)


def _conflict_in_an_unknown_year(text: str, start: int, date_text: str) -> str | None:
    """Whether dateline and body contradict each other although nothing tells the year of either."""
    dateline = _resolve(date_text, _ANY_YEAR)
    body = _body_date(text, start, _ANY_YEAR, dateline)
    if dateline is None or body is None or dateline.year != body.year or body <= dateline + ZONE_SLACK:
        return None
    return f"the dateline says {dateline.day} {dateline:%B}, but the body tells of {body.day} {body:%B} as past"


def _weigh(
    published: dt.date | None, dateline: dt.date | None, body: dt.date | None
) -> tuple[dt.date | None, str | None]:
    """The day that "today" means in the article, and what contradicts what.

    A report is dated on or after the day of the event that it tells as past, and printed on or soon after the day of
    its dateline. What breaks that is a conflict; the body then wins over the dateline, the metadata over an old one.
    """
    conflicts: list[str] = []
    dateline_is_wrong = False
    if dateline and body and body > dateline + ZONE_SLACK:
        conflicts.append(f"the dateline says {_day(dateline)}, but the body tells of {_day(body)} as past")
        dateline_is_wrong = True
    if dateline and published and not (published - LONGEST_LAG <= dateline <= published + ZONE_SLACK):
        if not dateline_is_wrong:
            conflicts.append(f"the dateline says {_day(dateline)}, the metadata {_day(published)}")
        dateline_is_wrong = True
    if body and published and body > published + ZONE_SLACK:
        conflicts.append(f"the metadata say {_day(published)}, but the body tells of {_day(body)} as past")
        published = None
    reference = published
    if dateline and not dateline_is_wrong and (published is None or abs(published - dateline) <= USUAL_LAG):
        reference = dateline
    elif reference is None:
        reference = body or dateline
    return reference, "; ".join(conflicts) or None


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
