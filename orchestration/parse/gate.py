"""Which sentences are worth parsing: those that could hold a fact, or say who speaks beside one that could.

The test looks at single words only and costs a hundredth of a parse. It never lets in an article in which nobody acts
for a state; in an article with a little diplomacy it lets in what is near it; in diplomatic news nearly everything.
The words are those of the statement, meeting and speech tables and of `speech_gate`, so that a new verb in a table is
let in as well. Does not belong here: what a sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache

from orchestration.parse.reading import Sentence
from orchestration.reference.tables import several, table

ENOUGH = 1.0
"""Sentences that must show diplomacy for an article to be read at all; one with an actor alone counts a third."""
ALONE_ENOUGH = 2.0
"""The same where no sentence has both a word of diplomacy and one of acting."""
A_THIRD = 0.34
DENSE = (3.0, 0.2)
"""Such sentences, and their share, from which on an article is diplomatic news."""
DENSE_SHARE = 0.4
SPOKEN_SHARE = 0.25
"""Share of sentences in the first person from which on an article is a speech, a transcript or a joint statement."""
ELSEWHERE_SHARE = 0.34
"""Share of sentences with words of markets, sport or the stage from which on an article is not diplomatic news."""
NEAR = 2
SHORT = 3
MOST_WORDS_REMEMBERED = 200_000


class Sign(Flag):
    """What a word may be a sign of."""

    NONE = 0
    OFFICE = auto()
    STATE = auto()
    DIPLOMACY = auto()
    ACT = auto()
    WEAK_ACT = auto()
    LOOSE_ACT = auto()
    ENCOUNTER = auto()
    MODAL = auto()
    SAYING = auto()
    FIRST_PERSON = auto()
    ELSEWHERE = auto()


_ENCOUNTERS = frozenset({"mutual", "confer", "speak"})
"""Frames of the meeting verbs that mean little else: to meet, to confer, to speak with."""
_ACTOR = Sign.OFFICE | Sign.STATE | Sign.DIPLOMACY
_ANY_ACT = Sign.ACT | Sign.WEAK_ACT | Sign.MODAL
_WORD = re.compile(r"['’]?[^\W\d_][\w'’.-]*")
_KINDS = {
    "office": Sign.OFFICE,
    "body": Sign.OFFICE | Sign.DIPLOMACY,
    "diplomacy": Sign.DIPLOMACY,
    "elsewhere": Sign.ELSEWHERE,
    "act": Sign.ACT,
    "weak": Sign.WEAK_ACT,
    "modal": Sign.MODAL,
    "first": Sign.FIRST_PERSON,
    "state": Sign.STATE,
}


def worth_parsing(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of one article that go through the model, in order."""
    signs = [_Signs.of(sentence.text) for sentence in sentences]
    if not signs:
        return []
    strong = [s.is_strong for s in signs]
    score = sum(strong) + A_THIRD * sum(s.is_weak and not s.is_strong for s in signs)
    # A leader who merely speaks, in the first two sentences, makes an article worth a look.
    score += sum(s.is_leader_speaking and not s.is_strong for s in signs[:2])
    count = len(signs)
    is_elsewhere = sum(s.has(Sign.ELSEWHERE) for s in signs) / count >= ELSEWHERE_SHARE
    is_spoken = sum(s.has(Sign.FIRST_PERSON) for s in signs) / count >= SPOKEN_SHARE
    needed = ENOUGH if any(strong) or is_spoken else ALONE_ENOUGH
    is_short = count <= SHORT and any(s.diplomacy or s.names_official or (is_spoken and s.is_weak) for s in signs)
    if score < needed and not is_short:
        return []
    is_dense = (score >= DENSE[0] and score / count >= DENSE[1]) or score / count >= DENSE_SHARE
    if is_short or ((is_dense or is_spoken) and not is_elsewhere):
        return [sentence for sentence, s in zip(sentences, signs, strict=True) if s.all != Sign.NONE]
    kept = []
    for index, (sentence, s) in enumerate(zip(sentences, signs, strict=True)):
        near = any(strong[max(0, index - NEAR) : index + NEAR + 1])
        acts_near = s.has(Sign.ACT | Sign.SAYING) and near
        if s.is_strong or s.is_weak or acts_near or (s.has(Sign.FIRST_PERSON) and s.has(_ANY_ACT)):
            kept.append(sentence)
    return kept


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs in one sentence; `elsewhere` counts the words of other fields, `states` the different ones named."""

    all: Sign
    elsewhere: int
    diplomacy: int
    states: int

    @classmethod
    def of(cls, text: str) -> _Signs:
        found = Sign.NONE.value
        elsewhere = diplomacy = 0
        states = set()
        for word in _WORD.findall(text):
            value = _value_of(word)
            found |= value
            elsewhere += value & Sign.ELSEWHERE.value != 0
            diplomacy += value & Sign.DIPLOMACY.value != 0
            if value & Sign.STATE.value:
                states.add(word.lower()[:4])
        return cls(Sign(found), elsewhere, diplomacy, len(states))

    def has(self, sign: Sign) -> bool:
        return bool(self.all & sign)

    @property
    def is_strong(self) -> bool:
        """Somebody acts for a state in it: a word of diplomacy or an office of a state, and a word of acting; an office
        of a state and a word of meeting; or two states and any word of acting."""
        if self.states > 1 and self.has(_ANY_ACT) and not self.elsewhere:
            return True
        is_elsewhere = self.elsewhere > 1 and self.diplomacy < 2
        acts = (self.has(Sign.ACT) and self.diplomacy > 0) or (
            self.has(Sign.ACT | Sign.ENCOUNTER) and self.names_official
        )
        return acts and not is_elsewhere

    @property
    def is_weak(self) -> bool:
        """An actor in it may act."""
        return self.has(_ANY_ACT) and self.has(_ACTOR) and self.elsewhere < 2

    @property
    def names_official(self) -> bool:
        return self.has(Sign.STATE) and self.has(Sign.OFFICE)

    @property
    def is_leader_speaking(self) -> bool:
        return self.names_official and self.has(Sign.SAYING)


# --------------------------------------------------------------------------------------------------------------- words

_remembered: dict[str, int] = {}


def _value_of(word: str) -> int:
    value = _remembered.get(word)
    if value is None:
        if len(_remembered) >= MOST_WORDS_REMEMBERED:
            _remembered.clear()
        value = _remembered[word] = _sign_of(word).value
    return value


def _sign_of(word: str) -> Sign:
    words = _gate_words()
    lowered = word.lower().rstrip(".'’-")
    if lowered.endswith(("'ll", "’ll")):
        return Sign.MODAL | _sign_of(word[:-3]) if len(lowered) > 3 else Sign.MODAL
    if lowered.endswith(("'s", "’s")):
        lowered = lowered[:-2]
    sign = Sign.NONE
    for part in dict.fromkeys((lowered, *lowered.split("-"))):
        if part in words.names and (word[0].isupper() or "-" in word):
            sign |= Sign.STATE
        found = words.direct.get(part, Sign.NONE)
        if part in words.bodies and not word[0].isupper():
            found &= ~words.bodies[part]
        # The country is no pronoun.
        sign |= found & ~Sign.FIRST_PERSON if word.isupper() and word != "I" else found
        for form in base_forms(part, words.irregular):
            sign |= words.by_lemma.get(form, Sign.NONE)
    return sign


def base_forms(word: str, irregular: dict[str, str]) -> set[str]:
    """The lemmas that an English word form may belong to, by its ending; more rather than fewer."""
    forms = {word, irregular.get(word, word)}
    for ending in ("s", "es", "d", "ed", "ing", "ation", "ment", "al", "er", "ers"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            forms |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                forms.add(stem[:-1])
            if stem.endswith("i"):
                forms.add(stem[:-1] + "y")
    return forms


@dataclass(frozen=True)
class _GateWords:
    direct: dict[str, Sign]
    by_lemma: dict[str, Sign]
    irregular: dict[str, str]
    names: frozenset[str]
    bodies: dict[str, Sign]


@lru_cache(maxsize=1)
def _gate_words() -> _GateWords:
    direct: dict[str, Sign] = {}
    by_lemma: dict[str, Sign] = {}
    irregular: dict[str, str] = {}
    common: set[str] = set()
    bodies: dict[str, Sign] = {}
    for row in table("speech_gate"):
        word, kind = row["word"], row["kind"]
        if kind.startswith("form:"):
            irregular[word] = kind.removeprefix("form:")
        elif kind == "common_in_names":
            common.add(word)
        else:
            into = by_lemma if kind in ("weak", "act") else direct
            into[word] = into.get(word, Sign.NONE) | _KINDS[kind]
            if kind == "body":
                bodies[word] = _KINDS[kind]
    weak = {word for word, sign in by_lemma.items() if sign & Sign.WEAK_ACT}
    for name, column, sign in (
        ("statement_verbs", "verb", Sign.ACT),
        ("statement_nouns", "noun", Sign.ACT),
        ("statement_adjectives", "adjective", Sign.ACT),
        ("meeting_nouns", "noun", Sign.ACT),
        ("meeting_verbs", "verb", Sign.LOOSE_ACT),
        ("speech_verbs", "lemma", Sign.SAYING),
    ):
        for row in table(name):
            word = row[column].split()[0].lower() if row[column] else ""
            if name == "meeting_verbs" and row["frame"] in _ENCOUNTERS and word != "call":
                by_lemma[word] = by_lemma.get(word, Sign.NONE) | Sign.ENCOUNTER
            if word and not (sign is Sign.ACT and word in weak and name == "statement_verbs"):
                by_lemma[word] = by_lemma.get(word, Sign.NONE) | sign
    names = {
        part.lower().rstrip(".'’")
        for row in table("countries")
        for column in ("name", "aliases", "adjectives", "people", "capital")
        for phrase in several(row[column])
        for part in _WORD.findall(phrase)
    }
    names |= {alias.lower() for row in table("organisations") for alias in several(row["aliases"]) if alias.isupper()}
    return _GateWords(direct, by_lemma, irregular, frozenset(n for n in names - common if len(n) > 1), bodies)
