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

MIN_SHARED_OF_ONE_STORY = 0.4
"""Share from which two texts of one day under one headline are copies, one of them cut short or added to."""

MIN_CONTAINED = 0.85
"""Share of the shorter text that stands in the longer one, where the headlines are only alike."""

MIN_SHARED_HEADLINE = 0.7
"""Share of the shorter headline's words that the other has, for two headlines to be alike."""

MAX_DAYS_APART = 7
"""Copies of one text appear within days; the same words a year later report another event."""

SHORT_WORDS = 60
"""Below this the same words ("Issues of bilateral cooperation were discussed") say nothing without their headline."""

# 42 bands of 3 places: two texts at MIN_SHARED_OF_ONE_STORY meet in some band with a chance of 0.94, at 0.5 of 0.996.
_BANDS = (42, 3)
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
    """True where two articles carry one text: most shingles shared, about the same day, and if short one headline.

    Fewer shared shingles are enough for one story of one day: a site cuts an agency's copy, a desk adds to it.
    """
    days = _days_apart(one, other)
    if days > MAX_DAYS_APART:
        return False
    if min(one.n_words, other.n_words) < SHORT_WORDS and _words(one.headline) != _words(other.headline):
        return False
    shared = float(np.mean(np.asarray(one.minhash, np.uint32) == np.asarray(other.minhash, np.uint32)))
    return shared >= MIN_SHARED or (
        shared >= MIN_SHARED_OF_ONE_STORY and days <= 1 and _is_one_story(one, other, shared)
    )


def _is_one_story(one: Signed, other: Signed, shared: float) -> bool:
    """True where headlines, and how much of the shorter text stands in the longer, tell a copy from the next report."""
    shorter, longer = sorted((set(_words(one.headline)), set(_words(other.headline))), key=len)
    if not shorter or len(shorter & longer) < len(shorter) * MIN_SHARED_HEADLINE:
        return False
    # From |A and B| / |A or B| and both sizes; the numbers in a headline tell today's figures from yesterday's.
    n_shingles = sorted(max(1, article.n_words - SHINGLE_WORDS + 1) for article in (one, other))
    contained = shared * sum(n_shingles) / (1 + shared) / n_shingles[0]
    is_same_day = _days_apart(one, other) == 0
    has_same_figures = _figures(shorter) == _figures(longer)
    return (shorter == longer and is_same_day) or (contained >= MIN_CONTAINED and has_same_figures)


def _days_apart(one: Signed, other: Signed) -> int:
    """Zero where one of them is not dated."""
    if one.published_date and other.published_date:
        return abs((one.published_date - other.published_date).days)
    return 0


def _figures(words: set[str]) -> set[str]:
    return {word for word in words if any(c.isdigit() for c in word)}


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
