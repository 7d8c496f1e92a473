"""Broken input by the million: samples of every kind, damaged at random, must end as articles or as set aside.

Run: python -m tests.fuzz.readers [--minutes 60] [--inputs 1000000] [--seed 1]
What fails is written to tests/fuzz/finds/, which the test suite reads again at every run; keep it small.
"""

import argparse
import datetime as dt
import faulthandler
import gzip
import hashlib
import io
import json
import random
import signal
import sys
import tarfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from orchestration.contracts.documents import MEDIA_KINDS
from orchestration.ingest.articles import read_article
from orchestration.ingest.documents import open_content
from orchestration.ingest.kinds.base import Piece
from orchestration.ingest.records import ArticleRecord, DocumentRecord, SetAside
from orchestration.ingest.sources import Sources
from tests.ingest_samples import PAGE, TEXT, pdf, rss, warc

FINDS = Path(__file__).parent / "finds"
NOW = dt.datetime(2023, 4, 14, tzinfo=dt.UTC)
MAX_SECONDS = 20
MAX_INPUT_BYTES = 200_000

# Pieces that formats give a meaning to: damage made of them goes deeper than damage made of noise.
TOKENS = [
    b"<", b">", b"</p>", b"<p>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE", b"<!ENTITY a 'b'>", b"&a;",
    b"&#0;", b"&#xD800;", b"&#99999999;", b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b"{", b"}", b"[", b"]", b",",
    b":", b"null", b"1e999", b"-0", b"NaN", b"9" * 400, b"0000-00-00", b"2023-02-30", b"Date: ", b"\n---\n", b"---",
    b"# ", b"```", b"|", b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x80\xae", b"WARC/1.0\r\n", b"Content-Length: -1\r\n",
    b"Content-Length: 99999999999\r\n", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: br\r\n", b"Content-Encoding: gzip\r\n", b"%PDF-1.7", b"endobj", b"/Length 99999999",
    b"stream\n", b"xref", b"/Kids [2 0 R]", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b", b"ustar", b"../",
    b"charset=utf-7", b"charset=idna", b"charset=rot13", b"=?utf-8?b?//8=?=", b"boundary=", b"<title>", b"<script>",
    b'"@graph":', b'"@id":"#a"', b"xmlns:a=''", b"http://[", b"https://x:99999/", b"javascript:x",
]  # fmt: skip


def _email() -> bytes:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "Press <press@ministry.example>", "<1@ministry.example>"
    message["Subject"], message["Date"] = "Entretien à Nairobi", "Fri, 14 Apr 2023 09:30:00 +0300"
    message.set_content(TEXT)
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    return message.as_bytes()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", PAGE)
        archive.writestr("b.txt", TEXT)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(TEXT)
            archive.addfile(member, io.BytesIO(TEXT.encode()))
    return out.getvalue()


def samples() -> dict[str, bytes]:
    """A whole input of each kind."""
    record = {
        "id": 1,
        "headline": "Talks",
        "text": f"<p>{TEXT}</p>",
        "published": "2023-04-14T09:30:00Z",
        "authors": ["A"],
    }
    lines = b"".join(json.dumps({**record, "id": n}).encode() + b"\n" for n in range(3))
    data = json.dumps(
        {"@type": "NewsArticle", "headline": "Talks", "author": [{"name": "A"}], "datePublished": "2023-04-14"}
    )
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>').encode()
    web = warc(
        ("https://wire.example/1", "text/html", PAGE.encode()),
        ("https://wire.example/f", "text/xml", rss(("a", "b", TEXT))),
    )
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>M</title><entry><title>T</title><id>tag:1</id>'
        f'<link href="https://m.example/1"/><content type="html">&lt;p&gt;{TEXT}</content></entry></feed>'
    )
    return {
        "text": f"Talks in Nairobi\n\n{TEXT}\n\n{TEXT}".encode(),
        "markdown": f"---\ntitle: Talks\ndate: 2023-04-14\n---\n# Talks\n\n{TEXT}\n\n- *a*\n- [b](https://x.example)\n".encode(),
        "jsonl": lines,
        "json": json.dumps([record, record], indent=1).encode(),
        "csv": f'id,headline,text,date\n1,Talks,"{TEXT}",2023-04-14\n2,More,{TEXT},14 April 2023\n'.encode(),
        "html": page,
        "rss": rss(("Talks", "https://wire.example/1", f"<p>{TEXT}</p>"), ("More", "https://wire.example/2", TEXT)),
        "atom": atom.encode(),
        "warc": gzip.decompress(web),
        "warc.gz": web,
        "pdf": pdf(["Joint statement", "", TEXT[:80], TEXT[80:]], "Joint statement"),
        "email": _email(),
        "zip": _zip(),
        "tar": _tar(),
        "gz": gzip.compress(lines),
    }


def damage(content: bytes, chance: random.Random) -> bytes:
    """The content with a few random wounds."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        start = chance.randrange(len(made) + 1)
        end = min(len(made), start + chance.choice((0, 1, 2, 8, 64, 1000)))
        kind = chance.randrange(7)
        if kind == 0 and made:
            made[min(start, len(made) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[start:end]
        elif kind == 2:
            made[start:end] = chance.choice(TOKENS)
        elif kind == 3:
            made[start:start] = chance.choice(TOKENS) * chance.choice((1, 2, 50, 1000))
        elif kind == 4:
            made[start:start] = made[start:end] * chance.choice((1, 3, 20))
        elif kind == 5:
            made[start:end] = chance.randbytes(end - start)
        else:
            del made[start:]
        del made[MAX_INPUT_BYTES:]
    return bytes(made)


def check(content: bytes, name: str = "input") -> Counter[str]:
    """Read an input as the pipeline does; raises where something else comes out than articles and reasons."""
    outcomes: Counter[str] = Counter()
    for found in open_content(Piece(content=content, name=name), "input", None, NOW):
        outcome = read_article(found, Sources()) if isinstance(found, DocumentRecord) else found
        if isinstance(found, DocumentRecord):
            assert found.media_kind in MEDIA_KINDS
            assert found.content
            assert DocumentRecord.from_row(found.to_row()) == found
        if isinstance(outcome, SetAside):
            assert outcome.reason
            assert outcome.reason_code == outcome.reason_code.lower()
            assert outcome.sample is None or outcome.sample.isprintable()
            outcomes[outcome.reason_code] += 1
        else:
            _check_article(outcome)
            outcomes["article"] += 1
        json.dumps(
            outcome.to_row() if isinstance(outcome, ArticleRecord) else outcome.to_row(NOW), default=str
        ).encode()
    return outcomes


def _check_article(article: ArticleRecord) -> None:
    assert any(c.isalnum() for c in article.text)
    assert article.text == article.text.strip()
    assert article.n_words > 0
    told = (article.text, article.headline, article.publisher, article.section, article.url, *article.authors)
    for value in told:
        if value is not None:
            value.encode("utf-8")
            assert "\x00" not in value
    assert article.url is None or article.url.startswith(("http://", "https://"))
    assert article.published_at is None or article.published_date is not None
    assert len(article.minhash) == 128


class HangError(Exception):
    """An input took longer than it may."""


def _hang(*_: object) -> None:
    raise HangError


def with_time_limit(content: bytes, name: str) -> Counter[str]:
    """`check`, but an input that hangs is an error like any other."""
    signal.signal(signal.SIGALRM, _hang)
    signal.alarm(MAX_SECONDS)
    try:
        return check(content, name)
    finally:
        signal.alarm(0)


def _keep(content: bytes, kind: str) -> Path:
    FINDS.mkdir(exist_ok=True)
    path = FINDS / f"{kind}-{hashlib.sha256(content).hexdigest()[:12]}.bin"
    path.write_bytes(content)
    return path


def run(seconds: float, n_inputs: int, seed: int, report: Callable[[str], None] = print) -> int:
    """Fuzz until the time or the number of inputs is used up; returns how many inputs failed."""
    chance = random.Random(seed)
    seeds = list(samples().items())
    outcomes: Counter[str] = Counter()
    failures: set[str] = set()
    n_failed = n_done = 0
    slowest = (0.0, "")
    end = time.monotonic() + seconds
    while n_done < n_inputs and time.monotonic() < end:
        kind, content = seeds[n_done % len(seeds)]
        broken = damage(content, chance)
        start = time.monotonic()
        try:
            outcomes += with_time_limit(broken, f"input.{kind}")
        except Exception as error:  # noqa: BLE001 - any exception whatever is a find
            n_failed += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} at {last.filename}:{last.lineno}"
            if what not in failures:
                failures.add(what)
                report(f"{what}: {str(error)[:200]} -> {_keep(broken, kind)}")
        slowest = max(slowest, (time.monotonic() - start, kind))
        n_done += 1
        if n_done % 5000 == 0:
            report(f"{n_done} inputs, {n_failed} failed, slowest {slowest[0]:.1f} s ({slowest[1]})")
    report(
        f"{n_done} inputs, {n_failed} failed, slowest {slowest[0]:.2f} s ({slowest[1]}); {dict(outcomes.most_common())}"
    )
    return n_failed


def main() -> int:
    """Fuzz from the command line; exit 1 where an input failed."""
    faulthandler.enable()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    return 1 if run(told.minutes * 60, told.inputs, told.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
