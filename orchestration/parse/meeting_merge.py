"""Which mentions in one article are of one meeting: drafts of meetings, gathered cue by cue.

Belongs here: when two mentions are the same meeting. Does not belong here: the same meeting in two articles (dbt).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from orchestration.parse.meeting_cues import Cue
from orchestration.parse.meeting_participants import Actor, to_participants
from orchestration.parse.meeting_words import Says
from orchestration.parse.model import Part, Participant
from orchestration.parse.reading import DateMention, PlaceMention

FAMILIES = {
    "meeting": frozenset({"talks", "conference", "ceremony"}),
    "meet": frozenset({"talks", "conference"}),
    "talk": frozenset({"talks", "call", "conference"}),
    "discussion": frozenset({"talks", "call", "conference"}),
    "conversation": frozenset({"talks", "call"}),
    "call": frozenset({"call", "talks"}),
    "event": frozenset({"talks", "conference", "ceremony"}),
}


@dataclass(slots=True)
class Draft:
    """One meeting in the making."""

    cues: list[Cue]
    actors: list[tuple[Actor, Part]] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    says: Says = "held"
    only: set[str] | None = None
    implied: str | None = None

    @property
    def participants(self) -> list[Participant]:
        """Those who take part, as the cues name them."""
        return [p for p in to_participants(self.actors) if self.only is None or p.party in self.only]

    @property
    def parties(self) -> set[str]:
        """The parties that take part."""
        return {p.party for p in self.participants if p.party}

    @property
    def bodies(self) -> set[str]:
        """Those of its parties that are organisations."""
        return {party for actor, _ in self.actors if actor.is_body for party in actor.parties}

    @property
    def main(self) -> Cue:
        """The cue that tells the meeting best: the first of those that come near the heaviest."""
        weights = [cue.weight + _fullness(cue) for cue in self.cues]
        return next(cue for cue, weight in zip(self.cues, weights, strict=True) if weight > max(weights) - 1.0)

    @property
    def kinds(self) -> set[str]:
        """The kinds that the cue words tell."""
        kinds: set[str] = {cue.kind for cue in self.cues}
        return kinds - {"visit"} if len(kinds) > 1 else kinds

    @property
    def is_tentative(self) -> bool:
        """True where nothing but a verb of discussing or telling speaks for a meeting."""
        return all(cue.rule == "verb_discuss" for cue in self.cues)

    @property
    def ordinal(self) -> int | None:
        """Which round or meeting of a series it is."""
        return next((cue.ordinal for cue in self.cues if cue.ordinal), None)

    def absorb(self, other: Draft) -> None:
        """Take over what another mention tells."""
        self.cues += other.cues
        enough = len(self.parties) >= 2
        named = {person.party for person in self.participants if person.name}
        in_passing = enough and all(cue.refers_back and cue.weight < 2.0 for cue in other.cues)
        for actor, part in other.actors:
            if enough and actor.is_body:
                continue
            # Who speaks after "the talks" need not have sat at the table.
            if in_passing and actor.name and named & set(actor.parties):
                continue
            self.actors.append((actor, part))
        self.dates += other.dates
        self.places += other.places
        if self.says == "scheduled" and other.says == "called_off":
            self.says = other.says


def _fullness(cue: Cue) -> float:
    fullness = min(len({party for actor, _ in cue.actors for party in actor.parties}), 2) * 0.6
    return fullness if fullness or not cue.refers_back else -2.0


def is_of_series(new: Draft, known: Draft) -> bool:
    """Whether a mention without parties of its own is another round of a meeting told before ("the second round")."""
    cue = new.cues[0]
    if len(new.parties) >= 2 or len(known.parties) < 2 or cue.is_proper:
        return False
    if cue.strength in ("visit", "ceremony", "weak"):
        return False
    if not new.parties <= known.parties or cue.kind not in known.kinds:
        return False
    other_round = bool(new.ordinal and new.ordinal != known.ordinal) or cue.is_other
    again = cue.refers_back or (cue.rule == "verb_mutual" and bool(new.parties))
    return other_round or (again and dates_conflict(new, known))


def is_same(new: Draft, known: Draft) -> bool:
    """Whether a mention is of a meeting already drafted."""
    cue = new.cues[0]
    if any(other.sentence is cue.sentence and cue.purpose_of == other.token.i for other in known.cues):
        return True
    if ("visit" in new.kinds) != ("visit" in known.kinds) or ("ceremony" in new.kinds) != ("ceremony" in known.kinds):
        return False
    if new.ordinal and known.ordinal and new.ordinal != known.ordinal:
        return False
    if "ceremony" in new.kinds and not (cue.refers_back and cue.word in {"ceremony", known.cues[0].word}):
        return False
    if cue.is_other and not cue.refers_back:
        return False
    if new.is_tentative != known.is_tentative or _is_sideline(cue, known):
        return False
    family = FAMILIES.get(cue.word, frozenset({cue.kind}))
    related = bool(family & known.kinds) or any(
        cue.kind in FAMILIES.get(c.word, frozenset({c.kind})) for c in known.cues
    )
    if not related:
        return False
    if dates_conflict(new, known) or _places_conflict(new, known):
        return False
    mine, theirs = new.parties, known.parties
    if not cue.refers_back and _people_conflict(new, known):
        return False
    if new.ordinal and new.ordinal == known.ordinal:
        return True
    if cue.is_bare and known.kinds & {cue.kind, "conference"}:
        return True
    if new.says != known.says and not cue.refers_back and not _dates_agree(new, known):
        return False
    if new.says != known.says and cue.refers_back and mine and not mine <= theirs:
        return False
    if len(mine) >= 2 and len(theirs) >= 2:
        return (
            mine <= theirs
            or theirs <= mine
            or bool(new.bodies & known.bodies and cue.sentence.index - known.cues[-1].sentence.index <= 1)
        )
    if cue.refers_back or cue.weight < 2.0:
        return not mine or not theirs or bool(mine & theirs)
    return bool(mine) and mine <= theirs


def _is_sideline(cue: Cue, known: Draft) -> bool:
    """A meeting told by a verb and the event at which it takes place are two: "are to meet at the summit"."""
    for other in known.cues:
        if other.sentence is cue.sentence and {other.token.pos_, cue.token.pos_} == {"VERB", "NOUN"}:
            event = cue if cue.token.pos_ != "VERB" else other
            if event.is_venue and event.kind == "conference":
                return True
    return False


def _people_conflict(new: Draft, known: Draft) -> bool:
    """True where different people stand for two or more of the same parties, or for one that each met by a verb."""
    mine, theirs = _names_by_party(new), _names_by_party(known)
    differing = sum(mine[party].isdisjoint(theirs[party]) for party in mine.keys() & theirs.keys())
    met_apart = all(cue.rule in _ENCOUNTERS for cue in (new.cues[0], known.cues[0]))
    apart = met_apart and new.cues[0].sentence is not known.cues[0].sentence and len(theirs) > 1 and len(mine) > 1
    return differing >= (1 if apart else 2)


_ENCOUNTERS = frozenset({"verb_mutual", "verb_confer", "verb_receive"})
"""Rules by which "A met B" and "A met C" are two meetings, each with a sentence of its own."""


def _names_by_party(draft: Draft) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for person in draft.participants:
        if person.name and person.party:
            names.setdefault(person.party, set()).add(person.name.split()[-1].lower())
    return names


def dates_conflict(new: Draft, known: Draft) -> bool:
    """True where two mentions are of different days, told or implied."""
    a = [d.start_date for d in new.dates if d.start_date]
    b = [d.start_date for d in known.dates if d.start_date]
    if _far_apart(new.implied, b) or _far_apart(known.implied, a):
        return True
    return bool(a and b) and not any(x.startswith(y) or y.startswith(x) for x in a for y in b)


def _far_apart(implied: str | None, dates: list[str]) -> bool:
    """True where a meeting told as news of the day cannot be the one of a date more than ten days off."""
    if not dates or implied is None or len(implied) < 10:
        return False
    day = dt.date.fromisoformat(implied)
    near = {(day + dt.timedelta(days=off)).isoformat() for off in range(-10, 11)}
    return not any(close.startswith(date) for date in dates for close in near)


def _dates_agree(new: Draft, known: Draft) -> bool:
    a = [d.start_date for d in new.dates if d.start_date]
    b = [d.start_date for d in known.dates if d.start_date]
    return any(x.startswith(y) or y.startswith(x) for x in a for y in b)


def _places_conflict(new: Draft, known: Draft) -> bool:
    a = {p.country for p in new.places if p.country}
    b = {p.country for p in known.places if p.country}
    return bool(a and b) and not a & b
