"""Near copies over all corpora: how many groups there are, and a sample of them to be judged by a reader.

Run: python -m tests.benchmarks.near_copies [--sample 100] [--seed 1]
Each group of the sample is shown with its members, and the words in which the most distant one differs from the first.
Needs ../shared/corpus beside the repository.
"""

from __future__ import annotations

import argparse
import difflib
import random
import sys
from collections import Counter, defaultdict

from orchestration.ingest.folder import read_folder
from orchestration.ingest.near_copies import Signed, group_near_copies
from orchestration.ingest.records import ArticleRecord
from orchestration.ingest.sources import load_sources
from orchestration.settings import PROJECT_ROOT

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"
SHOWN_CHANGES = 8


def groups_of(articles: dict[str, ArticleRecord]) -> list[list[ArticleRecord]]:
    """The groups with more than one member, members in order of their addresses."""
    signed = (Signed(a.article_id, a.minhash, a.n_words, a.headline, a.published_date) for a in articles.values())
    members: dict[str, list[ArticleRecord]] = defaultdict(list)
    for article_id, group in group_near_copies(signed).items():
        members[group].append(articles[article_id])
    return [sorted(held, key=lambda a: a.address) for _, held in sorted(members.items()) if len(held) > 1]


def show(group: list[ArticleRecord]) -> str:
    """The members, a line each, and what the least like member says otherwise than the first."""
    lines = [f"  {a.address[:90]} | {a.published_text} | {a.n_words} words | {(a.headline or '')[:90]}" for a in group]
    first = group[0].text.split()
    matchers = [difflib.SequenceMatcher(None, first, a.text.split(), autojunk=False) for a in group[1:6]]
    likeness, matcher, other = min(
        ((m.ratio(), m, a) for m, a in zip(matchers, group[1:6], strict=True)), key=lambda t: t[0]
    )
    words = other.text.split()
    changes = [
        f"    - {' '.join(first[a:b])[:160]!r} + {' '.join(words[c:d])[:160]!r}"
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]
    return "\n".join([*lines, f"  likeness {likeness:.3f}", *changes[:SHOWN_CHANGES]])


def main() -> int:
    """Print the counts, then the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    sources = load_sources(PROJECT_ROOT / "raw" / "sources.yaml")
    found = [one for one in read_folder(CORPUS, sources) if isinstance(one, ArticleRecord)]
    articles = {one.article_id: one for one in found}
    groups = groups_of(articles)
    sizes = Counter(min(len(group), 5) for group in groups)
    n_alone = len(articles) - sum(len(group) for group in groups)
    print(
        f"{len(articles)} articles, {n_alone} alone, {len(groups)} groups; groups by size (5: or more): {dict(sizes)}"
    )
    for number, group in enumerate(random.Random(told.seed).sample(groups, min(told.sample, len(groups))), start=1):
        print(f"\ngroup {number}\n{show(group)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
