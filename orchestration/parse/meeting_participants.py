"""Who takes part in a meeting: the people and parties that stand in a stretch of a sentence, as a list of participants.

Belongs here: picking actors out of a phrase, joining people with their parties, the part each plays. Does not belong
here: which phrase of a sentence holds those who meet (`meeting_cues`), who is a party at all (`parties`, `people`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestration.parse.model import Part, Participant
from orchestration.parse.reading import PartyMention, PersonMention, Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

LIST_RELATIONS = frozenset(
    ["conj", "appos", "compound", "amod", "nmod", "poss", "nummod", "pobj", "nsubj", "dobj", "dep"]
)
"""Relations that lead from the head of a phrase to others who act with it."""

NOT_ACTING = frozenset(["location", "text", "none"])
"""Ways of naming a party that do not make it one who acts here."""

LIST_PREPOSITIONS = frozenset(["of", "from", "between", "among", "including", "with", "and", "like"])
GLUE_WORDS = frozenset(
    ["over", "about", "than", "some", "as", "well", "along", "together", "plus", "both", "either", "also", "then"]
)
GLUE_PARTS = frozenset(["DET", "CCONJ", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV"])


NAME_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts at one place of the text: a person with a party, or parties without a person."""

    start: int
    end: int
    parties: tuple[str, ...]
    name: str | None = None
    role: str | None = None
    is_group: bool = False
    is_body: bool = False
    words: str = ""


class Cast:
    """All actors of an article by the place where they stand; a party inside a person's title is not one of its own."""

    def __init__(self, reading: Reading) -> None:
        people = [_from_person(person) for person in reading.people]
        taken = sorted((actor.start, actor.end) for actor in people)
        parties = [
            _from_party(party) for party in reading.parties if party.how not in NOT_ACTING and not _inside(party, taken)
        ]
        self.actors = sorted([*people, *parties], key=lambda actor: (actor.start, -actor.end))
        self._starts = [actor.start for actor in self.actors]

    def between(self, start: int, end: int) -> list[Actor]:
        """The actors that begin in a stretch of text."""
        return self.actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, sentence: Sentence, token: Token) -> Actor | None:
        """The actor whose mention covers a token."""
        position = token.idx + sentence.shift
        index = bisect_left(self._starts, position + 1) - 1
        while index >= 0 and index > bisect_left(self._starts, position + 1) - 4:
            actor = self.actors[index]
            if actor.start <= position < actor.end:
                return actor
            index -= 1
        return None

    def under(self, sentence: Sentence, head: Token) -> list[Actor]:
        """Those who act together in the phrase of `head`: listed, apposed, as modifier, or after "of" and "from"."""
        found: dict[int, Actor] = {}
        waiting = [head]
        while waiting:
            token = waiting.pop()
            actor = self.at(sentence, token)
            if actor is not None:
                found[actor.start] = actor
            for child in token.children:
                relation = child.dep_
                if relation == "prep":
                    if child.lower_ in LIST_PREPOSITIONS:
                        waiting.extend(child.children)
                elif relation == "acl" and child.lower_ in ("led", "headed", "representing"):
                    waiting.extend(child.subtree)
                elif relation in LIST_RELATIONS or (actor is not None and _covers(actor, sentence, child)):
                    waiting.append(child)
        return [found[start] for start in sorted(found)]

    def listed_from(self, sentence: Sentence, tokens: list[Token], first: int) -> list[Actor]:
        """Those listed in a row from the token at index `first` on, read word by word without trust in the parse."""
        found: list[Actor] = []
        index = first
        while index < len(tokens):
            token = tokens[index]
            actor = self.at(sentence, token)
            if actor is not None:
                after = index
                while after < len(tokens) and tokens[after].idx + sentence.shift < actor.end:
                    after += 1
                if found and _is_next_clause(tokens, index, after):
                    break
                found.append(actor)
                index = max(after, index + 1)
                continue
            if not _is_glue(token, found):
                break
            index += 1
        return found


def to_participants(actors: Iterable[tuple[Actor, Part]]) -> list[Participant]:
    """One participant for each person, and one for each party that no named person stands for."""
    people: dict[str, Participant] = {}
    nameless: dict[tuple[str, str | None], Participant] = {}
    for actor, part in actors:
        if actor.name:
            key = _surname(actor)
            known = people.get(key)
            if known is None:
                people[key] = Participant(
                    " ".join(actor.name.split()), actor.role, next(iter(actor.parties), None), part
                )
            else:
                if len(actor.name) > len(known.name or ""):
                    known.name = actor.name
                known.role = known.role or actor.role
                known.party = known.party or next(iter(actor.parties), None)
                known.part = part if part != "attendee" else known.part
        else:
            for party in actor.parties:
                at = (party, None)
                if at not in nameless:
                    nameless[at] = Participant(None, actor.role, party, part)
                elif part != "attendee":
                    nameless[at].part = part
    represented = {person.party for person in people.values()}
    hosts = {at[0]: person.part for at, person in nameless.items() if person.part != "attendee"}
    for person in people.values():
        if person.part == "attendee" and person.party in hosts:
            person.part = hosts[person.party]
    return [*people.values(), *(p for (party, _), p in nameless.items() if party not in represented)]


def name_members(
    participants: list[Participant], groups: list[Actor], headline: list[Actor], cast: Cast
) -> list[Participant]:
    """Put names to parties told by office alone: those in the headline, for "the two leaders" also in the text."""
    named = [actor for actor in cast.actors if actor.name and actor.parties]
    in_headline = [actor for actor in headline if actor.name and actor.parties]
    offices = {party: office for actor in groups for party in actor.parties if (office := _office_of(actor))}
    grouped = {party for actor in groups for party in actor.parties if not _COUNTRIES.search(actor.words)}
    for participant in participants:
        party = participant.party
        if participant.name is not None or party is None:
            continue
        pool = in_headline if participant.role or party in grouped else []
        if party in offices:
            pool = [*pool, *(actor for actor in named if actor.role is None or offices[party].search(actor.role))]
        person = next((actor for actor in pool if party in actor.parties), None)
        if person is not None:
            known = [actor for actor in [*in_headline, *named] if _surname(actor) == _surname(person)]
            fullest = max(known, key=lambda actor: len(actor.name or ""))
            participant.name, participant.role = fullest.name, participant.role or fullest.role
    return participants


_COUNTRIES = re.compile(r"\b(?:countries|states|nations|governments|powers|members)\b", re.IGNORECASE)
_OFFICES = {
    re.compile(r"\b(?:leaders|presidents|heads)\b", re.IGNORECASE): re.compile(
        r"president|prime minister|premier|chancellor|king|emir|sultan|leader|crown prince", re.IGNORECASE
    ),
    re.compile(r"\bministers\b", re.IGNORECASE): re.compile(r"minister|secretary of", re.IGNORECASE),
}
"""Words for several holders of one office, and what the office of each of them is called."""


def _office_of(actor: Actor) -> re.Pattern[str] | None:
    return next((office for words, office in _OFFICES.items() if words.search(actor.words)), None)


def _surname(actor: Actor) -> str:
    words = [word for word in (actor.name or "").split() if word.strip(".,").lower() not in NAME_SUFFIXES]
    return words[-1].strip(".,").lower() if words else ""


def _from_person(person: PersonMention) -> Actor:
    parties = (person.party,) if person.party else ()
    return Actor(person.start, person.end, parties, person.name, person.role, words=person.text)


def _from_party(party: PartyMention) -> Actor:
    is_body = party.how in ("organisation", "movement")
    return Actor(party.start, party.end, party.parties, None, None, party.is_group, is_body, party.text)


def _inside(party: PartyMention, taken: list[tuple[int, int]]) -> bool:
    index = bisect_left(taken, (party.start + 1,)) - 1
    return index >= 0 and taken[index][1] > party.start


def _covers(actor: Actor, sentence: Sentence, token: Token) -> bool:
    return actor.start <= token.idx + sentence.shift < actor.end


def _is_glue(token: Token, found: list[Actor]) -> bool:
    if token.text in ",()-–/\"'“”‘’" or token.lower_ in GLUE_WORDS:
        return True
    if token.pos_ == "ADP":
        return token.lower_ in ("of", "from", "including") or (
            token.lower_ == "with"
            and bool(found)
            and token.i > 0
            and token.nbor(-1).lower_ in ("and", "along", "together")
        )
    if token.pos_ == "PRON":
        return token.tag_ == "PRP$"
    if token.pos_ == "NOUN" and token.ent_type_ == "DATE":
        return False
    return token.pos_ in GLUE_PARTS and token.lower_ not in ("to", "not", "today", "yesterday", "tomorrow", "here")


def _is_next_clause(tokens: list[Token], first: int, after: int) -> bool:
    """True where the actor is followed by a verb of its own: "… and Lavrov said"."""
    if after >= len(tokens):
        return False
    follows = tokens[after]
    return (
        follows.pos_ in ("VERB", "AUX")
        and follows.tag_ in ("VBD", "VBZ", "VBP", "MD")
        and tokens[first - 1].text in ("and", ",", "while")
    )
