"""Whom a statement is addressed to: who is to act on a demand, whom a commitment is made to or benefits.

Belongs here: choosing among the parties that an act names, its counterparts and the words as printed. Does not belong
here: who makes the statement, and what single words stand for (`statement_holders`).
"""

from __future__ import annotations

import re

from orchestration.parse.model import Span, Statement
from orchestration.parse.parties import state_names
from orchestration.parse.reading import PersonMention, Sentence
from orchestration.parse.statement_acts import Act
from orchestration.parse.statement_clauses import lemma_of
from orchestration.parse.statement_holders import FIRST, NEUTER, PLURAL, SINGULAR, Holder, Holders, distinct, offsets
from orchestration.parse.statement_words import word_list

_BENEFICIARY = re.compile(r"(?:(?:help|assist|support)(?:s|ing)?|with|between|among)\s+(?:the\s+)?$")
_PARTNER_BEFORE = re.compile(
    r"(?:agree[ds]?|agreement|deal|accord|pact|treaty|contract|memorandum|signed) with\s+(?:the\s+)?$"
)
_PARTNER_AFTER = re.compile(r"['’]s? (?:proposal|request|offer|suggestion|invitation|call|demand|plan)s?\b")
_PRONOUNS = frozenset({"me", "us", "you", "him", "her", "them", "it"})
_NEARBY = 200
"""Characters after a demand in which "they" and "this process" still mean those it was addressed to."""


def find_addressees(
    act: Act, sentence: Sentence, span: Span, speaker: Holder, holders: Holders, previous: Statement | None
) -> list[str]:
    """Parties, or the text as printed where no party is known. `previous` is the statement before this one."""
    if act.statement_class == "demand":
        return _asked(act, sentence, span, speaker, holders, previous)
    return _committed_to(act, span, speaker, holders)


def _committed_to(act: Act, span: Span, speaker: Holder, holders: Holders) -> list[str]:
    text = holders.reading.text
    if act.kind == "opposition":
        return _others(holders.parties_in(span.start, span.end), speaker)[:1]
    if len(speaker.parties) > 1 and act.kind in ("agreement", "pledge"):
        helped = [
            code
            for mention in holders.mentions(span.start, span.end)
            if _BENEFICIARY.search(text[span.start : mention.start])
            for code in ((mention.party,) if isinstance(mention, PersonMention) else mention.parties)
            if code
        ]
        return _others(tuple(helped), speaker)
    for mention in holders.mentions(span.start, span.end):
        codes = (mention.party,) if isinstance(mention, PersonMention) else mention.parties
        others = _others(tuple(c for c in codes if c), speaker)
        if others:
            end = mention.end
            rest = text[end : min(span.end, end + 60)]
            joined = re.match(r"(?:,| and| as well as)[\w\s,.]*", rest)
            if joined and joined.end() > 4:
                more = holders.parties_in(end, end + joined.end(), places=True)
                others += [c for c in _others(more, speaker) if c not in others]
            return others
    if len(speaker.parties) == 1 or act.kind in ("reaffirmation", "support"):
        return counterparts(span, speaker, holders) if len(speaker.parties) == 1 else []
    return []


def with_partners(act: Act, span: Span, speaker: Holder, holders: Holders) -> Holder:
    """It takes two to agree or to sign: the speaker with those whose proposal it agreed to, or whom it signed with."""
    if act.kind != "agreement" or len(speaker.parties) != 1:
        return speaker
    text = holders.reading.text
    partners = [
        code
        for mention in holders.mentions(span.start, span.end)
        if _PARTNER_BEFORE.search(text[span.start : mention.start])
        or _PARTNER_AFTER.match(text[mention.end : span.end])
        for code in ((mention.party,) if isinstance(mention, PersonMention) else mention.parties)
        if code
    ]
    if not partners and act.rule.startswith("document_sign"):
        partners = counterparts(span, speaker, holders)
    return Holder((*speaker.parties, *_others(tuple(partners), speaker)), speaker.name)


def counterparts(span: Span, speaker: Holder, holders: Holders) -> list[str]:
    """The others at the meeting where it was said, else the others who issue a joint text."""
    meeting = holders.meeting_at(span, speaker.parties)
    if meeting is not None:
        met = tuple(p.party for p in meeting.participants if p.party)
        return _others((*met, *holders.attendance) if set(met) & set(holders.attendance) else met, speaker)
    if set(speaker.parties) < set(holders.joint):
        return _others(holders.joint, speaker)
    return []


def _others(codes: tuple[str, ...], speaker: Holder) -> list[str]:
    return [code for code in distinct(codes) if code not in speaker.parties]


def _asked(
    act: Act, sentence: Sentence, span: Span, speaker: Holder, holders: Holders, previous: Statement | None
) -> list[str]:
    if act.rule.endswith("_bare") and _asked_just_before(span, speaker, previous):
        return _asked_just_before(span, speaker, previous)
    if act.addressed is None or act.addressed[0] >= act.addressed[1]:
        return _others(holders.parties_in(span.start, span.end), speaker) or counterparts(span, speaker, holders)
    start, end = offsets(act.addressed, act.head, sentence)
    words = holders.reading.text[start:end]
    lower = re.sub(r"^\W+|\W+$", "", words).lower()
    lower = lower.split()[0] if lower.split() and lower.split()[0] in _PRONOUNS else lower
    if lower == "me":
        return list(holders.voice_at(span).parties)
    if lower in FIRST | {"one"}:
        return list(distinct((*speaker.parties, *counterparts(span, speaker, holders))))
    if lower == "you":
        return counterparts(span, speaker, holders)
    asked_before = _asked_just_before(span, speaker, previous)
    if lower in PLURAL | NEUTER | SINGULAR:
        if asked_before:
            return asked_before
        return list(holders.antecedent(act.head.doc[act.addressed[0]], sentence).parties)
    if holders.attendance and re.search(r"\bparticipants\b", lower):
        return _others(holders.attendance, speaker)
    named: list[str] = []
    for mention in holders.mentions(start, end):
        if isinstance(mention, PersonMention):
            named += [mention.party] if mention.party else []
        elif mention.parties:
            named += mention.parties if mention.how != "location" else ()
        else:
            named.append(mention.text)
    if named:
        return list(distinct(named))
    institution = _institution(act, span, speaker, holders)
    if institution:
        return institution
    printed = _plain_phrase(words)
    if act.rule == "verb_hope":
        return [printed] if printed and is_agent(act) else []
    is_thing = act.rule.startswith(("modal", "adjective")) and not is_agent(act)
    if is_thing or not printed or lower in ("there", "this", "that", "these", "those"):
        inside = _others(holders.parties_in(span.start, span.end), speaker)
        if inside or counterparts(span, speaker, holders):
            return inside or counterparts(span, speaker, holders)
        if asked_before:
            return asked_before
    return [printed] if printed else []


def _institution(act: Act, span: Span, speaker: Holder, holders: Holders) -> list[str]:
    """ "The military", "a transitional government": those of the party that the text spoke of last."""
    assert act.addressed is not None
    words = act.head.doc[act.addressed[0] : act.addressed[1]]
    if not any(lemma_of(t) in word_list("institutions") for t in words if t.pos_ in ("NOUN", "PROPN")):
        return []
    before = [
        m for m in holders.parties if m.end <= span.start and m.how in ("name", "demonym", "capital", "government")
    ]
    for mention in reversed(before):
        others = _others(mention.parties, speaker)
        if others:
            return others
    return []


def _asked_just_before(span: Span, speaker: Holder, previous: Statement | None) -> list[str]:
    """Those that the same speaker's demand right before this one is addressed to."""
    if previous is None or previous.statement_class != "demand" or previous.speakers != list(speaker.parties):
        return []
    return previous.addressees if 0 <= span.start - previous.content.end < _NEARBY else []


def is_agent(act: Act) -> bool:
    """True where the words addressed name an office, a body or people who can act."""
    assert act.addressed is not None
    words = act.head.doc[act.addressed[0] : act.addressed[1]]
    return any(lemma_of(t) in word_list("agents") for t in words if t.pos_ in ("NOUN", "PROPN"))


def is_inside_one_state(act: Act, speaker: Holder, addressees: list[str], sentence: Sentence, holders: Holders) -> bool:
    """True for a demand that one state makes on itself, or on people and things when no other party is about."""
    if len(speaker.parties) != 1:
        return False
    own = speaker.parties[0]
    if addressees and all(a == own for a in addressees):
        return True
    known = {code for mention in holders.parties for code in mention.parties}
    if own not in state_names() or any(a in known for a in addressees):
        return False
    collective = {m.text for m in holders.parties if m.how == "text"}
    if any(a in collective for a in addressees):
        return False
    if act.rule.startswith("verb_demand") and _addresses_many(act):
        return False
    if act.rule.startswith("verb_demand") and addressees and act.addressed is not None and not is_agent(act):
        # Banks, firms and workers are asked as outsiders; offices and bodies of the state itself are not.
        return False
    here = holders.parties_in(sentence.start, sentence.end, places=True)
    return all(code == own for code in here)


def _addresses_many(act: Act) -> bool:
    """True for "partners", "other countries", "participants"."""
    if act.addressed is None:
        return False
    words = act.head.doc[act.addressed[0] : act.addressed[1]]
    return any(t.tag_ == "NNS" and lemma_of(t) in word_list("collectives") for t in words)


def _plain_phrase(words: str) -> str:
    """An addressee as printed, cut at the first clause mark and without closing punctuation."""
    phrase = re.split(r"[,;:()\n]| who | which | that ", words.strip(), maxsplit=1)[0].strip(" \"'“”’‘*")
    return phrase if 0 < len(phrase) <= 90 else ""
