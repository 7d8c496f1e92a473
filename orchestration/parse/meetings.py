"""Meetings by the codebook: which sentences tell one, who took part, when, where, of which kind and round.

Belongs here: the order of the steps and what counts. Does not belong here: commitments and demands (`statements`), the
syntax of single sentences (`meeting_cues`), merging over several articles (dbt).
"""

from __future__ import annotations

import dataclasses
import re
from functools import cache

from orchestration.parse.meeting_company import dateline_country
from orchestration.parse.meeting_cues import MINISTERS, Cue, CueFinder
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
from orchestration.parse.meeting_merge import Draft, dates_conflict, is_of_series, is_same
from orchestration.parse.meeting_participants import Actor, Cast, name_members
from orchestration.parse.meeting_words import Says, rule_confidence
from orchestration.parse.model import Meeting, Part, Participant, Span
from orchestration.parse.reading import DateMention, PlaceMention, Reading, Sentence
from orchestration.reference.tables import table


def find_meetings(reading: Reading) -> list[Meeting]:
    """The meetings that an article tells, one each, in order of their evidence, numbered m1, m2 …"""
    cast = Cast(reading)
    finder = CueFinder(reading, cast)
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        for draft in _drafts_of(sentence, finder, reading):
            if draft.says != "none":
                _add(draft, drafts)
    if not drafts:
        return []
    headline = read_headline(reading)
    _complete_from_headline(drafts, headline, reading.frame.reference_date)
    drafts = [draft for draft in drafts if _stands_alone(draft)]
    drafts = [d for d in _without_covered_visits(_without_loose_talk(drafts, headline)) if _is_between_parties(d)]
    main = next((d for d in drafts if not _is_aside(d)), drafts[0] if drafts else None)
    meetings = [_to_meeting(draft, reading, cast, headline, draft is main) for draft in drafts]
    _share_place(meetings)
    meetings.sort(key=lambda meeting: meeting.evidence.start)
    for number, meeting in enumerate(meetings, start=1):
        meeting.id = f"m{number}"
    return meetings


def _share_place(meetings: list[Meeting]) -> None:
    """A ceremony whose place is not told is held where the same parties met."""
    for ceremony in meetings:
        if ceremony.kind == "ceremony" and ceremony.status == "held" and ceremony.country is None:
            parties = {p.party for p in ceremony.participants}
            talks = next((m for m in meetings if m.country and m.kind == "talks" and m.status == "held"), None)
            if talks is not None and parties <= {p.party for p in talks.participants}:
                ceremony.country = talks.country


def _add(draft: Draft, drafts: list[Draft]) -> None:
    """Join a mention to the meeting that it is of, or begin a new one where it is enough for that."""
    same = [known for known in drafts if (known.parties or _stands_alone(known)) and is_same(draft, known)]
    if same:
        mine = draft.parties
        max(same, key=lambda d: (_stands_alone(d), len(mine & d.parties), d.cues[-1].at)).absorb(draft)
        return
    source = next((d for d in reversed(drafts) if is_of_series(draft, d)), None)
    if source is None and "ceremony" in draft.kinds and not draft.parties:
        held = (
            d
            for d in reversed(drafts)
            if len(d.parties) >= 2 and d.says == draft.says and not (d.is_tentative or "visit" in d.kinds)
        )
        source = next(held, None)
    if source is not None:
        draft.actors += source.actors
        if "ceremony" in draft.kinds and not draft.places:
            draft.places += source.places
    if draft.says != "unsure":
        # One that is not enough yet waits for a later sentence, or the headline, to tell more of it.
        drafts.append(draft)


def _complete_from_headline(drafts: list[Draft], headline: Headline, day: str | None) -> None:
    """Give those whom the headline names to the first mention of a meeting in the text, where that names too few."""
    parties = {party for actor in headline.actors for party in actor.parties}
    if not headline.tells_meeting or len(parties) < 2:
        return
    if any(len(d.parties & parties) >= 2 and "visit" not in d.kinds for d in drafts):
        return
    for draft in drafts:
        is_today = any(date.start_date == day for date in draft.dates) and day is not None
        told = draft.says == "held" or is_today
        if told and draft.cues[0].word in ECHOING and len(draft.parties) < 2 and draft.parties <= parties:
            draft.actors += [(actor, "attendee") for actor in headline.actors]
            draft.says = "held"
            return


def _drafts_of(sentence: Sentence, finder: CueFinder, reading: Reading) -> list[Draft]:
    cues = finder.find(sentence)
    if not cues:
        return []
    dates = [d for d in reading.dates if sentence.start <= d.start < sentence.end]
    places = [p for p in reading.places if sentence.start <= p.start < sentence.end and is_locative(sentence, p)]
    places += finder.company.here_in(sentence)
    dates_of, places_of = share_out(cues, dates), share_out(cues, places)
    for index, cue in enumerate(cues):
        if cue.is_venue and cue.governor is not None:
            # What happens at an event happens on its day.
            for other, guest in enumerate(cues):
                if guest.token.i == cue.governor.i:
                    dates_of[other] = dates_of[other] or list(dates_of[index])
    tours = {cue.token.i for cue in cues if cue.rule == "verb_visit" and len(_by_host(cue)) > 1}
    drafts = []
    for index, cue in enumerate(cues):
        if cue.token.head.i in tours and cue.token.i not in tours and cue.token.pos_ == "VERB":
            # A tour "to consult" with those at its stops is told by the stops.
            continue
        if cue.ordinal and IN_YEARS.match(reading.text, cue.phrase.end if cue.phrase else cue.at):
            cue.ordinal = None
        cue.name = name_of(cue, reading.text)
        if cue.rule == "verb_discuss":
            # Days and places beside it are those of what is discussed.
            dates_of[index], places_of[index] = [], []
        if cue.rule == "noun_visit" and cue.governor is not None and cue.governor.lemma_.lower() == "return":
            # The day is that of the return; when the journey began is not told.
            dates_of[index], cue.is_past = [], True
        says = _says(cue.says, dates_of[index], reading)
        own_dates = dates_of[index]
        attended = any(cue.governor is not None and other.token.i == cue.governor.i for other in cues)
        if cue.is_venue and attended and not cue.on_margins and not all(actor.is_body for actor, _ in cue.actors):
            # Where some meet at a summit, they are the ones named as attending it.
            cue.actors = [(actor, part) for actor, part in cue.actors if not actor.is_body]
        if cue.on_margins:
            cue.actors = [(actor, part) for actor, part in cue.actors if actor.is_body]
            own_dates = own_dates or [_month_of(date) for date in dates if date.start_date][:1]
        implied = None
        if says == "held" and not own_dates and cue.weight >= 1.5 and not (cue.refers_back or cue.is_past):
            implied = reading.frame.reference_date
        if (
            says == "held"
            and _is_present(cue)
            and any(_DAY.search(d.text) for d in own_dates)
            and not _is_by(own_dates, reading.frame.reference_date)
        ):
            cue.says = "scheduled"
        if cue.says == "scheduled":
            own_dates = [_ahead(date, reading.frame.reference_date) for date in own_dates]
            says = _says(cue.says, own_dates, reading)
        for actors in _by_host(cue):
            drafts.append(Draft([cue], actors, list(own_dates), list(places_of[index]), says, implied=implied))
    return drafts


def _is_present(cue: Cue) -> bool:
    """True for what a timetable tells in the present tense: "begins on 16 December", "are meeting on Thursday"."""
    verb = cue.governor
    if verb is None or cue.is_matrix or cue.is_venue:
        return False
    if verb.tag_ == "VBG":
        return any(child.lower_ in ("is", "are") for child in verb.children if child.dep_ == "aux")
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in (
        "begin",
        "start",
        "open",
        "resume",
        "convene",
        "meet",
    )


def _is_by(dates: list[DateMention], reference: str | None) -> bool:
    """True where one of some dates is not after the article's own."""
    return any(d.start_date and d.start_date <= (reference or "9999")[: len(d.start_date)] for d in dates)


def _month_of(date: DateMention) -> DateMention:
    """The month of a day: when a session sat at whose margins something happened on that day."""
    month = (date.start_date or "")[:7]
    return dataclasses.replace(date, start_date=month, end_date=month)


def _by_host(cue: Cue) -> list[list[tuple[Actor, Part]]]:
    """The actors of a cue; a journey to several countries is a visit to each."""
    hosts = {actor.parties: actor for actor, part in cue.actors if part == "host"}
    if cue.kind != "visit" or len(hosts) < 2:
        return [list(cue.actors)]
    guests = [(actor, part) for actor, part in cue.actors if part != "host"]
    return [[*guests, (host, "host")] for host in hosts.values()]


def _says(says: Says, dates: list[DateMention], reading: Reading) -> Says:
    """A date after the article's own makes a meeting scheduled, one before it held."""
    reference = reading.frame.reference_date or reading.frame.published_date
    date = next((d for d in dates if d.start_date), None)
    if says in ("none", "called_off") or date is None or date.start_date is None:
        return "none" if says == "unsure" else says
    if reference:
        shared = min(len(reference), len(date.start_date))
        if date.start_date[:shared] != reference[:shared]:
            return "scheduled" if date.start_date[:shared] > reference[:shared] else "held"
    if says == "unsure":
        if any(_BEHIND.search(d.text) for d in dates):
            return "held"
        ahead = any(_AHEAD.search(d.text) for d in dates)
        return "scheduled" if ahead or len(date.start_date) < 10 else "held"
    return says


_DAY = re.compile(r"\d|day\b|next|tomorrow")
"""What tells one day or a time ahead, unlike "this week" and "now"."""
_AHEAD = re.compile(r"\b(?:next|later|coming)\b", re.IGNORECASE)


_BEHIND = re.compile(r"\b(?:last|ago|past|earlier|previous)\b", re.IGNORECASE)


ECHOING = frozenset(["meeting", "talk", "conversation", "call", "negotiation", "discussion", "consultation"])
"""Nouns by which a text takes up the meeting that its headline tells."""

SETTING_OUT = frozenset(["leave"])
"""Verbs of going away, which tell a visit only with a day."""


def _stands_alone(draft: Draft) -> bool:
    """Whether the mentions of a meeting, or one of them, are enough for it."""
    return any(_is_enough(cue, draft) for cue in [draft.main, *draft.cues])


def _is_enough(cue: Cue, draft: Draft) -> bool:
    parties = draft.parties
    bodies = parties - _countries()
    fixed = bool(draft.dates or draft.places)
    if cue.rule in ("verb_mutual", "verb_gather") and bodies:
        return True
    match cue.strength:
        case "visit":
            return len(parties) >= 2 and (bool(draft.dates) or cue.word not in SETTING_OUT)
        case "talks":
            if bodies and len(parties) == 1:
                return fixed and cue.weight >= 1.5
            return len(parties) >= 2 and (fixed or _is_definite(cue, draft))
        case "weak":
            return len(parties) >= 2 and (cue.has_company or cue.token.pos_ == "VERB")
        case "ceremony":
            return len(parties) >= 2
        case "act":
            return len(parties) >= 2 and cue.is_attended
        case "summit":
            if not parties:
                return bool(draft.places) or (fixed and cue.is_proper)
            return fixed or len(parties) >= 2 or not cue.refers_back
        case "event":
            if len(parties) >= 2:
                return True
            timed = fixed or cue.is_past or cue.is_ahead
            seated = draft.says == "held" and cue.phrase is not None and MINISTERS.search(cue.phrase_text) is not None
            # "After a closed meeting, the Council called on …": what a body does after its meeting is news of it.
            acted_on = draft.says == "held" and cue.is_matrix and not cue.refers_back
            if (bodies and (timed or seated or acted_on)) or (cue.is_proper and fixed):
                return True
            return bool(draft.dates and draft.places and cue.name)
        case "named":
            return cue.is_proper and (fixed or cue.on_margins)
    return False


def _is_definite(cue: Cue, draft: Draft) -> bool:
    """False for talks that only somebody agreed or plans to begin, without a day, a place or a person."""
    if cue.word == "negotiate":
        return False
    by_verb = cue.token.pos_ == "VERB"
    return draft.says != "scheduled" or any(actor.name or (actor.is_group and by_verb) for actor, _ in draft.actors)


def _is_aside(draft: Draft) -> bool:
    """True for what is mentioned beside the news: of another time by its words, only planned, or only a venue."""
    cue = draft.main
    planned = draft.says == "scheduled" and cue.weight < 2.0
    return planned or cue.is_past or cue.on_margins or cue.weight < 1.0


def _is_between_parties(draft: Draft) -> bool:
    """False for what turned out to be a meeting inside one state."""
    parties = draft.parties
    return len(parties) != 1 or bool(parties - _countries()) or "conference" in draft.kinds


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["code"] for row in table("countries"))


def _without_covered_visits(drafts: list[Draft]) -> list[Draft]:
    """A bare visit is recorded only when no meeting of it is described."""
    talks = [d for d in drafts if "visit" not in d.kinds]
    kept = []
    for draft in drafts:
        covering = [t for t in talks if _covers(t, draft)] if "visit" in draft.kinds else []
        if not covering:
            kept.append(draft)
        for talk in covering:
            _share_visit(talk, draft)
    return kept


def _share_visit(talks: Draft, visit: Draft) -> None:
    """Talks for which a visit was made are held at its time and with its host, where nothing else is told of them."""
    if talks.is_tentative or len(visit.parties) != 2 or not visit.parties <= talks.parties:
        return
    if any(cue.mode in ("phone", "video", "unknown") for cue in talks.cues):
        return
    if talks.says == "scheduled" and not any(date.start_date for date in talks.dates):
        talks.dates += visit.dates
    if not talks.places:
        hosts = [
            a for a, part in visit.actors if part == "host" and len(a.parties) == 1 and a.parties[0] in _countries()
        ]
        talks.places += [PlaceMention(a.start, a.end, a.words, a.parties[0], is_country=True) for a in hosts[:1]]


def _covers(talks: Draft, visit: Draft) -> bool:
    """Whether a meeting is what a visit was made for: the same parties, or the guest's at a place of the host's."""
    if talks.says != visit.says or talks.is_tentative or "call" in talks.kinds or dates_conflict(visit, talks):
        return False
    guests = {party for actor, part in visit.actors if part != "host" for party in actor.parties}
    hosts = visit.parties - guests
    return visit.parties <= talks.parties or (
        bool(guests) and guests <= talks.parties and any(place.country in hosts for place in talks.places)
    )


def _without_loose_talk(drafts: list[Draft], headline: Headline) -> list[Draft]:
    """That two "discussed" something tells a meeting only where the headline names one that the text barely does."""
    told = [d for d in drafts if not d.is_tentative]
    first = next((d for d in drafts if d.is_tentative and d.says == "held"), None)
    if first is None or not headline.tells_meeting:
        return told
    in_headline = {party for actor in headline.actors for party in actor.parties}
    if len(in_headline & first.parties) >= 2:
        first.actors = [(actor, part) for actor, part in first.actors if not set(actor.parties).isdisjoint(in_headline)]
        first.only = in_headline
    for loose in (d for d in drafts if d.is_tentative):
        # What those who met discussed tells who they were.
        met = next((d for d in told if d.parties == loose.parties and d.says == loose.says), None)
        if met is not None:
            met.actors += loose.actors
    same = next((d for d in told if d.parties >= first.parties and d.says == first.says), None)
    if same is None and any(d.parties & first.parties and d.main.at < first.main.at for d in told if d.says == "held"):
        return told
    if same is None:
        return sorted([first, *told], key=lambda d: d.main.at)
    if same.main.weight < 2.0 and same.main.at > first.main.at:
        first.absorb(same)
        return sorted([first, *(d for d in told if d is not same)], key=lambda d: d.main.at)
    return told


def _to_meeting(draft: Draft, reading: Reading, cast: Cast, headline: Headline, is_first: bool) -> Meeting:
    cue = draft.main
    parties = draft.parties
    bodies = parties - _countries()
    lightest = 0.0 if draft.is_tentative else {"visit": 1.0, "ceremony": 1.5}.get(cue.kind, 2.0)
    is_background = not is_first and cue.weight < lightest
    city, told = _place_of(draft)
    country = city.country if city else told.country if told else None
    if city is None and country is None and is_first:
        city = next((p for p in headline.places if headline.tells_meeting and not p.is_country), None)
        country = city.country if city else None
    if country is None and not is_background:
        country = _country_of_dateline(draft, reading)
    if "visit" in draft.kinds and country is None:
        country = next((p.party for p in draft.participants if p.part == "host"), None)
        country = country if country in _countries() else None
    if country is None and (draft.says == "scheduled" or not is_background):
        country = _country_of_host(draft) or _country_nearby(draft, reading)
    has_day = any(len(date.start_date or "") == 10 for date in draft.dates)
    mode = mode_of(
        draft.cues, reading.text, draft.says, bool(draft.places), has_day, headline.mode if is_first else None
    )
    if mode in ("phone", "video"):
        city, country = None, None
    kind = kind_of(draft.cues, parties, bodies, mode)
    rule = f"{cue.rule}_aside" if is_background else cue.rule
    start, end = _dates(draft, reading, is_background)
    groups = [actor for actor, _ in draft.actors if actor.is_group]
    participants = draft.participants
    if not is_background or (groups and not _is_old(draft, reading)):
        participants = name_members(participants, groups, headline.actors if is_first else [], cast)
    if not is_background:
        participants = _with_delegates(participants, draft, reading, cast)
    participants = _with_hosts(participants, country, kind)
    return Meeting(
        id="",
        evidence=Span(cue.sentence.start, cue.sentence.end),
        status=draft.says,  # type: ignore[arg-type]
        mode=mode,
        format=format_of(kind, parties, bodies),
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
        background=is_background,
        rule=rule,
        confidence=rule_confidence(rule),
        plover_code="CONSULT" if draft.says == "held" else "AGREE" if draft.says == "scheduled" else "REJECT",
    )


def _place_of(draft: Draft) -> tuple[PlaceMention | None, PlaceMention | None]:
    """The city and the country told for a meeting; a place that is part of its name ("Tokyo conference") comes last."""
    names = [cue.phrase for cue in draft.cues if cue.phrase]
    places = sorted(draft.places, key=lambda place: any(name.start <= place.start < name.end for name in names))
    city = next((place for place in places if not place.is_country), None)
    country = next((place for place in places if place.is_country), None)
    if city and country and city.country != country.country and places.index(country) < places.index(city):
        city = None
    return city, country


def _country_of_dateline(draft: Draft, reading: Reading) -> str | None:
    """The country of the dateline, where one of two parties is at home there or a body sits there."""
    country = dateline_country(reading)
    if country is None or draft.says == "called_off" or any(cue.kind in ("call", "visit") for cue in draft.cues):
        return None
    parties = draft.parties
    at_home = country in parties and len(parties) == 2
    return country if at_home or (draft.says == "held" and len(parties) == 1 and parties - _countries()) else None


def _country_of_host(draft: Draft) -> str | None:
    """The one state that receives the others: who hosts a meeting hosts it at home."""
    hosts = {party for actor, part in draft.actors if part == "host" for party in actor.parties}
    return next(iter(hosts)) if len(hosts) == 1 and hosts <= _countries() and len(draft.parties) == 2 else None


def _country_nearby(draft: Draft, reading: Reading) -> str | None:
    """Where the sentence before or after says that something happens at home with one of two parties."""
    if draft.says == "called_off" or len(draft.parties) != 2 or not draft.parties <= _countries():
        return None
    sentence = draft.main.sentence
    for near in reading.sentences:
        if near.spacy is None or abs(near.index - sentence.index) != 1:
            continue
        for place in reading.places:
            if near.start <= place.start < near.end and place.country in draft.parties and is_locative(near, place):
                return place.country
    return None


def _dates(draft: Draft, reading: Reading, is_background: bool) -> tuple[str | None, str | None]:
    reference = reading.frame.reference_date or ""
    dates = [date for date in draft.dates if date.start_date and not _is_period(date) and date.start_date >= "1900"]
    if draft.says == "scheduled":
        # "Said today he will travel in May": the later one is the meeting's.
        dates.sort(key=lambda date: (date.start_date or "") <= reference)
    if dates:
        return dates[0].start_date, dates[0].end_date or dates[0].start_date
    if draft.says == "held" and not is_background and not any(cue.is_past for cue in draft.cues):
        day = reading.frame.reference_date or reading.frame.published_date
        return day, day
    return None, None


def _ahead(date: DateMention, reference: str | None) -> DateMention:
    """A month or day without a year that a meeting is planned for lies ahead of the article."""
    start, end = date.start_date or "", date.end_date or date.start_date or ""
    if not start or not reference or start[:7] >= reference[:7] or re.search(r"\d{4}|last|ago", date.text):
        return date
    later = (f"{int(day[:4]) + 1}{day[4:]}" for day in (start, end))
    return dataclasses.replace(date, start_date=next(later), end_date=next(later))


def _is_period(date: DateMention) -> bool:
    """True for a quarter, and for a run of years: what is dealt with, not when."""
    years = {(date.start_date or "")[:4], (date.end_date or date.start_date or "")[:4]}
    return len(years) > 1 or "Q" in (date.timex or "")


def _is_old(draft: Draft, reading: Reading) -> bool:
    """True for a meeting dated to another month than the article."""
    month = (reading.frame.reference_date or "")[:7]
    return any(date.start_date and not month.startswith(date.start_date[:7]) for date in draft.dates)


_DELEGATES = re.compile(
    r"\b(?:taking part|took part|participants (?:were|included)|attended by|in attendance|represent(?:ed|ing)"
    r"|(?:led|headed|chaired|co-chaired|head of|headed by|led by) |delegations?)\b",
    re.IGNORECASE,
)
"""Words of a sentence that tells who stood for the parties of the meeting told just before."""


def _with_delegates(participants: list[Participant], draft: Draft, reading: Reading, cast: Cast) -> list[Participant]:
    """Put those to a party told without a person whom the next sentence names as its delegates."""
    index = draft.main.sentence.index
    nameless = [p for p in participants if p.name is None and p.party]
    if not nameless or _is_old(draft, reading) or draft.main.is_past:
        return participants
    for sentence in reading.sentences[index + 1 : index + 3]:
        if not _DELEGATES.search(sentence.text):
            continue
        for actor in cast.between(sentence.start, sentence.end):
            empty = next((p for p in nameless if p.name is None and p.party in actor.parties), None)
            if actor.name and empty is not None:
                empty.name, empty.role = actor.name, actor.role
    return participants


def _with_hosts(participants: list[Participant], country: str | None, kind: str) -> list[Participant]:
    if country and kind != "call":
        for participant in participants:
            if participant.party == country and participant.part == "attendee":
                participant.part = "host"
    return participants
