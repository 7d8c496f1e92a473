"""Finding many fixed phrases in a text in one pass, longest first.

Belongs here: words of a text with their offsets, and the phrase index. Does not belong here: which phrases there are
(`tables`) or what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Payload = TypeVar("Payload")
WORD = re.compile(r"[^\W_]+|[^\w\s]")
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"})


class Word(NamedTuple):
    """A word or a single mark of the text; `text` has straight apostrophes and hyphens."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=32)
def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of a text, in order, by code points. Kept for the last texts: every layer asks for them."""
    return tuple(Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text.translate(STRAIGHT)))


@lru_cache(maxsize=32)
def lowered_words_of(text: str) -> tuple[Word, ...]:
    """As `words_of`, in small letters."""
    return tuple(Word(word.start, word.end, word.text.lower()) for word in words_of(text))


def says_any(text: str, phrases: Iterable[str]) -> bool:
    """True where one of the phrases stands in a text as whole words, case counting."""
    words = _distinct_words_of(text)
    return any(phrase in words or (not phrase.isalnum() and phrase in text) for phrase in phrases)


@lru_cache(maxsize=32)
def _distinct_words_of(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(text))


def key_of(phrase: str) -> tuple[str, ...]:
    """A phrase as the words that it is looked up by."""
    return (phrase,) if phrase.isalnum() else tuple(WORD.findall(phrase.translate(STRAIGHT)))


def _lengths(keys: Iterable[tuple[str, ...]]) -> list[int]:
    """The different lengths of phrases, longest first."""
    lengths = list(map(len, keys))
    return lengths if len(lengths) == 1 else sorted(set(lengths), reverse=True)


class PhraseIndex(Generic[Payload]):
    """Phrases by their first word. Case counts: `US` is a country, `us` is not."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], Payload]] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, payload in phrases:
            key = key_of(phrase)
            if key:
                self._by_first.setdefault(key[0], {}).setdefault(key, payload)
        for first, keys in self._by_first.items():
            self._lengths[first] = _lengths(keys)

    def at(self, words: Sequence[Word], index: int) -> tuple[int, Payload] | None:
        """The longest phrase that begins with word `index`: the index after its last word, and its payload."""
        keys = self._by_first.get(words[index].text)
        if keys is None:
            return None
        for length in self._lengths[words[index].text]:
            key = tuple([word.text for word in words[index : index + length]])
            if len(key) == length and key in keys:
                return index + length, keys[key]
        return None

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Payload]]:
        """All phrases, none overlapping: first word, word after the last, payload."""
        index = 0
        while index < len(words):
            hit = self.at(words, index)
            if hit is None:
                index += 1
            else:
                yield index, hit[0], hit[1]
                index = hit[0]
