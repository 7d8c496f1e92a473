"""Which words of a parsed sentence tell that people meet at all, before it is known who they are.

Belongs here: the lexical and syntactic test of a trigger word, strict for meetings of parties and wide for any meeting
of people (press events and photo captions included), as event collections of general news define it. Does not belong
here: who meets, when and where (`meeting_cues`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestration.parse.meeting_words import blocks, meeting_nouns, people_nouns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

_CAPTION = re.compile(
    r"^\(?(?:FILE|Photo)\b"
    r"|, (?:second |far )?(?:left|right|center|centre)(?: rear)?,|\((?:R|L|C)\)"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|September|Oct|Nov|Dec)\.? \d{1,2},? \d{4}\W*$"
)
_CAPTION_ACTS = frozenset(["greet", "greets", "greeting", "chat", "chats", "shake", "shakes"])
_CAPTION_COMPANY = frozenset(["walk", "talk"])
_HOLDING = frozenset(["hold", "have", "host", "attend", "chair", "convene"])
_CAPTION_NOUNS = frozenset(["meeting", "summit", "forum", "conference"])
_COMPANY = frozenset(["with", "between", "of"])


def is_caption(sentence: str) -> bool:
    """True for the line under a picture: it opens with FILE, says who is left and right, or ends with a full date."""
    return _CAPTION.search(sentence) is not None


def is_blocked(noun: str, modifiers: Iterable[Token]) -> bool:
    """True where a modifier makes a meeting noun something else: a press conference, a cabinet meeting, a pay round."""
    for modifier in modifiers:
        blocked = blocks().get(modifier.lower_)
        if blocked and (noun in blocked or "*" in blocked):
            return True
    return False


def tells_encounter(sentence: Doc | Span) -> bool:
    """Whether a sentence tells of people meeting in the wide sense; `find_meetings` asks for more."""
    caption = is_caption(sentence.text)
    return any(_tells_encounter(token, caption) for token in sentence)


def _tells_encounter(token: Token, caption: bool) -> bool:
    lemma = token.lemma_.lower()
    if caption and token.lower_ in _CAPTION_ACTS:
        return True
    if token.pos_ == "VERB":
        if lemma == "meet":
            return _has_company(token)
        return caption and lemma in _CAPTION_COMPANY and _is_with_somebody(token)
    noun = meeting_nouns().get(token.lower_)
    if noun is None or token.pos_ not in ("NOUN", "PROPN"):
        return False
    if caption and noun.noun in _CAPTION_NOUNS:
        return True
    if (
        noun.noun != "meeting"
        or token.dep_ in ("compound", "nsubj", "nsubjpass")
        or is_blocked("meeting", token.children)
    ):
        return False
    return (
        any(child.lower_ in _COMPANY or child.dep_ == "poss" for child in token.children)
        or (token.dep_ == "dobj" and token.head.lemma_.lower() in _HOLDING)
        or any(child.lower_ == "sidelines" for child in token.subtree)
    )


def _is_with_somebody(verb: Token) -> bool:
    return any(goal.pos_ == "PROPN" for child in verb.children if child.lower_ == "with" for goal in child.children)


def _has_company(verb: Token) -> bool:
    """True for "met with" and for "met" with people as object, not for demands and deadlines that are met."""
    for child in verb.children:
        if child.dep_ == "neg":
            return False
    return any(
        child.lower_ == "with" or (child.dep_ == "dobj" and (child.pos_ == "PROPN" or child.lemma_ in people_nouns()))
        for child in verb.children
    )
