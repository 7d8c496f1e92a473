"""Where the proposition of a speech act ends: the span that a statement's `content` points at.

Belongs here: cutting off the next speech act, a trailing attribution, closing quotes and punctuation. Does not belong
here: where a content begins and what makes it a statement (`statement_acts`).
"""

from __future__ import annotations

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from orchestration.parse.statement_acts import Act
from orchestration.parse.statement_clauses import FINITE
from orchestration.parse.statement_words import act_words, report_verbs

_OPENING = {"“": "”", "«": "»"}
_TRAILING = " \t\n\u00a0,;:.!?—–-\"'”’»*_"
_TURNS = frozenset({"but", "while", "whereas", "although", "though"})


def content_end(act: Act, sentence: SpacySpan) -> int:
    """The token index just after the content's last word."""
    doc = sentence.doc
    end = sentence.end
    limit = _attribution_start(act, sentence)
    if limit is not None:
        end = min(end, limit)
    quote = _closing_quote(act, sentence)
    if quote is not None:
        end = min(end, quote)
    first = max(act.head.i, act.clause.i) + 1
    for i in range(first, end):
        if _is_boundary(doc[i], act, sentence):
            end = i
            break
    return max(end, act.head.i + 1)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation around it; a closing quote stays if its opening one is inside."""
    while start < end and text[start] in " \t\n\u00a0,;:—–-*_":
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        last = text[end - 1]
        inside = text[start : end - 1]
        if (
            (last == "”" and inside.count("“") > inside.count("”"))
            or (last == '"' and inside.count('"') % 2 == 1)
            or (last == "»" and "«" in inside)
        ):
            break
        if last == "." and _is_abbreviation(inside):
            break
        end -= 1
    return start, end


def _is_abbreviation(inside: str) -> bool:
    last_word = inside.rsplit(None, 1)[-1] if inside.split() else ""
    return "." in last_word and len(last_word) <= 5 and last_word.replace(".", "").isalpha()


def _attribution_start(act: Act, sentence: SpacySpan) -> int | None:
    """Where ", the minister said" begins, when the sentence ends with who said it."""
    doc = sentence.doc
    anchor = max(act.head.i, act.clause.i)
    for i in range(sentence.end - 1, anchor, -1):
        token = doc[i]
        if token.lemma_.lower() not in report_verbs() or token.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
            continue
        if act.head.i in (token.i,) or token in act.head.children or token.head == act.head:
            continue
        if not (act.clause in token.subtree or act.head in token.subtree or token.dep_ in ("ROOT", "parataxis")):
            continue
        start = min([c.left_edge.i for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "aux")] + [token.i])
        if start <= anchor:
            continue
        j = start - 1
        while j > anchor and doc[j].text in ('"', "”", "’", "'", " "):
            j -= 1
        if doc[j].text in (",", "—", "–", "-") and sentence.end - start <= 45:
            return j
    return None


def _closing_quote(act: Act, sentence: SpacySpan) -> int | None:
    """Where the quotation closes that the content began in."""
    doc = sentence.doc
    for opening, closing in _OPENING.items():
        depth = 0
        for i in range(act.start, sentence.end):
            if opening in doc[i].text:
                depth += 1
            elif closing in doc[i].text:
                if depth == 0 and i > act.head.i:
                    return i
                depth = max(0, depth - 1)
    before = sum(t.text == '"' for t in doc[sentence.start : act.start])
    if before % 2 == 1:
        return next((i for i in range(act.head.i + 1, sentence.end) if doc[i].text == '"'), None)
    return None


def _is_boundary(token: Token, act: Act, sentence: SpacySpan) -> bool:
    doc = token.doc
    previous = doc[token.i - 1]
    if token.i == act.head.i + 1 and token.lower_ in ("and", "or"):
        # "Encourage and support Atta to …" is one act.
        return False
    if token.text == "," and _at(token.i + 1, sentence).lower_ == "according" and token.i > act.clause.i:
        return True
    if token.text == ";":
        return _opens_clause(token.i + 1, sentence, act)
    if token.text in (",", "and", "but", "—", "–", "while", "whereas", "although", "as", "though"):
        if token.lower_ in _TURNS or (token.text == "," and _at(token.i + 1, sentence).lower_ in _TURNS):
            position = token.i + (2 if token.text == "," else 1)
            return _turns(position, sentence) and (token.text == "," or previous.text == ",")
        if token.text == "as":
            return False
        return _new_act(token.i + 1, act, sentence) or _new_clause(token.i + 1, act, sentence)
    return False


def _at(position: int, sentence: SpacySpan) -> Token:
    return sentence.doc[min(position, sentence.end - 1)]


def _skip_connectives(position: int, sentence: SpacySpan) -> int:
    doc = sentence.doc
    while position < sentence.end and (
        doc[position].lower_ in ("and", "but", "also", "further", "likewise", "then", "once", "again", ",")
        or doc[position].pos_ == "ADV"
    ):
        position += 1
    return position


def _new_act(position: int, act: Act, sentence: SpacySpan) -> bool:
    """True where a verb of speech in the same form as this act's own verb follows: "…, and called on …"."""
    position = _skip_connectives(position, sentence)
    if position >= sentence.end:
        return False
    token = sentence.doc[position]
    own = act.clause
    while position < sentence.end - 1 and token.lower_ in ("has", "have", "had", "is", "are", "was", "were"):
        position += 1
        token = sentence.doc[position]
    lemma = token.lemma_.lower()
    is_speech = lemma in report_verbs() or lemma in act_words("verb")
    if not is_speech:
        return False
    if token.tag_ == "VBG":
        governed = act.clause.tag_ == "VBG" and act.clause.lemma_ in ("avoid", "stop")
        return lemma in report_verbs() and not governed and token.dep_ in ("advcl", "conj", "acl", "dep", "ROOT")
    if token.tag_ in ("VBD", "VBN"):
        return own.tag_ in ("VBD", "VBN", "VBG") or token.tag_ == "VBD"
    if token.tag_ in ("VBZ", "VBP"):
        return own.tag_ in ("VBZ", "VBP", "VB", "VBG", "VBN", "VBD")
    if token.tag_ == "VB":
        if own.tag_ in ("VB", "VBP") and (act.rule.endswith(("bare", "point", "list")) or act.holder is None):
            return True
        before = sentence.doc[position - 1]
        return (
            lemma in ("call", "urge", "oppose", "reaffirm", "reiterate")
            and before.text in (",", "and")
            and (sentence.doc[position - 2].text == "," or before.text == ",")
        )
    return False


def _subject_verb(position: int, sentence: SpacySpan) -> tuple[Token, Token] | None:
    """Subject and finite verb of the clause that opens here, or None where no clause does."""
    doc = sentence.doc
    position = _skip_connectives(position, sentence)
    if position < sentence.end and doc[position].lower_ == "that":
        position += 1
    for i in range(position, min(position + 18, sentence.end)):
        token = doc[i]
        if token.dep_ in ("nsubj", "nsubjpass", "expl"):
            verb = token.head
            is_finite = verb.tag_ in FINITE or any(
                c.tag_ in ("MD", *FINITE) and c.dep_ in ("aux", "auxpass") for c in verb.children
            )
            if is_finite and verb.dep_ != "relcl" and token.left_edge.i <= position + 1 and verb.i > token.i:
                return token, verb
            return None
        if token.text in (",", ";") or token.tag_ in FINITE:
            return None
    return None


def _opens_clause(position: int, sentence: SpacySpan, act: Act) -> bool:
    if _new_act(position, act, sentence) or _subject_verb(position, sentence) is not None:
        return True
    position = _skip_connectives(position, sentence)
    return position < sentence.end and sentence.doc[position].tag_ in FINITE


def _turns(position: int, sentence: SpacySpan) -> bool:
    return _subject_verb(position, sentence) is not None


def _new_clause(position: int, act: Act, sentence: SpacySpan) -> bool:
    """True where a coordinated clause with its own subject begins: ", and they welcome …"."""
    doc = sentence.doc
    opener = doc[position - 1]
    if opener.text == ",":
        main = _subject_verb(position, sentence)
        if main is not None and main[1] != act.clause and act.clause in main[1].subtree:
            return True
    follows_and = opener.lower_ in ("and", "but") or _at(position, sentence).lower_ in ("and", "but")
    if not follows_and:
        return False
    found = _subject_verb(position, sentence)
    if found is None:
        return False
    verb = found[1]
    if verb == act.clause or act.clause in verb.subtree:
        return False
    if verb.lemma_.lower() in report_verbs() or verb.lemma_.lower() in act_words("verb"):
        return True
    return any(c.tag_ == "MD" for c in verb.children) or (opener.text == "," or doc[position - 2].text == ",")
