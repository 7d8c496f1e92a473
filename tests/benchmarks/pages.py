"""How well pages are read: a table for two public sets of pages with gold, beside plain trafilatura on the same pages.

One set has gold bodies, the other gold frames (headline, time, authors) and bodies; frames of the first are our own
gold, `tests/gold/pages/frames.jsonl`: other sites, and what a reader would defend where a page contradicts itself.

Run: python tests/benchmarks/pages.py [--misses]
Needs ../shared/corpus/html beside the repository.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import trafilatura

from orchestration.ingest.articles import read_article
from orchestration.ingest.records import ArticleRecord, DocumentRecord, document_digest
from orchestration.ingest.sources import Sources

PAGES = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "html"
OUR_FRAMES = Path(__file__).resolve().parents[1] / "gold" / "pages" / "frames.jsonl"
GOALS = {
    "body 4-gram F1": 0.955,
    "title": 0.95,
    "day": 0.97,
    "minute and zone": 0.90,
    "authors": 0.85,
    "body token F1": 0.93,
}
_TOKEN = re.compile(r"\w+")


def read_page(content: bytes, url: str) -> ArticleRecord | None:
    """The article of a page as the pipeline reads it."""
    digest = document_digest(content, "html", url)
    now = dt.datetime.now(dt.UTC)
    found = read_article(DocumentRecord(digest, url, None, None, "html", url, {}, content, now), Sources())
    return found if isinstance(found, ArticleRecord) else None


def _counts(text: str, n: int) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)) if tokens[i : i + n])


def precision_recall(gold: str, found: str, n: int) -> tuple[float, float]:
    """Of one page, by n-grams of words; as the publishers of the body set compute it."""
    expected, got = _counts(gold, n), _counts(found, n)
    shared = sum((expected & got).values())
    if not expected and not got:
        return 1.0, 1.0
    return (shared / sum(got.values()) if got else 0.0), (shared / sum(expected.values()) if expected else 0.0)


def f1(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """F1 of mean precision and mean recall, and these two."""
    precision, recall = mean(p for p, _ in pairs), mean(r for _, r in pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall


FramedPage = tuple[str, str, bytes, dict[str, Any]]
"""Name, address, bytes and gold of a page."""


def body_pages() -> Iterator[FramedPage]:
    """The pages of the body set; gold is `articleBody`."""
    folder = PAGES / "scrapinghub_aeb"
    for name, gold in json.loads((folder / "ground-truth.json").read_text()).items():
        yield name, gold["url"], gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), gold


def our_frame_pages() -> Iterator[FramedPage]:
    """One page of each site of the body set; gold is the frame that we annotated."""
    golds = {gold["page"]: gold for gold in map(json.loads, OUR_FRAMES.read_text(encoding="utf-8").splitlines())}
    for name, url, content, _ in body_pages():
        if name in golds:
            yield name[:8], url, content, golds[name]


def frame_pages() -> Iterator[FramedPage]:
    """The pages of the frame set; gold is frame and `body`."""
    for folder in sorted(p for p in (PAGES / "news_metadata").iterdir() if p.is_dir()):
        info = json.loads((folder / "meta.info").read_text())
        for gold_path in sorted(folder.glob("*.json")):
            versions = list(json.loads(gold_path.read_text()).values())
            pages = sorted(folder.glob(f"{gold_path.stem}_*.html.gz"))
            for path, gold in zip(pages, versions, strict=True):
                yield (
                    path.name.removesuffix(".html.gz"),
                    info[path.name]["url"],
                    gzip.decompress(path.read_bytes()),
                    gold,
                )


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text or "").casefold()).strip()


def _gold_body(gold: dict[str, Any]) -> str:
    body = gold["body"] or {"summary": [], "sections": []}
    parts = [*body["summary"], *(p for s in body["sections"] for p in [*s["headline"], *s["paragraphs"]])]
    return "\n".join(parts)


@dataclass
class FrameScore:
    """Right or wrong for each field, and what was missed."""

    right: dict[str, list[bool]] = field(default_factory=dict)
    body: list[tuple[float, float]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, what: str, is_right: bool, gold: object, found: object) -> None:
        self.right.setdefault(what, []).append(is_right)
        if not is_right:
            self.misses.append(f"{name} {what}: gold {gold!r}, found {found!r}")


def _score_frames(pages: Iterator[FramedPage]) -> FrameScore:
    score = FrameScore()
    for name, url, content, gold in pages:
        article = read_page(content, url)
        headline = article.headline if article else None
        score.add(name, "title", _plain(headline) == _plain(gold["title"]), gold["title"], headline)
        if gold.get("publishing_date"):
            moment = dt.datetime.fromisoformat(gold["publishing_date"])
            at, day = (article.published_at, article.published_date) if article else (None, None)
            days = {moment.date()} if moment.tzinfo is None else {moment.date(), moment.astimezone(dt.UTC).date()}
            day_utc = at.date() if at else None
            score.add(name, "day", day in days or day_utc in days, gold["publishing_date"], day)
            if moment.tzinfo is not None:
                same = at is not None and abs((at - moment).total_seconds()) < 60
                score.add(name, "minute and zone", same, gold["publishing_date"], article and article.published_text)
        if gold.get("authors"):
            found = {_plain(a) for a in article.authors} if article else set()
            same = found == {_plain(a) for a in gold["authors"]}
            score.add(name, "authors", same, gold["authors"], article and article.authors)
        if "body" not in gold:
            continue
        pair = precision_recall(_gold_body(gold), article.text if article else "", 1)
        score.body.append(pair)
        if min(pair) < 0.9:
            score.misses.append(f"{name} body: precision {pair[0]:.2f}, recall {pair[1]:.2f}")
    return score


def _plain_trafilatura(content: bytes) -> str:
    """What one would get by merely calling the library, with the metadata that it finds."""
    document = trafilatura.bare_extraction(
        content.decode("utf-8", "replace"), with_metadata=True, include_comments=False
    )
    return (document.text or "") if document else ""


def main() -> int:
    """Print the table; exit 1 where a goal is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--misses", action="store_true", help="list what was wrong on the frame set")
    show_misses = arguments.parse_args().misses
    if not PAGES.is_dir():
        print(f"skipped: {PAGES} is not there")
        return 0
    pages = list(body_pages())
    results: dict[str, float] = {}

    start = time.perf_counter()
    found = [(article.text if (article := read_page(content, url)) else "") for _, url, content, _ in pages]
    ours_seconds = time.perf_counter() - start
    results["body 4-gram F1"], precision, recall = f1(
        [precision_recall(page[3]["articleBody"], t, 4) for page, t in zip(pages, found, strict=True)]
    )
    start = time.perf_counter()
    plain = [_plain_trafilatura(content) for _, _, content, _ in pages]
    plain_seconds = time.perf_counter() - start
    plain_f1, *_ = f1([precision_recall(page[3]["articleBody"], t, 4) for page, t in zip(pages, plain, strict=True)])

    frames, ours = _score_frames(frame_pages()), _score_frames(our_frame_pages())
    results |= {what: mean(right) for what, right in frames.right.items()}
    results["body token F1"] = f1(frames.body)[0]

    print(f"{'measure':<18}{'pages':>6}{'goal':>8}{'found':>8}")
    counts = {"body 4-gram F1": len(pages), "body token F1": len(frames.body)}
    for what, goal in GOALS.items():
        n = counts.get(what) or len(frames.right[what])
        print(f"{what:<18}{n:>6}{goal:>8.3f}{results[what]:>8.3f}{'' if results[what] >= goal else '  missed'}")
    print("\nframes of the body set, by our own gold")
    for what, right in ours.right.items():
        print(f"{what:<18}{len(right):>6}{'':>8}{mean(right):>8.3f}")
    version = f"plain trafilatura {trafilatura.__version__}"
    print(f"\nbody precision {precision:.3f}, recall {recall:.3f}; {version}: F1 {plain_f1:.3f}")
    ours_ms, plain_ms = 1000 * ours_seconds / len(pages), 1000 * plain_seconds / len(pages)
    print(f"{ours_ms:.1f} ms a page, {version} {plain_ms:.1f} ms")
    if show_misses:
        print("\n".join([*frames.misses, *ours.misses]))
    return 0 if all(results[what] >= goal for what, goal in GOALS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
