"""MinHash signatures of texts, and groups of near copies by them.

Does not belong here: which member of a group counts (dbt), exact copies (equal digests).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash, MinHashLSH

N_PERMUTATIONS = 128
SEED = 1815
SHINGLE_WORDS = 5
MAX_WORDS = 50_000
"""A longer text is compared by its first words: the largest article ever is a tenth of that."""

MIN_SHARED = 0.8
"""Share of equal places from which two texts are near copies: print versions, agency copy with another last line."""

MAX_DAYS_APART = 7
"""Copies of one text appear within days; the same words a year later report another event."""

SHORT_WORDS = 60
"""Below this the same words ("Issues of bilateral cooperation were discussed") say nothing without their headline."""

# 25 bands of 5 places: two texts at MIN_SHARED meet in some band with a chance of 0.9999.
_BANDS = (25, 5)
_WORD = re.compile(r"\w+")
_EMPTY = MinHash(num_perm=N_PERMUTATIONS, seed=SEED, scheme="affine32")


def signature(text: str) -> list[int]:
    """128 unsigned 32-bit numbers; equal places in two signatures estimate how many 5-word shingles two texts share."""
    words = _WORD.findall(text.casefold())[:MAX_WORDS]
    n_shingles = max(1, len(words) - SHINGLE_WORDS + 1)
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]).encode() for i in range(n_shingles)}
    minhash = _EMPTY.copy()
    minhash.update_batch(shingles)
    return [int(value) for value in minhash.hashvalues]


@dataclass(frozen=True, slots=True)
class Signed:
    """An article as far as near copies are concerned."""

    article_id: str
    minhash: Sequence[int]
    n_words: int
    headline: str | None = None
    published_date: dt.date | None = None


def are_near_copies(one: Signed, other: Signed) -> bool:
    """True where two articles carry one text: most shingles shared, about the same day, and if short one headline."""
    if one.published_date and other.published_date:
        days = abs((one.published_date - other.published_date).days)
        if days > MAX_DAYS_APART:
            return False
    if min(one.n_words, other.n_words) < SHORT_WORDS and _words(one.headline) != _words(other.headline):
        return False
    shared = np.mean(np.asarray(one.minhash, np.uint32) == np.asarray(other.minhash, np.uint32))
    return bool(shared >= MIN_SHARED)


def group_near_copies(articles: Iterable[Signed]) -> dict[str, str]:
    """The group of each article: articles linked by near copies share one, named by its smallest article id.

    The outcome depends on the set of articles only, not on their order.
    """
    known = {article.article_id: article for article in articles}
    index = MinHashLSH(num_perm=N_PERMUTATIONS, params=_BANDS)
    group: dict[str, str] = {}

    def root(article_id: str) -> str:
        while group[article_id] != article_id:
            group[article_id] = group[group[article_id]]
            article_id = group[article_id]
        return article_id

    for article_id, article in known.items():
        group[article_id] = article_id
        minhash = MinHash(
            hashvalues=np.asarray(article.minhash, np.uint32), permutations=_EMPTY.permutations, scheme="affine32"
        )
        for other_id in index.query(minhash):
            one, other = sorted((root(article_id), root(str(other_id))))
            if one != other and are_near_copies(article, known[str(other_id)]):
                group[other] = one
        index.insert(article_id, minhash, check_duplication=False)
    return {article_id: root(article_id) for article_id in known}


def _words(text: str | None) -> list[str]:
    return _WORD.findall((text or "").casefold())
