"""Grammar that statements lean on: what follows a verb, who its subject is, whether it is asserted.

The small model's parse errs on long diplomatic sentences, so each question is put to the words in their order first
and to the dependency tree second. Does not belong here: which words are speech acts (`statement_words`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from orchestration.parse.statement_words import word_list
from orchestration.reference.tables import table

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


@dataclass(slots=True)
class Complement:
    """What follows an act word: its shape, where the proposition starts, and the words between (who is addressed).

    All positions are token indices in the document; `addressed` is half open and may be empty.
    """

    frame: str
    start: int
    addressed: tuple[int, int] | None = None


def words_after(token: Token, sentence: Span) -> Iterator[Token]:
    """The tokens of the sentence after this one."""
    yield from (token.doc[i] for i in range(token.i + 1, sentence.end))


def is_infinitive(token: Token, sentence: Span) -> Token | None:
    """The verb of `to VERB` when `token` is its `to`; adverbs may stand between ("to fully implement")."""
    if token.lower_ != "to":
        return None
    for i in range(token.i + 1, min(token.i + 4, sentence.end)):
        word = token.doc[i]
        if word.tag_ == "VB" or (word.tag_ in ("VBP", "NN") and word.i == token.i + 1 and token.tag_ == "TO"):
            return word
        if word.pos_ != "ADV" and word.lower_ not in ("not", "also"):
            return None
    return None


def lemma_of(token: Token) -> str:
    """The lemma in lower case, with the small model's standing errors put right ("hoped" is no hop)."""
    form = token.lower_
    return _lemma_corrections().get(form) or token.lemma_.lower()


@cache
def _lemma_corrections() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in table("statement_lemmas")}


def find_complement(
    word: Token, sentence: Span, allowed: tuple[str, ...], after: int | None = None
) -> Complement | None:
    """The first of the `allowed` frames that the words after `word`, or from token `after` on, fill; or None."""
    doc = word.doc
    position = _skip_adverbials(word.i + 1 if after is None else after, sentence)
    position = _skip_aside(position, sentence)
    if position >= sentence.end:
        return None
    first = doc[position]
    for shape in _shapes(word, first, sentence):
        if shape.frame in allowed:
            return shape
    return None


def _skip_aside(position: int, sentence: Span) -> int:
    """Past ", where applicable and subject to national law, ": an aside between commas that an infinitive follows."""
    doc = sentence.doc
    if position >= sentence.end or doc[position].text != ",":
        return position
    for i in range(position + 1, min(position + 20, sentence.end - 1)):
        if doc[i].text == "," and doc[i + 1].lower_ == "to":
            return i + 1
        if doc[i].tag_ in FINITE or doc[i].tag_ == "MD":
            break
    return position


def _skip_adverbials(position: int, sentence: Span) -> int:
    """Past adverbs, times and quotation marks that stand between a verb and what it governs."""
    doc = sentence.doc
    while position < sentence.end:
        token = doc[position]
        is_date_phrase = (
            token.lower_ in ("on", "in", "at")
            and position + 1 < sentence.end
            and doc[position + 1].lower_ in word_list("adverbials")
            and doc[position + 1].tag_ == "NNP"
        )
        if is_date_phrase:
            position += 2
            while position < sentence.end and doc[position].like_num:
                position += 1
            continue
        skippable = (
            (token.pos_ == "ADV" and token.lower_ not in ("not", "never"))
            or (token.lower_ in word_list("adverbials") and token.tag_ not in ("MD",))
            or token.text in ('"', "“", "‘", "'", "*", "**")
        )
        if not skippable:
            return position
        position += 1
    return position


def _shapes(word: Token, first: Token, sentence: Span) -> Iterator[Complement]:
    doc = word.doc
    lower = first.lower_
    following = doc[first.i + 1] if first.i + 1 < sentence.end else None
    if lower == "to" or (lower in ("not", "never") and following is not None and following.lower_ == "to"):
        particle = first if lower == "to" else following
        assert particle is not None
        infinitive = is_infinitive(particle, sentence)
        if infinitive is not None:
            yield Complement("neg_inf" if lower != "to" else "inf", first.i)
            if lower != "to":
                yield Complement("inf", first.i)
            return
        after = doc[particle.i + 1] if particle.i + 1 < sentence.end else None
        if after is not None and after.tag_ == "VBG":
            yield Complement("to_ing", first.i)
        if after is not None:
            opening = _infinitive_after(after.i, sentence)
            if opening is not None:
                yield Complement("to_inf", opening, (after.i, opening))
            yield Complement("to_np", first.i)
            yield Complement("to", first.i)
        return
    if lower == "that" and (first.tag_ in ("IN", "WDT") or first.dep_ == "mark"):
        yield Complement("that", first.i)
        return
    if lower in word_list("prepositions") and first.pos_ in ("ADP", "SCONJ", "PART"):
        yield from _prepositional(first, sentence)
        return
    if first.tag_ == "VBG" and first.dep_ not in ("amod", "compound"):
        yield Complement("ing", first.i)
        yield Complement("obj", first.i)
        return
    if first.dep_ in ("acomp", "oprd") and lower in ("ready", "firm"):
        yield Complement(lower, first.i)
        return
    if not starts_noun_phrase(first):
        return
    opening = _infinitive_after(first.i, sentence, word)
    if opening is not None:
        negated = opening > 0 and doc[opening].lower_ in ("not", "never")
        if lower in ("itself", "themselves", "himself", "ourselves", "herself", "myself"):
            yield Complement("refl_inf", opening)
        yield Complement("obj_neg_inf" if negated else "obj_inf", opening, (first.i, opening))
        if negated:
            yield Complement("obj_inf", opening, (first.i, opening))
    clause = next((c for c in word.children if c.dep_ == "ccomp" and c.i > word.i), None)
    if clause is not None and any(c.dep_ in SUBJECTS and word.i < c.i < clause.i for c in clause.children):
        yield Complement("that", first.i, (first.i, first.i))
    preposition = next(
        (
            t
            for t in word.children
            if t.i > first.i and t.lower_ in ("for", "on", "against", "with") and t.dep_ == "prep"
        ),
        None,
    )
    if preposition is not None:
        yield Complement(f"obj_{preposition.lower_}", preposition.i, (first.i, preposition.i))
    yield Complement("obj", first.i)


def _prepositional(preposition: Token, sentence: Span) -> Iterator[Complement]:
    doc = preposition.doc
    lower = preposition.lower_
    start = preposition.i + 1
    if start >= sentence.end:
        return
    if doc[start].tag_ == "VBG":
        yield Complement(f"{lower}_ing", preposition.i)
        if lower in ("for", "against"):
            yield Complement(lower, preposition.i)
        return
    opening = _infinitive_after(start, sentence) if starts_noun_phrase(doc[start]) else None
    if opening is not None:
        yield Complement(f"{lower}_inf", opening, (start, opening))
    for i in range(start, min(start + 15, sentence.end)):
        if doc[i].lower_ == "for" and lower in ("on", "upon"):
            yield Complement(f"{lower}_for", i, (start, i))
            break
        if doc[i].pos_ == "VERB" and doc[i].tag_ in FINITE:
            break
    yield Complement(lower, preposition.i)


def starts_noun_phrase(token: Token) -> bool:
    """True where a noun phrase can begin."""
    return token.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "SYM") or token.tag_ in (
        "PRP$",
        "DT",
        "PDT",
        "JJ",
        "VBN",
        "VBG",
        "CD",
        "$",
        "POS",
    )


def _infinitive_after(start: int, sentence: Span, governor: Token | None = None) -> int | None:
    """Where the `to VERB` begins whose subject is the noun phrase at `start`; None where the phrase has none.

    A relative clause inside the phrase may hold finite verbs; the parse decides there, where it gives the verb a
    `to`-complement at all.
    """
    doc = sentence.doc
    if governor is not None:
        for child in governor.children:
            if child.dep_ in ("xcomp", "ccomp", "advcl") and child.tag_ == "VB" and child.i > start:
                marker = next((c for c in child.children if c.lower_ == "to" and c.i < child.i), None)
                if marker is not None and marker.i > start and marker.i - start < 30:
                    return _with_negation(marker.i, doc)
    depth = 0
    for i in range(start, min(start + 25, sentence.end)):
        token = doc[i]
        if token.text in ("(", "[", "—", "–"):
            depth += 1
        elif token.text in (")", "]"):
            depth = max(0, depth - 1)
        elif depth:
            continue
        if token.text in (";", ":") or ((token.tag_ in FINITE or token.tag_ == "MD") and token.dep_ not in ("relcl",)):
            return None
        if token.lower_ == "to" and is_infinitive(token, sentence) is not None:
            return _with_negation(i, doc)
    return None


def _with_negation(position: int, doc: Doc) -> int:
    previous = doc[position - 1]
    return position - 1 if previous.lower_ in ("not", "never") else position


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject, looked for over coordinated and controlling verbs; None for imperatives and nominals."""
    seen = 0
    node: Token = verb
    while seen < 8:
        seen += 1
        own = next(
            (c for c in node.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and c.i < node.i), None
        )
        if own is None and node.tag_ in FINITE | {"VB", "VBN"}:
            if lemma_of(node) in word_list("inversions"):
                own = next((c for c in node.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
            else:
                # "A thanked B, welcomed C, and …" is often parsed as if "welcomed C" told the words before it.
                told = next((c for c in node.children if c.dep_ == "ccomp" and c.i < node.i), None)
                own = next((c for c in told.children if c.dep_ == "nsubj"), None) if told is not None else None
        if own is not None and not (node is verb and _is_far_subject(own, verb)):
            return own
        if own is not None:
            first = _first_subject(verb)
            return first if first is not None else own
        if node.dep_ in ("conj", "xcomp", "advcl", "aux", "auxpass", "dep", "acl", "pcomp", "ccomp", "appos"):
            if node.dep_ == "acl" and node.tag_ == "VBG":
                return node.head
            node = node.head
            continue
        return None
    return None


def _is_far_subject(subject: Token, verb: Token) -> bool:
    """True where the parse takes a word before ", and VERB" for its subject: such a verb shares the first verb's."""
    doc = verb.doc
    position = min([c.i for c in verb.children if c.dep_ in ("aux", "neg", "advmod") and c.i < verb.i] + [verb.i]) - 1
    if position < 0 or verb.tag_ not in FINITE:
        return False
    return doc[position].lower_ == "and" and subject.i < position and doc[position - 1].text == ","


def _first_subject(verb: Token) -> Token | None:
    """The subject of the sentence's first finite verb, where that has the same tense as this one."""
    for token in verb.sent:
        if token.i >= verb.i:
            return None
        if token.tag_ in FINITE and token.pos_ != "AUX":
            subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
            if subject is not None:
                return subject if token.tag_ == verb.tag_ else None
    return None


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries and negation right before the verb, in order."""
    return sorted((c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i), key=lambda t: t.i)


def is_negated(verb: Token) -> bool:
    """True for "does not", "never", "no longer" and the like on this verb."""
    if any(c.dep_ == "neg" for c in verb.children):
        return True
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    return any(t.lower_ in ("not", "n't", "n’t", "never") for t in before)


def is_passive(verb: Token) -> bool:
    """True for "is urged", "were signed"."""
    return verb.tag_ == "VBN" and any(
        c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lemma_ == "be") for c in verb.children
    )


def noun_phrase(head: Token) -> tuple[int, int]:
    """The words of a noun's own phrase, without coordinated nouns and relative clauses."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.children:
        if child.i > head.i and child.dep_ in ("prep", "appos", "nmod"):
            end = max(end, child.right_edge.i + 1)
    return start, end


def noun_phrases(head: Token) -> tuple[int, int]:
    """The words of a noun's phrase together with the nouns that it is joined with."""
    start, end = noun_phrase(head)
    for child in head.children:
        if child.i > head.i and child.dep_ == "conj":
            end = max(end, noun_phrases(child)[1])
    return start, end
