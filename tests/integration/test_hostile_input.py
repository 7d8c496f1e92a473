"""Hostile input: none hangs, none fills the memory, each ends as an article or as a piece set aside with its reason."""

import datetime as dt
import gzip
import io
import json
import os
import resource
import socket
import struct
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.ingest.fetch import Fetcher, FetchError, Limits
from orchestration.ingest.folder import read_folder
from orchestration.ingest.network import is_public
from orchestration.ingest.records import ArticleRecord, SetAside

GOOD = (
    "The foreign ministers of Norway and Kenya met in Nairobi on Tuesday and agreed to open talks on fisheries. "
    "They will meet again in the spring."
)
MAX_SECONDS = 60
GIGABYTE = 1024**3


def read(folder: Path) -> tuple[list[ArticleRecord], list[SetAside]]:
    start = time.monotonic()
    found = list(read_folder(folder))
    assert time.monotonic() - start < MAX_SECONDS
    return [f for f in found if isinstance(f, ArticleRecord)], [f for f in found if isinstance(f, SetAside)]


def codes(aside: list[SetAside]) -> list[str]:
    return [one.reason_code for one in aside]


def read_within_a_gigabyte(folder: Path) -> dict[str, list[str]]:
    """Read a folder in a process of its own that may not have more than 1 GB, and tell what came of it."""
    program = """
import json, resource, sys
from pathlib import Path
import trafilatura, pypdf, feedparser
from orchestration.ingest.folder import read_folder
from orchestration.ingest.records import SetAside
base = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (base + 1024**3, base + 1024**3))
found = list(read_folder(Path(sys.argv[1])))
print(json.dumps({"aside": [f.reason_code for f in found if isinstance(f, SetAside)],
    "articles": [f.address for f in found if not isinstance(f, SetAside)],
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        timeout=MAX_SECONDS * 2,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    assert int(str(told["peak"])) < GIGABYTE
    return told


# Archives


def write_zeros(path: Path, n_bytes: int, before: bytes = b"") -> None:
    """A gzip file of zeros, made without ever holding them: one packed member again and again."""
    block = gzip.compress(bytes(100 * 1024 * 1024), 9)
    with path.open("wb") as file:
        if before:
            file.write(gzip.compress(before))
        for _ in range(n_bytes // (100 * 1024 * 1024)):
            file.write(block)


def test_ten_gigabytes_of_zeros_as_gzip(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": GOOD}) + "\n" for n in range(500))
    write_zeros(tmp_path / "bomb.gz", 10 * GIGABYTE)
    write_zeros(tmp_path / "bomb.jsonl.gz", 10 * GIGABYTE, before=lines.encode())
    told = read_within_a_gigabyte(tmp_path)
    assert told["articles"] == [f"file:bomb.jsonl.gz#{n}" for n in range(500)]
    assert "not_text" in told["aside"]
    assert "archive_bomb" in told["aside"]


def test_zip_bombs(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "flat.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.txt", "w") as member:
            for _ in range(300):
                member.write(bytes(1024 * 1024))
        archive.writestr("good.txt", GOOD)
    inner = (tmp_path / "flat.zip").read_bytes()
    for depth in range(8):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{depth}.zip", inner)
        inner = buffer.getvalue()
    (tmp_path / "nested.zip").write_bytes(inner)
    articles, aside = read(tmp_path)
    assert [a.address for a in articles] == ["file:flat.zip#good.txt"]
    assert codes(aside) == ["archive_bomb", "too_deep"]


def test_no_path_leads_out_of_an_archive(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    names = ["../../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt"]
    with zipfile.ZipFile(raw / "a.zip", "w") as archive:
        for name in [*names, "good.txt"]:
            archive.writestr(name, GOOD)
    with tarfile.open(raw / "b.tar.gz", "w:gz") as archive:
        for name in [*names, "good.txt"]:
            member = tarfile.TarInfo(name)
            member.size = len(GOOD)
            archive.addfile(member, io.BytesIO(GOOD.encode()))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo(f"link{kind!r}.txt")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    articles, aside = read(raw)
    assert [a.address for a in articles] == ["file:a.zip#good.txt", "file:b.tar.gz#good.txt"]
    assert codes(aside) == ["unsafe_path"] * 10 + ["not_a_file"] * 3
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.zip", "b.tar.gz"]


def test_cut_archives_keep_what_comes_before_the_break(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": f"{GOOD} {os.urandom(20).hex()}"}) + "\n" for n in range(200))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for n in range(4):
            member = tarfile.TarInfo(f"{n}.txt")
            member.size = len(GOOD)
            archive.addfile(member, io.BytesIO(GOOD.encode()))
    (tmp_path / "b.tar").write_bytes(buffer.getvalue()[:2600])
    articles, aside = read(tmp_path)
    from_gzip = [a for a in articles if a.address.startswith("file:a.")]
    assert 20 < len(from_gzip) < 180
    assert [a.address for a in articles if a.address.startswith("file:b.")] == ["file:b.tar#0.txt", "file:b.tar#1.txt"]
    assert codes(aside).count("truncated") == 2


def test_locked_damaged_and_office_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "office.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with zipfile.ZipFile(tmp_path / "locked.zip", "w") as archive:
        archive.writestr("a.txt", GOOD)
    locked = bytearray((tmp_path / "locked.zip").read_bytes())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    (tmp_path / "cut.zip").write_bytes(bytes(locked)[:60])
    articles, aside = read(tmp_path)
    assert articles == []
    assert codes(aside) == ["truncated", "password", "office_document"]


# Markup


def test_a_page_of_100_000_nested_tags(tmp_path: Path) -> None:
    nested = "<div>" * 100_000 + f"<p>{GOOD}</p>" + "</div>" * 100_000
    (tmp_path / "deep.html").write_text(f"<html><body><p>{GOOD}</p>{nested}</body></html>")
    (tmp_path / "lists.html").write_text("<html><body>" + "<ul><li>" * 100_000 + GOOD)
    (tmp_path / "spans.jsonl").write_text(json.dumps({"text": "<p>" + "<b><i>" * 50_000 + GOOD}))
    (tmp_path / "quotes.md").write_text(">" * 50_000 + GOOD)
    (tmp_path / "brackets.md").write_text("# Talks\n\n" + "[" * 50_000 + GOOD)
    told = read_within_a_gigabyte(tmp_path)
    assert len(told["articles"]) + len(told["aside"]) == 5
    assert "file:deep.html" in told["articles"]


def _entity(n: int) -> str:
    return f'<!ENTITY lol{n} "' + f"&lol{n - 1};" * 10 + '">'


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lol0 "lol">'
    + "".join(map(_entity, range(1, 10)))
    + "]><rss version='2.0'><channel><item><title>x</title><description>&lol9;</description></item></channel></rss>"
)


def test_no_entity_bomb_and_no_external_entity(tmp_path: Path) -> None:
    secret = tmp_path / ".secret"
    secret.write_text("the secret of the house")
    external = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><item>'
        f"<title>x</title><link>https://a.example/1</link><description>{GOOD} &x;</description></item></channel></rss>"
    )
    (tmp_path / "bomb.xml").write_text(BILLION_LAUGHS)
    (tmp_path / "external.xml").write_text(external)
    (tmp_path / "utf16.xml").write_bytes(external.replace('<?xml version="1.0"?>', "").encode("utf-16"))
    (tmp_path / "page.html").write_text(BILLION_LAUGHS.replace("rss", "html").replace('<?xml version="1.0"?>', ""))
    (tmp_path / "yaml.md").write_text(
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
        + f"title: *j\n---\n{GOOD}"
    )
    articles, aside = read(tmp_path)
    assert codes(aside).count("xml_entities") == 3
    assert all("secret of the house" not in a.text for a in articles)
    assert all(len(a.text) < 1000 for a in articles)


def test_scripts_styles_and_handlers_never_reach_text_or_headline(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><style>p{}</style><img src=x onerror=alert(2)><object data=alert(3)>x</object>"
    page = (
        f"<html><head><title>Talks <script>alert(0)</script></title></head><body><article><h1>Talks held</h1>{evil}"
        + f"<p>{GOOD}</p>" * 5
        + f"{evil}</article></body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    record = {"headline": f"Talks {evil}", "text": f"<p>{GOOD}</p>{evil}", "url": "javascript:alert(4)"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    (tmp_path / "b.md").write_text(f"---\ntitle: Talks\nurl: 'javascript:alert(5)'\n---\n{GOOD}\n\n{evil}")
    articles, aside = read(tmp_path)
    assert aside == []
    assert len(articles) == 3
    for article in articles:
        assert "alert(" not in article.text
        assert "onerror" not in article.text
        assert article.url is None
    assert articles[0].headline == "Talks"


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("us-ascii", "cp1252"),
        ("windows-1251", "utf-8"),
    ],
)
def test_wrong_charset_labels(tmp_path: Path, label: str, charset: str) -> None:
    body = "".join(
        f"<p>{n}. Le café de São Paulo à Genève – “entente” conclue par les ministres réunis.</p>" for n in range(12)
    )
    page = (
        f'<html><head><meta charset="{label}"><title>Genève</title></head><body><article>{body}</article></body></html>'
    )
    (tmp_path / "page.html").write_bytes(page.encode(charset))
    (article,), aside = read(tmp_path)
    assert aside == []
    assert "Le café de São Paulo à Genève – “entente” conclue" in article.text
    assert (article.language, article.is_parsed) == ("fr", False)


def test_a_headline_that_a_spreadsheet_would_run_is_kept_as_told(tmp_path: Path) -> None:
    """Escaping is the duty of whoever writes a CSV; here the words must stay what they are."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": '=HYPERLINK("http://x.example")', "text": GOOD}))
    (article,), _ = read(tmp_path)
    assert article.headline == '=HYPERLINK("http://x.example")'


# The web


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of raw bytes; robots.txt is answered by 404, everything else by `answer`."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def handle(connection: socket.socket) -> None:
        with connection:
            try:
                request = connection.recv(65536)
                if b"/robots.txt" in request:
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                else:
                    answer(connection)
            except OSError:
                pass

    def accept() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    stop.set()
    listener.close()


def fetch(url: str, allow_loopback: bool = True, **names: list[str]) -> str:
    """The code of the error that fetching ends with; `names` is what the name server answers."""

    def resolve(host: str, port: int) -> list[str]:
        if host in names:
            return names[host]
        return list(dict.fromkeys(str(a[4][0]) for a in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))

    limits = Limits(total_seconds=3, idle_seconds=2, max_bytes=4 * 1024 * 1024, pause_seconds=0, attempts=1)
    start = time.monotonic()
    with Fetcher(limits, allow_loopback=allow_loopback, sleep=lambda _: None, resolve=resolve) as fetcher:
        try:
            fetcher.fetch(url)
        except FetchError as error:
            failed = error
        else:
            return "fetched"
    assert failed.reason
    assert time.monotonic() - start < 10
    return failed.code


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_addresses_inside_are_never_connected_to(host: str) -> None:
    hits = []
    with serving(lambda connection: hits.append(connection)) as port:
        assert fetch(f"http://{host}:{port}/", allow_loopback=False) in {
            "blocked_address",
            "connection_failed",
            "bad_address",
        }
    assert hits == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3", "169.254.169.254", "fd00::1"])
def test_a_name_that_leads_inside_is_blocked(address: str) -> None:
    assert fetch("http://news.example/", allow_loopback=False, **{"news.example": [address]}) == "blocked_address"
    mixed = {"news.example": ["93.184.216.34", address]}
    assert fetch("http://news.example/", allow_loopback=False, **mixed) == "blocked_address"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://10.0.0.1/", "blocked_address"),
        ("http://169.254.169.254/latest/meta-data/", "blocked_address"),
        ("http://[::ffff:10.0.0.1]/", "blocked_address"),
        ("file:///etc/passwd", "not_http"),
        ("gopher://127.0.0.1/", "not_http"),
        ("ftp://127.0.0.1/", "not_http"),
        ("http://user:word@127.0.0.1/", "bad_address"),
        ("http://inside.example/", "blocked_address"),
        ("http://[broken/", "bad_address"),
        ("/again", "too_many_redirects"),
    ],
)
def test_every_hop_of_a_redirect_is_checked(location: str, code: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    with serving(lambda connection: connection.sendall(head)) as port:
        assert fetch(f"http://127.0.0.1:{port}/", **{"inside.example": ["192.168.0.10"]}) == code


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_the_public_internet_is_open(address: str) -> None:
    assert is_public(address)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"


def drip(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.5)


def drip_head(connection: socket.socket) -> None:
    for byte in HEAD * 100:
        connection.sendall(bytes([byte]))
        time.sleep(0.5)


def say_nothing(connection: socket.socket) -> None:
    time.sleep(8)


def never_end(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n<rss><channel>")
    while True:
        connection.sendall(b"<item><title>again and again</title></item>" * 500)


def endless_head(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    while True:
        connection.sendall(b"X-More: " + b"x" * 60_000 + b"\r\n")


def gzip_bomb(connection: socket.socket) -> None:
    content = gzip.compress(bytes(8 * 1024 * 1024)) * 160
    connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(content))
    connection.sendall(content)


def twice_packed_bomb(connection: socket.socket) -> None:
    content = gzip.compress(gzip.compress(bytes(64 * 1024 * 1024)))
    connection.sendall(HEAD + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(content))
    connection.sendall(content)


def lie_about_the_length(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 99999999999\r\n\r\n")


def hang_up(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def garbage(connection: socket.socket) -> None:
    connection.sendall(os.urandom(2000))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (drip, {"too_slow"}),
        (drip_head, {"too_slow"}),
        (say_nothing, {"timeout"}),
        (never_end, {"too_large", "too_slow"}),
        (endless_head, {"connection_failed", "too_slow"}),
        (gzip_bomb, {"too_large"}),
        (twice_packed_bomb, {"too_large"}),
        (lie_about_the_length, {"too_large"}),
        (hang_up, {"connection_failed"}),
        (garbage, {"connection_failed"}),
    ],
)
def test_bad_servers_cost_neither_time_nor_memory(answer: Callable[[socket.socket], None], expected: set[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with serving(answer) as port:
        assert fetch(f"http://127.0.0.1:{port}/feed") in expected
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < GIGABYTE


def test_a_page_that_was_packed_but_is_small_is_fetched() -> None:
    content = gzip.compress(GOOD.encode())

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(content) + content)

    with serving(answer) as port:
        assert fetch(f"http://127.0.0.1:{port}/feed") == "fetched"


def test_a_run_over_hostile_files_is_reproducible(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(BILLION_LAUGHS)
    (tmp_path / "b.txt").write_text(GOOD)
    moment = dt.datetime(2023, 4, 14, tzinfo=dt.UTC)
    assert list(read_folder(tmp_path, received_at=moment)) == list(read_folder(tmp_path, received_at=moment))
