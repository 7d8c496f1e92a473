"""Each kind of input, recognised by what it holds and not by its name, read into text and frame."""

import datetime as dt
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest

from orchestration.ingest.folder import read_folder
from orchestration.ingest.records import ArticleRecord, SetAside
from tests.ingest_samples import PAGE, TEXT, pdf, warc


def read(folder: Path) -> tuple[list[ArticleRecord], list[SetAside]]:
    found = list(read_folder(folder))
    return [f for f in found if isinstance(f, ArticleRecord)], [f for f in found if isinstance(f, SetAside)]


def read_one(folder: Path, content: bytes, name: str = "without-a-telling-name") -> ArticleRecord:
    (folder / name).write_bytes(content)
    articles, aside = read(folder)
    assert aside == []
    (article,) = articles
    return article


def test_plain_text_with_a_headline_and_a_day_in_its_name(tmp_path: Path) -> None:
    article = read_one(tmp_path, f"Ministers meet in Nairobi\n\n{TEXT}\n".encode(), "2023-04-14-talks.txt")
    assert (article.headline, article.text, article.published_text) == ("Ministers meet in Nairobi", TEXT, "2023-04-14")
    assert (article.address, article.language, article.n_words) == (
        "file:2023-04-14-talks.txt",
        "en",
        len(TEXT.split()),
    )


def test_plain_text_that_begins_with_its_dateline_has_no_headline(tmp_path: Path) -> None:
    content = f"Nairobi, Kenya, 14 Apr (Wire) -- {TEXT}\n\n{TEXT}"
    article = read_one(tmp_path, content.encode())
    assert (article.headline, article.text) == (None, content)


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    front = "title: Ministers meet\ndate: 2023-04-14T09:30:00+03:00\nauthor: Ana Lima\nurl: https://wire.example/1\n"
    content = f"---\n{front}---\n\n{TEXT}\n\n- One *point*\n- Two\n"
    article = read_one(tmp_path, content.encode())
    assert (article.headline, article.authors, article.url) == (
        "Ministers meet",
        ["Ana Lima"],
        "https://wire.example/1",
    )
    assert article.published_at == dt.datetime(2023, 4, 14, 6, 30, tzinfo=dt.UTC)
    assert article.text == f"{TEXT}\n\nOne point\n\nTwo"


def test_a_page(tmp_path: Path) -> None:
    article = read_one(tmp_path, PAGE.encode())
    assert (article.headline, article.publisher, article.section) == ("Ministers meet", "Wire", "World")
    assert article.authors == ["Ana Lima", "Bo Berg"]
    assert article.url == "https://wire.example/news/1"
    assert article.published_text == "2023-04-14T09:30:00+03:00"
    assert TEXT in article.text
    for part in ("Home", "Read more", "Photo:", "Privacy", "All rights"):
        assert part not in article.text


def test_what_a_page_tells_as_data_wins(tmp_path: Path) -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#pub", "name": "The Wire &amp; Post"},
            {"@type": "Person", "@id": "#p1", "name": "Ana Lima"},
            {
                "@type": ["NewsArticle"],
                "headline": "Ministers meet",
                "author": [{"@id": "#p1"}, {"@type": "Person", "name": "Bo Berg"}],
                "datePublished": "2023-04-14T06:30:00Z",
                "publisher": {"@id": "#pub"},
            },
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = read_one(tmp_path, PAGE.replace("</head>", f"{script}</head>").encode())
    assert article.authors == ["Ana Lima", "Bo Berg"]
    assert article.publisher == "The Wire & Post"
    assert article.published_text == "2023-04-14T06:30:00+00:00"


def test_data_that_a_page_writes_as_a_script_would_is_understood(tmp_path: Path) -> None:
    data = """{ // filled by the template
      '@type': 'NewsArticle', "headline": "Ministers meet", "datePublished": "2023-04-14T06:30:00Z",
      "keywords": ["talks", "fisheries",], }"""
    page = PAGE.replace('<meta property="article:published_time" content="2023-04-14T09:30:00+03:00">', "")
    article = read_one(
        tmp_path, page.replace("</head>", f'<script type="application/ld+json">{data}</script></head>').encode()
    )
    assert article.published_text == "2023-04-14T06:30:00+00:00"


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ('<div class="publish-date">Published 10:02 a.m. ET Nov 19, 2019</div>', "2019-11-19T10:02:00-05:00"),
        ("<p>Posted on Thursday, July 4th, 2019 at 11:08 p.m. | Updated yesterday</p>", "2019-07-04T23:08:00"),
        ('<div itemprop="datePublished">2019-11-13T23:06:00+01:00</div>', "2019-11-13T23:06:00+01:00"),
        (
            '<p class="date-modified">Nov 20, 2019 11:00 GMT</p><p>14 November 2019, 09:30 GMT</p>',
            "2019-11-14T09:30:00+00:00",
        ),
    ],
)
def test_a_time_that_only_the_reader_is_shown(tmp_path: Path, shown: str, published: str) -> None:
    body = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    page = f"<html><head><title>Ministers meet</title></head><body><h1>Ministers meet</h1>{shown}<article>{body}"
    assert read_one(tmp_path, page.encode()).published_text == published


@pytest.mark.parametrize(
    ("told", "authors"),
    [
        ("<p>By Ana Lima and Bo Berg, Nairobi</p>", ["Ana Lima", "Bo Berg"]),
        ('<h3 class="byline">by Ana Lima<br><span>Monday, November 18, 2019</span></h3>', ["Ana Lima"]),
        ('<a rel="author">Ana Lima, MA</a>', ["Ana Lima"]),
        ('<span class="author">The ministry of foreign affairs</span>', ["Wire"]),
        ("<p>No more than a line</p>", ["Wire"]),
    ],
)
def test_the_site_itself_is_the_author_only_where_nobody_else_is_told(
    tmp_path: Path, told: str, authors: list[str]
) -> None:
    body = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    head = (
        '<title>Ministers meet</title><meta property="og:site_name" content="Wire"><meta name="author" content="Wire">'
    )
    page = f"<html><head>{head}</head><body><h1>Ministers meet</h1>{told}<article>{body}"
    assert read_one(tmp_path, page.encode()).authors == authors


def test_a_heading_of_something_else_is_not_the_headline(tmp_path: Path) -> None:
    body = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    head = "<title>Ministers meet in Nairobi - Wire</title>"
    page = f"<html><head>{head}</head><body><h1>Why winters get warmer every year</h1><article>{body}"
    assert read_one(tmp_path, page.encode()).headline == "Ministers meet in Nairobi"


def test_a_table_of_articles(tmp_path: Path) -> None:
    rows = [
        "id;headline;text;date",
        f'1;Talks;"{TEXT} ""Good,"" they said.\nMore followed.";2023-04-14',
        "",
        "2;Short row",
        f"3;More;{TEXT};",
    ]
    (tmp_path / "table").write_text("\n".join(rows))
    articles, aside = read(tmp_path)
    assert [(a.address, a.headline, a.published_text) for a in articles] == [
        ("file:table#1", "Talks", "2023-04-14"),
        ("file:table#3", "More", None),
    ]
    assert articles[0].text == f'{TEXT} "Good," they said.\n\nMore followed.'
    assert [(one.locator, one.reason_code) for one in aside] == [("row 4", "broken_csv")]


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    text = f"Oslo, Norway, text and body of the story\n{TEXT}"
    assert read_one(tmp_path, text.encode()).text.startswith("Oslo, Norway")


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_web_archive(tmp_path: Path, is_packed: bool) -> None:
    content = warc(
        ("https://wire.example/news/1?id=1", "text/html; charset=utf-8", PAGE.encode()),
        ("https://wire.example/style.css", "text/css", b"p {}"),
        ("https://wire.example/robots.txt", "text/plain", b"User-agent: *"),
        ("https://wire.example/talks.txt", "text/plain", TEXT.encode()),
        is_packed=is_packed,
    )
    (tmp_path / "x").write_bytes(content)
    articles, aside = read(tmp_path)
    assert [a.address for a in articles] == ["https://wire.example/news/1?id=1", "https://wire.example/talks.txt"]
    assert aside == []


@pytest.mark.parametrize(
    ("coding", "pack"), [("br", brotli.compress), ("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_a_page_that_was_packed_for_the_way(tmp_path: Path, coding: str, pack: Callable[[bytes], bytes]) -> None:
    content = warc(("https://wire.example/1", f"text/html\r\nContent-Encoding: {coding}", pack(PAGE.encode())))
    assert read_one(tmp_path, content).headline == "Ministers meet"


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_web_archive_cut_anywhere_keeps_whole_pages_and_says_that_it_is_cut(tmp_path: Path, is_packed: bool) -> None:
    pages = [(f"https://wire.example/{n}", "text/html", PAGE.replace("Kenya", f"Kenya{n}").encode()) for n in range(4)]
    content = warc(*pages, is_packed=is_packed)
    for share in (0.3, 0.4, 0.55, 0.6, 0.8, 0.95, 0.99):
        (tmp_path / "x").write_bytes(content[: int(len(content) * share)])
        articles, aside = read(tmp_path)
        assert [a.address for a in articles] == [f"https://wire.example/{n}" for n in range(len(articles))]
        assert all(a.text.count(TEXT[-20:]) == 3 for a in articles)
        assert len(articles) == int(4 * share)
        assert {one.reason_code for one in aside} == {"truncated"}


SUITE = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "warc" / "warc_test_suite"


@pytest.mark.shared
def test_real_web_archives(tmp_path: Path) -> None:
    if not SUITE.is_dir():
        pytest.skip(f"{SUITE} is not there")
    found: dict[str, int] = {}
    for path in sorted(SUITE.rglob("*arc*")):
        if path.is_file():
            (tmp_path / "x").write_bytes(path.read_bytes())
            articles, aside = read(tmp_path)
            assert aside == [], path
            found[path.name] = len(articles)
            cut = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            (tmp_path / "x").write_bytes(cut[: int(len(cut) * 0.9)])
            articles, aside = read(tmp_path)
            assert "truncated" in {one.reason_code for one in aside}, path
            assert len(articles) <= found[path.name]
    # The same crawl in four packings holds the same articles; the others were counted by hand.
    crawl = {count for name, count in found.items() if name.startswith("IAH-2008")}
    assert len(crawl) == 1
    assert crawl.pop() > 40
    assert found["sopa-wikipedia-homepage.warc.gz"] == 1
    assert found["main-page.warc.gz"] == 1


def test_a_pdf(tmp_path: Path) -> None:
    lines = [
        "Joint statement of the ministers",
        "",
        "The ministers of Norway and Kenya agreed to co-",
        "operate on fish.",
        "- 1 -",
    ]
    article = read_one(tmp_path, pdf(lines, title="Joint statement of the ministers"))
    assert article.headline == "Joint statement of the ministers"
    assert "The ministers of Norway and Kenya agreed to cooperate on fish." in article.text
    assert "- 1 -" not in article.text
    assert article.published_text == "2023-04-14T09:30:00+03:00"


def test_a_pdf_that_is_a_scan_or_damaged_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([]))
    (tmp_path / "b.pdf").write_bytes(pdf([TEXT])[:200])
    articles, aside = read(tmp_path)
    assert articles == []
    assert [one.reason_code for one in aside] == ["no_text", "broken_pdf"]
    assert "OCR" in aside[0].reason


def test_a_pdf_of_too_many_pages_is_set_aside_and_not_cut(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    page = PdfReader(io.BytesIO(pdf([TEXT]))).pages[0]
    writer = PdfWriter()
    for _ in range(301):
        writer.add_page(page)
    with (tmp_path / "report.pdf").open("wb") as file:
        writer.write(file)
    articles, aside = read(tmp_path)
    assert (articles, [one.reason_code for one in aside]) == ([], ["too_long"])


def test_an_email(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "Ministry of Foreign Affairs <press@ministry.example>"
    message["To"] = "list@ministry.example"
    message["Subject"] = "Fwd: Entretien à Nairobi"
    message["Date"] = "Fri, 14 Apr 2023 09:30:00 +0300"
    message["Message-ID"] = "<1@ministry.example>"
    message.set_content(f"{TEXT}\n\nUnsubscribe here: https://ministry.example/u")
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    article = read_one(tmp_path, message.as_bytes())
    assert (article.headline, article.text) == ("Entretien à Nairobi", TEXT)
    assert article.publisher == "Ministry of Foreign Affairs"
    assert article.published_text == "2023-04-14T09:30:00+03:00"


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page", PAGE)
        archive.writestr("lines", json.dumps({"id": 1, "text": TEXT}) + "\n")
        archive.writestr("__MACOSX/._page", b"\x00\x05\x16\x07")
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        for name, content in (("day/inner", inner.getvalue()), ("day/talks", gzip.compress(TEXT.encode()))):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    (tmp_path / "pack").write_bytes(outer.getvalue())
    articles, aside = read(tmp_path)
    assert aside == []
    assert [a.address for a in articles] == [
        "file:pack#day/inner, page",
        "file:pack#day/inner, lines, 1",
        "file:pack#day/talks",
    ]


def test_another_language_is_kept_and_not_parsed(tmp_path: Path) -> None:
    text = "Министр иностранных дел России встретился с коллегой из Китая и обсудил с ним положение в Афганистане."
    article = read_one(tmp_path, text.encode())
    assert (article.language, article.is_parsed, article.text) == ("ru", False, text)


def test_the_same_text_at_the_same_address_is_one_article_and_a_change_another(tmp_path: Path) -> None:
    def article_id(text: str, headline: str) -> str:
        record = {"url": "https://wire.example/1", "text": text, "headline": headline}
        return read_one(tmp_path, json.dumps(record).encode(), "a.jsonl").article_id

    first = article_id(TEXT, "Talks")
    assert article_id(f"  {TEXT}\r\n", "Talks") == first
    assert article_id(TEXT, "Other headline") == first
    assert article_id(TEXT.replace("Kenya", "Ghana"), "Talks") != first
