"""Meetings by the codebook: which sentences tell one, who took part, when, where, of which kind and round.

Belongs here: the order of the steps and what counts. Does not belong here: commitments and demands (`statements`), the
syntax of single sentences (`meeting_cues`), merging over several articles (dbt).
"""

from __future__ import annotations

from orchestration.parse.meeting_cues import CueFinder
from orchestration.parse.meeting_fields import (
    IN_YEARS,
    format_of,
    is_locative,
    kind_of,
    mode_of,
    name_of,
    share_out,
)
from orchestration.parse.meeting_headline import Headline, read_headline
from orchestration.parse.meeting_merge import Draft, is_of_series, is_same
from orchestration.parse.meeting_participants import Cast, name_members
from orchestration.parse.model import Meeting, Participant, Span
from orchestration.parse.reading import Reading, Sentence
from orchestration.reference.tables import table


def find_meetings(reading: Reading) -> list[Meeting]:
    """The meetings that an article tells, one each, in order of their evidence, numbered m1, m2 …"""
    cast = Cast(reading)
    finder = CueFinder(reading, cast)
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        for draft in _drafts_of(sentence, finder, reading):
            if draft.says == "none":
                continue
            known = next((d for d in reversed(drafts) if is_same(draft, d)), None)
            if known is not None:
                known.absorb(draft)
                continue
            series = next((d for d in reversed(drafts) if is_of_series(draft, d)), None)
            if series is not None:
                draft.actors += [(actor, "attendee") for actor, _ in series.actors]
            if _stands_alone(draft):
                drafts.append(draft)
    if not drafts:
        return []
    headline = read_headline(reading)
    drafts = _without_loose_talk(_without_covered_visits(drafts), headline)
    meetings = [_to_meeting(draft, reading, cast, headline, index == 0) for index, draft in enumerate(drafts)]
    meetings.sort(key=lambda meeting: meeting.evidence.start)
    for number, meeting in enumerate(meetings, start=1):
        meeting.id = f"m{number}"
    return meetings


def _drafts_of(sentence: Sentence, finder: CueFinder, reading: Reading) -> list[Draft]:
    cues = finder.find(sentence)
    if not cues:
        return []
    dates = [d for d in reading.dates if sentence.start <= d.start < sentence.end]
    places = [p for p in reading.places if sentence.start <= p.start < sentence.end and is_locative(sentence, p)]
    dates_of, places_of = share_out(cues, dates), share_out(cues, places)
    drafts = []
    for index, cue in enumerate(cues):
        if cue.ordinal and IN_YEARS.match(reading.text, cue.phrase.end if cue.phrase else cue.at):
            cue.ordinal = None
        cue.name = name_of(cue, reading.text)
        drafts.append(
            Draft(
                [cue],
                list(cue.actors),
                list(dates_of[index]),
                list(places_of[index]),
                _says(cue.says, dates_of[index], reading),
            )
        )
    return drafts


def _says(says: str, dates: list, reading: Reading) -> str:
    """A date after the article's own makes a meeting scheduled, one before it held."""
    reference = reading.frame.reference_date or reading.frame.published_date
    starts = [d.start_date for d in dates if d.start_date]
    if says in ("none", "called_off") or not reference or not starts:
        return "none" if says == "unsure" else says
    if len(starts[0]) == len(reference):
        if starts[0] > reference:
            return "scheduled"
        if starts[0] < reference or says == "unsure":
            return "held"
    elif starts[0][: len(reference)] > reference[: len(starts[0])]:
        return "scheduled"
    elif starts[0] < reference[: len(starts[0])]:
        return "held"
    return "none" if says == "unsure" else says


def _stands_alone(draft: Draft) -> bool:
    """Whether a mention is enough for a meeting of its own."""
    cue = draft.main
    parties = draft.parties
    bodies = {party for party in parties if party not in _countries()}
    fixed = bool(draft.dates or draft.places)
    if cue.strength == "visit":
        return len(parties) >= 2
    if cue.rule in ("verb_mutual", "verb_gather") and bodies:
        return True
    if cue.strength in ("talks", "weak"):
        return len(parties) >= 2
    if cue.strength == "ceremony":
        return len(parties) >= 2 and cue.weight >= 2
    if cue.strength == "event":
        if len(parties) >= 2:
            return True
        if bodies or cue.is_proper:
            return fixed
        return bool(draft.dates and draft.places)
    if cue.strength == "named":
        return cue.is_proper and fixed
    return False


def _countries() -> frozenset[str]:
    return frozenset(row["code"] for row in table("countries"))


def _without_covered_visits(drafts: list[Draft]) -> list[Draft]:
    """A bare visit is recorded only when no meeting of it is described."""
    talks = [d for d in drafts if "visit" not in d.kinds]
    return [
        d
        for d in drafts
        if "visit" not in d.kinds or not any(d.parties <= t.parties and d.says == t.says for t in talks)
    ]


def _without_loose_talk(drafts: list[Draft], headline: Headline) -> list[Draft]:
    """That two "discussed" something tells a meeting only where the headline names one that the text does not."""
    told = [d for d in drafts if any(cue.rule != "verb_discuss" for cue in d.cues)]
    loose = [d for d in drafts if d not in told]
    if not loose or not headline.tells_meeting:
        return told
    first = loose[0]
    if any(first.parties & d.parties and d.main.sentence.index <= first.main.sentence.index + 1 for d in told):
        return told
    return sorted([first, *told], key=lambda d: d.main.at)


def _to_meeting(draft: Draft, reading: Reading, cast: Cast, headline: Headline, is_first: bool) -> Meeting:
    cue = draft.main
    parties = draft.parties
    bodies = {party for party in parties if party not in _countries()}
    city = next((p for p in draft.places if not p.is_country), None)
    country = city.country if city else next((p.country for p in draft.places), None)
    if "visit" in draft.kinds and country is None:
        country = next((p.party for p in draft.participants if p.part == "host"), None)
        country = country if country in _countries() else None
    mode = mode_of(draft.cues, reading.text, draft.says, bool(draft.places), headline.mode if is_first else None)
    kind = kind_of(draft.cues, len(parties), bool(bodies), mode)
    start, end = _dates(draft, reading, is_first)
    groups = {party for actor, _ in draft.actors if actor.is_group for party in actor.parties}
    participants = name_members(draft.participants, groups, headline.actors if is_first else [], cast)
    participants = _with_hosts(participants, country, kind)
    return Meeting(
        id="",
        evidence=Span(cue.sentence.start, cue.sentence.end),
        status=draft.says,  # type: ignore[arg-type]
        mode=mode,
        format=format_of(len(parties), bool(bodies)),
        kind=kind,
        name=next(
            (
                c.name
                for c in [cue, *draft.cues]
                if c.name and (c.strength in ("event", "named", "ceremony") or c.ordinal)
            ),
            None,
        ),
        ordinal=draft.ordinal if kind != "visit" else None,
        start_date=start,
        end_date=end,
        place=city.text if city else None,
        country=country,
        participants=participants,
        background=not is_first and cue.weight < 2.5,
        rule=cue.rule,
        confidence=0.7,
        plover_code="CONSULT" if draft.says == "held" else "AGREE" if draft.says == "scheduled" else "REJECT",
    )


def _dates(draft: Draft, reading: Reading, is_first: bool) -> tuple[str | None, str | None]:
    for date in draft.dates:
        if date.start_date:
            return date.start_date, date.end_date or date.start_date
    if is_first and draft.says == "held":
        day = reading.frame.reference_date or reading.frame.published_date
        return day, day
    return None, None


def _with_hosts(participants: list[Participant], country: str | None, kind: str) -> list[Participant]:
    if country and kind != "call":
        for participant in participants:
            if participant.party == country and participant.part == "attendee":
                participant.part = "host"
    return participants
