"""Lists under one speech act: "The two sides agreed to:" and the items below it, each a statement of its own.

Belongs here: finding the lead and its items. Does not belong here: speech acts inside one sentence (`statement_acts`),
numbers of points (`statement_points`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.parse.model import Span
from orchestration.parse.reading import Sentence
from orchestration.parse.statement_acts import Act, assertion
from orchestration.parse.statement_clauses import lemma_of, subject_of
from orchestration.parse.statement_words import act_words

_BULLET = re.compile(r"\s*(?:[-*•–—▪●·]\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)")
_SHORTEST_ITEM = 12
_MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that ends in a colon and whose last speech act the items below complete."""

    act: Act
    sentence: Sentence


def find_lead(sentence: Sentence) -> Lead | None:
    """The speech act that a sentence leaves open before its closing colon, or None."""
    parsed = sentence.spacy
    if parsed is None or not sentence.text.rstrip().endswith(":"):
        return None
    for token in reversed(list(parsed)):
        word = act_words("verb").get(lemma_of(token)) if token.pos_ == "VERB" else None
        if word is None or assertion(token, parsed) not in ("finite", "participle"):
            continue
        rest = [t for t in parsed.doc[token.i + 1 : parsed.end] if not t.is_punct]
        ends_open = not rest or rest[-1].lower_ in ("to", "on", "that", "following", "for") or len(rest) <= 2
        if not ends_open or any(t.tag_ in ("VB", "VBD", "VBZ", "VBP", "MD") for t in rest):
            return None
        addressed = None
        if word.statement_class == "demand" and len(rest) > 1 and rest[-1].lower_ == "to":
            first = rest[0].i + (rest[0].lower_ in ("on", "upon"))
            addressed = (first, rest[-1].i)
        act = Act(
            token, token, word.statement_class, word.kind, "list_item", word.plover, token.i, subject_of(token),
            addressed, True, token.i + 1,
        )  # fmt: skip
        return Lead(act, sentence)
    return None


def items_below(lead: Lead, sentences: list[Sentence], text: str) -> Iterator[tuple[Sentence, Span]]:
    """The items of a lead: what follows in paragraphs of their own, marked or going on in small letters."""
    paragraph = lead.sentence.paragraph
    for sentence in sentences[lead.sentence.index + 1 : lead.sentence.index + 1 + _MOST_ITEMS]:
        if sentence.paragraph == paragraph:
            continue
        marker = _BULLET.match(sentence.text)
        if marker is None and not sentence.text.lstrip()[:1].islower():
            return
        paragraph = sentence.paragraph
        start = sentence.start + (marker.end() if marker else 0)
        end = start + len(re.sub(r"(?:[\s;,.:]|\band)+$", "", text[start : sentence.end]))
        if end - start >= _SHORTEST_ITEM:
            yield sentence, Span(start, end)
