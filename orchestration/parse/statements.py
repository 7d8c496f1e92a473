"""Commitments and demands by the codebook: content span, class and kind, speakers, addressees, point number.

Belongs here: the order of the steps and what makes a candidate a statement. Does not belong here: the grammar
(`statement_acts`, `statement_spans`), who speaks (`statement_holders`), meetings (`meetings`), linking over several
articles (dbt).
"""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.parse.model import CommitmentKind, Meeting, Span, Statement
from orchestration.parse.reading import Reading, Sentence
from orchestration.parse.statement_acts import Act, find_acts
from orchestration.parse.statement_addressees import find_addressees, is_agent, is_inside_one_state, with_partners
from orchestration.parse.statement_clauses import lemma_of
from orchestration.parse.statement_holders import FIRST, Holder, Holders
from orchestration.parse.statement_items import Lead, find_lead, items_below
from orchestration.parse.statement_points import number_points
from orchestration.parse.statement_repeats import drop_repeated
from orchestration.parse.statement_spans import content_end, trim
from orchestration.parse.statement_words import rule_confidence, word_list
from orchestration.parse.strength import demand_strength

_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|so long as|on (?:the )?condition|in case|until|once|only when)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|no later than|not later than|prior to|within)\s+(?:the\s+)?(?:end\s+of\s+)?$"
)


def find_statements(reading: Reading, meetings: list[Meeting]) -> list[Statement]:
    """The statements that an article tells, in order of their content; `meeting` names one of `meetings` or is None."""
    points = number_points(reading.sentences)
    holders = Holders(reading, meetings)
    is_all_at_home = _is_all_at_home(holders)
    found: list[Statement] = []
    items: set[int] = set()
    for sentence in reading.sentences:
        if sentence.spacy is None or sentence.index in items:
            continue
        lead = find_lead(sentence)
        told = _items_of(lead, holders) if lead is not None else []
        if told:
            items |= {item.index for item, _ in told}
            found += [statement for _, statement in told]
        covered = -1
        for act in find_acts(sentence.spacy):
            if act.head.i < covered or (lead is not None and told and act.head == lead.act.head):
                continue
            end = content_end(act, sentence.spacy)
            span = _span(act, end, sentence, reading.text)
            speaker = holders.speaker(act, sentence, span)
            if not speaker and sentence.index in points and _has_no_holder(act):
                speaker = _of_point_before(found)
            if speaker or _is_told_of_others(act):
                covered = end
            if not speaker or (is_all_at_home and _is_in_conversation(act, span, holders)):
                continue
            statement = _statement(act, span, sentence, speaker, holders, found[-1] if found else None)
            if statement is not None:
                statement.outcome_no = points.get(sentence.index)
                found.append(statement)
    return drop_repeated(sorted(found, key=lambda s: s.content), reading.text)


def _is_all_at_home(holders: Holders) -> bool:
    """True for an article in which one state and nobody else is named."""
    reading = holders.reading
    named = {code for mention in reading.parties for code in mention.parties}
    return len(named | {p.party for p in reading.people if p.party}) < 2


def _is_in_conversation(act: Act, span: Span, holders: Holders) -> bool:
    """True for what is said in first person or in direct speech: among a state's own people it binds nobody."""
    attribution = holders.attribution_at(span)
    is_direct = attribution is not None and attribution.is_direct
    is_loose = attribution is None and (act.rule == "modal_will_passive" or act.rule.endswith("_bare"))
    return is_direct or is_loose or (act.holder is not None and act.holder.lower_ in FIRST)


def _items_of(lead: Lead, holders: Holders) -> list[tuple[Sentence, Statement]]:
    """One statement for each item of a list that a speech act leads in."""
    reading = holders.reading
    whole = Span(lead.sentence.start, lead.sentence.end)
    speaker = holders.speaker(lead.act, lead.sentence, whole)
    found = []
    for sentence, span in items_below(lead, reading.sentences, reading.text) if speaker else ():
        statement = _statement(lead.act, span, lead.sentence, speaker, holders, None)
        if statement is not None:
            found.append((sentence, statement))
    return found


def candidates(reading: Reading) -> list[tuple[Sentence, Act, Span]]:
    """Every speech act of the article with its content, whoever makes it; none inside another's content."""
    found: list[tuple[Sentence, Act, Span]] = []
    for sentence in reading.sentences:
        if sentence.spacy is None:
            continue
        covered = -1
        for act in find_acts(sentence.spacy):
            if act.head.i >= covered:
                covered = content_end(act, sentence.spacy)
                found.append((sentence, act, _span(act, covered, sentence, reading.text)))
    return found


def _span(act: Act, end: int, sentence: Sentence, text: str) -> Span:
    doc = act.head.doc
    last = doc[end - 1]
    return Span(*trim(text, doc[act.start].idx + sentence.shift, last.idx + len(last.text) + sentence.shift))


def _has_no_holder(act: Act) -> bool:
    return act.holder is None or act.holder.tag_ == "PRP"


def _of_point_before(found: list[Statement]) -> Holder:
    """Whoever made the point before this one of the same list: a point often names nobody."""
    if not found or found[-1].outcome_no is None:
        return Holder()
    return Holder(tuple(found[-1].speakers), found[-1].speaker_name)


def _is_told_of_others(act: Act) -> bool:
    """True where somebody named who is no party makes the act: what is inside it is no party's statement either."""
    return act.own_voice and act.holder is not None and act.holder.tag_ not in ("WDT", "WP", "PRP")


def _statement(
    act: Act, span: Span, sentence: Sentence, speaker: Holder, holders: Holders, previous: Statement | None
) -> Statement | None:
    """The statement of an act whose speaker is known, or None where it binds nobody outside one state."""
    reading = holders.reading
    act = _need_of_all(act, speaker)
    speaker = with_partners(act, span, speaker, holders)
    addressees = find_addressees(act, sentence, span, speaker, holders, previous)
    if act.rule == "verb_hope" and not addressees:
        return None
    if act.rule.startswith("verb_opposition") and lemma_of(act.head) in word_list("defences"):
        # To refuse, resist or dismiss at home binds nobody abroad.
        here = holders.parties_in(sentence.start, sentence.end, places=True)
        if len(speaker.parties) == 1 and set(here) <= set(speaker.parties):
            return None
    if act.statement_class == "demand" and is_inside_one_state(act, speaker, addressees, sentence, holders):
        return None
    meeting = holders.meeting_at(span, speaker.parties)
    return Statement(
        content=span,
        statement_class=act.statement_class,
        kind=_kind(act, speaker),
        speakers=list(speaker.parties),
        speaker_name=speaker.name,
        addressees=addressees,
        conditional=_CONDITION.search(span.cut(reading.text)) is not None,
        deadline=_deadline(reading, span),
        meeting=meeting.id if meeting is not None else None,
        rule=act.rule,
        confidence=rule_confidence(act.rule),
        plover_code=act.plover or None,
        strength=_strength(act, span, sentence, reading.text),
    )


def _need_of_all(act: Act, speaker: Holder) -> Act:
    """A need that several state together and that names nobody else binds themselves: a reaffirmation."""
    is_need = act.rule.startswith(("noun_need", "noun_necessity", "adjective_inf_demand"))
    names_nobody = act.addressed is None or act.addressed[0] >= act.addressed[1] or not is_agent(act)
    if is_need and len(speaker.parties) > 1 and names_nobody:
        return replace(act, statement_class="commitment", kind="reaffirmation", plover="AGREE")
    return act


def _kind(act: Act, speaker: Holder) -> CommitmentKind | None:
    """A pledge by several is an agreement; everything else keeps its own kind."""
    if act.kind == "pledge" and len(speaker.parties) > 1:
        return "agreement"
    return act.kind


def _strength(act: Act, span: Span, sentence: Sentence, text: str) -> int | None:
    """How much a demand asks for, read from what is asked: the words after "to" or after the modal."""
    if act.statement_class != "demand":
        return None
    if act.rule == "list_item":
        return demand_strength(span.cut(text))
    first = act.head.i + 1 if act.rule.startswith("modal") else max(act.proposition, act.head.i + 1)
    doc = act.head.doc
    if first >= len(doc):
        return None
    return demand_strength(text[doc[first].idx + sentence.shift : span.end])


def _deadline(reading: Reading, span: Span) -> str | None:
    """The date by which something is to be done, where the content names one."""
    for date in reading.dates:
        if not span.start <= date.start < span.end or date.start_date is None:
            continue
        if _DEADLINE.search(reading.text[max(span.start, date.start - 25) : date.start]):
            return date.end_date or date.start_date
    return None
