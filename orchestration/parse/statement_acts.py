"""Speech acts in a parsed sentence: which verb, noun, adjective or modal makes a commitment or a demand.

Each rule gives an `Act`: its class and kind, the words that hold it and those that it addresses, as tokens. Does not
belong here: where its content ends (`statement_spans`), which parties the words stand for (`statement_holders`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from orchestration.parse.model import CommitmentKind, StatementClass
from orchestration.parse.statement_clauses import (
    FINITE,
    Complement,
    auxiliaries,
    find_complement,
    is_infinitive,
    is_negated,
    is_passive,
    lemma_of,
    noun_phrases,
    subject_of,
)
from orchestration.parse.statement_words import ActWord, act_words, light_verbs, word_list


@dataclass(slots=True)
class Act:
    """One candidate statement inside a sentence, in token indices of the parsed document.

    `start` is where the content begins; `head` is the word that makes it a statement; `clause` the verb whose clause
    the content fills; `holder` the grammatical subject of the act (None for bare and impersonal ones); `addressed` the
    words for who is to act. `own_voice` is True where the act's own subject makes the statement ("X urges"), False
    where the statement is made by whoever utters the sentence ("X should").
    """

    head: Token
    clause: Token
    statement_class: StatementClass
    kind: CommitmentKind | None
    rule: str
    plover: str
    start: int
    holder: Token | None = None
    addressed: tuple[int, int] | None = None
    own_voice: bool = True
    proposition: int = 0


_FIRST_PERSON = frozenset({"we", "i", "let"})
_PERFORMATIVE_GOVERNORS = frozenset({"want", "like", "wish", "have", "let", "allow", "love", "permit"})
_STRESSING = frozenset({"stress", "emphasize", "emphasise", "insist"})
_LIST_STRONG = frozenset({"oppose", "reject", "call", "urge", "reaffirm", "reiterate", "appeal"})


def _enumerators() -> frozenset[str]:
    return word_list("ordinals") | word_list("enumerators")


def find_acts(sentence: Span) -> list[Act]:
    """Every speech act of the sentence, in order of its first word; acts inside another's content are still there."""
    acts: list[Act] = []
    for token in sentence:
        acts.extend(_acts_at(token, sentence))
    acts.sort(key=lambda act: (act.start, act.head.i))
    return acts


def _acts_at(token: Token, sentence: Span) -> Iterator[Act]:
    if token.tag_ == "MD" or token.lower_ in ("’ll", "'ll"):
        act = _modal_act(token, sentence)
        if act:
            yield act
        return
    lemma = lemma_of(token)
    if token.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "ADP", "PROPN", "SCONJ"):
        adjective = _adjective_act(token, sentence)
        if adjective:
            yield adjective
            return
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB") or _is_bare_opening(token, sentence):
        if lemma == "be":
            act = _be_to_act(token, sentence) or _stance_act(token, sentence) or _time_act(token, sentence)
            act = act or _violation_act(token, sentence)
            if act:
                yield act
                return
        if lemma in ("have", "need", "go", "get"):
            act = _semi_modal_act(token, sentence)
            if act:
                yield act
                return
        act = _verb_act(token, sentence) or _document_act(token, sentence) or _hope_act(token, sentence)
        act = act or _look_forward_act(token, sentence) or _refusal_act(token, sentence)
        act = act or _stance_act(token, sentence) or _backed_act(token, sentence) or _violation_act(token, sentence)
        if act:
            yield act
            return
    if token.pos_ in ("NOUN", "PROPN"):
        act = _noun_act(token, sentence) or _signing_act(token, sentence) or _deal_act(token, sentence)
        if act:
            yield act


# ---------------------------------------------------------------------------------------------------------- assertion


def assertion(verb: Token, sentence: Span) -> str | None:
    """How the verb is put forward: `finite`, `participle`, `bare`, `point`, `passive`, or None where it is not."""
    helpers = auxiliaries(verb)
    lowered = {h.lower_ for h in helpers}
    if any(h.tag_ == "MD" for h in helpers):
        return "performative" if verb.tag_ == "VB" and lowered & {"must", "would"} and _is_first_person(verb) else None
    if _is_hypothetical(verb):
        return None
    if verb.tag_ in FINITE:
        return "finite" if verb.dep_ not in ("amod", "compound") else None
    if verb.tag_ == "VBN":
        if is_passive(verb):
            return None if lowered & {"being", "to"} else "passive"
        if any(lemma_of(h) == "have" for h in helpers):
            return "finite"
        if verb.dep_ == "conj" and verb.head.tag_ in ("VBD", "VBN") and assertion(verb.head, sentence) == "finite":
            return "finite"
        if verb.dep_ == "ROOT" and subject_of(verb) is not None and not helpers:
            return "finite"
        return None
    if verb.tag_ == "VBG":
        if any(lemma_of(h) == "be" for h in helpers):
            return "finite"
        previous = verb.doc[verb.i - 1] if verb.i > sentence.start else None
        if verb.dep_ == "acl" and lemma_of(verb.head) in word_list("texts"):
            return "participle"
        if verb.dep_ in ("advcl", "conj", "acl", "dep", "ROOT") and (
            previous is None
            or previous.text in (",", "—", "–", ";", ":")
            or previous.lower_ in ("and", "also", "while")
        ):
            return "participle"
        return None
    if verb.tag_ == "VB" and not lowered & {"to", "do", "does", "did"} and _has_own_subject(verb):
        return "finite"
    if verb.tag_ == "VB" or verb.pos_ in ("VERB", "NOUN", "PROPN"):
        return _bare_assertion(verb, sentence, lowered)
    return None


def _has_own_subject(verb: Token) -> bool:
    """True where a plural subject makes a base form finite, which the tagger often misses ("the parties look")."""
    return verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)


def _bare_assertion(verb: Token, sentence: Span, helpers: set[str]) -> str | None:
    if helpers & {"do", "does", "did"}:
        return "finite"
    if "to" in helpers:
        governor = verb.head
        if governor.lemma_ == "be" and _has_ordinal_subject(governor):
            return "point"
        if lemma_of(governor) == "continue" and verb.i - governor.i <= 3:
            return assertion(governor, sentence)
        if lemma_of(governor) in _PERFORMATIVE_GOVERNORS and _is_first_person(governor):
            return "performative"
        return None
    if verb.head.lemma_ == "let" and verb.i - verb.head.i <= 2:
        return "performative"
    if _is_bare_opening(verb, sentence):
        return "bare"
    previous = verb.doc[verb.i - 1] if verb.i > sentence.start else None
    if lemma_of(verb) in _LIST_STRONG and previous is not None:
        before = verb.doc[verb.i - 2] if verb.i - 1 > sentence.start else previous
        if previous.text in (",", ";") or (previous.lower_ == "and" and before.text in (",", ";")):
            return "list"
    if verb.dep_ == "conj" and verb.head.i < verb.i and verb.head.tag_ in ("VB", "VBP") and verb.head.tag_ != "VBN":
        first = verb.head
        if _is_bare_opening(first, sentence) or first.tag_ == "VBP":
            return "bare"
    return None


def _is_bare_opening(token: Token, sentence: Span) -> bool:
    """True for the first verb of a point or an order: "Sixth, support all efforts", "- Urge the parties to"."""
    if token.pos_ not in ("VERB", "NOUN", "PROPN") or token.tag_ not in ("VB", "VBP", "NN", "NNP"):
        return False
    if token.lower_ not in act_words("verb"):
        return False
    for i in range(token.i - 1, sentence.start - 1, -1):
        word = token.doc[i]
        if (
            word.is_punct
            or word.is_space
            or word.lower_ in _enumerators()
            or word.like_num
            or word.pos_ in ("X", "SYM")
        ):
            continue
        if word.pos_ == "ADV" or word.lower_ in ("and", "to", "the", "point", "is"):
            continue
        return False
    following = token.doc[token.i + 1] if token.i + 1 < sentence.end else None
    return following is not None and following.lower_ not in ("of", "is", "was", "has", "for", "by", ",")


def _has_ordinal_subject(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and any(t.lower_ in _enumerators() for t in subject.subtree)


def _is_first_person(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and subject.lower_ in _FIRST_PERSON


def _is_hypothetical(verb: Token) -> bool:
    """True under "if", "whether", "unless" and the like, where nothing is asserted."""
    node: Token | None = verb
    steps = 0
    while node is not None and steps < 3:
        if any(
            c.dep_ == "mark" and c.lower_ in ("if", "whether", "unless", "until", "lest", "provided")
            for c in node.children
        ):
            return True
        if node.dep_ not in ("conj", "xcomp"):
            return False
        node, steps = node.head, steps + 1
    return False


def _is_question(sentence: Span) -> bool:
    return sentence.text.rstrip(" \"'”’").endswith("?")


# ------------------------------------------------------------------------------------------------------------- starts


def _verb_start(verb: Token, sentence: Span) -> int:
    """From the first auxiliary of the verb on."""
    helpers = [h for h in auxiliaries(verb) if h.lower_ != "to" or verb.head.lemma_ != "be"]
    helpers = [h for h in helpers if verb.i - h.i <= 5 and h.lower_ != "to"]
    return min([h.i for h in helpers] + [verb.i])


def _clause_start(verb: Token, subject: Token | None, sentence: Span) -> int:
    """From the subject's phrase on; a verb joined to another begins itself ("we urge X and call on Y" is two)."""
    start = _verb_start(verb, sentence)
    if subject is None or subject.i > start or (verb.dep_ == "conj" and subject.head != verb):
        return start
    left = subject.left_edge.i
    return left if left >= sentence.start else subject.i


def _is_reported(verb: Token) -> bool:
    """True where the verb stands in what somebody is told to have said: then its subject belongs to the content."""
    node = verb
    for _ in range(4):
        if node.dep_ == "ccomp":
            return True
        if node.dep_ not in ("conj", "xcomp"):
            return False
        node = node.head
    return False


# -------------------------------------------------------------------------------------------------------------- verbs


def _verb_act(verb: Token, sentence: Span) -> Act | None:
    word = act_words("verb").get(lemma_of(verb))
    if word is None:
        return None
    how = assertion(verb, sentence)
    if how is None:
        return None
    negated = is_negated(verb)
    complement = _coordinated_complement(verb, sentence, word)
    if how == "passive":
        return _passive_act(verb, sentence, word)
    if complement is None or (word.kind == "opposition" and _is_about_talking(complement, sentence)):
        return None
    if negated and not (word.kind in ("support",) or complement.frame.startswith("neg")):
        return None
    subject = None if how in ("bare", "point") else subject_of(verb)
    if word.statement_class == "commitment" and _is_past_history(verb, sentence):
        return None
    kind: CommitmentKind | None = "opposition" if negated else word.kind
    start = _verb_start(verb, sentence)
    if how == "point":
        start = verb.i
    if subject is not None and (subject.lower_ in _FIRST_PERSON or _is_reported(verb)):
        start = _clause_start(verb, subject, sentence)
    if word.kind == "support" and verb.dep_ == "conj" and lemma_of(verb.head) in light_verbs("evaluation"):
        start = _verb_start(verb.head, sentence)
        if subject is not None and subject.lower_ in _FIRST_PERSON:
            start = _clause_start(verb.head, subject, sentence)
    if lemma_of(verb) in ("uphold", "adhere", "abide") and how == "participle":
        return None
    if lemma_of(verb) == "offer" and complement.frame == "obj" and _is_courtesy(complement, sentence):
        return None
    if lemma_of(verb) in ("plan", "intend") and complement.frame == "inf" and _is_to_meet(complement, sentence):
        return None
    if lemma_of(verb) == "invite" and _goes_somewhere(verb):
        return None
    if word.kind == "reaffirmation" and complement.frame == "that" and not _binds(complement.start, sentence):
        return None
    if complement.frame == "that" and word.statement_class == "demand" and not _obliges(complement.start, sentence):
        return None
    if word.statement_class == "demand" and complement.frame == "that":
        complement.addressed = _clause_subject(complement.start, sentence) or complement.addressed
    return Act(
        head=verb,
        clause=verb,
        statement_class=word.statement_class,
        kind=kind,
        rule=f"verb_{word.statement_class if kind is None else kind}_{how}",
        plover=word.plover,
        start=start,
        holder=subject,
        addressed=complement.addressed,
        proposition=complement.start,
    )


def _goes_somewhere(verb: Token) -> bool:
    """True for "invited them to a ceremony", "will go to China": a meeting or a journey, and no more."""
    return any(
        c.dep_ == "prep" and c.lower_ == "to" and any(g.dep_ == "pobj" for g in c.children) for c in verb.children
    )


def _is_to_meet(complement: Complement, sentence: Span) -> bool:
    """True for "plan to discuss", "intend to visit": a meeting, and no more."""
    words = sentence.doc[complement.start + 1 : min(complement.start + 4, sentence.end)]
    verb = next((t for t in words if t.pos_ == "VERB"), None)
    return verb is not None and lemma_of(verb) in word_list("meeting_verbs")


def _is_past_history(verb: Token, sentence: Span) -> bool:
    """True for "had supported", "last April refused", "first proposed": told as what led up to the news."""
    if lemma_of(verb) not in word_list("positions"):
        return False
    if any(h.lower_ == "had" for h in auxiliaries(verb)):
        return True
    if verb.tag_ != "VBD":
        return False
    before = verb.doc[max(sentence.start, verb.i - 14) : verb.i]
    return any(a.lower_ in ("last", "since", "earlier", "previously", "first", "initially", "ago") for a in before)


def _is_courtesy(complement: Complement, sentence: Span) -> bool:
    """True for "offered condolences"."""
    words = sentence.doc[complement.start : min(complement.start + 7, sentence.end)]
    return any(lemma_of(t) in word_list("courtesy_nouns") for t in words)


def _binds(position: int, sentence: Span) -> bool:
    """True where what is reaffirmed is conduct: a modal or a word of commitment stands in the clause."""
    adjectives, nouns, verbs = act_words("adjective"), act_words("noun"), act_words("verb")
    return any(
        token.tag_ == "MD" or token.lower_ in adjectives or lemma_of(token) in nouns or lemma_of(token) in verbs
        for token in sentence.doc[position : sentence.end]
    )


def _is_about_talking(complement: Complement, sentence: Span) -> bool:
    """True for "declined to comment", "refused to say": silence binds nobody."""
    words = sentence.doc[complement.start : min(complement.start + 4, sentence.end)]
    return complement.frame == "inf" and any(lemma_of(t) in word_list("silences") for t in words)


def _obliges(position: int, sentence: Span) -> bool:
    """True where the clause that opens here says what somebody must or should do, or stands in the subjunctive."""
    for token in sentence.doc[position : min(position + 20, sentence.end)]:
        if token.lower_ in ("must", "should", "has", "have", "need", "needs", "ought"):
            return (
                token.lower_ in ("must", "should", "ought") or token.nbor(1).lower_ == "to"
                if token.i + 1 < len(token.doc)
                else False
            )
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        is_base_form = token.tag_ == "VB" or (token.tag_ == "VBP" and subject is not None and _is_singular(subject))
        if is_base_form and subject is not None and not auxiliaries(token):
            return True
        if token.tag_ in FINITE or token.tag_ == "MD":
            return False
    return False


def _is_singular(subject: Token) -> bool:
    """True for a noun that a verb of the third person would follow: "that each country use" is a subjunctive."""
    return subject.tag_ in ("NN", "NNP") and not any(c.dep_ == "conj" for c in subject.children)


def _coordinated_complement(verb: Token, sentence: Span, word: ActWord) -> Complement | None:
    """The verb's complement; a verb in "encourage and support Atta to …" takes that of the verb it is joined with."""
    found = find_complement(verb, sentence, word.frames)
    if found is not None:
        return found
    following = verb.doc[verb.i + 1 : min(verb.i + 3, sentence.end)]
    if len(following) == 2 and following[0].lower_ in ("and", "or") and following[1].pos_ == "VERB":
        return find_complement(following[1], sentence, word.frames)
    return None


def _passive_act(verb: Token, sentence: Span, word: ActWord) -> Act | None:
    subject = subject_of(verb)
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    holder = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    complement = find_complement(verb, sentence, ("inf", "that", "on", "to_np", "for"))
    if word.statement_class == "demand":
        if complement is None or complement.frame not in ("inf",) or verb.lemma_ in ("expect", "require", "want"):
            return None
        addressed = (subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else None
        start = _clause_start(verb, subject, sentence)
        return Act(
            verb, verb, "demand", None, "verb_demand_passive", word.plover, start, holder, addressed, False, start
        )
    is_impersonal = subject is not None and subject.lower_ in ("it",)
    if word.lemma in ("agree", "decide", "resolve") and complement is not None and is_impersonal:
        start = _clause_start(verb, subject, sentence)
        kind: CommitmentKind = "agreement"
        return Act(
            verb, verb, "commitment", kind, "verb_agreed_impersonal", word.plover, start, holder, None, False, start
        )
    is_of_thing = complement is None or (word.lemma == "agree" and complement.frame in ("for", "on", "inf"))
    if word.lemma in ("reaffirm", "reconfirm", "agree") and subject is not None and is_of_thing:
        start = _clause_start(verb, subject, sentence)
        kind = "agreement" if word.lemma == "agree" else "reaffirmation"
        return Act(
            verb, verb, "commitment", kind, "verb_reaffirmed_passive", word.plover, start, holder, None, False, start
        )
    return None


def _document_act(verb: Token, sentence: Span) -> Act | None:
    """Signing, adopting, reaching or announcing something that binds."""
    lemma = lemma_of(verb)
    if lemma in ("sign", "adopt", "conclude", "initial", "ink", "approve", "reach", "strike", "ratify"):
        nouns, kind = word_list("documents"), "agreement"
    elif lemma in ("announce", "unveil", "confirm", "pledge", "launch"):
        nouns, kind = word_list("announcements"), "pledge"
    else:
        return None
    how = assertion(verb, sentence)
    if how is None or is_negated(verb):
        return None
    subject = subject_of(verb)
    if how == "passive":
        if kind == "pledge" or subject is None or not _holds_noun(subject, nouns) or lemma in ("approve", "ratify"):
            return None
        start = _clause_start(verb, subject, sentence)
        return Act(
            verb, verb, "commitment", "agreement", f"document_{lemma}_passive", "AGREE", start, None, None, True, start
        )
    target = next((c for c in verb.children if c.dep_ in ("dobj", "obj") and c.i > verb.i), None)
    if target is None or not _holds_noun(target, nouns):
        return None
    if lemma in ("reach", "strike", "approve", "ratify") and not _is_specified(target, sentence):
        return None
    if lemma == "adopt" and lemma_of(target) == "sanction":
        kind = "agreement"
    start = _verb_start(verb, sentence)
    if subject is not None and (subject.lower_ in _FIRST_PERSON or _is_reported(verb)):
        start = _clause_start(verb, subject, sentence)
    return Act(
        verb, verb, "commitment", "agreement" if kind == "agreement" else "pledge", f"document_{lemma}", "AGREE", start,
        subject, None, True, verb.i + 1,
    )  # fmt: skip


def _holds_noun(head: Token, nouns: frozenset[str]) -> bool:
    start, end = noun_phrases(head)
    return lemma_of(head) in nouns or any(
        lemma_of(t) in nouns
        and t.pos_ in ("NOUN", "PROPN")
        and t.dep_ in ("conj", "dobj", "nsubjpass", "compound", "ROOT")
        for t in head.doc[start:end]
    )


def _is_specified(noun: Token, sentence: Span) -> bool:
    return find_complement(noun, sentence, ("inf", "on", "that", "for", "under", "of")) is not None


def _hope_act(verb: Token, sentence: Span) -> Act | None:
    """ "Hopes that X will do Y" is a demand on X; "wants X to" is in the table of verbs."""
    if lemma_of(verb) not in ("hope", "wish", "want") or assertion(verb, sentence) != "finite":
        return None
    if is_negated(verb):
        return None
    if lemma_of(verb) == "want":
        complement = find_complement(verb, sentence, ("inf",))
        subject = subject_of(verb)
        if complement is None or subject is None or subject.lower_ in ("i", "you", "who"):
            return None
        if verb.tag_ == "VBD" and not _is_reported(verb):
            return None
        if _is_idle_want(complement, sentence) or _is_motive(verb):
            return None
        start = _clause_start(verb, subject, sentence)
        return Act(
            verb,
            verb,
            "commitment",
            "pledge",
            "verb_want_we" if subject.lower_ == "we" else "verb_want_own",
            "AGREE",
            start,
            subject,
            None,
            True,
            complement.start,
        )
    complement = find_complement(verb, sentence, ("that", "obj"))
    if complement is None:
        return None
    modal = next(
        (t for t in verb.doc[complement.start : min(complement.start + 25, sentence.end)] if t.tag_ == "MD"), None
    )
    if modal is None or modal.lower_ not in ("will", "would", "can", "could", "'ll", "’ll"):
        return None
    actor = next((c for c in modal.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if actor is None or actor.i < verb.i:
        return None
    subject = subject_of(verb)
    start = _verb_start(verb, sentence)
    if subject is not None and (subject.lower_ in _FIRST_PERSON or _is_reported(verb)):
        start = _clause_start(verb, subject, sentence)
    actor_range = (actor.left_edge.i, noun_phrases(actor)[1])
    return Act(verb, verb, "demand", None, "verb_hope", "REQUEST", start, subject, actor_range, True, complement.start)


def _is_idle_want(complement: Complement, sentence: Span) -> bool:
    """True for "wanted to stress", "wants to come off as": speech, courtesy and looks bind nobody."""
    words = sentence.doc[complement.start + 1 : min(complement.start + 4, sentence.end)]
    verb = next((t for t in words if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and lemma_of(verb) in word_list("idle_wants") | word_list("reports")


def _is_motive(verb: Token) -> bool:
    """True under "because" and "no matter how", where a want explains something else."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in ("because", "how") for c in verb.children)


def _look_forward_act(verb: Token, sentence: Span) -> Act | None:
    """ "Look forward to launching …": an act of one's own; not courtesy about meeting or working with somebody."""
    if lemma_of(verb) != "look" or assertion(verb, sentence) not in ("finite", "participle"):
        return None
    doc = verb.doc
    for i in range(verb.i + 1, min(verb.i + 3, sentence.end)):
        if doc[i].lower_ == "forward" and i + 2 < sentence.end and doc[i + 1].lower_ == "to":
            act = next((t for t in doc[i + 2 : min(i + 5, sentence.end)] if t.tag_ == "VBG"), None)
            if act is None or (lemma_of(act) in word_list("courtesies") and not _works_towards(act, sentence)):
                return None
            subject = subject_of(verb)
            start = _verb_start(verb, sentence)
            if subject is not None and (subject.lower_ in _FIRST_PERSON or _is_reported(verb)):
                start = _clause_start(verb, subject, sentence)
            return Act(
                verb, verb, "commitment", "pledge", "verb_look_forward", "AGREE", start, subject, None, True, i + 1
            )
    return None


def _works_towards(act: Token, sentence: Span) -> bool:
    """True for "working with Brazil to strengthen", "on delivering": a courtesy that names what will be done."""
    if lemma_of(act) != "work":
        return False
    return any(
        (t.lower_ == "to" and is_infinitive(t, sentence) is not None)
        or (t.lower_ == "on" and t.i + 1 < sentence.end and t.nbor(1).tag_ == "VBG")
        for t in act.doc[act.i + 1 : min(act.i + 16, sentence.end)]
    )


def _stance_act(verb: Token, sentence: Span) -> Act | None:
    """ "Spoke out against", "is in favour of", "came out in support of"."""
    if lemma_of(verb) not in ("speak", "be", "come", "vote", "argue", "remain") or is_negated(verb):
        return None
    words = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 7, sentence.end)]]
    position = next((i for i, w in enumerate(words) if w in ("in", "against")), None)
    if position is None or any(w not in ("out", "up", "also", "strongly", "firmly") for w in words[:position]):
        return None
    if words[position] == "against":
        kind: CommitmentKind = "opposition"
        if "out" not in words[:position]:
            return None
    elif words[position + 1 : position + 3] in (["favour", "of"], ["favor", "of"], ["support", "of"]):
        kind = "support"
    else:
        return None
    if assertion(verb, sentence) != "finite":
        return None
    subject = subject_of(verb)
    start = _clause_start(verb, subject, sentence) if _is_reported(verb) else _verb_start(verb, sentence)
    plover = "SUPPORT" if kind == "support" else "REJECT"
    return Act(verb, verb, "commitment", kind, "verb_stance", plover, start, subject, None, True, verb.i + 1)


def _backed_act(verb: Token, sentence: Span) -> Act | None:
    """ "Plans, backed by Britain, to lift the embargo": what a thing's supporters support."""
    if verb.tag_ != "VBN" or lemma_of(verb) not in ("back", "support", "endorse", "favour", "favor"):
        return None
    agent = next((c for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
    holder = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    if holder is None or verb.dep_ != "acl" or verb.head.pos_ != "NOUN" or verb.head.ent_type_ == "PERSON":
        return None
    if lemma_of(verb.head) in word_list("agents"):
        return None
    start = verb.head.left_edge.i
    return Act(verb, verb.head, "commitment", "support", "verb_backed_by", "SUPPORT", start, holder, None, True, start)


def _refusal_act(verb: Token, sentence: Span) -> Act | None:
    """ "Does not recognise", "considers X illegal"."""
    lemma = lemma_of(verb)
    subject = subject_of(verb)
    helpers = {h.lower_ for h in auxiliaries(verb)}
    if (
        lemma in word_list("refusals")
        and is_negated(verb)
        and (assertion(verb, sentence) == "finite" or helpers & {"can", "ca", "could"})
    ):
        if verb.tag_ == "VBN" or helpers & {"did"}:
            return None
    elif lemma in ("consider", "call", "deem", "declare", "regard", "view") and assertion(verb, sentence) == "finite":
        judged = [
            t for t in verb.doc[verb.i + 1 : min(verb.i + 25, sentence.end)] if t.lower_ in word_list("rejections")
        ]
        if not judged:
            return None
    else:
        return None
    start = _clause_start(verb, subject, sentence) if _is_reported(verb) else _verb_start(verb, sentence)
    return Act(verb, verb, "commitment", "opposition", "verb_refusal", "REJECT", start, subject, None, True, verb.i + 1)


def _violation_act(verb: Token, sentence: Span) -> Act | None:
    """ "Is a violation of international law", "would breach the accord": whoever says so holds it to be illegal."""
    lemma = lemma_of(verb)
    if lemma == "be":
        broken = next((c for c in verb.children if c.dep_ == "attr" and lemma_of(c) in ("violation", "breach")), None)
    elif lemma in ("violate", "breach", "contravene", "break"):
        broken = next((c for c in verb.children if c.dep_ == "dobj"), None)
    else:
        return None
    subject = subject_of(verb)
    modals = [h for h in auxiliaries(verb) if h.tag_ == "MD"]
    is_told = verb.tag_ in FINITE or any(h.tag_ in FINITE or h.lower_ in ("will", "would") for h in auxiliaries(verb))
    is_past = any(lemma_of(h) == "have" for h in auxiliaries(verb))
    if broken is None or subject is None or subject.i > verb.i or not is_told or is_past or is_negated(verb):
        return None
    if any(m.lower_ not in ("will", "would") for m in modals) or _is_hypothetical(verb) or not _is_reported(verb):
        return None
    if not any(lemma_of(t) in word_list("law") for t in broken.subtree):
        return None
    start = _clause_start(verb, subject, sentence)
    return Act(verb, verb, "commitment", "opposition", "verb_violation", "REJECT", start, None, None, False, start)


# ------------------------------------------------------------------------------------------------------------- modals


def _modal_act(modal: Token, sentence: Span) -> Act | None:
    word = act_words("modal").get(modal.lower_.replace("’", "'"))
    if word is None or _is_question(sentence):
        return None
    verb = modal.head if modal.dep_ in ("aux", "auxpass") else None
    if verb is None or verb.i < modal.i:
        verb = next(
            (t for t in modal.doc[modal.i + 1 : min(modal.i + 6, sentence.end)] if t.tag_ in ("VB", "VBP")), None
        )
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None)
    subject = subject or subject_of(verb)
    if subject is None or subject.i > modal.i:
        return None
    if subject.tag_ in ("WDT", "WP") or verb.dep_ == "relcl" or _is_hypothetical(verb):
        return None
    between = [t.lower_ for t in modal.doc[modal.i : verb.i + 1]]
    if "have" in between[:-1] and verb.tag_ == "VBN":
        return None
    negated = is_negated(verb) or is_negated(modal)
    if word.statement_class == "demand":
        if subject.lower_ == "it" and verb.lemma_ in ("note", "point", "stress", "emphasize", "mention", "remember"):
            return None
        if verb.lemma_ in ("like", "say", "admit", "note", "thank", "add"):
            return None
        start = _modal_start(modal, subject, sentence)
        actor = (subject.left_edge.i, noun_phrases(subject)[1])
        return Act(modal, verb, "demand", None, f"modal_{modal.lower_}", "REQUEST", start, subject, actor, False, start)
    return _will_act(modal, verb, subject, negated, sentence)


def _will_act(modal: Token, verb: Token, subject: Token, negated: bool, sentence: Span) -> Act | None:
    lemma = lemma_of(verb)
    if lemma == "be":
        word = next((c for c in verb.children if c.dep_ in ("acomp", "attr") and c.i > verb.i), None)
        if word is None or word.pos_ not in ("ADJ", "VERB"):
            return None
        if word.tag_ not in ("VBN", "VBG") and word.lower_ not in act_words("adjective"):
            return None
    elif lemma in word_list("predictions") or lemma in word_list("meeting_verbs"):
        return None
    if lemma in ("go", "come", "return", "head") and _goes_somewhere(verb):
        return None
    if lemma == "have" and verb.i + 1 < sentence.end and verb.nbor(1).lower_ == "to":
        return None
    if _is_forecast(modal, verb, subject):
        return None
    kind: CommitmentKind = "pledge"
    plover = "AGREE"
    known = act_words("verb").get(lemma)
    if known is None and lemma in ("continue", "keep", "remain"):
        governed = next((t for t in modal.doc[verb.i + 1 : min(verb.i + 4, sentence.end)] if t.pos_ == "VERB"), None)
        known = act_words("verb").get(lemma_of(governed)) if governed is not None else None
    if negated:
        kind, plover = ("opposition", "REJECT") if lemma in word_list("refusals") else ("pledge", "REJECT")
    elif known is not None and known.kind in ("support", "opposition", "reaffirmation"):
        kind, plover = known.kind, known.plover
    start = _modal_start(modal, subject, sentence)
    who = "we" if subject.lower_ in ("we", "i") else "pronoun" if subject.tag_ == "PRP" else "named"
    rule = f"modal_will_{'passive' if subject.dep_ == 'nsubjpass' else who}"
    return Act(modal, verb, "commitment", kind, rule, plover, start, subject, None, False, start)


def _is_forecast(modal: Token, verb: Token, subject: Token) -> bool:
    """True for "will probably", "is likely that … will", "does not mean they would", "this will"."""
    if any(t.lower_ in ("probably", "likely", "possibly", "perhaps", "maybe") for t in modal.doc[subject.i : verb.i]):
        return True
    if subject.lower_ in ("this", "that", "these", "those") and subject.tag_ == "DT":
        return True
    governor = verb.head if verb.dep_ in ("ccomp", "csubj", "acl") else None
    if governor is None:
        return False
    if lemma_of(governor) in ("mean", "hope", "ensure", "see", "imply", "depend", "know", "likely", "doubt"):
        return True
    if subject.lower_ not in _FIRST_PERSON and governor.lower_ in ("confident", "sure", "hopeful"):
        return True
    return any(c.lower_ in ("likely", "unlikely", "probable") for c in governor.children)


def _modal_start(modal: Token, subject: Token, sentence: Span) -> int:
    left = subject.left_edge.i
    return left if sentence.start <= left <= modal.i else subject.i


def _semi_modal_act(token: Token, sentence: Span) -> Act | None:
    """ "Has to", "needs to", "have got to"; "is going to"."""
    particle = token.doc[token.i + 1] if token.i + 1 < sentence.end else None
    if particle is None or particle.lower_ != "to" or _is_question(sentence):
        return None
    verb = is_infinitive(particle, sentence)
    if verb is None:
        return None
    subject = subject_of(token)
    if subject is None or subject.i > token.i or subject.tag_ in ("WDT", "WP") or _is_hypothetical(token):
        return None
    lemma = lemma_of(token)
    if lemma == "go":
        if token.tag_ != "VBG" or not any(lemma_of(h) == "be" for h in auxiliaries(token)):
            return None
        return _will_act(token, verb, subject, is_negated(token), sentence)
    helpers = {h.lower_ for h in auxiliaries(token)}
    if token.lower_ == "had" and not _is_reported(token):
        return None
    if helpers & {"do", "does", "did", "n't", "not", "n’t", "may", "might", "will", "would", "could"}:
        return None
    if verb.lemma_ in ("say", "admit", "note", "thank", "add", "see", "wait"):
        return None
    start = _modal_start(token, subject, sentence)
    actor = (subject.left_edge.i, noun_phrases(subject)[1])
    return Act(token, verb, "demand", None, f"modal_{lemma}_to", "REQUEST", start, subject, actor, False, start)


def _time_act(copula: Token, sentence: Span) -> Act | None:
    """ "It was time for action", "it is time for Paris to decide": a demand of whoever says so."""
    subject = next((c for c in copula.children if c.dep_ in ("nsubj", "expl") and c.lower_ == "it"), None)
    noun = next((t for t in copula.doc[copula.i + 1 : min(copula.i + 4, sentence.end)] if t.lower_ == "time"), None)
    if subject is None or noun is None or _is_hypothetical(copula) or is_negated(copula):
        return None
    after = noun.i + 1
    while after < sentence.end and copula.doc[after].lower_ in ("now", "again"):
        after += 1
    complement = find_complement(noun, sentence, ("inf", "for_inf", "for"), after)
    if complement is None or lemma_of(copula) != "be":
        return None
    start = _clause_start(copula, subject, sentence)
    return Act(
        noun, copula, "demand", None, "noun_time", "REQUEST", start, None, complement.addressed, False,
        complement.start,
    )  # fmt: skip


def _be_to_act(token: Token, sentence: Span) -> Act | None:
    """ "Britain is to send troops": a reported plan."""
    particle = token.doc[token.i + 1] if token.i + 1 < sentence.end else None
    if particle is not None and particle.lower_ == "set":
        particle = token.doc[token.i + 2] if token.i + 2 < sentence.end else None
    if particle is None or particle.lower_ != "to" or token.tag_ not in ("VBZ", "VBP") or _is_question(sentence):
        return None
    verb = is_infinitive(particle, sentence)
    subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
    if verb is None or subject is None or subject.tag_ in ("WDT", "WP", "PRP") or _is_hypothetical(token):
        return None
    if lemma_of(verb) == "be" or _has_ordinal_subject(token):
        return None
    if lemma_of(verb) in word_list("predictions") or lemma_of(verb) in word_list("meeting_verbs"):
        return None
    start = _modal_start(token, subject, sentence)
    return Act(token, verb, "commitment", "pledge", "modal_is_to", "AGREE", start, subject, None, True, start)


# --------------------------------------------------------------------------------------------------------- adjectives


def _adjective_act(token: Token, sentence: Span) -> Act | None:
    word = act_words("adjective").get(token.lower_)
    if word is None:
        return None
    copula = _copula_before(token, sentence)
    if copula is None or (token.lower_ == "against" and (lemma_of(copula) != "be" or token.i - copula.i > 2)):
        return None
    helpers = {h.lower_ for h in auxiliaries(copula)} | {h.lower_ for h in auxiliaries(token)}
    if helpers & {"may", "might", "could", "if"} or _is_hypothetical(copula) or _is_hypothetical(token):
        return None
    negated = is_negated(copula) or is_negated(token)
    frames = tuple(f for f in word.frames if f != "any")
    complement = find_complement(token, sentence, (*frames, "to_np", "to_ing") if "to" in frames else frames)
    if complement is None and "any" not in word.frames:
        return None
    subject = subject_of(copula) or subject_of(token)
    if subject is None or subject.i > token.i:
        return None
    if word.statement_class == "demand":
        if subject.lower_ not in ("it",) or negated:
            return None
        assert complement is not None
        if complement.frame == "inf" and token.lower_ in ("important", "critical", "indispensable"):
            return None
        actor = complement.addressed or _clause_subject(complement.start, sentence)
        start = _clause_start(copula, subject, sentence)
        return Act(
            token, copula, "demand", None, f"adjective_{complement.frame}_demand", "REQUEST", start, None, actor, False,
            complement.start,
        )  # fmt: skip
    if token.lower_ in ("happy", "pleased", "glad") and not helpers & {"would", "'d", "’d"}:
        return None
    if negated:
        if word.kind != "pledge":
            return None
        kind: CommitmentKind = "opposition"
    else:
        kind = word.kind or "pledge"
        if copula.lemma_ == "remain" and token.lower_ in ("committed", "dedicated"):
            kind = "reaffirmation"
    start = _clause_start(copula, subject, sentence)
    own_voice = not (subject.lower_ == "it" and kind == "opposition")
    return Act(
        token, copula, "commitment", kind, f"adjective_{kind}", word.plover, start, subject, None, own_voice,
        complement.start if complement else token.i + 1,
    )  # fmt: skip


def _clause_subject(position: int, sentence: Span) -> tuple[int, int] | None:
    """The subject's words of the clause that opens here with "that"."""
    for token in sentence.doc[position : min(position + 12, sentence.end)]:
        if token.dep_ in ("nsubj", "nsubjpass"):
            return token.left_edge.i, noun_phrases(token)[1]
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _copula_before(token: Token, sentence: Span) -> Token | None:
    for i in range(token.i - 1, max(sentence.start, token.i - 6) - 1, -1):
        word = token.doc[i]
        if word.lemma_ in ("be", "remain", "stand", "feel", "’re", "'re", "become") or word.lower_ in (
            "’re",
            "'re",
            "’s",
        ):
            return word
        if word.pos_ in ("ADV", "ADJ", "CCONJ", "PART") or word.text in (",", "“", '"') or word.tag_ in ("VBN", "RB"):
            continue
        return None
    return None


# -------------------------------------------------------------------------------------------------------------- nouns


def _noun_act(noun: Token, sentence: Span) -> Act | None:
    word = act_words("noun").get(lemma_of(noun))
    if word is None:
        return None
    told_of_it = _steadfast_act(noun, word, sentence) or _has_support_act(noun, word, sentence)
    if told_of_it is not None:
        return told_of_it
    complement = find_complement(noun, sentence, _noun_frames(word))
    verb = _light_verb(noun, sentence)
    carried = _carried_noun_act(noun, word, verb, complement, sentence) if verb is not None else None
    if carried is not None:
        return carried
    if complement is None:
        return _nominal_of(noun, word, sentence)
    if not word.own or complement.frame not in ("inf", "for_inf"):
        return None
    if _is_mere_topic(noun):
        return None
    governor = verb if verb is not None else noun.head
    if lemma_of(governor) in light_verbs("topic"):
        return None
    if lemma_of(governor) in light_verbs("evaluation") and word.lemma not in ("plan", "intention", "intent"):
        return None
    possessor = _possessor(noun, sentence)
    if possessor is None:
        return _nominal_of(noun, word, sentence)
    start = min(possessor.left_edge.i, noun.left_edge.i, possessor.i)
    return Act(
        noun, noun, word.statement_class, word.kind, f"noun_{word.lemma}", word.plover, start, possessor,
        complement.addressed, True, complement.start,
    )  # fmt: skip


def _is_mere_topic(noun: Token) -> bool:
    """True for a plan or promise that is judged, is a part of a phrase, or is a programme's name."""
    if noun.pos_ == "PROPN":
        return True
    if noun.dep_ == "nsubj" and lemma_of(noun.head) == "be":
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in ("of", "from")


def _nominal_of(noun: Token, word: ActWord, sentence: Span) -> Act | None:
    """ "Calls from Britain for sanctions", "a promise by Japan to open its market", "opposition from France to …"."""
    preposition = next(
        (c for c in noun.children if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "of") and c.i > noun.i),
        None,
    )
    if preposition is None or preposition.i > noun.i + 2 or (preposition.lower_ == "of" and not word.own):
        return None
    holder = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if holder is None or lemma_of(noun.head) in light_verbs("topic"):
        return None
    frames = _noun_frames(word)
    complement = find_complement(noun, sentence, frames, holder.i + 1)
    complement = complement or find_complement(noun, sentence, frames, noun_phrases(holder)[1])
    if complement is None:
        return None
    return Act(
        noun, noun, word.statement_class, word.kind, f"noun_{word.lemma}_by", word.plover, noun.left_edge.i, holder,
        complement.addressed, True, complement.start,
    )  # fmt: skip


def _possessor(noun: Token, sentence: Span) -> Token | None:
    """Whose plan or offer it is: "Bolivia's intention", "U.S. plans", "their countries' plan"."""
    for i in range(noun.i - 1, max(sentence.start, noun.i - 5) - 1, -1):
        word = noun.doc[i]
        if word.lower_ in ("'s", "’s", "'", "’") and i - 1 >= sentence.start:
            owner = noun.doc[i - 1]
            return owner if owner.pos_ in ("NOUN", "PROPN") else None
        if word.tag_ == "PRP$":
            return word
        if word.like_num or (word.tag_ == "NNP" and word.lower_ in word_list("adverbials")):
            continue
        if word.pos_ == "PROPN" or (word.pos_ == "ADJ" and word.text[0].isupper() and word.i > sentence.start):
            return word
        if i == noun.i - 1 and lemma_of(word) in word_list("institutions"):
            return word
        if word.pos_ not in ("ADJ", "NOUN", "VERB", "ADV") or word.tag_ in FINITE:
            return None
    return None


def _noun_frames(word: ActWord) -> tuple[str, ...]:
    widened: list[str] = []
    for frame in word.frames:
        widened += {
            "to": ["inf", "to_ing", "to_np"], "for": ["for_inf", "for_ing", "for"], "on": ["on_inf", "on_ing", "on"],
            "of": ["of_ing", "of"], "in": ["in_ing", "in"], "with": ["with"], "inf": ["inf"], "that": ["that"],
        }.get(frame, [frame])  # fmt: skip
    return tuple(widened)


def _light_verb(noun: Token, sentence: Span) -> Token | None:
    """The verb that states the noun, even over "strong support for X and commitment to Y"."""
    node = noun
    for _ in range(4):
        if node.dep_ in ("dobj", "obj", "oprd", "attr") and node.head.pos_ in ("VERB", "AUX") and node.head.i < noun.i:
            return node.head
        if node.dep_ == "pobj" and node.head.lower_ == "on" and lemma_of(node.head.head) in _STRESSING:
            return node.head.head
        if node.dep_ in ("conj", "compound", "nmod", "appos"):
            node = node.head
            continue
        break
    for i in range(noun.i - 1, max(sentence.start, noun.i - 9) - 1, -1):
        word = noun.doc[i]
        if word.pos_ == "VERB" or word.tag_ in FINITE:
            return word if lemma_of(word) in light_verbs("speech") else None
        if word.pos_ not in ("DET", "ADJ", "ADV", "NOUN", "PROPN", "PRON", "PART", "CCONJ", "PUNCT", "NUM"):
            return None
    return None


def _carried_noun_act(
    noun: Token, word: ActWord, verb: Token, complement: Complement | None, sentence: Span
) -> Act | None:
    lemma = lemma_of(verb)
    if lemma in light_verbs("topic") or complement is None:
        return None
    if lemma in light_verbs("evaluation"):
        return None
    has_it = (
        lemma == "have" and word.lemma in ("plan", "intention", "intent", "obligation") and complement.frame == "inf"
    )
    if (lemma not in light_verbs("speech") and not has_it) or is_negated(verb):
        return None
    how = assertion(verb, sentence) or _said_on_purpose(verb, word)
    if how is None:
        return None
    if word.lemma in ("need", "necessity", "position", "respect") and lemma in (
        "see",
        "show",
        "give",
        "make",
        "provide",
    ):
        return None
    if word.lemma in ("support", "backing") and lemma in (
        "provide",
        "lend",
        "give",
        "make",
        "see",
        "note",
        "recognize",
    ):
        return None
    if word.lemma in ("interest", "desire", "aspiration") and lemma not in (
        "express",
        "reiterate",
        "voice",
        "reaffirm",
    ):
        return None
    kind = word.kind
    if word.lemma == "commitment" and lemma in ("make", "announce", "give"):
        kind = "pledge"
    governed = next(
        (t for t in noun.doc[complement.start : min(complement.start + 5, sentence.end)] if t.pos_ == "VERB"), None
    )
    inner = act_words("verb").get(lemma_of(governed)) if governed is not None else None
    if governed is not None and governed.lemma_ == "continue":
        following = next(
            (t for t in noun.doc[governed.i + 1 : min(governed.i + 3, sentence.end)] if t.pos_ == "VERB"), None
        )
        inner = act_words("verb").get(lemma_of(following)) if following is not None else inner
    if kind == "pledge" and inner is not None and inner.kind == "support":
        kind = "support"
    passive = how == "passive"
    subject = None if how in ("bare", "point") else subject_of(verb)
    start = _verb_start(verb, sentence)
    if passive:
        start = _clause_start(verb, subject, sentence)
        subject = None
    elif subject is not None and (subject.lower_ in _FIRST_PERSON or _is_reported(verb)):
        start = _clause_start(verb, subject, sentence)
    return Act(
        noun, verb, word.statement_class, kind, f"noun_{word.lemma}_stated", word.plover, start, subject,
        complement.addressed, True, complement.start,
    )  # fmt: skip


def _said_on_purpose(verb: Token, word: ActWord) -> str | None:
    """ "Called the president to underscore the commitment to …": said, though in an infinitive of purpose."""
    if word.kind not in ("reaffirmation", "support") or lemma_of(verb) not in word_list("restatements"):
        return None
    governor = verb.head
    is_talk = lemma_of(governor) in word_list("meeting_verbs") | {"call", "phone", "telephone", "write", "opportunity"}
    return "purpose" if verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl", "xcomp") and is_talk else None


def _steadfast_act(noun: Token, word: ActWord, sentence: Span) -> Act | None:
    """ "The United States' commitment to its allies is unwavering"."""
    verb = noun.head
    if word.kind not in ("reaffirmation", "support") or noun.dep_ != "nsubj" or lemma_of(verb) not in ("be", "remain"):
        return None
    said = next((c for c in verb.children if c.dep_ in ("acomp", "attr") and c.i > verb.i), None)
    if said is None or said.lower_ not in word_list("steadfast") or is_negated(verb):
        return None
    if any(t.tag_ == "MD" for t in auxiliaries(verb)) or _is_hypothetical(verb):
        return None
    start = noun.left_edge.i
    return Act(
        noun, verb, "commitment", word.kind, "noun_steadfast", word.plover, start, _possessor(noun, sentence), None,
        True, start,
    )  # fmt: skip


def _has_support_act(noun: Token, word: ActWord, sentence: Span) -> Act | None:
    """ "The project has the support of the European Union": its supporter's support."""
    verb = noun.head
    if word.kind != "support" or noun.dep_ != "dobj" or lemma_of(verb) not in ("have", "enjoy", "win", "receive"):
        return None
    source = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "from")), None)
    holder = next((c for c in source.children if c.dep_ == "pobj"), None) if source is not None else None
    subject = subject_of(verb)
    if holder is None or subject is None or assertion(verb, sentence) != "finite" or is_negated(verb):
        return None
    start = _clause_start(verb, subject, sentence)
    return Act(noun, verb, "commitment", "support", "noun_support_of", "SUPPORT", start, holder, None, True, start)


def _deal_act(noun: Token, sentence: Span) -> Act | None:
    """ "The deal to open formal talks": what was agreed, named by the agreement."""
    if lemma_of(noun) not in ("deal", "agreement", "accord", "pact", "understanding"):
        return None
    complement = find_complement(noun, sentence, ("inf",))
    determiner = next((c for c in noun.children if c.dep_ == "det"), None)
    if complement is None or determiner is None or determiner.lower_ not in ("the", "a", "an"):
        return None
    governor = noun.head
    if lemma_of(governor) in word_list("not_yet") or lemma_of(governor) in light_verbs("topic"):
        return None
    if any(t.tag_ == "MD" or t.dep_ == "neg" for t in governor.children) or _is_hypothetical(governor):
        return None
    if governor.tag_ == "VB" and lemma_of(governor) in ("reach", "strike", "verify", "conclude"):
        return None
    start = noun.left_edge.i
    return Act(noun, noun, "commitment", "agreement", "noun_deal", "AGREE", start, None, None, True, complement.start)


def _signing_act(noun: Token, sentence: Span) -> Act | None:
    """ "The signing of nine agreements"."""
    if lemma_of(noun) not in ("signing", "signature", "conclusion", "adoption"):
        return None
    doc = noun.doc
    if noun.i + 1 >= sentence.end or doc[noun.i + 1].lower_ != "of":
        return None
    target = next((t for t in doc[noun.i + 2 : min(noun.i + 10, sentence.end)] if t.pos_ == "NOUN"), None)
    if target is None:
        return None
    window = doc[noun.i + 2 : min(noun.i + 12, sentence.end)]
    if not any(lemma_of(t) in word_list("documents") or lemma_of(t) == "plan" for t in window):
        return None
    if any(t.lemma_ == "ceremony" for t in doc[max(sentence.start, noun.i - 3) : noun.i]):
        return None
    start = noun.left_edge.i
    return Act(noun, noun, "commitment", "agreement", "noun_signing", "AGREE", start, None, None, True, noun.i + 2)
