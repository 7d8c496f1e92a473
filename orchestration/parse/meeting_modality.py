"""What a sentence says of a meeting that one of its words tells: held, to come, called off, or only wished.

Belongs here: reading auxiliaries, governing verbs and prepositions around a word, and whose subject it has. Does not
belong here: which words tell a meeting (`meeting_words`), who takes part (`meeting_company`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.parse.meeting_words import Says, meeting_verbs, modality

if TYPE_CHECKING:
    from spacy.tokens import Token

CARRIERS = frozenset(
    [
        "round",
        "rounds",
        "series",
        "session",
        "sessions",
        "set",
        "day",
        "days",
        "hour",
        "hours",
        "week",
        "start",
        "opening",
        "beginning",
        "end",
        "conclusion",
        "part",
        "flurry",
        "bout",
        "spate",
        "couple",
        "number",
        "string",
        "last",
        "latest",
        "first",
        "phase",
        "stage",
    ]
)
"""Nouns that stand before "of talks" without being another thing: what governs them governs the talks."""


HAPPENING = frozenset(
    [
        "take",
        "be",
        "begin",
        "start",
        "open",
        "end",
        "conclude",
        "continue",
        "resume",
        "last",
        "follow",
        "focus",
        "cover",
        "come",
        "proceed",
        "go",
        "mark",
        "close",
        "wrap",
        "get",
    ]
)


REPORTING = frozenset(
    [
        "say",
        "tell",
        "announce",
        "report",
        "add",
        "state",
        "note",
        "confirm",
        "reveal",
        "disclose",
        "explain",
        "declare",
        "indicate",
        "inform",
        "claim",
        "write",
    ]
)


EVENT_PARTS = frozenset(
    ["outcome", "result", "conclusion", "sideline", "opening", "closing", "framework", "success", "work", "agenda"]
)
"""Nouns that stand before "of" and a meeting that took place."""


UNCERTAIN = frozenset(["probably", "possibly", "perhaps", "maybe", "likely"])


FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))


HYPOTHETICAL = frozenset(["can", "could", "may", "might", "should", "must", "ought"])


def verb_says(verb: Token, depth: int = 0) -> tuple[Says, float]:
    """Whether what a verb tells happened, is to happen, or neither; and how much of the sentence it is (3: all)."""
    if depth > 4:
        return "held", 0.0
    weight = 3.0 if verb.dep_ == "ROOT" else 2.0
    children = list(verb.children)
    if any(child.dep_ == "neg" for child in children):
        return "none", weight
    auxiliaries = {child.lower_ for child in children if child.dep_ in ("aux", "auxpass")}
    if any(child.dep_ == "advmod" and child.lower_ in UNCERTAIN for child in children):
        return "none", weight
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether", "until") for child in children):
        return "none", weight
    if auxiliaries & FUTURE:
        return "scheduled", weight
    if auxiliaries & HYPOTHETICAL:
        return "none", weight
    if auxiliaries & {"would", "'d", "’d"}:
        return ("scheduled" if _is_reported(verb) else "none"), weight
    head = verb.head
    if "to" in auxiliaries and verb.dep_ != "ROOT":
        return _infinitive_says(verb, head, depth), weight - 0.5
    if verb.dep_ in ("pcomp",) or (verb.dep_ in ("advcl", "prep") and verb.tag_ == "VBG"):
        marks = [child.lower_ for child in children if child.dep_ == "mark"]
        word = head.lower_ if verb.dep_ == "pcomp" else (marks[0] if marks else "")
        verdict = modality("preposition").get(word)
        if verdict is None and verb.dep_ == "pcomp":
            verdict = modality("noun").get(head.head.lemma_.lower()) or modality("verb").get(head.head.lemma_.lower())
        return ("unsure" if word == "by" else verdict or "held"), 1.5
    if verb.dep_ in ("ccomp", "xcomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        verdict = modality("verb").get(head.lemma_.lower())
        if verdict in ("none", "called_off"):
            return verdict, weight
        if verdict == "scheduled" and verb.tag_ == "VBG":
            return "scheduled", weight
    if verb.dep_ == "conj" and verb.tag_ == "VB" and head.pos_ == "VERB":
        return verb_says(head, depth + 1)
    if verb.dep_ in ("relcl", "acl", "advcl"):
        weight = 1.5
        if verb.tag_ in ("VBP", "VBZ") and any(child.lower_ in ("when", "before", "until") for child in children):
            return "scheduled", weight
    return "held", weight


def _infinitive_says(verb: Token, head: Token, depth: int) -> Says:
    lemma = head.lemma_.lower()
    # The last look-up is for lemmas that the model gets wrong ("hopes" from "hop").
    words = modality("verb")
    verdict = words.get(lemma) or words.get(head.lower_) or words.get(head.lower_.removesuffix("s"))
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj", "oprd"):
        if head.pos_ in ("NOUN", "PROPN"):
            if any(child.lower_ in ("no", "any") for child in head.children if child.dep_ == "det"):
                return "none"
            return modality("noun").get(lemma) or "none"
        if verdict is not None:
            if any(child.dep_ == "neg" for child in head.children):
                return "none"
            return verdict
        if lemma == "be":
            adjectives = [child for child in head.children if child.dep_ in ("acomp", "attr")]
            for adjective in adjectives:
                verdict = modality("verb").get(adjective.lower_)
                if verdict:
                    return verdict
            return "none" if adjectives else "scheduled"
        if lemma == "go" and head.tag_ == "VBG":
            return "scheduled"
        if lemma in ("have", "get"):
            return "none"
        subject = next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        if subject is not None and (by_subject := modality("noun").get(subject.lemma_.lower())):
            # "Agreements have been reached to launch talks".
            return by_subject
        says, _ = verb_says(head, depth + 1)
        return says
    return "scheduled"


def _is_reported(verb: Token) -> bool:
    """True under a verb of saying in the past: "said he would meet" is a plan, not a wish."""
    word = verb
    for _ in range(4):
        if word.dep_ == "ROOT":
            return False
        word = word.head
        if word.lemma_.lower() in REPORTING and word.tag_ in ("VBD", "VBN"):
            return True
    return False


def noun_says(root: Token) -> tuple[Says, float, Token | None, str]:
    """What the sentence says of the meeting that a noun names: status, weight as evidence, governing verb, role.

    Roles: subject, object, matrix (the governing verb tells what was done at, after or before the meeting), venue (the
    meeting is only where or when something else happened), loose.
    """
    word = root
    while word.dep_ in ("conj", "appos") and word.head.pos_ in ("NOUN", "PROPN") and word.head.i < word.i:
        word = word.head
    head = word.head
    if word.dep_ in ("nsubj", "nsubjpass", "csubj"):
        says, weight = verb_says(head)
        happens = head.lemma_.lower() in HAPPENING or head.lemma_.lower() in ("hold", "host", "schedule", "attend")
        if says == "none" and not happens:
            says = "unsure"
        verdict = modality("verb").get(head.lemma_.lower())
        if verdict and (word.dep_ == "nsubjpass" or verdict == "called_off") and says != "none":
            says = verdict if says != "called_off" else says
        for child in head.children:
            if child.dep_ in ("xcomp", "ccomp") and verdict and verdict != "none":
                says = verdict
            if child.dep_ == "acomp" and (state := modality("verb").get(child.lower_)) and says != "none":
                says = state
        return says, weight if happens else weight - 0.5, head, "subject"
    if head.lower_ == "following" and word.dep_ == "dobj":
        # A preposition that the model takes for a verb.
        return "held", 1.5, verb_above(head), "matrix"
    if word.dep_ in ("dobj", "attr", "oprd", "dative", "obj"):
        says, weight = verb_says(head)
        verdict = modality("verb").get(head.lemma_.lower())
        frames = {verb.frame for verb in meeting_verbs().get(head.lemma_.lower(), ())}
        if verdict and says != "none":
            says = verdict
        if says == "none" and not frames and not verdict and word.dep_ == "dobj":
            says = "unsure"
        return says, weight if frames or word.dep_ == "attr" else weight - 1.0, head, "object" if frames else "topic"
    if word.dep_ == "pobj":
        return _after_preposition(word, head)
    if word.dep_ == "ROOT":
        return "held", 2.0, None, "loose"
    if word.dep_ in ("pcomp", "advcl", "ccomp", "xcomp"):
        return "held", 1.0, head if head.pos_ == "VERB" else None, "matrix"
    return "held", 0.5, None, "loose"


def _after_preposition(word: Token, preposition: Token) -> tuple[Says, float, Token | None, str]:
    phrase, top = _whole_preposition(preposition)
    governor = top.head
    if phrase == "by" and governor.lemma_.lower() in ("follow", "precede"):
        return "held", 1.5, governor, "loose"
    verdict = modality("preposition").get(phrase)
    venue = phrase in ("on the sidelines of", "on the margins of")
    if governor.pos_ in ("NOUN", "PROPN"):
        by_noun = modality("noun").get(governor.lemma_.lower())
        if by_noun and phrase in ("for", "of", "on", "to", "about"):
            if by_noun == "scheduled" and phrase == "of":
                by_noun = None
            if by_noun:
                return by_noun, 1.0, None, "loose"
        above = verb_above(governor)
        if phrase == "of" and governor.lemma_.lower() in EVENT_PARTS:
            return "held", 1.0, above, "matrix"
        if phrase in ("of", "for", "on", "about", "to", "over", "into"):
            return "unsure", 0.5, above, "loose"
        return (
            (verdict or "held"),
            1.0,
            above,
            "venue" if venue else ("loose" if phrase in ("of", "for", "on") else "matrix"),
        )
    if governor.pos_ in ("VERB", "AUX", "ADJ"):
        lemma = governor.lemma_.lower()
        by_verb = modality("verb").get(lemma)
        says, weight = verb_says(governor)
        frames = {
            verb.frame
            for verb in meeting_verbs().get(lemma, ())
            if phrase in verb.prepositions and verb.frame in ("attend", "chair", "gather")
        }
        if frames:
            return says, weight, governor, "object"
        if phrase in ("on", "about") and by_verb is None and lemma != "call":
            return "unsure", 0.5, governor, "loose"
        if phrase in ("for", "on", "to", "about", "into", "against") and (by_verb or lemma == "call"):
            return (by_verb or "none"), 1.0, governor, "topic"
        if phrase in ("in", "at", "into") and lemma in ("hold", "have", "engage", "enter", "lock", "participate", "be"):
            return says, weight, governor, "matrix"
        if phrase in ("after", "following") and _is_open(governor):
            return "scheduled", 1.0, governor, "matrix"
        if verdict == "held" or verdict is None:
            if says == "none":
                says = "held" if phrase not in ("in", "at", "on", "for", "to", "with", "into") else "unsure"
            return says, 1.5, governor, "venue" if venue else "matrix"
        return verdict, 1.5, governor, "venue" if venue else "matrix"
    return (verdict or "held"), 1.0, None, "venue" if venue else "loose"


def _is_open(verb: Token) -> bool:
    """True for what may or will be done: the meeting after which it is done lies ahead too."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return bool(auxiliaries & (FUTURE | {"may", "might"})) and not auxiliaries & {"have"}


def _whole_preposition(preposition: Token) -> tuple[str, Token]:
    """A preposition of one or more words, lower case, and the word at which it hangs on its governor."""
    if preposition.lower_ not in ("of", "to", "for"):
        return preposition.lower_, preposition
    head = preposition.head
    if head.lower_ in ("ahead", "prior"):
        return f"{head.lower_} {preposition.lower_}", head
    if (
        head.lower_ in ("sidelines", "margins", "margin", "sideline", "fringes", "eve", "advance", "preparation")
        and head.dep_ == "pobj"
    ):
        noun = {"sideline": "sidelines", "margin": "margins", "fringes": "margins"}.get(head.lower_, head.lower_)
        words = ["in" if noun in ("advance", "preparation") else "on"]
        if noun not in ("advance", "preparation"):
            words.append("the")
        return " ".join([*words, noun, preposition.lower_]), head.head
    return preposition.lower_, preposition


def verb_above(token: Token) -> Token | None:
    """The nearest verb that a word hangs on."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the phrase that does what `verb` says, sought upwards through infinitives and joined verbs."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            if (
                child.lower_ in ("who", "which", "that")
                and verb.dep_ in ("relcl",)
                and verb.head.pos_ in ("NOUN", "PROPN")
            ):
                return verb.head
            return child
    if depth > 3:
        return None
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "prep", "pobj"):
        above = verb.head
        if above.dep_ == "prep" and above.pos_ in ("ADP", "SCONJ"):
            above = above.head
        if above.pos_ in ("VERB", "AUX", "ADJ"):
            return subject_of(above, depth + 1)
    if verb.pos_ == "ADJ" and verb.dep_ in ("acomp", "oprd"):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "acl" and any(child.lower_ == "to" for child in verb.children):
        # "his intention to meet": the one who intends.
        intending = verb_above(verb.head)
        return subject_of(intending, depth + 1) if intending is not None else None
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head
    return None


def speaker_above(subject: Token) -> Token | None:
    """The subject of the verb of saying under which a subject stands."""
    verb = subject.head
    for _ in range(4):
        if verb.dep_ == "ROOT":
            return None
        verb = verb.head
        if verb.lemma_.lower() in REPORTING or modality("verb").get(verb.lemma_.lower()):
            return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"), None)
    return None


def carrier(token: Token) -> Token:
    """The noun that stands for the meeting outwards: "round" in "a new round of talks", else the noun itself."""
    word = token
    while word.dep_ == "pobj" and (
        (word.head.lower_ == "of" and word.head.head.lower_ in CARRIERS)
        or (word.head.lower_ == "to" and word.head.head.lower_ in ("start", "end", "return"))
    ):
        word = word.head.head
    return word


def with_adjective(says: Says, adjective: Says) -> Says:
    """What an adjective makes of the status: one that denies wins, one that says held changes nothing else."""
    if "none" in (says, adjective):
        return "none"
    return says if adjective == "held" else adjective
