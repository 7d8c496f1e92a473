"""Where a sentence tells a meeting: the trigger word, whether it happened or is to happen, who stands around it.

Belongs here: making one cue of one meeting word, a sentence at a time. Does not belong here: the words
(`meeting_words`), the syntax of status and of company (`meeting_modality`, `meeting_company`), joining mentions of one
meeting (`meeting_merge`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orchestration.parse.meeting_company import Company, parties_of
from orchestration.parse.meeting_modality import REPORTING, carrier, noun_says, subject_of, verb_says, with_adjective
from orchestration.parse.meeting_participants import Actor, Cast
from orchestration.parse.meeting_triggers import is_blocked
from orchestration.parse.meeting_words import (
    MeetingNoun,
    MeetingVerb,
    Says,
    meeting_nouns,
    meeting_verbs,
    modality,
    people_nouns,
    read_ordinal,
)
from orchestration.parse.model import MeetingKind, Mode, Part, Span
from orchestration.parse.reading import Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMED_AFTER = frozenset(["at", "during", "after", "following", "before", "for", "of"])
"""Prepositions after which a body's name ("Council", "Assembly") stands for a session of it."""


MINISTERS = re.compile(r"\b(?:ministerial|ministers[’']?|leaders[’']?|heads of)\b", re.IGNORECASE)


WELCOME = re.compile(r"welcome(?: you)?(?: all)?(?: here)? to (?:the )?[A-Z]", re.IGNORECASE)
ORDINAL = re.compile(r"[A-Za-z]+(?:-[a-z]+)?|\d{1,3}(?:st|nd|rd|th)")


ANNOUNCED = re.compile(
    r"[^.;]{0,60}?\b(?:(?:scheduled|due|set|planned|expected|slated|to be held|to take place)\b"
    r"|(?:which|that) (?:is|will|are)\b)"
)


ENDING = re.compile(r"\s+to (?:end|conclude|finish|close|last|wrap|run)\b")
"""What is scheduled to end is going on."""


VERB_FRAMES = frozenset(
    ["mutual", "confer", "speak", "phone", "receive", "visit", "send", "gather", "discuss", "reciprocal"]
)
"""Frames in which the verb itself tells a meeting; in the others it takes a meeting noun."""


@dataclass(slots=True)
class Cue:
    """One mention of a meeting in one sentence.

    `weight` orders mentions of one meeting as evidence (a main clause before a phrase in passing). `refers_back` is
    true where the words may point at a meeting told before ("the talks").
    """

    sentence: Sentence
    at: int
    word: str
    rule: str
    kind: MeetingKind
    mode: Mode | None
    strength: str
    says: Says
    weight: float
    token: Token
    governor: Token | None = None
    actors: list[tuple[Actor, Part]] = field(default_factory=list)
    phrase: Span | None = None
    name: str | None = None
    ordinal: int | None = None
    refers_back: bool = False
    is_other: bool = False
    is_past: bool = False
    is_ahead: bool = False
    is_plural: bool = False
    is_proper: bool = False
    is_venue: bool = False
    is_matrix: bool = False
    has_company: bool = False
    is_mutual: bool = False
    is_attended: bool = False
    is_bare: bool = False
    is_goal: bool = False
    on_margins: bool = False
    purpose_of: int | None = None

    @property
    def phrase_text(self) -> str:
        """The words of a noun's phrase up to the noun."""
        if self.phrase is None:
            return ""
        return self.sentence.text[self.phrase.start - self.sentence.start : self.phrase.end - self.sentence.start]


class CueFinder:
    """Finds the cues of one article's sentences."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading = reading
        self.cast = cast
        self.company = Company(reading, cast)

    def find(self, sentence: Sentence) -> list[Cue]:
        """The meeting cues of a sentence, in order; none where the sentence was not parsed."""
        if sentence.spacy is None:
            return []
        return sorted(self._cues(sentence), key=lambda cue: cue.at)

    def _cues(self, sentence: Sentence) -> Iterator[Cue]:
        assert sentence.spacy is not None
        nouns, verbs = meeting_nouns(), meeting_verbs()
        for token in sentence.spacy:
            if token.lower_ == "welcome" and (cue := self._spoken_welcome(sentence, token)) is not None:
                yield cue
            elif token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in verbs:
                for verb in verbs[token.lemma_.lower()]:
                    if (cue := self._verb_cue(sentence, token, verb)) is not None:
                        yield cue
                        break
            elif (
                token.pos_ in ("NOUN", "PROPN", "VERB")
                and token.lower_ in nouns
                and (cue := self._noun_cue(sentence, token, nouns[token.lower_])) is not None
            ):
                yield cue

    def _verb_cue(self, sentence: Sentence, token: Token, verb: MeetingVerb) -> Cue | None:
        if verb.frame not in VERB_FRAMES:
            return None
        if token.dep_ in ("amod", "compound") or any(child.dep_ == "neg" for child in token.children):
            return None
        subject = self.company.subject_actors(sentence, token)
        others = self.company.counterparts(sentence, token, verb)
        if verb.frame == "send":
            envoys = [child for child in token.children if child.dep_ == "dobj" and child.lemma_ in people_nouns()]
            if not envoys or not subject:
                return None
            return self._visit_cue(sentence, token, verb, subject)
        if verb.frame == "visit":
            return self._visit_cue(sentence, token, verb, subject)
        if any(child.dep_ == "dobj" and child.lower_ in meeting_nouns() for child in token.children):
            return None
        together = verb.frame == "speak" and token.tag_ == "VBD" and self._speak_together(sentence, token, subject)
        if verb.frame in ("speak", "phone", "receive", "confer") and not others and not together:
            return None
        if verb.frame == "speak" and _is_to_the_press(token):
            return None
        if verb.verb == "call" and verb.frame == "confer" and not self._is_courtesy_call(sentence, token, others):
            return None
        if verb.frame == "mutual" and any(
            child.dep_ == "dobj"
            and not self.company.can_meet(sentence, child, False)
            and not self._is_day(child.idx + sentence.shift)
            for child in token.children
        ):
            return None
        undergone = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
        if verb.frame == "receive" and undergone is not None and not self.company.can_meet(sentence, undergone, True):
            return None
        if verb.frame == "phone" and any(
            child.dep_ in ("oprd", "ccomp", "prt") or (child.dep_ == "xcomp" and not _is_for_talk(child))
            for child in token.children
        ):
            return None
        if verb.verb in ("welcome", "greet") and not _is_reception(token):
            return None
        if verb.frame == "reciprocal" and not any(
            child.dep_ == "dobj" and child.lower_ in ("other", "another", "one", "each") for child in token.children
        ):
            return None
        if verb.frame == "discuss" and not parties_of(others) and len(parties_of(subject)) < 2:
            return None
        if (
            verb.frame in ("mutual", "gather", "reciprocal")
            and not others
            and not self.company.is_plural_subject(sentence, token, subject)
        ):
            return None
        says, weight = verb_says(token)
        if says == "none":
            return None
        if verb.frame == "mutual" and not subject and not others and self.company.are_ministers(token):
            subject = self.company.body_near(sentence)
        if verb.frame == "receive" and not subject:
            subject = self.company.speaking(token.idx + sentence.shift)
        actors: list[tuple[Actor, Part]] = []
        is_loose = verb.frame == "discuss" and not _is_on_the_sidelines(token)
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)
        host, guest = (others, subject) if passive else (subject, others)
        first: Part = "host" if verb.frame == "receive" else "attendee"
        actors += [(actor, first) for actor in host]
        actors += [(actor, "attendee") for actor in guest]
        actors.sort(key=lambda pair: pair[0].start)
        return Cue(
            sentence=sentence,
            at=token.idx + sentence.shift,
            word=verb.verb,
            rule="verb_confer" if verb.frame == "discuss" and not is_loose else f"verb_{verb.frame}",
            kind=verb.kind or "talks",
            mode=verb.mode,
            strength="weak" if is_loose or verb.frame == "gather" else "talks",
            says=says,
            weight=weight - (1.5 if is_loose else 0.0),
            token=token,
            governor=token,
            actors=actors,
            is_other=_is_other(token),
        )

    def _speak_together(self, sentence: Sentence, verb: Token, subject: list[Actor]) -> bool:
        """True for "the two presidents spoke today about": two persons who speak, to each other and to nobody else."""
        named = [actor for actor in subject if actor.name]
        tells = any(c.lower_ in ("about", "by") or self._is_day(c.idx + sentence.shift) for c in verb.children)
        return tells and len(named) > 1 and len(parties_of(named)) > 1 and not _is_to_the_press(verb)

    def _is_day(self, offset: int) -> bool:
        """True for "today" in "met today with", which the parser may take for whom was met."""
        return any(date.start <= offset < date.end for date in self.reading.dates)

    def _is_courtesy_call(self, sentence: Sentence, verb: Token, hosts: list[Actor]) -> bool:
        """True for "called on the President", false for "called on the President to act"."""
        asks = any(
            child.dep_ in ("xcomp", "ccomp") or (child.dep_ == "prep" and child.lower_ == "for")
            for child in verb.subtree
        )
        return not asks and any(host.name or self.company.is_official(sentence, host) for host in hosts)

    def _spoken_welcome(self, sentence: Sentence, token: Token) -> Cue | None:
        """ "Welcome to the White House", said by a host to the guests of the one other party."""
        position = token.idx + sentence.shift
        if not WELCOME.match(self.reading.text, position):
            return None
        present = self.company.speaking(position, together=True)
        if len(parties_of(present)) < 2:
            return None
        actors: list[tuple[Actor, Part]] = [
            (actor, "host" if i == 0 else "attendee") for i, actor in enumerate(present)
        ]
        return Cue(
            sentence=sentence,
            at=position,
            word="welcome",
            rule="verb_receive",
            kind="talks",
            mode="in_person",
            strength="talks",
            says="held",
            weight=2.0,
            token=token,
            governor=token,
            actors=actors,
        )

    def _visit_cue(self, sentence: Sentence, token: Token, verb: MeetingVerb, subject: list[Actor]) -> Cue | None:
        goal = self.company.goal(sentence, token, verb)
        if goal is None and verb.verb == "arrive":
            return self._arrival(sentence, token, verb)
        if goal is None or not subject:
            return None
        if (
            verb.prepositions
            and verb.frame != "send"
            and not any(actor.name or self.company.is_official(sentence, actor) for actor in subject)
        ):
            return None
        says, weight = verb_says(token)
        if says == "none" or (verb.prepositions and _has_other_purpose(token)):
            return None
        if verb.verb == "accompany":
            subject = [*subject, *self.company.accompanied(sentence, token)]
        actors: list[tuple[Actor, Part]] = [(actor, "attendee") for actor in subject]
        actors += [(actor, "host") for actor in goal]
        return Cue(
            sentence=sentence,
            at=token.idx + sentence.shift,
            word=verb.verb,
            rule="verb_visit",
            kind="visit",
            mode="in_person",
            strength="visit",
            says=says,
            weight=weight - 1.0,
            token=token,
            governor=token,
            actors=actors,
        )

    def _arrival(self, sentence: Sentence, token: Token, verb: MeetingVerb) -> Cue | None:
        """ "The envoy arrived on Friday": takes up a visit told before."""
        subject = subject_of(token)
        if subject is None or not any(child.lower_ == "the" for child in subject.children):
            return None
        says, weight = verb_says(token)
        return Cue(
            sentence=sentence,
            at=token.idx + sentence.shift,
            word=verb.verb,
            rule="verb_visit",
            kind="visit",
            mode="in_person",
            strength="echo",
            says=says,
            weight=weight - 1.0,
            token=token,
            governor=token,
            refers_back=True,
        )

    def _noun_cue(self, sentence: Sentence, token: Token, noun: MeetingNoun) -> Cue | None:
        if token.dep_ == "compound" and token.head.i > token.i:
            return None
        if token.pos_ == "VERB" and token.tag_ != "VBG":
            return None
        if token.pos_ == "VERB" and any(child.dep_ in ("dobj", "aux") for child in token.children):
            return None
        modifiers = [child for child in token.children if child.i < token.i]
        if noun.noun == "event" and any(child.lower_ == "side" for child in modifiers):
            noun = dataclasses.replace(noun, strength="event")
        of_whom = [goal for child in token.children if child.lower_ == "of" for goal in child.children]
        if is_blocked(noun.noun, modifiers) or is_blocked(noun.noun, of_whom):
            return None
        if noun.noun == "round" and any(child.lower_ == "of" for child in token.children):
            return None
        if noun.noun == "call" and not self._is_phone_call(token, modifiers):
            return None
        root = carrier(token)
        says, weight, governor, role = noun_says(root)
        for clause in token.children:
            if clause.dep_ == "relcl" and clause.lemma_.lower() in ("take", "hold", "begin", "start", "open", "end"):
                says = verb_says(clause)[0]
        for modifier in [*modifiers, *(child for child in root.children if child.i < root.i)]:
            verdict = modality("adjective").get(modifier.lower_)
            if verdict:
                says = with_adjective(says, verdict)
        if noun.strength == "named" and (
            role not in ("matrix", "venue", "object")
            or (root.dep_ == "pobj" and root.head.head.pos_ in ("NOUN", "PROPN") and root.head.lower_ != "of")
            or (root.dep_ == "pobj" and root.head.lower_ not in NAMED_AFTER and role != "object")
        ):
            return None
        says = self._announced(sentence, token, says)
        left = min(token.left_edge.i, root.left_edge.i)
        phrase_start = token.doc[left].idx + sentence.shift
        proper = (noun.strength == "event" and token.pos_ == "PROPN") or (token.text[:1].isupper() and token.i > 0)
        determiners = {child.lower_ for child in modifiers if child.dep_ == "det"}
        possessives = [child for child in modifiers if child.dep_ == "poss"]
        pronoun = any(child.tag_ == "PRP$" for child in possessives)
        actors, has_company = self._noun_actors(sentence, token, root, noun, governor, role, phrase_start)
        ordinal = self._ordinal(phrase_start, token.idx + sentence.shift)
        return Cue(
            sentence=sentence,
            at=token.idx + sentence.shift,
            word=noun.noun,
            rule=f"noun_{noun.strength}",
            kind=noun.kind,
            mode=noun.mode,
            strength=noun.strength,
            says=says,
            weight=weight,
            token=token,
            governor=governor,
            actors=actors,
            phrase=Span(phrase_start, token.idx + sentence.shift + len(token.text)),
            ordinal=ordinal,
            refers_back=bool(determiners & {"the", "this", "that", "these", "those"}) or (pronoun and not ordinal),
            is_other=any(_is_other_word(child) for child in modifiers),
            is_ahead=any(modality("adjective").get(child.lower_) == "scheduled" for child in modifiers),
            is_past=any(modality("adjective").get(child.lower_) == "held" for child in modifiers),
            is_plural=token.tag_ in ("NNS", "NNPS"),
            is_proper=proper,
            is_venue=role == "venue" or (role == "matrix" and root.head.lower_ in ("at", "during")),
            is_goal=root.dep_ == "pobj" and root.head.lower_ == "for" and root.head.head.pos_ == "NOUN",
            on_margins=role == "venue",
            is_matrix=role == "matrix" and governor is not None and governor.lemma_.lower() not in ("be", "hold"),
            is_bare=determiners == {"the"} and len(modifiers) == 1 and not has_company,
            purpose_of=self._purpose(token, root),
            has_company=has_company,
            is_mutual=has_company
            or pronoun
            or len(parties_of(self.cast.between(phrase_start, token.idx + sentence.shift))) > 1,
            is_attended=role == "object" and governor is not None and _takes_part(governor),
        )

    def _announced(self, sentence: Sentence, token: Token, says: Says) -> Says:
        """Scheduled where a participle after the noun says so ("…, due to be held in Paris")."""
        position = token.idx + sentence.shift + len(token.text)
        if says not in ("none", "called_off") and (
            match := ANNOUNCED.match(self.reading.text, position, min(position + 110, sentence.end))
        ):
            after = self.reading.text[match.end() : match.end() + 12]
            if ENDING.match(after):
                return says
            if (
                "," in match.group()[:3]
                or match.group().lstrip().startswith(("scheduled", "due", "set", "to "))
                or after
            ):
                between = token.doc[token.i + 1 :]
                for word in between:
                    if word.idx + sentence.shift >= match.end() - 1:
                        break
                    if word.tag_ in ("VBD", "VBZ", "VBP", "MD"):
                        return says
                return "scheduled"
        return says

    def _ordinal(self, start: int, end: int) -> int | None:
        """Which of a series a phrase names, apart from the days of dates in it."""
        for word in ORDINAL.finditer(self.reading.text, start, end):
            in_date = any(d.start <= word.start() < d.end for d in self.reading.dates)
            if not in_date and (number := read_ordinal(word.group())):
                return number
        return None

    def _purpose(self, token: Token, root: Token) -> int | None:
        """The index of the meeting verb that a noun after "for" completes: "met for a summit"."""
        word = token.doc[root.left_edge.i - 1] if root.left_edge.i > 0 else token
        if word.lower_ != "for":
            return None
        for before in reversed(list(word.doc[: word.i])):
            if before.pos_ == "VERB" and before.dep_ not in ("amod", "compound"):
                return before.i
        return None

    def _is_phone_call(self, token: Token, modifiers: list[Token]) -> bool:
        return (
            any(child.lower_ in ("phone", "telephone", "video", "courtesy", "conference") for child in modifiers)
            or any(child.dep_ == "prep" and child.lower_ in ("with", "between", "to") for child in token.children)
            or (
                token.dep_ == "dobj"
                and token.head.lemma_ in ("hold", "have", "convene")
                and any(child.lower_ in ("with", "between") for child in token.head.children)
            )
            or (token.dep_ == "pobj" and token.head.lower_ in ("during", "after", "following", "in"))
        )

    def _noun_actors(
        self,
        sentence: Sentence,
        token: Token,
        root: Token,
        noun: MeetingNoun,
        governor: Token | None,
        role: str,
        phrase_start: int,
    ) -> tuple[list[tuple[Actor, Part]], bool]:
        """Who takes part in a meeting that a noun names, and whether the noun has a company of its own ("with …")."""
        position = token.idx + sentence.shift
        inside = self.cast.between(phrase_start, position)
        if (
            noun.strength in ("summit", "event", "named")
            and len(inside) == 1
            and self.company.is_site(inside[0], position)
        ):
            inside = []
        actors: list[tuple[Actor, Part]] = [(actor, "attendee") for actor in inside]
        for child in token.children:
            if child.tag_ == "PRP$":
                actors += [(actor, "attendee") for actor in self.company.owner(sentence, child, governor)]
        companions = self.company.companions(sentence, token, root, governor, role)
        if not companions:
            companions = self.company.officials_there(sentence, token)
        actors += [(actor, "attendee") for actor in companions]
        actors += self.company.involved(sentence, token, root)
        if noun.strength == "visit":
            actors += self.company.travellers(sentence, token, root)
        told = parties_of([actor for actor, _ in actors])
        complete = role in ("matrix", "venue") and len(told) > 1 and noun.strength != "visit"
        if companions and governor is None and len(told) == 1 and noun.strength in ("talks", "event"):
            speaking = next((word for word in sentence.spacy or () if word.dep_ == "ROOT"), None)
            if speaking is not None and speaking.lemma_.lower() in REPORTING:
                actors += [(actor, "attendee") for actor in self.company.subject_actors(sentence, speaking)]
        if (
            len(told) < 2
            and not companions
            and governor is not None
            and root.dep_ == "pobj"
            and root.head.lower_ == "for"
        ):
            actors += [(host, "host") for host in self.company.goal_of(sentence, governor)]
        if not actors and noun.strength == "event" and MINISTERS.search(self.reading.text, phrase_start, position):
            actors += [(actor, "attendee") for actor in self.company.body_near(sentence)]
        named_only = noun.strength == "named" and role != "object"
        if governor is not None and governor.pos_ in ("VERB", "AUX") and not complete and not named_only:
            actors += self.company.governor_actors(sentence, root, governor, role)
        return actors, bool(companions)


def _is_to_the_press(verb: Token) -> bool:
    """True for "speaking at a joint news conference with": what is spoken there is spoken to reporters."""
    return any(
        goal.lower_ in ("conference", "briefing", "appearance")
        for child in verb.children
        if child.lower_ in ("at", "during", "in")
        for goal in child.children
    )


def _is_on_the_sidelines(verb: Token) -> bool:
    """True for "told his counterpart on the sidelines of the summit": who speaks to another there meets."""
    return any(
        goal.lower_ in ("sidelines", "margins")
        for child in verb.children
        if child.lower_ == "on"
        for goal in child.children
    )


def _is_reception(verb: Token) -> bool:
    """True for "welcomed him to Berlin", "at the airport", "for talks", "here"; not for welcoming what somebody did."""
    return any(child.i > verb.i and child.lower_ in ("to", "at", "in", "for", "here") for child in verb.children)


def _is_for_talk(verb: Token) -> bool:
    """True for "to congratulate", "to discuss": what a leader is called for, unlike "called him to testify"."""
    return verb.tag_ == "VB" and verb.lemma_.lower() in _REASONS_TO_CALL


_REASONS_TO_CALL = frozenset(
    {"congratulate", "discuss", "express", "thank", "convey", "offer", "reaffirm", "reiterate", "underscore", "wish"}
)


def _takes_part(verb: Token) -> bool:
    frames = {entry.frame for entry in meeting_verbs().get(verb.lemma_.lower(), ())}
    return bool(frames & {"attend", "chair", "host", "hold"})


def _has_other_purpose(verb: Token) -> bool:
    """True for a journey for something that is no meeting ("for treatment", "for the Games")."""
    goals = [goal for child in verb.children if child.lower_ == "for" for goal in child.children if goal.dep_ == "pobj"]
    return bool(goals) and not any(word.lower_ in meeting_nouns() for goal in goals for word in goal.subtree)


def _is_other(verb: Token) -> bool:
    return any(_is_other_word(child) for child in verb.children)


def _is_other_word(token: Token) -> bool:
    return token.lower_ in (
        "separate",
        "separately",
        "another",
        "other",
        "earlier",
        "previous",
        "second",
        "subsequent",
        "later",
        "additional",
    )
