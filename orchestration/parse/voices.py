"""How far a voice carries: over a quote, a turn of a transcript, the points of a list, reported speech that runs on.

Does not belong here: attributions with a cue of their own (`attributions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from orchestration.parse.groups import joint_parties
from orchestration.parse.model import Span
from orchestration.parse.reading import Attribution, PartyMention, Reading, Sentence
from orchestration.parse.sentences import find_speaker_label
from orchestration.parse.speech import cue_classes

FIRST_PERSON = re.compile(r"\b(?:I|We|we|our|Our|ours|us)\b")
POINT = re.compile(
    r"(?i)(?:(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last)(?:ly)?\b"
    r"|finally\b|\(?\d{1,2}[.)]|[-*•–]\s)"
)
ANNOUNCES_POINTS = re.compile(
    r"(?i)\b(?:consensus(?:es)?|points?|agreements?|understandings?|outcomes?|results?|conclusions?|following)\b"
    r"(?:.*:\s*$|.*\b(?:reached|agreed|achieved|follows?)\b)|\b(?:agreed|decided|reached).*:\s*$",
    re.DOTALL,
)
LONGEST_PAUSE = 1
"""Paragraphs from a quote back to the attribution of the one before, when it has no attribution itself."""


@dataclass(frozen=True, slots=True)
class Who:
    """The source of a piece of speech: its words in the article, and whom they stand for."""

    span: Span | None
    speakers: tuple[str, ...]
    name: str | None


NOBODY = Who(None, (), None)


def codes_of(mentions: Iterable[PartyMention]) -> tuple[str, ...]:
    """The parties of several mentions, each once, in order."""
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.parties))


def carried_voices(
    reading: Reading, found: Sequence[Attribution], principals: tuple[str, ...], quotes: Sequence[Span]
) -> list[Attribution]:
    """Attributions for the sentences that have no cue but in which somebody's voice goes on.

    `principals` speak in the points of a list that announces what was agreed.
    """
    return _Voices(reading, found, principals, quotes).carry()


class _Voices:
    def __init__(
        self, reading: Reading, found: Sequence[Attribution], principals: tuple[str, ...], quotes: Sequence[Span]
    ) -> None:
        self.reading = reading
        self.principals = principals
        self.quotes = quotes
        self.carried: list[Attribution] = []
        self.told: dict[int, list[Attribution]] = {}
        for attribution in found:
            place = attribution.cue.start if attribution.cue else attribution.content.start
            sentence = reading.sentence_at(place)
            if sentence is not None:
                self.told.setdefault(sentence.index, []).append(attribution)
        self.last_quote: tuple[int, Attribution] | None = None
        self.turn: Who | None = None
        self.points: Who | None = None

    def carry(self) -> list[Attribution]:
        text = self.reading.text
        paragraphs = [list(group) for _, group in groupby(self.reading.sentences, key=lambda s: s.paragraph)]
        labels = [find_speaker_label(text, Span(p[0].start, p[-1].end)) for p in paragraphs]
        # A single label is a headline's colon; two or more make a transcript.
        is_transcript = sum(label is not None for label in labels) > 1
        together = joint_parties(self.reading)
        own_voice = Who(None, together, None) if together else None
        for paragraph, label in zip(paragraphs, labels, strict=True):
            if label and is_transcript:
                self.turn = self._labelled(label)
            sentences = [s for s in paragraph if not (label and s.end <= label.end)]
            if self.turn is not None:
                for sentence in sentences:
                    self._add(sentence, None, self.turn)
            elif POINT.match(paragraph[0].text) and self.points is not None:
                for sentence in sentences:
                    self._add(sentence, None, self.points)
            else:
                self._carry_paragraph(sentences, own_voice)
                announces = bool(sentences) and ANNOUNCES_POINTS.search(sentences[-1].text) is not None
                self.points = Who(None, self.principals, None) if announces and self.principals else None
        return self.carried

    def _add(self, sentence: Sentence, cue: Attribution | None, who: Who) -> None:
        self.carried.append(
            Attribution(
                content=Span(sentence.start, sentence.end),
                cue=cue.cue if cue else None,
                cue_lemma=cue.cue_lemma if cue else None,
                speakers=who.speakers,
                speaker_name=who.name,
                source=who.span,
                is_direct=sentence.in_quote or cue is None,
                is_carried=True,
            )
        )

    def _carry_paragraph(self, sentences: list[Sentence], own_voice: Who | None) -> None:
        """A quote belongs to the cue before it in its paragraph, else to the one after; indirect speech runs on."""
        first_cue = next((self.told[s.index][0] for s in sentences if s.index in self.told), None)
        voice: Attribution | None = None
        for sentence in sentences:
            own = self.told.get(sentence.index)
            if own:
                voice = max(own, key=lambda a: a.content.end)
                direct = next((a for a in own if a.is_direct), None)
                self.last_quote = (sentence.paragraph, direct) if direct else self.last_quote
            elif sentence.in_quote:
                speaker = voice or first_cue or self._earlier_quote(sentence)
                if speaker is not None:
                    self._add(sentence, speaker, _of(speaker))
                    self.last_quote = (sentence.paragraph, speaker)
            elif own_voice is not None and FIRST_PERSON.search(sentence.text):
                self._add(sentence, None, own_voice)
            elif voice is not None and _runs_on(voice, sentence):
                self._add(sentence, None, _of(voice))
            else:
                voice = None

    def _earlier_quote(self, sentence: Sentence) -> Attribution | None:
        if self.last_quote is None or sentence.paragraph - self.last_quote[0] > LONGEST_PAUSE:
            return None
        return self.last_quote[1]

    def _labelled(self, label: Span) -> Who:
        """The speaker of a turn by its label; a label that names nobody known leaves the turn with the name alone."""
        words = label.cut(self.reading.text).rstrip(":").split("(")[0].strip()
        codes = codes_of(p for p in self.reading.parties if p.start < label.end and label.start < p.end)
        person = next((p for p in self.reading.people if p.start < label.end and label.start < p.end), None)
        if person is None and words:
            surname = words.split()[-1].lower()
            known = (p for p in self.reading.people if p.name and p.name.split()[-1].lower() == surname)
            person = next(known, None)
        if person is not None:
            return Who(label, (person.party,) if person.party else codes, person.name)
        return Who(label, codes, words if len(words) > 2 and not words.isupper() else None)


def _runs_on(voice: Attribution, sentence: Sentence) -> bool:
    """Whether a sentence without a cue goes on reporting what the one before began to.

    It does not where it tells, in the past tense, what happened: then it is the reporter's own again.
    """
    if sentence.spacy is None or cue_classes().get(voice.cue_lemma or "") != "say":
        return False
    root = sentence.spacy.root
    return root.tag_ != "VBD" or root.lemma_ in ("be", "have")


def _of(attribution: Attribution) -> Who:
    return Who(attribution.source, attribution.speakers, attribution.speaker_name)
