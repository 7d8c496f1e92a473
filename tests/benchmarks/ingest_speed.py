"""Articles a second and peak memory of ingestion over a folder of all kinds, beside plain trafilatura on its pages.

Run: python -m tests.benchmarks.ingest_speed [--articles 3000 30000]
Each size is measured in a process of its own, in processor time, which other programs disturb least.
Needs ../shared/corpus beside the repository.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import trafilatura

from orchestration.ingest.folder import read_folder
from orchestration.ingest.records import ArticleRecord
from tests.ingest_samples import pdf, warc

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PER_CONTAINER = 500


def _pages() -> Iterator[bytes]:
    """Real pages without end, each time a little different, so that none is an exact copy."""
    folders = ("html/scrapinghub_aeb/html", "html/kremlin_html_sample")
    pages = [
        gzip.decompress(path.read_bytes()) for folder in folders for path in sorted((CORPUS / folder).glob("*.gz"))
    ]
    for number, page in enumerate(cycle(pages)):
        yield page.replace(b"</p>", f" Copy {number}.</p>".encode(), 1)


def _texts() -> Iterator[tuple[str, str]]:
    """Headlines and texts of real releases without end."""
    with gzip.open(CORPUS / "state_dept_press_releases_2021_2022.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines]
    for number, record in enumerate(cycle(records)):
        yield f"{record['title']} {number}", f"{record['content']}<p>Copy {number}.</p>"


def build(folder: Path, n_articles: int) -> dict[str, int]:
    """Fill a folder: a third single pages, the rest lines, feeds, web archives, zips, tars, texts, PDFs."""
    pages, texts = _pages(), _texts()
    counts = {"page": n_articles // 3, "warc": n_articles // 6, "jsonl": n_articles // 4, "tar": n_articles // 12}
    counts |= {"pdf": min(300, n_articles // 30)}
    counts["zip"] = n_articles - sum(counts.values())
    for number in range(counts["page"]):
        path = folder / f"pages/{number % 100}/{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(next(pages))
    for start in range(0, counts["warc"], PER_CONTAINER):
        size = min(PER_CONTAINER, counts["warc"] - start)
        held = ((f"https://wire.example/{start + n}", "text/html", page) for n, page in enumerate(islice(pages, size)))
        (folder / f"{start}.warc.gz").write_bytes(warc(*held))
    for start in range(0, counts["jsonl"], PER_CONTAINER * 4):
        size = min(PER_CONTAINER * 4, counts["jsonl"] - start)
        lines = (
            json.dumps({"id": start + n, "title": t, "content": c}) for n, (t, c) in enumerate(islice(texts, size))
        )
        (folder / f"{start}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 1))
    for start in range(0, counts["zip"], PER_CONTAINER):
        with zipfile.ZipFile(folder / f"{start}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(start, min(counts["zip"], start + PER_CONTAINER)):
                title, text = next(texts)
                archive.writestr(f"{number}.md", f"---\ntitle: {json.dumps(title)}\ndate: 2022-01-31\n---\n{text}")
    for start in range(0, counts["tar"], PER_CONTAINER):
        with tarfile.open(folder / f"{start}.tar.gz", "w:gz", compresslevel=1) as archive:
            for number, page in enumerate(islice(pages, min(PER_CONTAINER, counts["tar"] - start))):
                member = tarfile.TarInfo(f"{start + number}.html")
                member.size = len(page)
                archive.addfile(member, io.BytesIO(page))
    for number in range(counts["pdf"]):
        content = pdf([f"Joint statement {number} of the ministers", "", "The ministers met and agreed to open talks."])
        (folder / f"{number}.pdf").write_bytes(content)
    return counts


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(n_articles: int) -> None:
    """Build, read, print: how fast, how large, what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = build(folder, n_articles)
        before = _peak_mb()
        start = time.process_time()
        outcomes = Counter(
            "articles" if isinstance(one, ArticleRecord) else one.reason_code for one in read_folder(folder)
        )
        seconds = time.process_time() - start
        pages = sorted((folder / "pages").rglob("*.html"))[:1000]
        start = time.process_time()
        n_read = sum(isinstance(one, ArticleRecord) for one in _read_pages(pages, folder))
        ours = time.process_time() - start
        start = time.process_time()
        for path in pages:
            trafilatura.bare_extraction(path.read_bytes().decode("utf-8", "replace"), with_metadata=True)
        plain = time.process_time() - start
    print(f"{n_articles} articles {counts}: {dict(outcomes)}")
    rate = sum(outcomes.values()) / seconds
    print(
        f"  {seconds:.0f} s of processor, {rate:.0f} a second; peak {_peak_mb():.0f} MB, before reading {before:.0f} MB"
    )
    ours_ms, plain_ms = 1000 * ours / len(pages), 1000 * plain / len(pages)
    print(f"  {n_read} pages alone: {ours_ms:.1f} ms each, plain trafilatura {plain_ms:.1f} ms", flush=True)


def _read_pages(pages: list[Path], folder: Path) -> Iterator[object]:
    with tempfile.TemporaryDirectory() as name:
        for path in pages:
            (Path(name) / path.name).hardlink_to(path)
        yield from read_folder(Path(name))


def main() -> int:
    """Measure each size in a process of its own, so that peaks are its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[3000, 30000])
    sizes = parser.parse_args().articles
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
    elif len(sizes) == 1:
        measure(sizes[0])
    else:
        for size in sizes:
            subprocess.run([sys.executable, "-m", "tests.benchmarks.ingest_speed", "--articles", str(size)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
