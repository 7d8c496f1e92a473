"""When, where and how a meeting takes place, what it is called: the fields of a meeting beside who takes part.

Belongs here: choosing among the dates and places of the sentence, mode, kind, format, name. Does not belong here: what
a date expression or a place name means (`dates`, `places`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestration.parse.meeting_cues import Cue
from orchestration.parse.meeting_words import meeting_nouns
from orchestration.parse.model import Format, MeetingKind, Mode
from orchestration.parse.reading import DateMention, PlaceMention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

PHONE = re.compile(r"\b(?:tele)?phone[ds]?\b|\bphone call|\bby phone\b|\btelephone|\bhotline call\b", re.I)
VIDEO = re.compile(
    r"\bvirtual(?:ly)?\b|\bvideo[- ]?(?:link|call|conferenc\w*|meeting|talks|summit|format)?\b|\bonline\b"
    r"|\bvia zoom\b|\bteleconference",
    re.I,
)
SITES = frozenset(
    [
        "city",
        "town",
        "village",
        "capital",
        "island",
        "resort",
        "port",
        "province",
        "region",
        "state",
        "suburb",
        "outskirt",
    ]
)
"""Nouns before "of" and a place name that are that place."""

ARRIVING = frozenset(["welcome", "welcomed", "welcomes", "welcoming"])
LOCATIVES = frozenset(["in", "at", "on", "near", "inside", "outside"])
IN_YEARS = re.compile(
    r"\s+(?:\w+\s+)?in\s+(?:more than|over|nearly|almost|about|at least)?\s*(?:a|an|\w+)\s+"
    r"(?:year|month|week|decade)s?\b",
    re.I,
)


def token_at(sentence: Sentence, offset: int) -> Token | None:
    """The token that covers a place in the text."""
    return next(
        (
            token
            for token in sentence.spacy or ()
            if token.idx + sentence.shift <= offset < token.idx + sentence.shift + len(token.text)
        ),
        None,
    )


def anchor_of(token: Token, targets: set[int]) -> int | None:
    """Climbing from a token: the index of the first ancestor that is a verb or one of `targets`."""
    word = token
    for _ in range(12):
        if word.i in targets:
            return word.i
        if word.pos_ in ("VERB", "AUX") and word is not token:
            return word.i
        if word.dep_ == "ROOT":
            return word.i
        word = word.head
    return None


def share_out(cues: list[Cue], mentions: list[DateMention] | list[PlaceMention]) -> dict[int, list]:
    """The dates or places of a sentence, each given to the cue that it belongs to; keys are indexes into `cues`."""
    given: dict[int, list] = {index: [] for index in range(len(cues))}
    if not cues:
        return given
    sentence = cues[0].sentence
    own = {cue.token.i: index for index, cue in enumerate(cues)}
    by_governor: dict[int, list[int]] = {}
    for index, cue in enumerate(cues):
        if cue.governor is not None and cue.governor.i not in own:
            by_governor.setdefault(cue.governor.i, []).append(index)
        for child in cue.token.children:
            if child.dep_ in ("acl", "relcl") and child.i not in own:
                by_governor.setdefault(child.i, []).append(index)
    for mention in mentions:
        inside = [i for i, cue in enumerate(cues) if cue.phrase and cue.phrase.start <= mention.start < cue.phrase.end]
        if inside:
            given[inside[0]].append(mention)
            continue
        token = token_at(sentence, mention.start)
        if token is None:
            continue
        starting = next((i for i, cue in enumerate(cues) if _starts_then(cue, mention.start)), None)
        if starting is not None:
            given[starting].append(mention)
            continue
        within = next((i for i, cue in enumerate(cues) if token in cue.token.ancestors), None)
        if within is not None:
            given[within].append(mention)
            continue
        anchor = anchor_of(token, set(own) | set(by_governor))
        nearest = max((i for i, cue in enumerate(cues) if cue.at < mention.start), default=None)
        if anchor is not None and nearest is not None and cues[nearest].token.i > anchor:
            anchor = cues[nearest].token.i
        if anchor in own:
            given[own[anchor]].append(mention)
        elif anchor in by_governor:
            candidates = by_governor[anchor]
            before = [i for i in candidates if cues[i].at < mention.start]
            best = (before or candidates)[-1 if before else 0]
            # What stands after "said after the talks" is where it was said.
            if not (isinstance(mention, PlaceMention) and cues[best].is_matrix and cues[best].at < mention.start):
                given[best].append(mention)
        elif anchor is not None:
            # The parser hung it elsewhere: the nearest cue before it takes it, where no other verb stands between.
            before = [i for i, cue in enumerate(cues) if cue.at < mention.start]
            if before and not cues[before[-1]].is_bare and cues[before[-1]].says != "unsure":
                cue = cues[before[-1]]
                if isinstance(mention, PlaceMention) and token.i - cue.token.i > 20:
                    continue
                between = [
                    t
                    for t in sentence.spacy or ()
                    if cue.token.i < t.i < token.i and t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")
                ]
                if not between:
                    given[before[-1]].append(mention)
            elif len(cues) == 1 and cues[0].says != "unsure" and _is_root(sentence, anchor):
                given[0].append(mention)
    for index, cue in enumerate(cues):
        if cue.is_goal and cue.phrase is not None:
            # The day told before "for talks" is the day of the departure.
            given[index] = [mention for mention in given[index] if mention.start >= cue.phrase.start]
    return given


_STARTING = re.compile(
    r",?\s*(?:which (?:is|are|was|were) )?"
    r"(?:starting|beginning|opening|due|scheduled|set|planned|to be held|to begin|to start|to open"
    r"|to take place|taking place)\b"
    r"[^,;.]{0,25}"
)


def _starts_then(cue: Cue, position: int) -> bool:
    """True for what follows a noun as "…, starting on"."""
    end = cue.phrase.end if cue.phrase else None
    if end is None or not 0 < position - end < 60:
        return False
    between = cue.sentence.text[end - cue.sentence.start : position - cue.sentence.start]
    return _STARTING.fullmatch(between) is not None


def _is_root(sentence: Sentence, index: int) -> bool:
    return any(token.i == index and token.dep_ == "ROOT" for token in sentence.spacy or ())


def is_locative(sentence: Sentence, mention: PlaceMention) -> bool:
    """True where a place name says where ("in Samarkand", "the Samarkand summit"), not whose ("Kazakhstan's")."""
    token = token_at(sentence, mention.start)
    if token is None:
        return False
    word = token
    while word.dep_ == "compound" and word.head.idx + sentence.shift < mention.end:
        word = word.head
    if word.dep_ in ("compound", "nmod") and (noun := meeting_nouns().get(word.head.lower_)):
        adjacent = word.head.idx + sentence.shift - mention.end == 1
        return not mention.is_country or (adjacent and noun.strength in ("summit", "event", "named"))
    while word.dep_ in ("appos", "conj") and word.head != word:
        word = word.head
    if word.dep_ == "pobj" and word.head.lower_ == "of" and word.head.head.lemma_.lower() in SITES:
        word = word.head.head
    if word.dep_ == "pobj" and word.head.lower_ in LOCATIVES:
        return not (mention.is_country and word.head.lower_ == "on")
    if word.dep_ == "pobj" and word.head.lower_ == "to" and word.head.head.lower_ in ARRIVING:
        return True
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    second = token.nbor(-2).lower_ if token.i > 1 else ""
    locative = LOCATIVES - {"on"} if mention.is_country else LOCATIVES
    return before in locative or (before in ("the", "nearby") and second in locative)


def mode_of(cues: list[Cue], text: str, says: str, has_place: bool, has_day: bool, headline: Mode | None) -> Mode:
    """in_person, phone, video or unknown, from the words around the cues, and for the main meeting the headline."""
    near = " ".join(_around(cue, text) for cue in cues)
    modes = [cue.mode for cue in cues if cue.mode]
    kinds = {cue.kind for cue in cues}
    if VIDEO.search(near) or headline == "video":
        return "video"
    if PHONE.search(near) or (headline == "phone" and not has_place and kinds <= {"talks", "call"}):
        return "phone"
    if "phone" in modes and not has_place:
        return "phone"
    if modes and all(mode == "unknown" for mode in modes) and not has_place:
        return "unknown"
    told_by_verb = any(cue.rule in ("verb_visit", "verb_receive", "noun_visit") for cue in cues)
    people_meet = any(actor.name or actor.is_group for cue in cues for actor, _ in cue.actors)
    is_event = any(cue.strength in ("summit", "named") for cue in cues)
    if says == "scheduled" and not (has_place or has_day or told_by_verb or people_meet or is_event):
        return "unknown"
    return "in_person"


def _around(cue: Cue, text: str) -> str:
    return text[max(cue.sentence.start, cue.at - 60) : min(cue.sentence.end, cue.at + 60)]


def kind_of(cues: list[Cue], parties: set[str], bodies: set[str], mode: Mode) -> MeetingKind:
    """talks, call, visit, conference or ceremony; "summit" of two is talks, a titled meeting of three a conference."""
    main = next((cue for cue in cues if cue.purpose_of is not None), max(cues, key=lambda cue: cue.weight))
    kinds = {cue.kind for cue in cues}
    if main.kind in ("ceremony", "visit"):
        return main.kind
    if mode == "phone":
        return "call"
    of_two_states = len(parties) == 2 and not bodies and any(c.is_mutual or c.token.pos_ == "VERB" for c in cues)
    if any(cue.strength == "named" and cue.word not in ("committee", "commission") for cue in cues):
        return "conference"
    if "conference" in kinds:
        return "talks" if of_two_states else "conference"
    titled = any(cue.word == "meeting" and (cue.is_proper or cue.ordinal or cue.name) for cue in cues)
    if titled and (len(parties) >= 3 or bodies or not parties):
        return "conference"
    if bodies and len(parties) != 2 and any(cue.word in ("meeting", "meet", "gather", "convene") for cue in cues):
        return "conference"
    return "talks"


def format_of(kind: MeetingKind, parties: set[str], bodies: set[str]) -> Format:
    """bilateral for two parties, multilateral for more, for a body alone, and for a conference."""
    if kind == "conference" or any(_CLUB.match(body) for body in bodies):
        return "multilateral"
    return "bilateral" if len(parties) == 2 or (len(parties) < 2 and not bodies) else "multilateral"


_CLUB = re.compile(r"[A-Z]\d+(?:\+\d+)?$")
"""G7, G20, C5+1: named after the number of their members, they are never one counterpart."""


def name_of(cue: Cue, text: str) -> str | None:
    """The meeting as printed: noun, modifiers, what it is of or on, without article; None for a bare noun."""
    if cue.phrase is None:
        return None
    end = cue.phrase.end
    for child in cue.token.children:
        if child.i > cue.token.i and child.dep_ == "prep" and child.lower_ in ("of", "on", "for"):
            edge = child.right_edge
            end = max(end, edge.idx + cue.sentence.shift + len(edge.text))
    words = text[cue.phrase.start : min(end, cue.sentence.end)].strip(" ,;.")
    words = re.sub(r"^(?:the|a|an|this|that|these|those|their|his|her|its|our|another)\s+", "", words, flags=re.I)
    return words if len(words.split()) > 1 and len(words) < 160 else None
