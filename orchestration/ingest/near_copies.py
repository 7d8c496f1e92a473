"""MinHash signatures of texts, and groups of near copies by them.

Does not belong here: which member of a group counts (dbt), exact copies (equal digests).
"""

from __future__ import annotations

import re

from datasketch import MinHash

N_PERMUTATIONS = 128
SEED = 1815
SHINGLE_WORDS = 5
MAX_WORDS = 50_000
"""A longer text is compared by its first words: the largest article ever is a tenth of that."""

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
