"""Where a sentence tells a meeting: the trigger word, whether it happened or is to happen, who stands around it.

Belongs here: the syntax around meeting verbs and nouns, one sentence at a time. Does not belong here: the words
(`meeting_words`), who a phrase stands for (`meeting_participants`), joining mentions of one meeting (`meeting_merge`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orchestration.parse.meeting_participants import Actor, Cast
from orchestration.parse.meeting_words import (
    MeetingNoun,
    MeetingVerb,
    Says,
    blocks,
    meeting_nouns,
    meeting_verbs,
    modality,
    people_nouns,
    read_ordinal,
)
from orchestration.parse.model import MeetingKind, Mode, Part, Span
from orchestration.parse.reading import PlaceMention, Reading, Sentence
from orchestration.reference.gazetteer import country_of_place

if TYPE_CHECKING:
    from spacy.tokens import Token


CARRIERS = frozenset(
    [
        "round",
        "rounds",
        "series",
        "session",
        "sessions",
        "set",
        "day",
        "days",
        "hour",
        "hours",
        "week",
        "start",
        "opening",
        "beginning",
        "end",
        "conclusion",
        "part",
        "flurry",
        "bout",
        "spate",
        "couple",
        "number",
        "string",
    ]
)
"""Nouns that stand before "of talks" without being another thing: what governs them governs the talks."""

HAPPENING = frozenset(
    [
        "take",
        "be",
        "begin",
        "start",
        "open",
        "end",
        "conclude",
        "continue",
        "resume",
        "last",
        "follow",
        "focus",
        "cover",
        "come",
        "proceed",
        "go",
        "mark",
        "close",
        "wrap",
        "get",
    ]
)
NAMED_AFTER = frozenset(["at", "during", "after", "following", "before", "for", "of"])
"""Prepositions after which a body's name ("Council", "Assembly") stands for a session of it."""

LISTED = re.compile(r"\s*(?:,|and|,\s*and)?\s*(?:the\s+)?")
MINISTERS = re.compile(r"\b(?:ministerial|ministers[’']?|leaders[’']?|heads of)\b", re.IGNORECASE)
ORDINAL = re.compile(r"[A-Za-z]+(?:-[a-z]+)?|\d{1,3}(?:st|nd|rd|th)")
ANNOUNCED = re.compile(
    r"[^.;]{0,60}?\b(?:(?:scheduled|due|set|planned|expected|slated|to be held|to take place)\b"
    r"|(?:which|that) (?:is|will|are)\b)"
)

VERB_FRAMES = frozenset(
    ["mutual", "confer", "speak", "phone", "receive", "visit", "send", "gather", "discuss", "reciprocal"]
)
"""Frames in which the verb itself tells a meeting; in the others it takes a meeting noun."""

REPORTING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "report",
        "add",
        "state",
        "note",
        "confirm",
        "reveal",
        "disclose",
        "explain",
        "declare",
        "indicate",
        "inform",
        "claim",
        "write",
    ]
)
TELLING = frozenset(["tell", "inform", "assure", "urge", "ask", "thank", "brief", "warn", "remind", "press"])
EVENT_PARTS = frozenset(
    ["outcome", "result", "conclusion", "sideline", "opening", "closing", "framework", "success", "work", "agenda"]
)
"""Nouns that stand before "of" and a meeting that took place."""

OF_COMPANY = frozenset(["with", "between", "among", "amongst", "of"])
INVOLVING: dict[str, Part] = {
    "involving": "attendee",
    "attended": "attendee",
    "joined": "attendee",
    "bringing": "attendee",
    "hosted": "host",
    "organized": "host",
    "organised": "host",
    "convened": "host",
    "sponsored": "host",
    "chaired": "chair",
    "led": "chair",
}
"""Participles after a meeting noun that bring in others, and the part that these play."""

UNCERTAIN = frozenset(["probably", "possibly", "perhaps", "maybe", "likely"])
FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
HYPOTHETICAL = frozenset(["can", "could", "may", "might", "should", "must", "ought"])
MATRIX_PREPOSITIONS = frozenset(["during", "at", "in", "after", "following", "before", "on", "for"])


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


def dateline_country(reading: Reading) -> str | None:
    """The country that the place of a wire report's dateline lies in, by the borders of its time."""
    name = reading.frame.dateline_place
    if not name:
        return None
    told = (place.country for place in reading.places if place.text.casefold() == name.casefold())
    return next(told, None) or country_of_place(name.title(), name.title(), 0)


class CueFinder:
    """Finds the cues of one article's sentences."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading = reading
        self.cast = cast

    def find(self, sentence: Sentence) -> list[Cue]:
        """The meeting cues of a sentence, in order; none where the sentence was not parsed."""
        if sentence.spacy is None:
            return []
        return sorted(self._cues(sentence), key=lambda cue: cue.at)

    def _cues(self, sentence: Sentence) -> Iterator[Cue]:
        assert sentence.spacy is not None
        nouns, verbs = meeting_nouns(), meeting_verbs()
        for token in sentence.spacy:
            if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in verbs:
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

    # ------------------------------------------------------------------------------------------------------------ verbs

    def _verb_cue(self, sentence: Sentence, token: Token, verb: MeetingVerb) -> Cue | None:
        if verb.frame not in VERB_FRAMES:
            return None
        if token.dep_ in ("amod", "compound") or any(child.dep_ == "neg" for child in token.children):
            return None
        subject = self._subject_actors(sentence, token)
        others = self._counterparts(sentence, token, verb)
        if verb.frame == "send":
            envoys = [child for child in token.children if child.dep_ == "dobj" and child.lemma_ in people_nouns()]
            if not envoys or not subject:
                return None
            return self._visit_cue(sentence, token, verb, subject)
        if verb.frame == "visit":
            return self._visit_cue(sentence, token, verb, subject)
        if any(child.dep_ == "dobj" and child.lower_ in meeting_nouns() for child in token.children):
            return None
        if verb.frame in ("speak", "phone", "receive", "confer") and not others:
            return None
        if verb.frame == "mutual" and any(
            child.dep_ == "dobj" and not self._can_meet(sentence, child, False) for child in token.children
        ):
            return None
        undergone = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
        if verb.frame == "receive" and undergone is not None and not self._can_meet(sentence, undergone, True):
            return None
        if verb.frame == "phone" and any(child.dep_ in ("oprd", "ccomp", "prt", "xcomp") for child in token.children):
            return None
        if verb.verb in ("welcome", "greet") and not _is_reception(token):
            return None
        if verb.frame == "reciprocal" and not any(
            child.dep_ == "dobj" and child.lower_ in ("other", "another", "one", "each") for child in token.children
        ):
            return None
        if verb.frame == "discuss" and not _parties(others) and len(_parties(subject)) < 2:
            return None
        if (
            verb.frame in ("mutual", "gather", "reciprocal")
            and not others
            and not self._is_plural_subject(sentence, token, subject)
        ):
            return None
        says, weight = verb_says(token)
        if says == "none":
            return None
        if verb.frame == "mutual" and not subject and not others and self._are_ministers(token):
            subject = self._body_near(sentence)
        if verb.frame == "receive" and not subject:
            subject = self._speaking(token.idx + sentence.shift)
        actors: list[tuple[Actor, Part]] = []
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
            rule=f"verb_{verb.frame}",
            kind=verb.kind or "talks",
            mode=verb.mode,
            strength="weak" if verb.frame in ("discuss", "gather") else "talks",
            says=says,
            weight=weight - (1.5 if verb.frame == "discuss" else 0.0),
            token=token,
            governor=token,
            actors=actors,
            is_other=_is_other(token),
        )

    def _visit_cue(self, sentence: Sentence, token: Token, verb: MeetingVerb, subject: list[Actor]) -> Cue | None:
        goal = self._goal(sentence, token, verb)
        if goal is None and verb.verb == "arrive":
            return self._arrival(sentence, token, verb)
        if goal is None or not subject:
            return None
        if (
            verb.prepositions
            and verb.frame != "send"
            and not any(actor.name or self._is_official(sentence, actor) for actor in subject)
        ):
            return None
        says, weight = verb_says(token)
        if says == "none" or (verb.prepositions and _has_other_purpose(token)):
            return None
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

    def _goal(self, sentence: Sentence, token: Token, verb: MeetingVerb) -> list[Actor] | None:
        """Whom a traveller goes to: the object, or what follows the verb's preposition, as hosts."""
        heads: list[Token] = []
        for child in token.children:
            if (child.dep_ == "dobj" and not verb.prepositions) or (child.lower_ == "here" and child.dep_ == "advmod"):
                heads.append(child)
            elif child.dep_ in ("prep", "agent", "dative") and child.lower_ in verb.prepositions:
                heads.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
        hosts: list[Actor] = []
        for head in heads:
            for place in [head, *head.conjuncts]:
                hosts.extend(self.hosts_at(sentence, place))
            if head.dep_ == "pobj":
                hosts.extend(self._places_after(sentence, head.head))
        return hosts or None

    def _places_after(self, sentence: Sentence, preposition: Token) -> list[Actor]:
        """The countries listed right after a preposition, read off the text: "to Oman, the UAE, and Jordan"."""
        found: list[Actor] = []
        end = preposition.idx + sentence.shift + len(preposition.text)
        for place in self.reading.places:
            if place.start < end or place.start >= sentence.end:
                continue
            if not place.is_country or not LISTED.fullmatch(self.reading.text, end, place.start):
                break
            if place.country:
                found.append(Actor(place.start, place.end, (place.country,)))
            end = place.end
        return found if len(found) > 1 else []

    def hosts_at(self, sentence: Sentence, token: Token) -> list[Actor]:
        """The party whose country or city a token names, as the host of a visit to it."""
        position = token.idx + sentence.shift
        if token.lower_ == "here":
            return self.host_here(position)
        for place in self.reading.places:
            if place.start <= position < place.end and place.country:
                return [Actor(place.start, place.end, (place.country,))]
        actor = self.cast.at(sentence, token)
        return [actor] if actor is not None and actor.name is None and actor.parties else []

    def here_in(self, sentence: Sentence) -> list[PlaceMention]:
        """ "Here" in a wire report, as the place of its dateline."""
        name = self.reading.frame.dateline_place
        if not name:
            return []
        country = dateline_country(self.reading)
        words = [token for token in sentence.spacy or () if token.lower_ == "here" and token.pos_ == "ADV"]
        starts = [token.idx + sentence.shift for token in words]
        return [PlaceMention(start, start + 4, name, country) for start in starts]

    def host_here(self, position: int) -> list[Actor]:
        """The party at the place of the dateline, which "here" in a wire report points at."""
        country = dateline_country(self.reading)
        return [Actor(position, position + 4, (country,))] if country else []

    # ------------------------------------------------------------------------------------------------------------ nouns

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
        if _is_blocked(noun.noun, modifiers):
            return None
        if noun.noun == "round" and any(child.lower_ == "of" for child in token.children):
            return None
        if noun.noun == "call" and not self._is_phone_call(token, modifiers):
            return None
        root = _carrier(token)
        says, weight, governor, role = noun_says(root)
        for clause in token.children:
            if clause.dep_ == "relcl" and clause.lemma_.lower() in ("take", "hold", "begin", "start", "open", "end"):
                says = verb_says(clause)[0]
        for modifier in [*modifiers, *(child for child in root.children if child.i < root.i)]:
            verdict = modality("adjective").get(modifier.lower_)
            if verdict:
                says = _with_adjective(says, verdict)
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
            or len(_parties(self.cast.between(phrase_start, token.idx + sentence.shift))) > 1,
            is_attended=role == "object" and governor is not None and _takes_part(governor),
        )

    def _announced(self, sentence: Sentence, token: Token, says: Says) -> Says:
        """Scheduled where a participle after the noun says so ("…, due to be held in Paris")."""
        position = token.idx + sentence.shift + len(token.text)
        if says not in ("none", "called_off") and (
            match := ANNOUNCED.match(self.reading.text, position, min(position + 110, sentence.end))
        ):
            after = self.reading.text[match.end() : match.end() + 12]
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
        if noun.strength in ("summit", "event", "named") and len(inside) == 1 and self._is_site(inside[0], position):
            inside = []
        actors: list[tuple[Actor, Part]] = [(actor, "attendee") for actor in inside]
        for child in token.children:
            if child.tag_ == "PRP$":
                actors += [(actor, "attendee") for actor in self._owner(sentence, child, governor)]
        companions = self._companions(sentence, token, root, governor, role)
        if not companions:
            companions = self._officials_there(sentence, token)
        actors += [(actor, "attendee") for actor in companions]
        actors += self._involved(sentence, token, root)
        if noun.strength == "visit":
            actors += self._travellers(sentence, token, root)
        told = _parties([actor for actor, _ in actors])
        complete = role in ("matrix", "venue") and len(told) > 1
        if companions and governor is None and len(told) == 1 and noun.strength in ("talks", "event"):
            speaking = next((word for word in sentence.spacy or () if word.dep_ == "ROOT"), None)
            if speaking is not None and speaking.lemma_.lower() in REPORTING:
                actors += [(actor, "attendee") for actor in self._subject_actors(sentence, speaking)]
        if len(told) < 2 and governor is not None and root.dep_ == "pobj" and root.head.lower_ == "for":
            actors += [(host, "host") for host in self._goal_of(sentence, governor)]
        if not actors and noun.strength == "event" and MINISTERS.search(self.reading.text, phrase_start, position):
            actors += [(actor, "attendee") for actor in self._body_near(sentence)]
        named_only = noun.strength == "named" and role != "object"
        if governor is not None and governor.pos_ in ("VERB", "AUX") and not complete and not named_only:
            actors += self._governor_actors(sentence, root, governor, role)
        return actors, bool(companions)

    def _goal_of(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """The party at the place where somebody is or goes "for talks"."""
        if verb.lemma_.lower() not in ("be", "arrive", "come", "fly", "travel", "go", "leave", "visit", "return"):
            return []
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "to", "for"):
                for place in child.children:
                    if place.dep_ == "pobj" and (hosts := self.hosts_at(sentence, place)):
                        return hosts
        return []

    def _body_near(self, sentence: Sentence) -> list[Actor]:
        """The organisation whose ministers meet: one that the sentence names, else the last one before it."""
        for actors in (
            self.cast.between(sentence.start, sentence.end),
            self.cast.between(max(0, sentence.start - 600), sentence.start)[::-1],
        ):
            bodies = [actor for actor in actors if actor.is_body]
            if bodies:
                return bodies[:1]
        return []

    def _is_site(self, actor: Actor, position: int) -> bool:
        """True for the country right before a noun: "the Hong Kong summit" tells where, not who."""
        return position - actor.end == 1 and any(
            actor.start <= place.start < actor.end and place.is_country for place in self.reading.places
        )

    def _companions(
        self, sentence: Sentence, token: Token, root: Token, governor: Token | None, role: str
    ) -> list[Actor]:
        """Those after "with", "between", "of" at the noun, or at the verb that holds it."""
        companions: list[Actor] = []
        for word in {token, root}:
            for child in word.children:
                if child.i < token.i or child.dep_ != "prep":
                    continue
                for_people = child.lower_ == "for" and any(goal.lemma_ in people_nouns() for goal in child.children)
                if child.lower_ in OF_COMPANY or for_people:
                    companions += self._listed_after(sentence, child)
        if governor is not None and role in ("object", "subject"):
            for child in governor.children:
                if child.i > token.i and child.dep_ == "prep" and child.lower_ in ("with", "between", "among"):
                    companions += self._listed_after(sentence, child)
        return companions or self._next_companions(sentence, list(sentence.spacy or ()), token)

    def _officials_there(self, sentence: Sentence, word: Token) -> list[Actor]:
        """The party at the place told: "talks with officials in Tehran", "flies to Japan for talks with leaders"."""
        company = next((w for w in word.subtree if w.lower_ == "with" and w.i > word.i), None)
        if company is None or not any(goal.lemma_.lower() in people_nouns() for goal in company.children):
            return []
        if any(w.lower_ == "here" for w in company.subtree):
            return self.host_here(company.idx + sentence.shift)
        for other in sentence.spacy or ():
            if other.dep_ == "pobj" and other.head.lower_ in ("in", "to") and (hosts := self.hosts_at(sentence, other)):
                return hosts
        return []

    def _involved(self, sentence: Sentence, token: Token, root: Token) -> list[tuple[Actor, Part]]:
        """Those after "attended by", "hosted by", "involving" at the noun, each with their part."""
        actors: list[tuple[Actor, Part]] = []
        for word in {token, root}:
            for child in word.children:
                part = INVOLVING.get(child.lower_)
                if part is None or child.i < token.i or child.dep_ not in ("acl", "relcl"):
                    continue
                agents = [c for c in child.children if c.dep_ == "agent"]
                actors += [(actor, part) for actor in self._listed_after(sentence, agents[0] if agents else child)]
        return actors

    def _travellers(self, sentence: Sentence, token: Token, root: Token) -> list[tuple[Actor, Part]]:
        """The guests after "by" and the hosts after "to" at a noun for a journey."""
        actors: list[tuple[Actor, Part]] = []
        for child in token.children:
            if child.i < token.i and child.dep_ in ("compound", "amod", "nmod"):
                actors += [(host, "host") for host in self.hosts_at(sentence, child)]
        for word in {token, root}:
            for child in word.children:
                if child.dep_ in ("prep", "agent") and child.lower_ == "by":
                    actors += [(actor, "attendee") for actor in self._listed_after(sentence, child)]
                if child.lower_ == "here":
                    actors += [(host, "host") for host in self.hosts_at(sentence, child)]
                if child.dep_ == "prep" and child.lower_ in ("to", "in"):
                    goals = [goal for goal in child.children if goal.dep_ == "pobj"]
                    for place in [place for goal in goals for place in (goal, *goal.conjuncts)]:
                        actors += [(host, "host") for host in self.hosts_at(sentence, place)]
                    actors += [(host, "host") for host in self._places_after(sentence, child)]
        return actors

    def _listed_after(self, sentence: Sentence, word: Token) -> list[Actor]:
        tokens = list(sentence.spacy or ())
        return self.cast.listed_from(sentence, tokens, word.i - tokens[0].i + 1)

    def _next_companions(self, sentence: Sentence, tokens: list[Token], token: Token) -> list[Actor]:
        """Those after the next "with" or "between", where no verb or other comma stands before it."""
        for word in tokens[token.i - tokens[0].i + 1 :][:14]:
            if word.pos_ in ("VERB", "AUX") or word.text in (",", ";", ":", "."):
                break
            if word.lower_ in ("with", "between", "among"):
                return self.cast.listed_from(sentence, tokens, word.i - tokens[0].i + 1)
        return []

    def _governor_actors(
        self, sentence: Sentence, token: Token, governor: Token, role: str
    ) -> list[tuple[Actor, Part]]:
        frames = {verb.frame for verb in meeting_verbs().get(governor.lemma_.lower(), ())}
        actors: list[tuple[Actor, Part]] = []
        if role == "object":
            part: Part = "attendee"
            if "chair" in frames:
                part = "chair"
            elif "host" in frames or governor.lemma_.lower() in ("convene",):
                part = "host"
            elif not frames & {"hold", "attend", "receive", "gather"}:
                return []
            actors += [(actor, part) for actor in self._subject_actors(sentence, governor)]
            actors += [(actor, part) for actor in self._agents(sentence, governor)]
        elif role == "topic" and modality("verb").get(governor.lemma_.lower()) == "scheduled":
            actors += [(actor, "attendee") for actor in self._subject_actors(sentence, governor)]
        elif role in ("matrix", "venue"):
            actors += [(actor, "attendee") for actor in self._subject_actors(sentence, governor)]
            preposition = token.head.lower_ if token.dep_ == "pobj" else ""
            if preposition in ("during", "at", "in") and governor.lemma_.lower() in TELLING:
                for child in governor.children:
                    if child.dep_ in ("dobj", "dative") and (actor := self.cast.at(sentence, child)) is not None:
                        actors.append((actor, "attendee"))
        elif role == "loose" and token.dep_ == "pobj" and token.head.head.lemma_.lower() in ("host", "organiser"):
            root = next((word for word in governor.ancestors if word.dep_ == "ROOT"), governor)
            actors += [(actor, "host") for actor in self._subject_actors(sentence, root)]
        elif role == "subject":
            actors += [(actor, "host") for actor in self._agents(sentence, governor)]
        return actors

    # ---------------------------------------------------------------------------------------------------------- phrases

    def _agents(self, sentence: Sentence, verb: Token) -> list[Actor]:
        tokens = list(sentence.spacy or ())
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return self.cast.listed_from(sentence, tokens, child.i - tokens[0].i + 1)
        return []

    def _subject_actors(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """Who does what the verb says: its subject, or that of the verb above; pronouns by what they stand for."""
        subject = subject_of(verb)
        if subject is None:
            return []
        actors: dict[int, Actor] = {}
        for head in {subject, *(child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))}:
            actors |= {actor.start: actor for actor in self.cast.under(sentence, head)}
        if actors:
            first = self._behind_pronoun(sentence, subject) if subject.pos_ == "PRON" else []
            return [*first, *(actors[start] for start in sorted(actors))]
        return self._behind_pronoun(sentence, subject) or self._before(sentence, subject, verb)

    def _before(self, sentence: Sentence, subject: Token, verb: Token) -> list[Actor]:
        """The actors between the start of the subject's phrase and its verb, where the parse of a name went wrong."""
        if subject.i > verb.i or subject.pos_ == "PRON":
            return []
        start = subject.left_edge.idx + sentence.shift
        return [a for a in self.cast.between(start, verb.idx + sentence.shift) if a.name or a.parties]

    def _behind_pronoun(self, sentence: Sentence, subject: Token) -> list[Actor]:
        """Whom "he", "it" or "they" stands for: the speaker in reported speech, else the last one named that fits."""
        if subject.lower_ in ("i", "we", "me", "us"):
            return self._speaking(subject.idx + sentence.shift)
        if subject.pos_ != "PRON" or subject.lower_ not in ("he", "she", "who", "it", "they"):
            return []
        speaker = _speaker_above(subject)
        if speaker is not None and (actors := self.cast.under(sentence, speaker)):
            return actors
        return self._last_before(subject.idx + sentence.shift, subject.lower_)

    def _owner(self, sentence: Sentence, pronoun: Token, governor: Token | None) -> list[Actor]:
        """Whose "his visit" or "their talks" is: the subject's of the clause, else the last one named that fits."""
        if pronoun.lower_ in ("our", "my"):
            return self._speaking(pronoun.idx + sentence.shift, together=pronoun.lower_ == "our")
        plural = pronoun.lower_ == "their"
        if governor is not None and (subject := subject_of(governor)) is not None and pronoun not in subject.subtree:
            actors = self.cast.under(sentence, subject) or self._behind_pronoun(sentence, subject)
            several = len(_parties(actors)) > 1 or any(actor.is_group or actor.is_body for actor in actors)
            if actors and (several if plural else len(actors) == 1):
                return actors
        return self._last_before(pronoun.idx + sentence.shift, pronoun.lower_)

    def _speaking(self, position: int, together: bool = False) -> list[Actor]:
        """Who says the words at a place, for "I" and "we" in speech; those spoken to are not known."""
        for attribution in self.reading.attributions:
            span = attribution.content
            if span.start <= position < span.end and attribution.speakers:
                speaker = Actor(position, position, attribution.speakers, attribution.speaker_name)
                return [speaker, *self._other_side(speaker)] if together else [speaker]
        return []

    def _other_side(self, speaker: Actor) -> list[Actor]:
        """Those of the one other party whose people the article names: whom a speaker means by "our meeting"."""
        others = [actor for actor in self.cast.actors if actor.name and not set(actor.parties) & set(speaker.parties)]
        parties = _parties(others)
        return others[:1] if len(parties) == 1 and len({actor.name for actor in others}) == 1 else []

    def _last_before(self, position: int, pronoun: str) -> list[Actor]:
        before = self.cast.between(max(0, position - 500), position)
        if pronoun in ("he", "she", "his", "her", "who"):
            return [actor for actor in before if actor.name][-1:]
        if pronoun in ("it", "its"):
            return [actor for actor in before if not actor.name and len(actor.parties) == 1][-1:]
        return [actor for actor in before if len(actor.parties) > 1 or actor.is_group or actor.is_body][-1:]

    def _counterparts(self, sentence: Sentence, verb: Token, entry: MeetingVerb) -> list[Actor]:
        """Whom the subject deals with: the object, or those after the verb's preposition."""
        tokens = list(sentence.spacy or ())
        offset = tokens[0].i
        found: list[Actor] = []
        for child in verb.children:
            if (
                child.dep_ in ("dobj", "dative", "obj")
                and child.i > verb.i
                and entry.frame in ("mutual", "receive", "phone", "discuss")
                and self._can_meet(sentence, child, entry.frame in ("receive", "phone"))
            ):
                found += self.cast.listed_from(sentence, tokens, child.left_edge.i - offset)
        prepositions = entry.prepositions or frozenset()
        for word in tokens[verb.i - offset + 1 :][:30]:
            if word.pos_ in ("VERB", "AUX") and word.dep_ not in ("amod", "compound"):
                break
            if word.lower_ in prepositions and word.pos_ in ("ADP", "PART", "SCONJ"):
                listed = self.cast.listed_from(sentence, tokens, word.i - offset + 1)
                if listed:
                    found += listed
                    break
        found += self._agents(sentence, verb)
        if not found and entry.frame in ("mutual", "confer"):
            found = self._officials_there(sentence, verb)
        return found

    def _can_meet(self, sentence: Sentence, token: Token, person_only: bool) -> bool:
        """True for the head of a phrase for people or parties, not for what they have ("China's demands")."""
        if token.lemma_.lower() in people_nouns():
            return True
        actor = self.cast.at(sentence, token)
        return actor is not None and (actor.name is not None or not person_only)

    def _are_ministers(self, verb: Token) -> bool:
        """True for a plural subject that acts for governments: "farm ministers", "the leaders"."""
        subject = subject_of(verb)
        return subject is not None and subject.tag_ in ("NNS", "NNPS") and subject.lemma_.lower() in people_nouns()

    def _is_official(self, sentence: Sentence, actor: Actor) -> bool:
        return any(
            token.lemma_.lower() in people_nouns()
            for token in sentence.spacy or ()
            if actor.start - 40 <= token.idx + sentence.shift < actor.end + 40
        )

    def _is_plural_subject(self, sentence: Sentence, verb: Token, actors: list[Actor]) -> bool:
        if len(_parties(actors)) > 1 or any(actor.is_group or actor.is_body for actor in actors):
            return True
        subject = subject_of(verb)
        return subject is not None and (subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we"))


# ------------------------------------------------------------------------------------------------------------- modality


def verb_says(verb: Token, depth: int = 0) -> tuple[Says, float]:
    """Whether what a verb tells happened, is to happen, or neither; and how much of the sentence it is (3: all)."""
    if depth > 4:
        return "held", 0.0
    weight = 3.0 if verb.dep_ == "ROOT" else 2.0
    children = list(verb.children)
    if any(child.dep_ == "neg" for child in children):
        return "none", weight
    auxiliaries = {child.lower_ for child in children if child.dep_ in ("aux", "auxpass")}
    if any(child.dep_ == "advmod" and child.lower_ in UNCERTAIN for child in children):
        return "none", weight
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether", "until") for child in children):
        return "none", weight
    if auxiliaries & FUTURE:
        return "scheduled", weight
    if auxiliaries & HYPOTHETICAL:
        return "none", weight
    if auxiliaries & {"would", "'d", "’d"}:
        return ("scheduled" if _is_reported(verb) else "none"), weight
    head = verb.head
    if "to" in auxiliaries and verb.dep_ != "ROOT":
        return _infinitive_says(verb, head, depth), weight - 0.5
    if verb.dep_ in ("pcomp",) or (verb.dep_ in ("advcl", "prep") and verb.tag_ == "VBG"):
        marks = [child.lower_ for child in children if child.dep_ == "mark"]
        word = head.lower_ if verb.dep_ == "pcomp" else (marks[0] if marks else "")
        verdict = modality("preposition").get(word)
        if verdict is None and verb.dep_ == "pcomp":
            verdict = modality("noun").get(head.head.lemma_.lower()) or modality("verb").get(head.head.lemma_.lower())
        return ("unsure" if word == "by" else verdict or "held"), 1.5
    if verb.dep_ in ("ccomp", "xcomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        verdict = modality("verb").get(head.lemma_.lower())
        if verdict in ("none", "called_off"):
            return verdict, weight
        if verdict == "scheduled" and verb.tag_ == "VBG":
            return "scheduled", weight
    if verb.dep_ == "conj" and verb.tag_ == "VB" and head.pos_ == "VERB":
        return verb_says(head, depth + 1)
    if verb.dep_ in ("relcl", "acl", "advcl"):
        weight = 1.5
        if verb.tag_ in ("VBP", "VBZ") and any(child.lower_ in ("when", "before", "until") for child in children):
            return "scheduled", weight
    return "held", weight


def _infinitive_says(verb: Token, head: Token, depth: int) -> Says:
    lemma = head.lemma_.lower()
    verdict = modality("verb").get(lemma) or modality("verb").get(head.lower_)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj", "oprd"):
        if head.pos_ in ("NOUN", "PROPN"):
            return modality("noun").get(lemma) or "none"
        if verdict is not None:
            if any(child.dep_ == "neg" for child in head.children):
                return "none"
            return verdict
        if lemma == "be":
            adjectives = [child for child in head.children if child.dep_ in ("acomp", "attr")]
            for adjective in adjectives:
                verdict = modality("verb").get(adjective.lower_)
                if verdict:
                    return verdict
            return "none" if adjectives else "scheduled"
        if lemma == "go" and head.tag_ == "VBG":
            return "scheduled"
        if lemma in ("have", "get"):
            return "none"
        says, _ = verb_says(head, depth + 1)
        return says
    return "scheduled"


def _is_reported(verb: Token) -> bool:
    """True under a verb of saying in the past: "said he would meet" is a plan, not a wish."""
    word = verb
    for _ in range(4):
        if word.dep_ == "ROOT":
            return False
        word = word.head
        if word.lemma_.lower() in REPORTING and word.tag_ in ("VBD", "VBN"):
            return True
    return False


def noun_says(root: Token) -> tuple[Says, float, Token | None, str]:
    """What the sentence says of the meeting that a noun names: status, weight as evidence, governing verb, role.

    Roles: subject, object, matrix (the governing verb tells what was done at, after or before the meeting), venue (the
    meeting is only where or when something else happened), loose.
    """
    word = root
    while word.dep_ in ("conj", "appos") and word.head.pos_ in ("NOUN", "PROPN") and word.head.i < word.i:
        word = word.head
    head = word.head
    if word.dep_ in ("nsubj", "nsubjpass", "csubj"):
        says, weight = verb_says(head)
        happens = head.lemma_.lower() in HAPPENING or head.lemma_.lower() in ("hold", "host", "schedule", "attend")
        if says == "none" and not happens:
            says = "unsure"
        verdict = modality("verb").get(head.lemma_.lower())
        if verdict and (word.dep_ == "nsubjpass" or verdict == "called_off") and says != "none":
            says = verdict if says != "called_off" else says
        for child in head.children:
            if child.dep_ in ("xcomp", "ccomp") and verdict and verdict != "none":
                says = verdict
            if child.dep_ == "acomp" and (state := modality("verb").get(child.lower_)) and says != "none":
                says = state
        return says, weight if happens else weight - 0.5, head, "subject"
    if word.dep_ in ("dobj", "attr", "oprd", "dative", "obj"):
        says, weight = verb_says(head)
        verdict = modality("verb").get(head.lemma_.lower())
        frames = {verb.frame for verb in meeting_verbs().get(head.lemma_.lower(), ())}
        if verdict and says != "none":
            says = verdict
        if says == "none" and not frames and not verdict and word.dep_ == "dobj":
            says = "unsure"
        return says, weight if frames or word.dep_ == "attr" else weight - 1.0, head, "object" if frames else "topic"
    if word.dep_ == "pobj":
        return _after_preposition(word, head)
    if word.dep_ == "ROOT":
        return "held", 2.0, None, "loose"
    if word.dep_ in ("pcomp", "advcl", "ccomp", "xcomp"):
        return "held", 1.0, head if head.pos_ == "VERB" else None, "matrix"
    return "held", 0.5, None, "loose"


def _after_preposition(word: Token, preposition: Token) -> tuple[Says, float, Token | None, str]:
    phrase, top = _whole_preposition(preposition)
    governor = top.head
    if phrase == "by" and governor.lemma_.lower() in ("follow", "precede"):
        return "held", 1.5, governor, "loose"
    verdict = modality("preposition").get(phrase)
    venue = phrase in ("on the sidelines of", "on the margins of")
    if governor.pos_ in ("NOUN", "PROPN"):
        by_noun = modality("noun").get(governor.lemma_.lower())
        if by_noun and phrase in ("for", "of", "on", "to", "about"):
            if by_noun == "scheduled" and phrase == "of":
                by_noun = None
            if by_noun:
                return by_noun, 1.0, None, "loose"
        above = _verb_above(governor)
        if phrase == "of" and governor.lemma_.lower() in EVENT_PARTS:
            return "held", 1.0, above, "matrix"
        if phrase in ("of", "for", "on", "about", "to", "over", "into"):
            return "unsure", 0.5, above, "loose"
        return (
            (verdict or "held"),
            1.0,
            above,
            "venue" if venue else ("loose" if phrase in ("of", "for", "on") else "matrix"),
        )
    if governor.pos_ in ("VERB", "AUX", "ADJ"):
        lemma = governor.lemma_.lower()
        by_verb = modality("verb").get(lemma)
        says, weight = verb_says(governor)
        frames = {
            verb.frame
            for verb in meeting_verbs().get(lemma, ())
            if phrase in verb.prepositions and verb.frame in ("attend", "chair", "gather")
        }
        if frames:
            return says, weight, governor, "object"
        if phrase in ("for", "on", "to", "about", "into", "against") and (by_verb or lemma == "call"):
            return (by_verb or "none"), 1.0, governor, "topic"
        if phrase in ("in", "at", "into") and lemma in ("hold", "have", "engage", "enter", "lock", "participate", "be"):
            return says, weight, governor, "matrix"
        if verdict == "held" or verdict is None:
            if says == "none":
                says = "held" if phrase not in ("in", "at", "on", "for", "to", "with", "into") else "unsure"
            return says, 1.5, governor, "venue" if venue else "matrix"
        return verdict, 1.5, governor, "venue" if venue else "matrix"
    return (verdict or "held"), 1.0, None, "venue" if venue else "loose"


def _whole_preposition(preposition: Token) -> tuple[str, Token]:
    """A preposition of one or more words, lower case, and the word at which it hangs on its governor."""
    if preposition.lower_ not in ("of", "to", "for"):
        return preposition.lower_, preposition
    head = preposition.head
    if head.lower_ in ("ahead", "prior"):
        return f"{head.lower_} {preposition.lower_}", head
    if (
        head.lower_ in ("sidelines", "margins", "margin", "sideline", "fringes", "eve", "advance", "preparation")
        and head.dep_ == "pobj"
    ):
        noun = {"sideline": "sidelines", "margin": "margins", "fringes": "margins"}.get(head.lower_, head.lower_)
        words = ["in" if noun in ("advance", "preparation") else "on"]
        if noun not in ("advance", "preparation"):
            words.append("the")
        return " ".join([*words, noun, preposition.lower_]), head.head
    return preposition.lower_, preposition


def _speaker_above(subject: Token) -> Token | None:
    """The subject of the verb of saying under which a subject stands."""
    verb = subject.head
    for _ in range(4):
        if verb.dep_ == "ROOT":
            return None
        verb = verb.head
        if verb.lemma_.lower() in REPORTING or modality("verb").get(verb.lemma_.lower()):
            return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"), None)
    return None


def _verb_above(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the phrase that does what `verb` says, sought upwards through infinitives and joined verbs."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            if (
                child.lower_ in ("who", "which", "that")
                and verb.dep_ in ("relcl",)
                and verb.head.pos_ in ("NOUN", "PROPN")
            ):
                return verb.head
            return child
    if depth > 3:
        return None
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "prep", "pobj"):
        above = verb.head
        if above.dep_ == "prep" and above.pos_ in ("ADP", "SCONJ"):
            above = above.head
        if above.pos_ in ("VERB", "AUX", "ADJ"):
            return subject_of(above, depth + 1)
    if verb.pos_ == "ADJ" and verb.dep_ in ("acomp", "oprd"):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "acl" and any(child.lower_ == "to" for child in verb.children):
        # "his intention to meet": the one who intends.
        intending = _verb_above(verb.head)
        return subject_of(intending, depth + 1) if intending is not None else None
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head
    return None


def _carrier(token: Token) -> Token:
    """The noun that stands for the meeting outwards: "round" in "a new round of talks", else the noun itself."""
    word = token
    while word.dep_ == "pobj" and (
        (word.head.lower_ == "of" and word.head.head.lower_ in CARRIERS)
        or (word.head.lower_ == "to" and word.head.head.lower_ in ("start", "end", "return"))
    ):
        word = word.head.head
    return word


def _is_blocked(noun: str, modifiers: list[Token]) -> bool:
    for modifier in modifiers:
        blocked = blocks().get(modifier.lower_)
        if blocked and (noun in blocked or "*" in blocked):
            return True
    return False


def _is_reception(verb: Token) -> bool:
    """True for "welcomed him to Berlin", "at the airport", "for talks", "here"; not for welcoming what somebody did."""
    return any(child.i > verb.i and child.lower_ in ("to", "at", "in", "for", "here") for child in verb.children)


def _takes_part(verb: Token) -> bool:
    frames = {entry.frame for entry in meeting_verbs().get(verb.lemma_.lower(), ())}
    return bool(frames & {"attend", "chair", "host", "hold"})


def _has_other_purpose(verb: Token) -> bool:
    """True for a journey for something that is no meeting ("for treatment", "for the Games")."""
    goals = [goal for child in verb.children if child.lower_ == "for" for goal in child.children if goal.dep_ == "pobj"]
    return bool(goals) and not any(word.lower_ in meeting_nouns() for goal in goals for word in goal.subtree)


def _with_adjective(says: Says, adjective: Says) -> Says:
    """What an adjective makes of the status: one that denies wins, one that says held changes nothing else."""
    if "none" in (says, adjective):
        return "none"
    return says if adjective == "held" else adjective


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


def _parties(actors: list[Actor]) -> set[str]:
    return {party for actor in actors for party in actor.parties}
