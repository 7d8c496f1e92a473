"""Who says what: direct and indirect speech, across sentences and paragraphs, plural and passive.

Belongs here: the attributions that have a cue, and whom their sources stand for. Does not belong here: the grammar of a
cue (`speech`), how far a voice carries on without one (`voices`), whether what is said binds anybody (`statements`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from orchestration.parse.model import Span
from orchestration.parse.reading import Attribution, PartyMention, PersonMention, Reading, Sentence
from orchestration.parse.sentences import find_paragraphs, find_quotes
from orchestration.parse.speech import (
    SUBJECTS,
    contents_of,
    cue_classes,
    cue_lemma_of,
    noun_phrase_from,
    phrase_of,
    subject_of,
)
from orchestration.parse.voices import NOBODY, Who, carried_voices, codes_of
from orchestration.reference.tables import table

FARTHEST_NAME = 120
"""Code points from the beginning of a source in which a name is the source's, and not one in a clause about it."""


def find_attributions(reading: Reading) -> list[Attribution]:
    """Every attributed piece of text, in order of its content.

    One with `is_carried` has no cue of its own: the voice of an earlier one goes on in it.
    """
    finder = _Finder(reading)
    for sentence in reading.sentences:
        if sentence.spacy is not None:
            finder.read_sentence(sentence, sentence.spacy)
    found = [*finder.found, *carried_voices(reading, finder.found, finder.principals_at)]
    return sorted(found, key=lambda a: (a.content.start, -a.content.end))


def speaker_at(reading: Reading, offset: int) -> Attribution | None:
    """The attribution in whose words a character stands: the innermost one, else a voice that is carried on to it."""
    covering = [a for a in reading.attributions if a.content.start <= offset < a.content.end]
    told = [a for a in covering if not a.is_carried]
    return min(told or covering, key=lambda a: a.content.end - a.content.start, default=None)


class _Finder:
    """Reads the sentences of one article in order, and remembers who spoke last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.quotes = find_quotes(reading.text, find_paragraphs(reading.text))
        self.found: list[Attribution] = []
        self.last_person = NOBODY
        self.last_party = NOBODY
        self.principals = _principal_parties(reading)
        self.shift = 0

    # ------------------------------------------------------------------------------------------------ one sentence

    def read_sentence(self, sentence: Sentence, parsed: SpacySpan) -> None:
        """Add the attributions that have their cue in a sentence."""
        self.shift = sentence.shift
        taken: list[Span] = []
        for token in parsed:
            lemma = cue_lemma_of(token)
            if lemma is None:
                continue
            pieces = contents_of(token, cue_classes()[lemma], parsed)
            if not pieces:
                continue
            source = self._source(token, sentence)
            for first, last in pieces:
                content = self._trimmed(sentence.shift + first, sentence.shift + last)
                if content.start >= content.end or (content in taken):
                    continue
                taken.append(content)
                self._add(content, self._span(token, sentence), lemma, source)
        for match in re.finditer(r"(?i)\baccording to\s+|\bin the words of\s+", sentence.text):
            self._according_to(sentence, parsed, match)
        self._remember_subject(parsed)

    def _remember_subject(self, parsed: SpacySpan) -> None:
        """Whoever a sentence is about is the "he", "she" or "it" of the next, though nothing was said in it."""
        subject = next((c for c in parsed.root.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.pos_ not in ("PROPN", "NOUN"):
            return
        start = self.shift + subject.idx
        person = next((p for p in self.reading.people if p.start <= start < p.end), None)
        party = next((p for p in self.reading.parties if p.start <= start < p.end), None)
        if person is not None and len(list(subject.conjuncts)) == 0:
            self.last_person = Who(Span(person.start, person.end), (person.party,) if person.party else (), person.name)
        elif party is not None and party.parties:
            self.last_party = Who(Span(party.start, party.end), party.parties, None)

    def _add(self, content: Span, cue: Span, lemma: str, who: Who) -> None:
        self.found.append(
            Attribution(
                content=content,
                cue=cue,
                cue_lemma=lemma,
                speakers=who.speakers,
                speaker_name=who.name,
                source=who.span,
                is_direct=self._is_quoted(content),
            )
        )

    def _is_quoted(self, content: Span) -> bool:
        return any(q.start <= content.start + 1 and q.end >= content.end - 1 for q in self.quotes)

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.reading.text
        while start < end and (text[start].isspace() or text[start] in ",:;–—-"):
            start += 1
        while start < end and (
            text[end - 1].isspace() or text[end - 1] in ",;:–—-" or (text[end - 1] == "." and end - start > 1)
        ):
            end -= 1
        return Span(start, end)

    def _span(self, token: Token, sentence: Sentence) -> Span:
        return Span(sentence.shift + token.idx, sentence.shift + token.idx + len(token.text))

    def _according_to(self, sentence: Sentence, parsed: SpacySpan, match: re.Match[str]) -> None:
        token = next((t for t in parsed if t.idx >= match.end()), None)
        if token is None:
            return
        phrase = noun_phrase_from(token)
        first, last = sentence.shift + phrase[0].idx, sentence.shift + phrase[-1].idx + len(phrase[-1].text)
        source = self._who(Span(first, last), phrase[0])
        before = Span(sentence.start, sentence.shift + match.start())
        content = (
            self._trimmed(before.start, before.end)
            if len(before.cut(self.reading.text).split()) > 2
            else self._trimmed(last, sentence.end)
        )
        if content.end - content.start > 10:
            cue = Span(sentence.shift + match.start(), sentence.shift + match.end())
            self._add(content, self._trimmed(cue.start, cue.end), "according to", source)

    # -------------------------------------------------------------------------------------------------- the source

    def _source(self, cue: Token, sentence: Sentence) -> Who:
        subject, is_agentless = subject_of(cue)
        if subject is None:
            return Who(None, self.principals_at(sentence.start), None) if is_agentless else NOBODY
        phrase = phrase_of(subject)
        span = Span(sentence.shift + phrase[0].idx, sentence.shift + phrase[-1].idx + len(phrase[-1].text))
        return self._who(span, subject)

    def _who(self, span: Span, head: Token) -> Who:
        """Whom a source's words stand for: a person with the party, else parties; a pronoun is who spoke last."""
        reading = self.reading
        word = head.lower_
        if word in ("he", "she", "who"):
            return replace(self.last_person, span=span)
        if word in ("it", "they"):
            return replace(self.last_party, span=span)
        people = [p for p in reading.people if p.start < span.end and span.start < p.end]
        parties = [p for p in reading.parties if p.start < span.end and span.start < p.end]
        start = self.shift + head.idx
        mentions: list[PersonMention | PartyMention] = [*people, *parties]
        at_head = [m for m in mentions if m.start <= start < m.end]
        if not at_head and people:
            # "Washington's envoy, Li Wei," or "Li Wei, spokesman": the name and the head lie apart.
            at_head = [*people[:1]]
        named = [m for m in at_head if isinstance(m, PersonMention)]
        if named:
            joined = [p for p in people if p.start - span.start <= FARTHEST_NAME]
            codes = tuple(dict.fromkeys(p.party for p in joined if p.party)) or codes_of(parties)
            who = Who(span, codes, named[0].name if len(joined) == 1 else None)
            self.last_person = who if len(joined) == 1 else self.last_person
        elif parties:
            groups = [p for p in parties if p.is_group and p.parties]
            who = Who(span, codes_of(groups[:1] or parties), None)
        elif not _source_nouns()["group"].isdisjoint(span.cut(reading.text).lower().split()):
            return Who(span, self.principals_at(span.start), None)
        elif head.pos_ == "NOUN" and any(c.lower_ in ("the", "his", "her") for c in head.children):
            # "The spokesman added": the one who spoke last, called by the office.
            return replace(self.last_person, span=span) if word in _source_nouns()["person"] else Who(span, (), None)
        else:
            # A name that the tables do not hold: the pronouns after it are not the one before.
            who = Who(span, (), span.cut(reading.text) if head.pos_ == "PROPN" else None)
            if head.pos_ == "PROPN":
                self.last_person = who
        self.last_party = who if who.speakers else self.last_party
        return who

    def principals_at(self, offset: int) -> tuple[str, ...]:
        """Those who meet in the article, as far as it has told: the group named last, else who stand together first."""
        groups = [p.parties for p in self.reading.parties if p.is_group and len(p.parties) > 1 and p.start < offset]
        return groups[-1] if groups else self.principals


@lru_cache(maxsize=1)
def _source_nouns() -> dict[str, frozenset[str]]:
    """Nouns that stand for one who was named before, or for all who meet."""
    kinds: dict[str, set[str]] = {"person": set(), "group": set()}
    for row in table("speech_sources"):
        kinds[row["kind"]].add(row["word"])
    return {kind: frozenset(words) for kind, words in kinds.items()}


def _principal_parties(reading: Reading) -> tuple[str, ...]:
    """Those that the article is about: the parties of the first sentence in which two or more come together."""
    for sentence in reading.sentences:
        people = [p.party for p in reading.people if p.party and sentence.start <= p.start < sentence.end]
        acting = [p for p in reading.parties if sentence.start <= p.start < sentence.end and p.how in _ACTING]
        for codes in (tuple(dict.fromkeys(people)), tuple(dict.fromkeys([*people, *codes_of(acting)]))):
            if len(codes) > 1:
                return codes
    return ()


_ACTING = frozenset({"name", "government", "organisation", "movement", "capital"})
