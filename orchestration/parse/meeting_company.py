"""Who stands around a meeting word: subjects and objects, company, hosts of a place, those whom a pronoun means.

Belongs here: from a word to the actors in the phrases around it. Does not belong here: whether the word tells a meeting
(`meeting_cues`), whether it happened (`meeting_modality`), the list of participants (`meeting_participants`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestration.parse.meeting_modality import speaker_above, subject_of
from orchestration.parse.meeting_participants import Actor, Cast
from orchestration.parse.meeting_words import MeetingVerb, meeting_verbs, modality, people_nouns
from orchestration.parse.model import Part
from orchestration.parse.reading import PlaceMention, Reading, Sentence
from orchestration.reference.gazetteer import country_of_place

if TYPE_CHECKING:
    from spacy.tokens import Token

LISTED = re.compile(r"\s*(?:,|and|,\s*and)?\s*(?:the\s+)?")


TELLING = frozenset(["tell", "inform", "assure", "urge", "ask", "thank", "brief", "warn", "remind", "press"])


OF_COMPANY = frozenset(["with", "between", "among", "amongst", "of"])


CHAIRED = re.compile(
    r"\b(?:under the (?:chairmanship|chairwomanship|chair|presidency) of|(?:chaired|presided over) by)\s", re.IGNORECASE
)


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


def dateline_country(reading: Reading) -> str | None:
    """The country that the place of a wire report's dateline lies in, by the borders of its time."""
    name = reading.frame.dateline_place
    if not name:
        return None
    told = (place.country for place in reading.places if place.text.casefold() == name.casefold())
    return next(told, None) or country_of_place(name.title(), name.title(), 0)


class Company:
    """The actors around the words of one article."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading = reading
        self.cast = cast

    def goal(self, sentence: Sentence, token: Token, verb: MeetingVerb) -> list[Actor] | None:
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
                hosts.extend(self.places_after(sentence, head.head))
        return hosts or None

    def accompanied(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """Whom somebody accompanies on a journey."""
        return [
            a for child in verb.children if child.dep_ == "dobj" and (a := self.cast.at(sentence, child)) and a.name
        ]

    def places_after(self, sentence: Sentence, preposition: Token) -> list[Actor]:
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
        if token.lower_ == "us":
            return [Actor(a.start, a.end, a.parties) for a in self.speaking(position) if a.parties]
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

    def goal_of(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """The party at the place where somebody is or goes "for talks"."""
        if verb.lemma_.lower() not in ("be", "arrive", "come", "fly", "travel", "go", "leave", "visit", "return"):
            return []
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "to", "for"):
                for place in child.children:
                    if place.dep_ == "pobj" and (hosts := self.hosts_at(sentence, place)):
                        return hosts
        return []

    def body_near(self, sentence: Sentence) -> list[Actor]:
        """The organisation whose ministers meet: one that the sentence names, else the last one before it."""
        for actors in (
            self.cast.between(sentence.start, sentence.end),
            self.cast.between(max(0, sentence.start - 600), sentence.start)[::-1],
        ):
            bodies = [actor for actor in actors if actor.is_body]
            if bodies:
                return bodies[:1]
        return []

    def companions(
        self, sentence: Sentence, token: Token, root: Token, governor: Token | None, role: str
    ) -> list[Actor]:
        """Those after "with", "between", "of" at the noun, or at the verb that holds it."""
        companions: list[Actor] = []
        for word in {token, root}:
            for child in word.children:
                if child.i < token.i or child.dep_ != "prep":
                    continue
                for_people = child.lower_ == "for" and any(
                    goal.lemma_ in people_nouns() or goal.lower_ == "visiting" for goal in child.children
                )
                if child.lower_ in OF_COMPANY or for_people:
                    companions += self.listed_after(sentence, child)
        if governor is not None and role in ("object", "subject"):
            for child in governor.children:
                if child.i > token.i and child.dep_ == "prep" and child.lower_ in ("with", "between", "among"):
                    companions += self.listed_after(sentence, child)
        return companions or self.next_companions(sentence, list(sentence.spacy or ()), token)

    def officials_there(self, sentence: Sentence, word: Token) -> list[Actor]:
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

    def involved(self, sentence: Sentence, token: Token, root: Token) -> list[tuple[Actor, Part]]:
        """Those after "attended by", "hosted by", "involving" at the noun, each with their part."""
        actors: list[tuple[Actor, Part]] = []
        for word in {token, root}:
            for child in word.children:
                part = INVOLVING.get(child.lower_)
                if part is None or child.i < token.i or child.dep_ not in ("acl", "relcl"):
                    continue
                agents = [c for c in child.children if c.dep_ == "agent"]
                actors += [(actor, part) for actor in self.listed_after(sentence, agents[0] if agents else child)]
        start = token.idx + sentence.shift
        if match := CHAIRED.search(self.reading.text, start, min(start + 200, sentence.end)):
            near = self.cast.between(match.end(), min(match.end() + 90, sentence.end))
            chair = next((actor for actor in near if actor.name), None)
            actors += [(chair, "chair")] if chair is not None else []
        return actors

    def travellers(self, sentence: Sentence, token: Token, root: Token) -> list[tuple[Actor, Part]]:
        """The guests after "by" and the hosts after "to" at a noun for a journey."""
        actors: list[tuple[Actor, Part]] = []
        for child in token.children:
            if child.i < token.i and child.dep_ in ("compound", "amod", "nmod"):
                actors += [(host, "host") for host in self.hosts_at(sentence, child)]
        for word in {token, root}:
            for child in word.children:
                if child.dep_ in ("prep", "agent") and child.lower_ == "by":
                    actors += [(actor, "attendee") for actor in self.listed_after(sentence, child)]
                if child.lower_ == "here":
                    actors += [(host, "host") for host in self.hosts_at(sentence, child)]
                if child.dep_ == "prep" and child.lower_ in ("to", "in"):
                    goals = [goal for goal in child.children if goal.dep_ == "pobj"]
                    for place in [place for goal in goals for place in (goal, *goal.conjuncts)]:
                        actors += [(host, "host") for host in self.hosts_at(sentence, place)]
                    actors += [(host, "host") for host in self.places_after(sentence, child)]
        return actors

    def listed_after(self, sentence: Sentence, word: Token) -> list[Actor]:
        """Those listed in a row right after a word."""
        tokens = list(sentence.spacy or ())
        return self.cast.listed_from(sentence, tokens, word.i - tokens[0].i + 1)

    def next_companions(self, sentence: Sentence, tokens: list[Token], token: Token) -> list[Actor]:
        """Those after the next "with" or "between", where no verb or other comma stands before it."""
        for word in tokens[token.i - tokens[0].i + 1 :][:14]:
            if word.pos_ in ("VERB", "AUX") or word.text in (",", ";", ":", "."):
                break
            if word.lower_ in ("with", "between", "among"):
                return self.cast.listed_from(sentence, tokens, word.i - tokens[0].i + 1)
        return []

    def governor_actors(self, sentence: Sentence, token: Token, governor: Token, role: str) -> list[tuple[Actor, Part]]:
        """Those whom the verb above a meeting noun brings in, by the noun's role there, each with their part."""
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
            actors += [(actor, part) for actor in self.subject_actors(sentence, governor)]
            actors += [(actor, part) for actor in self.agents(sentence, governor)]
        elif role == "topic" and modality("verb").get(governor.lemma_.lower()) == "scheduled":
            actors += [(actor, "attendee") for actor in self.subject_actors(sentence, governor)]
        elif role in ("matrix", "venue"):
            actors += [(actor, "attendee") for actor in self.subject_actors(sentence, governor)]
            preposition = token.head.lower_ if token.dep_ == "pobj" else ""
            if preposition in ("during", "at", "in") and governor.lemma_.lower() in TELLING:
                for child in governor.children:
                    if child.dep_ in ("dobj", "dative") and (actor := self.cast.at(sentence, child)) is not None:
                        actors.append((actor, "attendee"))
        elif role == "loose" and token.dep_ == "pobj" and token.head.head.lemma_.lower() in ("host", "organiser"):
            root = next((word for word in governor.ancestors if word.dep_ == "ROOT"), governor)
            actors += [(actor, "host") for actor in self.subject_actors(sentence, root)]
        elif role == "subject":
            actors += [(actor, "host") for actor in self.agents(sentence, governor)]
        return actors

    def agents(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """Those after "by" at a verb."""
        tokens = list(sentence.spacy or ())
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return self.cast.listed_from(sentence, tokens, child.i - tokens[0].i + 1)
        return []

    def subject_actors(self, sentence: Sentence, verb: Token) -> list[Actor]:
        """Who does what the verb says: its subject, or that of the verb above; pronouns by what they stand for."""
        subject = subject_of(verb)
        if subject is None:
            return []
        actors: dict[int, Actor] = {}
        for head in {subject, *(child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))}:
            actors |= {actor.start: actor for actor in self.cast.under(sentence, head)}
        if actors:
            first = self.behind_pronoun(sentence, subject) if subject.pos_ == "PRON" else []
            return [*first, *(actors[start] for start in sorted(actors))]
        return (
            self.behind_pronoun(sentence, subject)
            or self.before(sentence, subject, verb)
            or self.officers_of_one(sentence, subject)
        )

    def officers_of_one(self, sentence: Sentence, subject: Token) -> list[Actor]:
        """The party of "his ministers", "her envoy": that of the one named before."""
        if subject.lemma_.lower() not in people_nouns():
            return []
        for child in subject.children:
            if child.lower_ in ("his", "her") and child.dep_ == "poss":
                owners = self.last_before(child.idx + sentence.shift, child.lower_)
                return [Actor(owner.start, owner.end, owner.parties) for owner in owners if owner.parties]
        return []

    def before(self, sentence: Sentence, subject: Token, verb: Token) -> list[Actor]:
        """The actors between the start of the subject's phrase and its verb, where the parse of a name went wrong."""
        if subject.i > verb.i or subject.pos_ == "PRON":
            return []
        start = subject.left_edge.idx + sentence.shift
        return [a for a in self.cast.between(start, verb.idx + sentence.shift) if a.name or a.parties]

    def behind_pronoun(self, sentence: Sentence, subject: Token) -> list[Actor]:
        """Whom "he", "it" or "they" stands for: the speaker in reported speech, else the last one named that fits."""
        if subject.lower_ in ("i", "we", "me", "us"):
            return self.speaking(subject.idx + sentence.shift)
        if subject.pos_ != "PRON" or subject.lower_ not in ("he", "she", "who", "it", "they"):
            return []
        speaker = speaker_above(subject)
        if speaker is not None and (actors := self.cast.under(sentence, speaker)):
            return actors
        return self.last_before(subject.idx + sentence.shift, subject.lower_)

    def owner(self, sentence: Sentence, pronoun: Token, governor: Token | None) -> list[Actor]:
        """Whose "his visit" or "their talks" is: the subject's of the clause, else the last one named that fits."""
        if pronoun.lower_ in ("our", "my"):
            return self.speaking(pronoun.idx + sentence.shift, together=pronoun.lower_ == "our")
        plural = pronoun.lower_ == "their"
        if governor is not None and (subject := subject_of(governor)) is not None and pronoun not in subject.subtree:
            actors = self.cast.under(sentence, subject) or self.behind_pronoun(sentence, subject)
            several = len(parties_of(actors)) > 1 or any(actor.is_group or actor.is_body for actor in actors)
            if actors and (several if plural else len(actors) == 1):
                return actors
        both = self.cast.between(sentence.start, pronoun.idx + sentence.shift)
        if plural and len(parties_of(both)) == 2:
            return both
        return self.last_before(pronoun.idx + sentence.shift, pronoun.lower_)

    def speaking(self, position: int, together: bool = False) -> list[Actor]:
        """Who says the words at a place, for "I" and "we" in speech; those spoken to are not known."""
        for attribution in self.reading.attributions:
            span = attribution.content
            if span.start <= position < span.end and attribution.speakers:
                speaker = Actor(position, position, attribution.speakers, attribution.speaker_name)
                return [speaker, *self.other_side(speaker)] if together else [speaker]
        return []

    def other_side(self, speaker: Actor) -> list[Actor]:
        """Those of the one other party whose people the article names: whom a speaker means by "our meeting"."""
        others = [actor for actor in self.cast.actors if actor.name and not set(actor.parties) & set(speaker.parties)]
        parties = parties_of(others)
        return others[:1] if len(parties) == 1 and len({actor.name for actor in others}) == 1 else []

    def last_before(self, position: int, pronoun: str) -> list[Actor]:
        """The last one named before a pronoun that it can stand for: a person, a state, or several."""
        before = self.cast.between(max(0, position - 500), position)
        if pronoun in ("he", "she", "his", "her", "who"):
            people = [actor for actor in before if actor.name]
            if not people:
                return []
            # A pronoun takes up the subject: the first one named in the sentence that names somebody last.
            sentence = self.reading.sentence_at(people[-1].start)
            start = sentence.start if sentence is not None else people[-1].start
            return [actor for actor in people if actor.start >= start][:1]
        if pronoun in ("it", "its"):
            return [actor for actor in before if not actor.name and len(actor.parties) == 1][-1:]
        return [actor for actor in before if len(actor.parties) > 1 or actor.is_group or actor.is_body][-1:]

    def counterparts(self, sentence: Sentence, verb: Token, entry: MeetingVerb) -> list[Actor]:
        """Whom the subject deals with: the object, or those after the verb's preposition."""
        tokens = list(sentence.spacy or ())
        offset = tokens[0].i
        found: list[Actor] = []
        for child in verb.children:
            if (
                child.dep_ in ("dobj", "dative", "obj")
                and child.i > verb.i
                and entry.frame in ("mutual", "receive", "phone", "discuss")
                and self.can_meet(sentence, child, entry.frame in ("receive", "phone"))
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
        found += self.agents(sentence, verb)
        if not found and entry.frame in ("mutual", "confer"):
            found = self.officials_there(sentence, verb)
        return found

    def can_meet(self, sentence: Sentence, token: Token, person_only: bool) -> bool:
        """True for the head of a phrase for people or parties, not for what they have ("China's demands")."""
        if token.lemma_.lower() in people_nouns():
            return True
        actor = self.cast.at(sentence, token)
        return actor is not None and (actor.name is not None or not person_only)

    def are_ministers(self, verb: Token) -> bool:
        """True for a plural subject that acts for governments: "farm ministers", "the leaders"."""
        subject = subject_of(verb)
        return subject is not None and subject.tag_ in ("NNS", "NNPS") and subject.lemma_.lower() in people_nouns()

    def is_official(self, sentence: Sentence, actor: Actor) -> bool:
        """True where a word for somebody who acts for a party stands near an actor."""
        return any(
            token.lemma_.lower() in people_nouns()
            for token in sentence.spacy or ()
            if actor.start - 40 <= token.idx + sentence.shift < actor.end + 40
        )

    def is_plural_subject(self, sentence: Sentence, verb: Token, actors: list[Actor]) -> bool:
        """True where those who do what a verb says are several: "the leaders met"."""
        if len(parties_of(actors)) > 1 or any(actor.is_group or actor.is_body for actor in actors):
            return True
        subject = subject_of(verb)
        return subject is not None and (subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we"))

    def is_site(self, actor: Actor, position: int) -> bool:
        """True for the country right before a noun: "the Hong Kong summit" tells where, not who."""
        return position - actor.end == 1 and any(
            actor.start <= place.start < actor.end and place.is_country for place in self.reading.places
        )


def parties_of(actors: list[Actor]) -> set[str]:
    """The parties that some actors stand for."""
    return {party for actor in actors for party in actor.parties}
