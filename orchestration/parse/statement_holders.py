"""Who makes a statement: grammatical subjects, attributions and pronouns as parties.

Belongs here: resolving the words of an `Act` to party codes and a person. Does not belong here: finding parties, people
and attributions themselves (`parties`, `people`, `attributions`), whom an act is addressed to (`statement_addressees`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from orchestration.parse.groups import joint_parties
from orchestration.parse.model import Meeting, Span
from orchestration.parse.parties import publisher_party
from orchestration.parse.reading import Attribution, PartyMention, PersonMention, Reading, Sentence
from orchestration.parse.statement_acts import Act
from orchestration.parse.statement_clauses import lemma_of, noun_phrase, noun_phrases, subject_of
from orchestration.parse.statement_words import word_list

FIRST = frozenset({"we", "i", "us", "me", "our", "my", "ourselves"})
SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves", "both", "all"})
NEUTER = frozenset({"it", "its", "itself", "which", "that", "who"})
_LISTS_PARTICIPANTS = re.compile(
    r"\b(?:participants|attendees|participating (?:countries|states|members))\b[^.]{0,160}?\b(?:included?|were|are)\b"
    r"|\battended by\b",
    re.IGNORECASE,
)
_LIST_LENGTH = 5
"""Parties from which on a sentence is a list of who took part."""
_OPENING = 4
"""Sentences among which a joint text says who issues it."""
_FEW = 3
"""States that an article on the business of one may name by the way."""
_LOOK_BACK = 6
"""Sentences that a pronoun's noun is looked for in; further back it is somebody else more often than not."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Parties that speak or are addressed, with the person where one is named and the words where no party is known."""

    parties: tuple[str, ...] = ()
    name: str | None = None
    text: str | None = None

    def __bool__(self) -> bool:
        return bool(self.parties)


NOBODY = Holder()


class Holders:
    """Answers, for one article, who holds an act and what its words stand for."""

    def __init__(self, reading: Reading, meetings: list[Meeting]) -> None:
        self.reading = reading
        self.meetings = meetings
        self.parties = sorted(reading.parties, key=lambda m: (m.start, -m.end))
        self.people = sorted(reading.people, key=lambda m: m.start)
        self.attributions = sorted(reading.attributions, key=lambda a: (a.content.start, -a.content.end))
        self._party_starts = [m.start for m in self.parties]
        self._person_starts = [m.start for m in self.people]
        self.attendance = self._attendance()
        self.joint = joint_parties(reading)
        self.joint = self._wider_opening() or self.joint
        self.own = publisher_party(reading.article.publisher, reading.article.url)
        self.announcer = self._announcer()

    # ------------------------------------------------------------------------------------------------------- mentions

    def mentions(self, start: int, end: int) -> list[PartyMention | PersonMention]:
        """Party and person mentions inside a stretch of text, those inside a larger one left out."""
        found: list[PartyMention | PersonMention] = []
        for items, starts in ((self.parties, self._party_starts), (self.people, self._person_starts)):
            for i in range(bisect_left(starts, start), len(items)):
                if items[i].start >= end:
                    break
                if items[i].end <= end:
                    found.append(items[i])
        found.sort(key=lambda m: (m.start, -m.end))
        outer: list[PartyMention | PersonMention] = []
        for mention in found:
            if not any(o.start <= mention.start and mention.end <= o.end and o is not mention for o in outer):
                outer.append(mention)
        return outer

    def parties_in(self, start: int, end: int, *, places: bool = False) -> tuple[str, ...]:
        """Codes of the parties named in a stretch of text, in order."""
        codes: list[str] = []
        for mention in self.mentions(start, end):
            if isinstance(mention, PersonMention):
                codes += [mention.party] if mention.party else []
            elif places or mention.how != "location":
                codes += mention.parties
        return tuple(dict.fromkeys(codes))

    # --------------------------------------------------------------------------------------------------- attributions

    def attribution_at(self, span: Span) -> Attribution | None:
        """The attribution in whose words an act stands: the innermost whose cue is not a part of the act itself.

        One without a speaker is passed over where its source is a pronoun, since the voice around it is the same; a
        source that is named and is no party ends the search, and is returned without speakers.
        """
        covering = [a for a in self.attributions if a.content.start <= span.start < a.content.end]
        covering.sort(key=lambda a: (a.is_carried, a.content.end - a.content.start))
        for attribution in covering:
            cue = attribution.cue
            if cue is not None and span.start <= cue.start < span.end:
                continue
            if attribution.speakers:
                return attribution
            source = attribution.source.cut(self.reading.text).lower() if attribution.source is not None else ""
            if source and source not in FIRST | SINGULAR | PLURAL | NEUTER:
                return attribution
        return None

    def voice_at(self, span: Span) -> Holder:
        """Who utters the text at a span: the attributed speaker, else whoever issues the text, else nobody."""
        attribution = self.attribution_at(span)
        if attribution is None or (attribution.cue is None and set(attribution.speakers) < set(self.joint)):
            return Holder(self.joint)
        return self._own_reading_of(attribution) or Holder(attribution.speakers, attribution.speaker_name)

    def _attendance(self) -> tuple[str, ...]:
        """The parties of a sentence that lists who took part: "Participants included …"; none without a list."""
        for sentence in self.reading.sentences:
            if _LISTS_PARTICIPANTS.search(sentence.text):
                codes = self.parties_in(sentence.start, sentence.end, places=True)
                if len(codes) >= _LIST_LENGTH:
                    return codes
        return ()

    def _wider_opening(self) -> tuple[str, ...]:
        """All who open a joint text ("The members of the Troika and the European Union …"), where they are more."""
        if len(self.joint) < 2:
            return ()
        for sentence in [s for s in self.reading.sentences if s.spacy is not None][:_OPENING]:
            for token, _, _ in self._subjects(sentence, sentence.end):
                codes = distinct(c for head in _coordinated(token) for c in self._named_head(head, sentence).parties)
                if set(codes) > set(self.joint):
                    return codes
        return ()

    def _announcer(self) -> tuple[str, ...]:
        """Whose business an article tells that names the government or an official of one state only; else nobody."""
        acting = [m for m in self.parties if m.how in ("government", "organisation")]
        codes = {*(p.party for p in self.people if p.party), *(c for m in acting for c in m.parties)}
        named = [c for m in self.parties if m.how in ("name", "demonym", "capital") for c in m.parties]
        is_first = bool(codes) and (not named or named[0] in codes)
        return (codes.pop(),) if len(codes) == 1 and is_first and len(set(named)) <= _FEW else ()

    def _own_reading_of(self, attribution: Attribution) -> Holder:
        """The cue's subject read by its head noun: "Turkey, which occupies northern Cyprus, said" is Turkey alone."""
        if attribution.cue is None or len(attribution.speakers) < 2:
            return NOBODY
        sentence = self.reading.sentence_at(attribution.cue.start)
        if sentence is None or sentence.spacy is None:
            return NOBODY
        cue = next((t for t in sentence.spacy if t.idx + sentence.shift == attribution.cue.start), None)
        subject = _right_before(cue) or subject_of(cue) if cue is not None else None
        if subject is None or subject.pos_ == "PRON":
            return NOBODY
        return self.named_by(subject, sentence, Span(sentence.start, sentence.end))

    # ------------------------------------------------------------------------------------------------------- speakers

    def speaker(self, act: Act, sentence: Sentence, span: Span) -> Holder:
        """Who makes the statement; nobody where it is not a party."""
        if act.own_voice and act.holder is not None:
            words = act.holder.doc[act.holder.left_edge.i : act.holder.i + 1]
            if any(t.lower_ in word_list("out_of_office") for t in words):
                return NOBODY
            named = self.named_by(act.holder, sentence, span)
            if not named and (act.holder.pos_ == "PROPN" or lemma_of(act.holder) in word_list("agents")):
                # A body that is no party by itself, told of by its state: "he said the Bundesbank had decided".
                attribution = self.attribution_at(span)
                return Holder(attribution.speakers) if attribution is not None else NOBODY
            return named
        if act.rule.startswith(("document", "noun_signing", "noun_deal")) and act.holder is None:
            return self._document_parties(act, sentence, span)
        if (
            not act.own_voice
            and act.statement_class == "demand"
            and act.holder is not None
            and act.rule.endswith("passive")
        ):
            return self.named_by(act.holder, sentence, span)
        if self._is_out_of_office(span):
            return NOBODY
        voice = self.voice_at(span)
        if not act.own_voice and act.statement_class == "commitment":
            return self._of_own_act(act, sentence, span, voice)
        return voice

    def _is_out_of_office(self, span: Span) -> bool:
        """True in the words of an opposition, a candidate or one who has left office: no party's voice."""
        attribution = self.attribution_at(span)
        if attribution is None or attribution.source is None:
            return False
        source = attribution.source.cut(self.reading.text).lower()
        return not set(re.findall(r"[a-z]+", source)).isdisjoint(word_list("out_of_office"))

    def _of_own_act(self, act: Act, sentence: Sentence, span: Span, voice: Holder) -> Holder:
        """The speaker of "X will …": only where the subject is the speaker itself."""
        subject = act.holder
        if subject is None:
            return voice
        told = act.clause if act.clause.dep_ == "acl" else None
        if told is not None and subject.tag_ == "PRP":
            return self.antecedent(subject, sentence)
        attribution = self.attribution_at(span)
        if attribution is not None and attribution.cue_lemma in word_list("opinion_cues"):
            return NOBODY
        if attribution is not None and attribution.is_direct and act.head.lower_ in ("would", "'d", "’d"):
            return NOBODY
        if subject.lower_ in FIRST:
            return voice
        if attribution is not None and not attribution.is_direct and subject.lower_ in SINGULAR | PLURAL | NEUTER:
            return voice
        if attribution is not None and attribution.is_direct and subject.tag_ == "PRP":
            return NOBODY
        named = self.named_by(subject, sentence, span)
        if subject.dep_ == "nsubjpass":
            # What will be done to a thing is the speaker's doing; what will be done to somebody is a forecast.
            if named:
                return NOBODY
            return voice if attribution is not None else Holder(self.announcer)
        if not named:
            if subject.pos_ == "NOUN" and lemma_of(act.clause) in word_list("own_changes"):
                # "Nine embassies will close", "our commitment will not waver": the doing of whoever says so.
                return voice if attribution is not None or voice else Holder(self.announcer)
            return NOBODY
        if attribution is None:
            if not self.joint and act.head.lower_ == "will" and lemma_of(subject) in word_list("institutions"):
                # News tells a body's plan in its own voice: "the government will provide …".
                return named
            return named if self.joint and set(named.parties) <= {*self.joint, *self._met()} else NOBODY
        if not voice:
            return named if self._is_official(attribution) else NOBODY
        if set(named.parties) & set(voice.parties):
            return voice if len(voice.parties) >= len(named.parties) else named
        return NOBODY

    def _is_official(self, attribution: Attribution) -> bool:
        """True where the source is an office without a name: "officials said", "a spokesman said"."""
        source = attribution.source.cut(self.reading.text).lower() if attribution.source is not None else ""
        words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", source)}
        return bool(words & word_list("agents"))

    def _met(self) -> tuple[str, ...]:
        return tuple(p.party for m in self.meetings for p in m.participants if p.party)

    def _document_parties(self, act: Act, sentence: Sentence, span: Span) -> Holder:
        """Who signed a text that "was signed": the parties named in the sentence, else those that met."""
        named = self.parties_in(sentence.start, sentence.end)
        if len(named) >= 2:
            return Holder(named)
        meeting = self.meeting_at(span, named)
        if meeting is not None:
            return Holder(distinct(p.party for p in meeting.participants if p.party))
        return Holder(self.joint if len(self.joint) > 1 else self._main())

    def _main(self) -> tuple[str, ...]:
        groups = [m.parties for m in self.parties if m.is_group and len(m.parties) > 1]
        return groups[0] if groups else ()

    def named_by(self, token: Token, sentence: Sentence, span: Span) -> Holder:
        """What a noun phrase or pronoun of the sentence stands for."""
        offset = token.idx + sentence.shift
        if token.lower_ in FIRST:
            return self.voice_at(span if span.start <= offset < span.end else Span(offset, span.end))
        if token.lower_ in SINGULAR | PLURAL | NEUTER:
            return self.antecedent(token, sentence)
        owner = next((c for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        if owner is not None and lemma_of(token) in word_list("own_bodies") | word_list("texts"):
            if owner.lower_ in ("our", "my"):
                return self.voice_at(span)
            return self.antecedent(owner, sentence)
        holders = [self._named_head(head, sentence) for head in _coordinated(token)]
        codes = distinct(code for holder in holders for code in holder.parties)
        if not codes and lemma_of(token) in word_list("texts"):
            issuer = self._issuer(token, sentence)
            return issuer or (Holder(self.joint) if len(self.joint) > 1 else self.voice_at(span))
        if len(holders) > 1 and not all(holders) and set(codes) < set(self.joint):
            return Holder(self.joint)
        if not codes and token.tag_ == "NNS" and lemma_of(token) in word_list("collectives"):
            return Holder(self._gathered(span))
        if not codes and _is_unnamed_body(token):
            return Holder(self._own_body(token, sentence, span))
        names = [holder.name for holder in holders if holder.name]
        return Holder(codes, names[0] if len(holders) == 1 and names else None)

    def _issuer(self, text: Token, sentence: Sentence) -> Holder:
        """The body before a text is its issuer ("the UN resolution"); a state there may be what it is about."""
        start, end = offsets(noun_phrase(text), text, sentence)
        mentions = [m for m in self.mentions(start, end) if isinstance(m, PartyMention) and m.how == "organisation"]
        return Holder(distinct(code for m in mentions for code in m.parties))

    def _gathered(self, span: Span) -> tuple[str, ...]:
        """Whom "leaders" or "participants" without a name stand for: those who met, else the article's main group."""
        opens_phrase = self.attribution_at(span)
        if opens_phrase is not None and not opens_phrase.speakers:
            return ()
        meeting = self.meeting_at(span, ())
        met = distinct(p.party for p in meeting.participants if p.party) if meeting is not None else ()
        if not met and self.own and opens_phrase is None:
            # Whom an office of a state gathered at home are its own.
            return (self.own,)
        return met if len(met) > 1 or met == (self.own,) else ()

    def _own_body(self, body: Token, sentence: Sentence, span: Span) -> tuple[str, ...]:
        """Whose "the government" or "the Commission" it is: the speaker's, else whose the article is about."""
        if lemma_of(body) in ("commission", "community", "council"):
            return ("EU",) if any("EU" in m.parties for m in self.parties) else ()
        attribution = self.attribution_at(span)
        if attribution is not None:
            return attribution.speakers if len(attribution.speakers) == 1 else ()
        return self.announcer or self.joint[:1] * (len(self.joint) == 1)

    def _named_head(self, head: Token, sentence: Sentence) -> Holder:
        """The party of one noun: what stands on it, else what stands before it, else after it ("the leaders of …")."""
        if self.attendance and lemma_of(head) == "participant":
            return Holder(self.attendance)
        at = head.idx + sentence.shift
        titled = next((p for p in self.people if p.start <= at < p.end), None)
        if titled is not None and titled.party:
            # "Vietnam's Deputy Prime Minister and Foreign Minister Pham Binh Minh": two nouns of one person.
            return Holder((titled.party,), titled.name)
        start, end = offsets(noun_phrase(head), head, sentence)
        mentions = [m for m in self.mentions(start, end) if isinstance(m, PersonMention) or m.how != "location"]
        on = [m for m in mentions if m.start <= at < m.end]
        before = [m for m in mentions if m.end <= at]
        people = [
            m
            for m in on or (before if lemma_of(head) in word_list("agents") else [])
            if isinstance(m, PersonMention) and m.party
        ]
        if people and isinstance(people[-1], PersonMention) and people[-1].party:
            return Holder((people[-1].party,), people[-1].name)
        if not on and lemma_of(head) not in word_list("agents"):
            return NOBODY
        chosen = on or before or [m for m in mentions if m.start > at and not isinstance(m, PersonMention)]
        return Holder(
            distinct(c for m in chosen for c in ((m.party,) if isinstance(m, PersonMention) else m.parties) if c)
        )

    def antecedent(self, pronoun: Token, sentence: Sentence) -> Holder:
        """The nearest earlier subject that the pronoun can stand for; an attributed speaker for "he said he …"."""
        lower = pronoun.lower_
        if pronoun.tag_ in ("WDT", "WP") and pronoun.i > sentence.spacy.start:  # type: ignore[union-attr]
            verb = pronoun.head
            if verb.dep_ == "relcl":
                return self.named_by(verb.head, sentence, Span(sentence.start, sentence.end))
        told = next((t for t in (pronoun.head, pronoun.head.head) if t.dep_ == "acl"), None)
        owner = next((c for c in told.head.children if c.dep_ == "poss" and c.pos_ == "PROPN"), None) if told else None
        if owner is not None:
            # "Reagan's announcement that he would …"
            return self.named_by(owner, sentence, Span(sentence.start, sentence.end))
        offset = pronoun.idx + sentence.shift
        attribution = self.attribution_at(Span(offset, sentence.end))
        if attribution is not None and not attribution.is_direct and attribution.speakers:
            return self.voice_at(Span(offset, sentence.end))
        for earlier in self._sentences_before(sentence):
            limit = offset if earlier is sentence else earlier.end
            for token, start, end in self._subjects(earlier, limit):
                mentions = self.mentions(start, end)
                if not mentions:
                    continue
                people = [m for m in mentions if isinstance(m, PersonMention) and m.party]
                codes = self.parties_in(start, end)
                if lower in SINGULAR and len(people) >= 1:
                    return Holder((people[0].party,), people[0].name)  # type: ignore[arg-type]
                if lower in PLURAL and (len(codes) > 1 or (codes and token.tag_ in ("NNS", "NNPS"))):
                    return Holder(codes)
                if lower in NEUTER and codes and not people:
                    return Holder(codes)
        return NOBODY

    def _sentences_before(self, sentence: Sentence) -> list[Sentence]:
        first = max(0, sentence.index - _LOOK_BACK)
        return [s for s in reversed(self.reading.sentences[first : sentence.index + 1]) if s.spacy is not None]

    def _subjects(self, sentence: Sentence, limit: int) -> list[tuple[Token, int, int]]:
        assert sentence.spacy is not None
        found = []
        for token in sentence.spacy:
            if token.dep_ in ("nsubj", "nsubjpass") and token.idx + sentence.shift < limit:
                start, end = offsets(noun_phrases(token), token, sentence)
                if end <= limit + 1:
                    found.append((token, start, end))
        return found

    # ------------------------------------------------------------------------------------------------------- meetings

    def meeting_at(self, span: Span, parties: Iterable[str]) -> Meeting | None:
        """The meeting at which something was said: the latest one told before it in which all its parties took part."""
        wanted = set(parties)
        fitting = [
            m
            for m in self.meetings
            if m.status == "held" and not m.background and wanted <= {p.party for p in m.participants if p.party}
        ]
        before = [m for m in fitting if m.evidence.start <= span.start]
        return max(before, key=lambda m: m.evidence.start, default=fitting[0] if fitting else None)


def _is_unnamed_body(head: Token) -> bool:
    """True for "the government", "the Commission", "the ministry", without a name in the phrase."""
    if lemma_of(head) not in (
        "government",
        "administration",
        "ministry",
        "department",
        "commission",
        "community",
        "council",
        "cabinet",
    ):
        return False
    return any(c.lower_ == "the" for c in head.children) and not any(
        c.pos_ == "PROPN" or c.dep_ == "poss" for c in head.children
    )


def _right_before(verb: Token) -> Token | None:
    """The name that stands right before a verb: its subject, whatever the parse says."""
    previous = verb.doc[verb.i - 1] if verb.i > 0 else None
    return previous if previous is not None and previous.pos_ == "PROPN" and previous.dep_ != "appos" else None


def _coordinated(head: Token) -> list[Token]:
    """A noun and those that it is joined with by "and"."""
    found = [head]
    for noun in found:
        found += [c for c in noun.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")]
    return found


def distinct(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes once each, in order."""
    return tuple(dict.fromkeys(codes))


def _last(token: Token, sentence: Sentence) -> int:
    return token.idx + len(token.text) + sentence.shift


def offsets(words: tuple[int, int], token: Token, sentence: Sentence) -> tuple[int, int]:
    """Where a range of tokens, half open, stands in the article."""
    first, last = token.doc[words[0]], token.doc[words[1] - 1]
    return first.idx + sentence.shift, last.idx + len(last.text) + sentence.shift
