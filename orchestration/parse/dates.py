"""Date expressions and their meaning, resolved against the article's reference date.

Belongs here: finding every expression, by patterns over the word table `date_words`, and the day, week, month or year
that it stands for. Days without a year and weekdays look back or ahead by the tense around them (`date_tense`).
Does not belong here: which date is the article's own (`frame`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as Weekday

from orchestration.parse.model import ArticleFrame
from orchestration.parse.reading import DateMention
from orchestration.reference.tables import table

Direction = Literal["past", "future", "unknown"]
EARLIEST_YEAR, LATEST_YEAR = 1700, 2199
DAYS = {"day": 1, "week": 7, "fortnight": 14}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _words(kind: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in table("date_words") if row["kind"] == kind}


def _alternatives(words: dict[str, str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered)


MONTHS = {word: int(value) for word, value in _words("month").items()}
WEEKDAYS = {word: int(value) for word, value in _words("weekday").items()}
NUMBERS = {word: int(value) for word, value in _words("number").items()}
ORDINALS = {word: int(value) for word, value in _words("ordinal").items()}
SEASONS = _words("season")
HOLIDAYS = _words("holiday")

# The pieces that all patterns are made of. Names are written with a capital (a "may" or a "march" is no month);
# everything else is matched in either case.
_S = r"(?:\s|\u00a0)+"
_MONTH = (
    "(?:"
    + "|".join(w.capitalize() + "|" + w.upper() for w in sorted(MONTHS, key=lambda w: (-len(w), w)))
    + r")(?![A-Za-z])\.?"
)
_WEEKDAY = (
    "(?:"
    + "|".join(w.capitalize() for w in sorted(WEEKDAYS, key=lambda w: (-len(w), w)) if len(w) > 5)
    + r"|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?=[.,]))(?![A-Za-z])(?:(?<=\b[A-Z]..)\.|(?<=\b[A-Z]...)\.)?"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_YEAR = r"(?:1[7-9]|20|21)\d\d(?![\d%]|[.,]\d)"
_DASH = r"\s*(?:-|–|—)\s*"
_NUMBER = rf"(?:(?i:{_alternatives(_words('number'))})|\d{{1,3}})"
_UNIT = r"(?i:days?|weeks?|fortnights?|months?|years?|decades?)"
_ORDINAL = f"(?i:{_alternatives(_words('ordinal'))})"
_SEASON = f"(?i:{_alternatives(SEASONS)})"
_PART = r"(?i:(?:mid-?)?morning|(?:mid-?)?afternoon|evening|night|lunchtime|noon|midday)"
_ROUGHLY = (
    r"(?i:early|earlier|late|later|mid|sometime|the\s+beginning\s+of|the\s+start\s+of|the\s+middle\s+of|the\s+end\s+of)"
)
_SOFT = rf"(?:(?:the{_S})?{_ROUGHLY}(?:{_S}in|-)?{_S}?)?"
_WHICH = r"(?i:last|past|previous|this|this\s+past|this\s+coming|next|coming|following|current)"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is resolved against: the reference day, and the last day that the text spoke of."""

    reference: dt.date | None
    precision: int
    recent: dt.date | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """ISO dates, possibly partial, and the TIMEX3 value, which also tells weeks, quarters and seasons."""

    start: str | None
    end: str | None
    timex: str | None
    is_relative: bool
    day: dt.date | None = None


Handler = Callable[["re.Match[str]", Anchor, Callable[[], Direction]], Meaning | None]
_RULES: list[tuple[str, re.Pattern[str], Handler]] = []


def _rule(pattern: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _RULES.append((handler.__name__.strip("_"), re.compile(pattern), handler))
        return handler

    return register


def find_dates(text: str, frame: ArticleFrame) -> list[DateMention]:
    """Every date expression of the text, in order, with the day, month or year that it stands for.

    An expression that nothing fixes (a weekday in an article without a date) is kept with no value.
    """
    reference, precision = parse_partial(frame.reference_date)
    mentions: list[DateMention] = []
    recent: dt.date | None = None
    for match, handler in _matches(text):
        start, end = match.span()
        anchor = Anchor(reference, precision, recent)
        meaning = handler(match, anchor, partial(direction_at, text, start, end))
        if meaning is None:
            continue
        recent = meaning.day or recent
        mentions.append(
            DateMention(
                start=start,
                end=end,
                text=match.group(),
                start_date=meaning.start,
                end_date=meaning.end,
                is_relative=meaning.is_relative,
                timex=meaning.timex,
                is_deadline=_DEADLINE.search(text, max(0, start - 30), start) is not None,
            )
        )
    return mentions


_DEADLINE = re.compile(
    r"(?i)\b(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|within|through|up\s+to)\s+"
    r"(?:(?:the|about|around|mid|early|late|end|of|next|this)[\s-]+){0,4}$"
)


def _matches(text: str) -> Iterator[tuple[re.Match[str], Handler]]:
    """The matches that are left when longer ones win over what they cover, earlier rules over later ones."""
    found = [
        (match.start(), -match.end(), order, match, handler)
        for order, (_, pattern, handler) in enumerate(_RULES)
        for match in pattern.finditer(text)
    ]
    last_end = -1
    for start, negative_end, _, match, handler in sorted(found, key=lambda f: f[:3]):
        if start >= last_end:
            last_end = -negative_end
            yield match, handler


# ------------------------------------------------------------------------------------------------------------ helpers


def parse_partial(value: str | None) -> tuple[dt.date | None, int]:
    """An ISO date, possibly partial, as its first day and its precision: 0 none, 1 year, 2 month, 3 day."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value or "")
    if not match:
        return None, 0
    day = make_day(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return (day, 1 + bool(match[2]) + bool(match[3])) if day else (None, 0)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """A date, or None for a day that the calendar does not have."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(word: str) -> int | None:
    word = re.sub(r"\s+", " ", word.lower())
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _month(word: str) -> int:
    return MONTHS[word.strip(". ").lower()]


def _day_number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else ORDINALS[word.lower()]


def _of_day(day: dt.date | None, end: dt.date | None = None, *, relative: bool = False) -> Meaning | None:
    if day is None:
        return None
    iso = day.isoformat()
    return Meaning(iso, (end or day).isoformat(), iso, relative, end or day)


def _of_month(year: int, month: int, *, relative: bool = False, timex: str | None = None) -> Meaning:
    value = f"{year:04d}-{month:02d}"
    return Meaning(value, value, timex or value, relative)


def _of_year(year: int, *, relative: bool = False, timex: str | None = None) -> Meaning:
    return Meaning(f"{year:04d}", f"{year:04d}", timex or f"{year:04d}", relative)


def _of_week(day: dt.date) -> Meaning:
    """A week has no ISO 8601 partial date, so it counts for the month that has most of its days."""
    year, week, _ = day.isocalendar()
    thursday = dt.date.fromisocalendar(year, week, 4)
    return _of_month(thursday.year, thursday.month, relative=True, timex=f"{year}-W{week:02d}")


def _unknown() -> Meaning:
    return Meaning(None, None, None, True)


def nearest(days: list[dt.date], reference: dt.date, direction: Direction) -> dt.date | None:
    """The day nearest to the reference day, on the side that the tense looks to rather than on the other."""
    wrong = {"past": 1, "future": -1, "unknown": 0}[direction]

    def distance(candidate: dt.date) -> int:
        days = (candidate - reference).days
        # The tense next to a date is not always the tense of what it dates: a near day outweighs a far one.
        return abs(days) * (3 if days * wrong > 0 else 1)

    return min(days, key=distance, default=None)


def nearest_day(month: int, day: int, reference: dt.date, direction: Direction) -> dt.date | None:
    """The date that a day without a year stands for."""
    years = (reference.year - 1, reference.year, reference.year + 1)
    return nearest([made for year in years if (made := make_day(year, month, day))], reference, direction)


def _year_of_month(month: int, reference: dt.date, direction: Direction) -> int:
    years = (reference.year - 1, reference.year, reference.year + 1)
    distance = {year: (year - reference.year) * 12 + month - reference.month for year in years}
    if direction == "past":
        return max(year for year in years if distance[year] <= 0)
    if direction == "future":
        return min(year for year in years if distance[year] >= 0)
    # With no tense to go by, news tells more of months behind than of months ahead.
    return min(years, key=lambda year: abs(distance[year] + 2))


@lru_cache(maxsize=1)
def _tense_pattern() -> re.Pattern[str]:
    words: dict[str, list[str]] = {"future": [], "past": []}
    for row in table("date_tense"):
        words[row["direction"]].append(r"\s+".join(map(re.escape, row["word"].split())))
    return re.compile(
        rf"(?i)(?<![\w’'])(?:(?P<future>{'|'.join(sorted(words['future'], key=len, reverse=True))})"
        rf"|(?P<past>{'|'.join(sorted(words['past'], key=len, reverse=True))}"
        r"|(?-i:(?!(?:suc|pro|ex)ceed|(?:in)?deed|need|(?:s?p|s|f|w|bl?|br|gr?)eed)[a-z]{2,}ed)))(?!\w)|(?<=\w)['’]ll\b"
    )


_SENTENCE_BREAK = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])|\n\s*\n")
_LAST_WORD = re.compile(r"\w+$")
_REACH = 300


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(row["word"] for row in table("sentence_words") if row["rule"] != "starts")


def direction_at(text: str, start: int, end: int) -> Direction:
    """Whether the words around a date look back or ahead: the nearest cue before it in its sentence, else after it."""
    before = text[max(0, start - _REACH) : start]
    for boundary in reversed(list(_SENTENCE_BREAK.finditer(before))):
        word = _LAST_WORD.search(before, 0, boundary.start())
        # "Aug. 7" and "U.S. Friday" are no ends of a sentence.
        if word is None or not (len(word.group()) == 1 or word.group().lower() in _abbreviations()):
            before = before[boundary.end() :]
            break
    after = text[end : end + _REACH // 2]
    stop = _SENTENCE_BREAK.search(after)
    after = after[: stop.start()] if stop else after
    cues = list(_tense_pattern().finditer(before))
    # "Friday's meeting will …": what follows tells of the meeting, not of Friday.
    cue = cues[-1] if cues else None if after[:2] in ("'s", "’s") else _tense_pattern().search(after)
    if cue is None:
        return "unknown"
    return "past" if cue.group("past") else "future"


# -------------------------------------------------------------------------------------------------- days with a number


@_rule(rf"\b(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
def _iso(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    return _of_day(make_day(int(match["y"]), int(match["m"]), int(match["d"])))


@_rule(r"(?<![\d./])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d./]\d)")
def _numeric(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or first > 12:
        return _of_day(make_day(year, second, first))
    # 3/4/2021 is March in one country and April in another: only the year is sure.
    return _of_day(make_day(year, first, second)) if second > 12 else _of_year(year)


_RANGE = rf"(?:{_DASH}|{_S}(?:to|and|or|through|until|till|&){_S}(?:the{_S})?)"
_WEEKDAY_BEFORE = rf"(?:(?:{_WEEKDAY})(?:,?{_S}(?:and|to){_S}{_WEEKDAY})?,?{_S})?"
_YEAR_AFTER = rf"(?:,?{_S}(?:of{_S})?(?P<y>{_YEAR}|(?i:this|last|next){_S}year))?"


def _explicit_year(match: re.Match[str], anchor: Anchor) -> int | None:
    year = match["y"]
    if year is None or year.isdigit():
        return int(year) if year else None
    if anchor.reference is None:
        return None
    return anchor.reference.year + {"last": -1, "this": 0, "next": 1}[year.split()[0].lower()]


def _resolve_days(
    match: re.Match[str],
    anchor: Anchor,
    direction: Callable[[], Direction],
    first: tuple[int, int],
    last: tuple[int, int] | None,
) -> Meaning | None:
    year = _explicit_year(match, anchor)
    if year is None and anchor.reference is None:
        return _unknown()
    if year is not None:
        start = make_day(year, *first)
    else:
        assert anchor.reference is not None
        which = (match.groupdict().get("which") or "").lower()
        told: dict[str, Direction] = {"last": "past", "next": "future"}
        start = nearest_day(*first, anchor.reference, told.get(which) or direction())
    if start is None:
        return None
    end = make_day(start.year, *last) if last else start
    if last and year is not None and end and end < start:
        start = make_day(start.year - 1, *first)
    elif last and end and end < start:
        end = make_day(start.year + 1, *last)
    return _of_day(start, end)


@_rule(
    rf"\b(?:(?P<which>(?i:last|next)){_S})?{_WEEKDAY_BEFORE}(?P<m>{_MONTH}){_S}?(?:the{_S})?(?P<d>{_DAY})"
    rf"(?:(?:,{_S}{_YEAR})?{_RANGE}(?:(?P<m2>{_MONTH}){_S})?(?P<d2>{_DAY}))?"
    rf"(?!\s*(?:p\.?m|a\.?m|pct|percent|per cent|years))"
    rf"{_YEAR_AFTER}"
)
def _month_day(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    first = (_month(match["m"]), _day_number(match["d"]))
    last = (_month(match["m2"] or match["m"]), _day_number(match["d2"])) if match["d2"] else None
    return _resolve_days(match, anchor, direction, first, last)


@_rule(
    rf"\b{_WEEKDAY_BEFORE}(?:the{_S})?(?P<d>{_DAY})(?:{_S}?(?:of{_S})?(?P<m1>{_MONTH}))?(?:(?:,?{_S}{_YEAR})?{_RANGE}(?P<d2>{_DAY}))?"
    rf"(?:{_S}|-)?(?:of{_S})?(?:(?i:early|late){_S})?(?P<m>{_MONTH}){_YEAR_AFTER}"
)
def _day_month(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    if match["m1"] and not match["d2"]:
        return None
    first = (_month(match["m1"] or match["m"]), _day_number(match["d"]))
    last = (_month(match["m"]), _day_number(match["d2"])) if match["d2"] else None
    return _resolve_days(match, anchor, direction, first, last)


@_rule(rf"\b{_WEEKDAY_BEFORE}(?P<m>{_MONTH}){_S}(?:the{_S})?(?P<d>{_ORDINAL})\b{_YEAR_AFTER}")
def _month_ordinal(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    return _resolve_days(match, anchor, direction, (_month(match["m"]), _day_number(match["d"])), None)


# ------------------------------------------------------------------------------------------------------ months, years


@_rule(
    rf"\b(?:(?P<which>{_WHICH}){_S})?{_SOFT}(?P<m>{_MONTH})(?:{_RANGE}(?P<m2>{_MONTH}))?"
    rf"(?:,?{_S}(?:of{_S})?(?P<y>{_YEAR}|(?i:this|last|next){_S}year))?"
)
def _month_alone(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    word = match["m"].strip(".")
    is_bare = match.group().strip(".") == word
    if is_bare and word in ("May", "March", "Mar", "Sun", "MAY", "MARCH", "MAR", "DEC", "SEP", "JAN"):
        prior = match.string[max(0, match.start() - 14) : match.start()]
        if not re.search(
            r"(?i)\b(?:in|by|of|since|until|till|from|during|through|before|after|for|to|between)\s+$", prior
        ):
            return None
    month = _month(word)
    year = _explicit_year(match, anchor)
    last = _month(match["m2"]) if match["m2"] else None
    relative = year is None
    if year is None:
        if anchor.reference is None:
            return _unknown()
        which = (match["which"] or "").lower()
        reference = anchor.reference
        if which in ("last", "past", "previous", "this past"):
            year = reference.year if month < reference.month else reference.year - 1
        elif which in ("next", "coming", "this coming"):
            year = reference.year if month > reference.month else reference.year + 1
        elif which in ("this", "current"):
            year = reference.year
        else:
            year = _year_of_month(month, reference, direction())
    meaning = _of_month(year, month, relative=relative)
    if last is None:
        return meaning
    end = _of_month(year + (last < month), last)
    return Meaning(meaning.start, end.start, meaning.timex, relative)


@_rule(
    rf"\b(?:(?P<which>{_WHICH}){_S})?{_SOFT}(?:the{_S})?(?P<s>{_SEASON})(?:{_S}(?:of{_S})?(?P<y>{_YEAR}|(?i:this|last|next){_S}year))?\b"
)
def _season(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    which = re.sub(r"\s+", " ", (match["which"] or "").lower())
    if not which and not match["y"]:
        return None
    season = SEASONS[match["s"].lower()]
    year = _explicit_year(match, anchor)
    if year is None:
        if anchor.reference is None:
            return _unknown()
        reference, month = anchor.reference, SEASON_MONTHS[season]
        year = reference.year
        if which in ("last", "past", "previous", "this past") and month + 2 >= reference.month:
            year -= 1
        elif which in ("next", "coming") and month <= reference.month:
            year += 1
    return _of_year(year, relative=not match["y"], timex=f"{year}-{season}")


_NO_YEAR_BEFORE = re.compile(
    r"(?i)(?:[$£€¥#]\s?|\b(?:resolution|resolutions|no\.?|number|agenda|vision|expo|flight|room|article|page|some|about|than|nearly)\s+)$"
)
_NO_YEAR_AFTER = re.compile(
    r"(?i)\s+(?:agenda\b|people|troops|soldiers|tonnes|tons|barrels|dollars|dlrs|mln|billion|million|pct|percent|points|"
    r"men|women|children|students|workers|miles|km|kilomet|feet|met(?:er|re)s|jobs|shares|hours|"
    r"deaths|refugees|prisoners|vehicles|pages|euros|pounds|years|other|of\s+the(?:m|se))"
)


@_rule(
    rf"(?<![\w$£€¥.,/-])(?:(?i:the){_S}(?:(?i:calendar|fiscal|financial){_S})?(?i:year){_S})?{_SOFT}(?P<y>{_YEAR})"
    rf"(?:(?:{_DASH}|{_S}(?:to|and|or|through){_S}|/)(?P<y2>{_YEAR}|\d\d(?!\d)))?(?P<s>['’]?s)?(?![\w/]|-\d)"
)
def _year(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    text, year = match.string, int(match["y"])
    if _NO_YEAR_BEFORE.search(text, max(0, match.start() - 14), match.start()) or _NO_YEAR_AFTER.match(
        text, match.end()
    ):
        return None
    if match["s"]:
        return Meaning(str(year), str(year + 9), f"{year // 10}", False) if year % 10 == 0 else None
    last = year
    if match["y2"]:
        last = int(match["y2"]) if len(match["y2"]) == 4 else year // 100 * 100 + int(match["y2"])
        last = last if last > year else year
    meaning = _of_year(year)
    return Meaning(meaning.start, f"{last:04d}", meaning.timex, False)


@_rule(
    rf"\b(?:(?:the{_S})?(?P<q>{_ORDINAL}|[1-4](?:st|nd|rd|th)){_S}|(?:the{_S})?(?P<which>{_WHICH}){_S})(?P<unit>quarter|half)\b"
    rf"(?:{_S}(?:of{_S})?(?P<y>{_YEAR}|(?i:this|last|next|the){_S}year))?|\bQ(?P<n>[1-4])(?:{_S}(?P<yq>{_YEAR}))?\b"
)
def _quarter(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    explicit = match["yq"] or match["y"]
    reference = anchor.reference
    if explicit and explicit.isdigit():
        year = int(explicit)
    elif reference is None:
        return _unknown()
    else:
        year = reference.year + {"last": -1, "next": 1}.get((explicit or "").split(" ")[0].lower(), 0)
    ordinal = match["n"] or match["q"]
    letter = "H" if match["unit"] == "half" else "Q"
    parts = 2 if letter == "H" else 4
    if ordinal:
        index = _day_number(ordinal)
        if index > parts:
            return None
        if (
            not explicit
            and reference is not None
            and (index - 1) * 12 // parts + 1 > reference.month
            and direction() == "past"
        ):
            year -= 1
    else:
        assert reference is not None
        shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
        count = year * parts + (reference.month - 1) * parts // 12 + shift.get((match["which"] or "").lower(), 0)
        year, index = count // parts, count % parts + 1
    months = 12 // parts
    first, last = (index - 1) * months + 1, index * months
    return Meaning(f"{year}-{first:02d}", f"{year}-{last:02d}", f"{year}-{letter}{index}", not explicit)


# ------------------------------------------------------------------------------------------ today, weekdays, and spans

_EARLY = r"(?:(?i:early|earlier|late|later|mid|overnight)[\s-]+)?"


@_rule(
    rf"\b(?:(?i:(?:the{_S})?day{_S}(?P<outer>before|after){_S}))?{_EARLY}(?P<w>(?i:today|yesterday|tomorrow|tonight))"
    rf"(?:{_S}{_PART})?(?!['’]s{_S}(?i:world|generation|society|youth))\b"
    rf"|\b(?P<this>(?i:this|last)){_S}(?P<part>(?i:morning|afternoon|evening|night))\b"
)
def _today(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    if anchor.reference is None or anchor.precision < 3:
        return _unknown()
    if match["this"]:
        shift = -1 if match["this"].lower() == "last" else 0
    else:
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["w"].lower(), 0)
    if match["outer"]:
        shift += {"before": -1, "after": 1}[match["outer"].lower()]
    return _of_day(anchor.reference + dt.timedelta(days=shift), relative=True)


_CLOCK = (
    r"(?:(?:\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b\.?|o['’]clock)|(?i:noon|midday|midnight|mid[ -]?(?:morning|afternoon))))"
)


@_rule(rf"\b{_CLOCK}(?!{_S}(?:[A-Z]{{2,4}}{_S})?(?:on{_S})?(?:{_WEEKDAY}|{_MONTH}|today|tomorrow|yesterday|\d))")
def _clock(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    base = anchor.recent or (anchor.reference if anchor.precision == 3 else None)
    return _of_day(base, relative=True) if base else None


@_rule(rf"(?i:\b(?:earlier|later){_S}in{_S}the{_S}day\b)")
def _in_the_day(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    return _of_day(anchor.reference, relative=True) if anchor.precision == 3 else _unknown()


@_rule(
    rf"\b(?:{_CLOCK}{_S}(?:[A-Z]{{2,4}}{_S})?(?:on{_S})?)?(?:(?:the{_S})?(?P<which>{_WHICH}){_S})?{_EARLY}(?P<w>{_WEEKDAY})"
    rf"(?:(?:{_DASH}|{_S}(?:to|and|or|through|until){_S})(?P<w2>{_WEEKDAY}))?"
    rf"(?:{_S}{_PART})?(?:{_S}(?P<week>(?i:last|next|this)){_S}(?i:week))?"
)
def _weekday(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    if anchor.reference is None or anchor.precision < 3:
        return _unknown()
    wanted = WEEKDAYS[match["w"].strip(".").lower()]
    which = re.sub(r"\s+", " ", (match["which"] or "").lower())
    day = _nearest_weekday(wanted, which, (match["week"] or "").lower(), anchor, direction)
    end = None
    if match["w2"]:
        end = day + dt.timedelta(days=(WEEKDAYS[match["w2"].strip(".").lower()] - wanted) % 7)
    return _of_day(day, end, relative=True)


def _nearest_weekday(wanted: int, which: str, week: str, anchor: Anchor, direction: Callable[[], Direction]) -> dt.date:
    """A weekday alone is the last or the next one by tense, the day itself included; "last" and "next" exclude it."""
    assert anchor.reference is not None
    reference = anchor.reference
    if week:
        monday = reference - dt.timedelta(days=reference.weekday())
        return monday + dt.timedelta(days=wanted + {"last": -7, "this": 0, "next": 7}[week])
    if which in ("previous", "following") and anchor.recent:
        step = 1 if which == "following" else -1
        return anchor.recent + dt.timedelta(days=step * ((step * (wanted - anchor.recent.weekday()) - 1) % 7 + 1))
    back = (reference.weekday() - wanted) % 7
    ahead = (wanted - reference.weekday()) % 7
    if which in ("last", "past", "previous", "this past"):
        return reference - dt.timedelta(days=back or 7)
    if which in ("next", "following"):
        return reference + dt.timedelta(days=ahead or 7)
    if which in ("coming", "this coming") or (back and direction() == "future"):
        return reference + dt.timedelta(days=ahead)
    return reference - dt.timedelta(days=back)


@_rule(
    rf"\b(?:(?:(?i:about|around|nearly|almost|some|just|over|more{_S}than){_S})?(?P<n>{_NUMBER})[\s-]+(?P<unit>{_UNIT})"
    rf"(?:{_S}or{_S}so)?{_S}(?P<how>(?i:ago|earlier|before|later|afterwards?|from{_S}now|hence|after))"
    rf"(?:{_S}(?P<base>(?i:today|yesterday)))?|(?i:(?:a|one)){_S}(?P<unit3>(?i:week|month|year))-(?P<how3>earlier))\b"
)
def _ago(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    number = _number(match["n"] or "one")
    how = (match["how"] or match["how3"]).lower()
    if number is None or how in ("after", "before"):
        return None
    unit = (match["unit"] or match["unit3"]).lower().rstrip("s")
    base = anchor.reference if how in ("ago", "hence") or "now" in how else anchor.recent or anchor.reference
    if base is None:
        return _unknown()
    return _shifted(
        base, unit, number if how in ("later", "afterward", "afterwards", "hence") or "now" in how else -number
    )


def _shifted(base: dt.date, unit: str, number: int) -> Meaning | None:
    """A day for days; for longer units the month or the year that it falls in, for nobody counts them to the day."""
    if abs(number) > 400 and unit != "year":
        return None
    try:
        if unit in DAYS:
            day = base + dt.timedelta(days=DAYS[unit] * number)
            return _of_day(day, relative=True) if unit == "day" else _of_week(day)
        if unit == "month":
            day = base + relativedelta(months=number)
            return _of_month(day.year, day.month, relative=True)
        year = base.year + number * (10 if unit == "decade" else 1)
    except (OverflowError, ValueError):
        return None
    return _of_year(year, relative=True) if EARLIEST_YEAR <= year <= LATEST_YEAR else None


@_rule(
    rf"\b(?P<prep>(?i:in|within|after)){_S}(?:(?i:about|the{_S}next|the{_S}coming|another){_S})?(?P<n>{_NUMBER}|(?i:a|one))[\s-]+(?P<unit>{_UNIT})(?:['’]s?{_S}time)?\b"
)
def _in_units(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    number = _number(match["n"])
    ahead = match["prep"].lower() == "within" or match.group().endswith("time") or direction() == "future"
    if number is None or match["prep"].lower() == "after" or not ahead:
        return None
    return _shifted(anchor.reference, match["unit"].lower().rstrip("s"), number) if anchor.reference else _unknown()


@_rule(
    rf"\b(?:(?:the{_S})?(?P<soft>{_ROUGHLY})(?:{_S}(?:in|of))?(?:{_S}|-))?(?P<which>(?:the{_S})?(?:{_WHICH}|(?i:same))|(?i:that|the))"
    rf"{_S}(?:(?i:calendar|fiscal|financial){_S})?(?P<unit>(?i:week|month|year|decade|weekend|day))(?!\w|-(?:long|old)|['’]s{_S}(?:end|time))(?:{_S}(?P<rel>(?i:before|after|earlier)))?"
)
def _this_unit(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    which = re.sub(r"\s+", " ", match["which"].lower()).removeprefix("the ")
    unit, soft = match["unit"].lower(), (match["soft"] or "").lower()
    rel = (match["rel"] or "").lower()
    if which == "the":
        if rel and unit == "day":
            base = anchor.recent or anchor.reference
            return _of_day(base + dt.timedelta(days=1 if rel == "after" else -1), relative=True) if base else _unknown()
        # "The end of the year" is a date, "the year" alone is not.
        if not soft or unit == "day":
            return None
        which = "this"
    told = match["which"].lower().startswith("the") or which in ("that", "same", "following")
    base = (
        (anchor.recent or anchor.reference)
        if told and which not in ("past", "last", "coming", "current")
        else anchor.reference
    )
    if base is None:
        return _unknown()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    if unit == "day":
        if which in ("same", "that"):
            return _of_day(base, relative=True)
        if which in ("next", "following", "previous") and told:
            return _of_day(base + dt.timedelta(days=shift), relative=True)
        return None
    if unit == "week":
        return _of_week(base + dt.timedelta(days=7 * shift))
    if unit == "weekend":
        saturday = base + dt.timedelta(days=5 - base.weekday() + 7 * (shift if shift > 0 else 0))
        if shift < 0 or (which != "next" and direction() == "past" and base.weekday() < 5):
            saturday -= dt.timedelta(days=7)
        return _of_day(saturday, saturday + dt.timedelta(days=1), relative=True)
    if unit == "month":
        moved = base + relativedelta(months=shift)
        return _of_month(moved.year, moved.month, relative=True)
    if unit == "decade":
        return None
    if which == "past" and "past" in match["which"].lower() and not soft:
        return None
    return _of_year(base.year + shift, relative=True)


@_rule(r"\b(?i:year[\s-]?end|(?:the\s+)?year['’]s\s+end)\b")
def _year_end(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    return _of_year(anchor.reference.year, relative=True) if anchor.reference else _unknown()


_HOLIDAY = "|".join(
    re.sub(r"\s", r"\\s+", re.sub(r"\b(?<!['’])[a-z]", lambda m: m.group().upper(), word)).replace("'", "['’]")
    for word in sorted(HOLIDAYS, key=len, reverse=True)
)


@_rule(rf"\b(?P<h>{_HOLIDAY})(?:,?{_S}(?P<y>{_YEAR}))?\b")
def _holiday(match: re.Match[str], anchor: Anchor, direction: Callable[[], Direction]) -> Meaning | None:
    value = HOLIDAYS[re.sub(r"\s+", " ", match["h"].lower().replace("’", "'"))]
    if "#" not in value:
        month, day = map(int, value.split("-"))
        return _resolve_days(match, anchor, direction, (month, day), None)
    # "11-#4-3": in November, the fourth Thursday; "11-#1-0+1": the day after the first Monday.
    rule, _, later = value.partition("+")
    month, count, weekday = map(int, rule.replace("#", "").split("-"))
    shift = relativedelta(weekday=Weekday(weekday)(count))
    reference = anchor.reference
    if match["y"]:
        return _of_day(dt.date(int(match["y"]), month, 1) + shift + dt.timedelta(int(later or 0)))
    if reference is None:
        return _unknown()
    years = (reference.year - 1, reference.year, reference.year + 1)
    days = [dt.date(year, month, 1) + shift + dt.timedelta(int(later or 0)) for year in years]
    return _of_day(nearest(days, reference, direction()), relative=True)
