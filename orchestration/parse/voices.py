"""How far a voice carries: over a quote, a turn of a transcript, the points of a list, reported speech that runs on.

Does not belong here: attributions with a cue of their own (`attributions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
    reading: Reading, found: Sequence[Attribution], principals_at: Callable[[int], tuple[str, ...]]
) -> list[Attribution]:
    """Attributions for the sentences that have no cue but in which somebody's voice goes on.

    Also tells, in those that were found, whom "I" and "we" stand for, and "it" in the points of a list.
    `principals_at` gives those who speak in a list that announces what was agreed.
    """
    return _Voices(reading, found, principals_at).carry()


class _Voices:
    def __init__(
        self, reading: Reading, found: Sequence[Attribution], principals_at: Callable[[int], tuple[str, ...]]
    ) -> None:
        self.reading = reading
        self.principals_at = principals_at
        self.carried: list[Attribution] = []
        self.told: dict[int, list[Attribution]] = {}
        for attribution in found:
            place = attribution.cue.start if attribution.cue else attribution.content.start
            sentence = reading.sentence_at(place)
            if sentence is not None:
                self.told.setdefault(sentence.index, []).append(attribution)
        self.paragraphs = [list(group) for _, group in groupby(reading.sentences, key=lambda s: s.paragraph)]
        self.labels = [find_speaker_label(reading.text, Span(p[0].start, p[-1].end)) for p in self.paragraphs]
        # A single label is a headline's colon; two or more make a transcript.
        self.is_transcript = sum(label is not None for label in self.labels) > 1
        self.last_quote: tuple[int, Attribution] | None = None

    def carry(self) -> list[Attribution]:
        """All carried voices, paragraph by paragraph."""
        together = joint_parties(self.reading)
        own_voice = Who(None, together, None) if together else None
        turn: Who | None = None
        points: Who | None = None
        for paragraph, label in zip(self.paragraphs, self.labels, strict=True):
            if label and self.is_transcript:
                turn = self._labelled(label)
            sentences = [s for s in paragraph if not (label and self.is_transcript and s.end <= label.end)]
            whole = turn or (points if POINT.match(paragraph[0].text) else None)
            for sentence in sentences:
                self._name_pronouns(sentence, whole or own_voice, is_point=whole is not None and turn is None)
            if whole is not None:
                for sentence in sentences:
                    self._add(sentence, None, whole)
                continue
            self._carry_paragraph(sentences, own_voice)
            announces = bool(sentences) and ANNOUNCES_POINTS.search(sentences[-1].text) is not None
            principals = self.principals_at(sentences[-1].end) if announces else ()
            points = Who(None, principals, None) if principals else None
        return self.carried

    def _name_pronouns(self, sentence: Sentence, voice: Who | None, *, is_point: bool) -> None:
        """Give "I" and "we" the voice that they stand in: the quote's around them, the turn's, or the text's own."""
        own = self.told.get(sentence.index, [])
        for attribution in own:
            source = attribution.source
            word = source.cut(self.reading.text).lower() if source else ""
            if is_point and voice is not None and (not attribution.speakers or word in ("it", "they", "we")):
                attribution.speakers, attribution.speaker_name = voice.speakers, voice.name
            elif source is not None and word in ("i", "we"):
                around = [a for a in own if a is not attribution and a.content.start <= source.start < a.content.end]
                outer = next((a for a in around if a.is_direct and a.speakers), None)
                if outer is not None:
                    attribution.speakers, attribution.speaker_name = outer.speakers, outer.speaker_name
                elif voice is not None and not sentence.in_quote:
                    attribution.speakers, attribution.speaker_name = voice.speakers, voice.name

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
        cues = [a for s in sentences for a in self.told.get(s.index, ()) if a.source is not None]
        first_cue = next((a for a in cues if a.is_direct), cues[0] if cues else None)
        voice: Attribution | None = None
        for sentence in sentences:
            own = self.told.get(sentence.index)
            sourced = [a for a in own or () if a.source is not None]
            if sourced:
                voice = max(sourced, key=lambda a: (not _is_first_person(a, self.reading.text), a.content.end))
                direct = next((a for a in sourced if a.is_direct), None)
                self.last_quote = (sentence.paragraph, direct) if direct else self.last_quote
            elif sentence.in_quote:
                speaker = voice or first_cue or self._earlier_quote(sentence)
                if speaker is not None:
                    self._add(sentence, speaker, _of(speaker))
                    self._fill(own, _of(speaker))
                    self.last_quote = (sentence.paragraph, speaker)
            elif own_voice is not None and FIRST_PERSON.search(sentence.text):
                self._add(sentence, None, own_voice)
            elif voice is not None and _runs_on(voice, sentence):
                self._add(sentence, None, _of(voice))
                self._fill(own, _of(voice))
            else:
                voice = None

    def _fill(self, attributions: list[Attribution] | None, who: Who) -> None:
        """Name the speaker of a cue without a source, as in "Encourage them to …" or "Calls on all to …"."""
        for attribution in attributions or ():
            attribution.speakers, attribution.speaker_name = who.speakers, who.name

    def _earlier_quote(self, sentence: Sentence) -> Attribution | None:
        if self.last_quote is None or sentence.paragraph - self.last_quote[0] > LONGEST_PAUSE:
            return None
        return self.last_quote[1]

    def _labelled(self, label: Span) -> Who:
        """The speaker of a turn by its label; a label that names nobody known leaves the turn with the name alone."""
        words = label.cut(self.reading.text).rstrip(":").split("(")[0].strip()
        surname = words.split()[-1].lower() if words else ""
        known = [p for p in self.reading.people if p.name and p.name.split()[-1].lower() == surname]
        # Labels are in capitals and short: what running text says of the same person is surer.
        person = next((p for p in known if not p.text.isupper()), known[0] if known else None)
        if person is not None:
            return Who(label, (person.party,) if person.party else (), person.name)
        codes = codes_of(p for p in self.reading.parties if p.start < label.end and label.start < p.end)
        return Who(label, codes, words if len(words) > 2 and not words.isupper() else None)


def _is_first_person(attribution: Attribution, text: str) -> bool:
    return attribution.source is not None and attribution.source.cut(text).lower() in ("i", "we")


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
