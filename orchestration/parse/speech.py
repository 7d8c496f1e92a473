"""Speech inside one parsed sentence: the cue verb, the noun phrase that speaks, and the words that it introduces.

Does not belong here: who a noun phrase stands for, and what goes beyond the sentence (`attributions`).
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from orchestration.reference.tables import table

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OPENING_MARKS = frozenset({"“", '"', "``", "‘"})


@lru_cache(maxsize=1)
def cue_classes() -> dict[str, str]:
    """The class of each cue verb by its lemma: say, quote, tell, ask, write, speak, express, hold."""
    return {row["lemma"]: row["class"] for row in table("speech_verbs")}


def cue_lemma_of(token: Token) -> str | None:
    """The lemma under which a token is a cue, or None; a participle before its noun ("the said clause") is none."""
    if token.pos_ not in ("VERB", "AUX") and token.tag_[:2] != "VB":
        return None
    if token.dep_ in ("amod", "compound"):
        return None
    lemma = token.lemma_.lower()
    particle = next((c.lower_ for c in token.children if c.dep_ in ("prt", "prep") and c.i == token.i + 1), None)
    if lemma == "make" and any(t.lower_ == "clear" for t in token.doc[token.i + 1 : token.i + 3]):
        particle = "clear"
    if particle and f"{lemma} {particle}" in cue_classes():
        return f"{lemma} {particle}"
    if lemma in ("call", "point", "set", "lay"):
        return None
    return lemma if lemma in cue_classes() else None


def subject_of(cue: Token) -> tuple[Token | None, bool]:
    """The head of the noun phrase that speaks, and whether the cue is a passive without an agent."""
    children = list(cue.children)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in children)
    if passive:
        agent = next((g for c in children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
        return (agent, False) if agent is not None else (None, True)
    subject = next((c for c in children if c.dep_ in SUBJECTS), None)
    if subject is not None:
        if subject.lower_ in ("who", "which", "that") and cue.dep_ == "relcl":
            return cue.head, False
        return subject, False
    outer = _joined_cue(cue)
    if outer is not None:
        return subject_of(outer)
    if cue.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "pcomp") and cue.head is not cue:
        head = cue.head
        while head.dep_ in ("prep", "aux", "pcomp") and head.head is not head:
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return subject_of(head)
        return (head, False) if head.pos_ in ("NOUN", "PROPN", "PRON") else (None, False)
    if cue.dep_ in ("relcl", "acl"):
        return cue.head, False
    # "…," said the minister: the parser sometimes takes the inverted subject for an object.
    after = next((c for c in children if c.i > cue.i and c.dep_ in ("dobj", "attr", "oprd") and c.i - cue.i <= 6), None)
    return (after, False) if after is not None and cue.tag_ in ("VBD", "VBZ") else (None, False)


def _joined_cue(verb: Token) -> Token | None:
    """The cue that a verb is joined to, where the parser has joined it to what that cue introduces.

    "X said that Y was ready and urged Z to go": a cue without a subject, in the tense of the one before, is X's again.
    """
    if verb.dep_ != "conj" or cue_lemma_of(verb) is None or any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    for outer in verb.ancestors:
        if outer.dep_ not in ("conj", "ccomp", "xcomp", "advcl") and outer.dep_ != "ROOT":
            return None
        if outer != verb.head and outer.tag_ == verb.tag_ and cue_lemma_of(outer) is not None:
            return outer if outer.tag_ in ("VBD", "VBZ") and any(c.dep_ in SUBJECTS for c in outer.children) else None
    return None


def phrase_of(head: Token) -> list[Token]:
    """The noun phrase of a head: with apposition and what is coordinated, without brackets' ends and stops."""
    tokens = sorted(head.subtree, key=lambda t: t.i)
    tokens = [t for t in tokens if t.i >= tokens[0].i]
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].is_space):
        tokens.pop(0)
    return tokens


def noun_phrase_from(token: Token) -> list[Token]:
    """The noun phrase that begins at a token, by the head that it hangs on."""
    head = token
    while (
        head.dep_ in ("det", "amod", "compound", "poss", "nummod", "nmod", "case", "quantmod", "advmod")
        and head.head.i > token.i
    ):
        head = head.head
    phrase = [t for t in phrase_of(head) if t.i >= token.i]
    for position, part in enumerate(phrase):
        if part.dep_ == "relcl" or (
            part.text == "," and part.nbor().lower_ in ("who", "which", "he", "she", "it", "they")
        ):
            return phrase[:position] or [token]
    return phrase or [token]


def contents_of(cue: Token, verb_class: str, sentence: SpacySpan) -> list[tuple[int, int]]:
    """What a cue introduces, as character ranges in its sentence: before it, after it, or on both sides."""
    subject, _ = subject_of(cue)
    phrase = phrase_of(subject) if subject is not None and not _is_inside(cue, subject) else []
    left_edge = min([cue.i, *(t.i for t in phrase if t.i < cue.i)])
    for child in cue.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < left_edge:
            left_edge = child.i
    right_edge = max([cue.i, *(t.i for t in phrase if cue.i < t.i)])
    if _stands_after_content(cue, left_edge, sentence):
        begin = _clause_begin(cue, left_edge, sentence)
        ranges = [(begin.idx, sentence.doc[left_edge].idx)]
        rest = _quote_after(sentence, right_edge)
        return [*ranges, rest] if rest else ranges
    start = _content_start(cue, right_edge, verb_class, sentence)
    if start is None or (verb_class == "quote" and start.text not in OPENING_MARKS and start.nbor(-1).text != ":"):
        return []
    end = _content_end(cue, start, sentence)
    if end.i < start.i:
        return []
    return [(start.idx, end.idx + len(end.text))]


def _is_inside(cue: Token, subject: Token) -> bool:
    """Whether the cue hangs on its own source, as in "a minister who said"."""
    return cue in list(subject.subtree) if cue.dep_ in ("relcl", "acl") else False


_CLOSING = frozenset({",", "”", '"', "''", "’", "'", "—", "–", "--", "!", "?"})


def _stands_after_content(cue: Token, left_edge: int, sentence: SpacySpan) -> bool:
    """Whether the words come before the cue: 'A, X said' or '"A," said X'."""
    if left_edge <= sentence.start:
        return False
    before = sentence.doc[left_edge - 1]
    if before.text not in _CLOSING:
        return False
    if any(c.dep_ in ("ccomp", "dobj", "xcomp") and c.i > cue.i and c.pos_ in ("VERB", "AUX") for c in cue.children):
        after = [c for c in cue.children if c.dep_ == "ccomp" and c.i < left_edge]
        if not after or before.text == ",":
            return bool(after)
    if before.text in ("”", '"', "''") and sentence.doc[max(left_edge - 2, 0)].text in (",", "!", "?", "."):
        return True
    if any(c.dep_ in ("ccomp", "parataxis", "dep") and c.i < left_edge for c in cue.children):
        return True
    if (
        cue.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj")
        and cue.head.i < left_edge
        and cue.dep_ in ("parataxis", "dep")
    ):
        return True
    words_after = [t for t in sentence.doc[cue.i + 1 : sentence.end] if not t.is_punct]
    has_clause_before = any(
        t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for t in sentence.doc[sentence.start : left_edge - 1]
    )
    return has_clause_before and len(words_after) <= 3 and cue.dep_ in ("ROOT", "parataxis", "ccomp", "conj")


def _clause_begin(cue: Token, left_edge: int, sentence: SpacySpan) -> Token:
    """Where the words before a cue begin: with the sentence, or after an earlier cue's clause in it."""
    begin = sentence[0]
    while begin.i < left_edge - 1 and (begin.lower_ in ("and", "but", "so", "or", "yet", ",") or begin.is_space):
        begin = begin.nbor()
    return begin


def _quote_after(sentence: SpacySpan, right_edge: int) -> tuple[int, int] | None:
    """A second piece of a broken quote: what follows '…," he said, "…'."""
    opening = next(
        (t for t in sentence.doc[right_edge + 1 : sentence.end] if t.text in OPENING_MARKS),
        None,
    )
    if opening is None or opening.i > right_edge + 14:
        return None
    return opening.idx, sentence[-1].idx + len(sentence[-1].text)


def _content_start(cue: Token, right_edge: int, verb_class: str, sentence: SpacySpan) -> Token | None:
    """The first word of what follows a cue, past the addressee, the time and the manner; None where nothing does."""
    doc, end = sentence.doc, sentence.end
    complements = [c for c in cue.children if (c.i > right_edge and c.dep_ in ("ccomp", "xcomp")) or c.dep_ == "acomp"]
    complements = [c for c in complements if c.i > max(cue.i, right_edge)]
    for token in doc[right_edge + 1 : end]:
        if (token.text in OPENING_MARKS or token.text == ":") and token.i + 1 < end and (token.i - right_edge < 16):
            return token if token.text != ":" else doc[token.i + 1]
        opens = token.lower_ in ("that", "whether", "if", "how", "why", "what") and token.dep_ != "det"
        hangs_on_cue = token.head in complements or token.dep_ in ("mark", "advmod", "dobj", "attr")
        if opens and hangs_on_cue and verb_class != "express":
            return token
        if complements and token.i >= min(t.i for c in complements for t in c.subtree if t.i > right_edge):
            return token
    if complements:
        return next((t for t in doc[right_edge + 1 : end]), None)
    if verb_class in ("ask", "express", "speak") or cue.dep_ != "ROOT":
        objects = [c for c in cue.children if c.dep_ in ("dobj", "prep", "dative", "oprd") and c.i > right_edge]
        if objects and verb_class in ("ask", "express"):
            return min((t for c in objects for t in c.subtree if t.i > right_edge), key=lambda t: t.i)
    if verb_class == "say" or verb_class == "hold":
        objects = [c for c in cue.children if c.dep_ == "dobj" and c.i > right_edge]
        if objects:
            return min((t for c in objects for t in c.subtree if t.i > right_edge), key=lambda t: t.i)
    return None


def _content_end(cue: Token, start: Token, sentence: SpacySpan) -> Token:
    """The last word of what follows a cue: the sentence's, unless another verb is joined to the cue before it."""
    doc = sentence.doc
    end = sentence[-1]
    for token in doc[start.i + 1 : sentence.end]:
        is_joined = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")
        if is_joined and (token.head == cue or _joined_cue(token) == cue):
            edge = min((t.i for t in token.subtree if t.i > start.i), default=token.i)
            while edge > start.i + 1 and (doc[edge - 1].dep_ == "cc" or doc[edge - 1].text in (",", ";")):
                edge -= 1
            return doc[edge - 1]
        if token.lower_ == "according" and token.i + 1 < sentence.end and doc[token.i + 1].lower_ == "to":
            return doc[token.i - 1]
    return end
