"""Feeds over a real local HTTP server: once each, versions kept, polite, and limited in time and size."""

import datetime as dt
import gzip
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orchestration.ingest.articles import read_article
from orchestration.ingest.feeds import MAX_PAGE_TRIES, FeedState, is_due, poll_feed
from orchestration.ingest.fetch import Fetcher, Limits
from orchestration.ingest.records import ArticleRecord, DocumentRecord, SetAside
from orchestration.ingest.sources import FeedSource, Sources
from tests.ingest_samples import rss

SNAPSHOTS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "feeds" / "state_dept_feed_snapshots"
NOW = dt.datetime(2023, 4, 15, 12, tzinfo=dt.UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """A server whose answers the test sets by path, and which remembers what it was asked."""

    routes: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    n_body_bytes: int = 0
    address: str = ""

    def put(self, path: str, content: bytes, content_type: str = "application/rss+xml", **headers: str) -> None:
        """Serve some content, honouring conditional requests."""
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'

        def answer(request: BaseHTTPRequestHandler) -> None:
            if request.headers.get("If-None-Match") == etag:
                request.send_response(304)
                request.end_headers()
                return
            request.send_response(200)
            told = {"Content-Type": content_type, "Content-Length": str(len(content)), "ETag": etag, **headers}
            for name, value in told.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            self.n_body_bytes += len(content)
            request.wfile.write(content)

        self.routes[path] = answer

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, dict(self.headers)))
            answer = state.routes.get(self.path)
            try:
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def send_response(self, code: int, message: str | None = None) -> None:
            state.statuses.append(code)
            super().send_response(code, message)

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{httpd.server_port}"
    yield state
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[Fetcher]:
    limits = Limits(total_seconds=3, idle_seconds=2, max_bytes=1024 * 1024, pause_seconds=5)
    with Fetcher(limits, allow_loopback=True, sleep=waits.append) as ready:
        yield ready


def feed_at(server: Server, path: str = "/feed", **more: object) -> FeedSource:
    return FeedSource.model_validate({"name": "wire", "address": f"{server.address}{path}", **more})


TEXT = "<p>The foreign ministers of Norway and Kenya met in Nairobi and agreed to open talks on fisheries.</p>"


def articles_of(documents: list[object], feed: FeedSource) -> list[ArticleRecord]:
    sources = Sources(feeds=[feed])
    read = [read_article(d, sources) for d in documents if isinstance(d, DocumentRecord)]
    return [a for a in read if isinstance(a, ArticleRecord)]


def test_an_unchanged_feed_is_answered_by_304_and_brings_nothing(server: Server, fetcher: Fetcher) -> None:
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT)))
    feed = feed_at(server)
    first = poll_feed(feed, None, fetcher, NOW)
    n_bytes = server.n_body_bytes
    second = poll_feed(feed, FeedState.from_row(first.state.to_row()), fetcher, NOW)
    assert (first.state.status, first.state.n_new) == ("new", 1)
    assert (second.state.status, second.state.n_new, second.found) == ("not_modified", 0, [])
    assert server.statuses[-1] == 304
    assert server.n_body_bytes == n_bytes
    assert "communique" in server.asked[-1][1]["User-Agent"]
    assert second.state.etag == first.state.etag


def test_an_entry_keeps_its_frame_and_a_changed_one_becomes_a_version(server: Server, fetcher: Fetcher) -> None:
    feed = feed_at(server, publisher="Wire Agency")
    server.put("/feed", rss(("Talks &amp; trade", "https://wire.example/1?utm_source=rss", TEXT)))
    first = poll_feed(feed, None, fetcher, NOW)
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT.replace("Nairobi", "Mombasa"))))
    second = poll_feed(feed, first.state, fetcher, NOW)
    one, two = articles_of(first.found + second.found, feed)
    assert one.address == two.address == "https://wire.example/1"
    assert one.article_id != two.article_id
    assert (one.headline, one.publisher, one.language) == ("Talks & trade", "Wire Agency", "en")
    assert one.published_text == "2023-04-14T09:30:00+05:00"
    assert one.published_at == dt.datetime(2023, 4, 14, 4, 30, tzinfo=dt.UTC)


def test_links_are_followed_once_and_the_page_stands_for_the_entry(server: Server, fetcher: Fetcher) -> None:
    article = f"<article><h1>Talks in Nairobi held</h1>{TEXT * 6}</article>"
    page = f"<html><head><title>x</title></head><body>{article}</body></html>"
    server.put("/page/1", page.encode(), "text/html")
    feed = feed_at(server, follow_links=True)
    link, gone = f"{server.address}/page/1", f"{server.address}/page/2"
    server.put("/feed", rss(("Talks", link, "short"), ("Gone", gone, TEXT)))
    first = poll_feed(feed, None, fetcher, NOW)
    server.put(
        "/feed", rss(("Talks", link, "short"), ("Gone", gone, TEXT), ("New", f"{server.address}/page/1?n=2", "s"))
    )
    second = poll_feed(feed, first.state, fetcher, NOW)
    kinds = [(d.media_kind, d.address) for d in first.found if isinstance(d, DocumentRecord)]
    assert kinds == [("html", link), ("feed_entry", gone)]
    assert first.state.n_set_aside == 1
    assert server.paths().count("/page/1") == 1
    assert server.paths().count("/page/2") == 1
    assert "/page/1?n=2" in server.paths()
    assert second.state.n_entries == 3
    article = articles_of(first.found, feed)[0]
    assert article.published_text == "2023-04-14T09:30:00+05:00"
    assert "Nairobi" in article.text


def busy_answer(request: BaseHTTPRequestHandler) -> None:
    request.send_error(503)


def addresses_of(found: list[object]) -> list[tuple[str, str]]:
    return [(d.media_kind, d.address) for d in found if isinstance(d, DocumentRecord)]


def test_a_page_that_was_busy_is_asked_for_again_though_the_feed_has_not_changed(
    server: Server, fetcher: Fetcher
) -> None:
    feed = feed_at(server, follow_links=True)
    link = f"{server.address}/page/1"
    server.put("/feed", rss(("Talks", link, TEXT)))
    server.routes["/page/1"] = busy_answer
    first = poll_feed(feed, None, fetcher, NOW)
    assert addresses_of(first.found) == [("feed_entry", link)]
    assert (first.state.n_new, first.state.n_set_aside) == (1, 1)

    second = poll_feed(feed, FeedState.from_row(first.state.to_row()), fetcher, NOW)
    assert (second.found, second.state.n_new) == ([], 0)

    server.put("/page/1", f"<html><body><article>{TEXT * 6}</article></body></html>".encode(), "text/html")
    third = poll_feed(feed, FeedState.from_row(second.state.to_row()), fetcher, NOW)
    assert addresses_of(third.found) == [("html", link)]
    fourth = poll_feed(feed, FeedState.from_row(third.state.to_row()), fetcher, NOW)
    assert (fourth.state.status, fourth.found, server.statuses[-1]) == ("not_modified", [], 304)


def test_a_page_that_never_comes_is_given_up_and_that_is_told(server: Server, fetcher: Fetcher) -> None:
    feed = feed_at(server, follow_links=True)
    server.put("/feed", rss(("Talks", f"{server.address}/page/1", TEXT)))
    server.routes["/page/1"] = busy_answer
    state, aside = None, []
    for _ in range(MAX_PAGE_TRIES + 2):
        poll = poll_feed(feed, state, fetcher, NOW)
        state = FeedState.from_row(poll.state.to_row())
        aside += [one.reason for one in poll.found if isinstance(one, SetAside)]
    assert server.paths().count("/page/1") == MAX_PAGE_TRIES * fetcher.limits.attempts
    assert len(aside) == 2
    assert "tried again at the next polls" in aside[0]
    assert "not tried again" in aside[1]


def test_a_host_that_fails_again_and_again_is_left_alone_for_the_rest_of_the_poll(
    server: Server, fetcher: Fetcher
) -> None:
    feed = feed_at(server, follow_links=True)
    links = [f"{server.address}/page/{n}" for n in range(20)]
    server.put("/feed", rss(*((f"Talks {n}", link, TEXT) for n, link in enumerate(links))))
    server.routes |= {f"/page/{n}": busy_answer for n in range(20)}
    poll = poll_feed(feed, None, fetcher, NOW)
    n_asked = len(server.paths()) - 1
    assert n_asked == fetcher.limits.failures_in_a_row * fetcher.limits.attempts
    assert [address for _, address in addresses_of(poll.found)] == links
    assert len(poll.state.page_tries) == 20


def test_a_page_whose_server_asks_for_a_rest_is_not_asked_for_before(server: Server, fetcher: Fetcher) -> None:
    def resting(request: BaseHTTPRequestHandler) -> None:
        request.send_response(429)
        request.send_header("Retry-After", "7200")
        request.end_headers()

    feed = feed_at(server, follow_links=True)
    server.put("/feed", rss(("One", f"{server.address}/page/1", TEXT), ("Two", f"{server.address}/page/2", TEXT)))
    server.routes |= {"/page/1": resting, "/page/2": resting}
    now = dt.datetime.now(dt.UTC)
    state = poll_feed(feed, None, fetcher, now).state
    assert server.paths() == ["/feed", "/page/1"]
    assert not is_due(feed, state, now + dt.timedelta(hours=1, minutes=55))
    assert is_due(feed, state, now + dt.timedelta(hours=2, minutes=5))


def test_robots_txt_is_obeyed(server: Server, fetcher: Fetcher) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /private\nCrawl-delay: 9\n", "text/plain")
    server.put("/private", rss(("Talks", "https://wire.example/1", TEXT)))
    poll = poll_feed(feed_at(server, "/private"), None, fetcher, NOW)
    assert (poll.state.status, poll.state.reason_code) == ("failed", "robots")
    assert server.paths() == []


def test_a_site_whose_robots_txt_fails_is_left_alone(server: Server, fetcher: Fetcher) -> None:
    server.routes["/robots.txt"] = lambda request: request.send_error(503)
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT)))
    poll = poll_feed(feed_at(server), None, fetcher, NOW)
    assert (poll.state.status, poll.state.reason_code) == ("failed", "http_503")
    assert server.paths() == []


def test_each_host_has_its_pause(server: Server, fetcher: Fetcher, waits: list[float]) -> None:
    server.put("/robots.txt", b"User-agent: *\nCrawl-delay: 9\n", "text/plain")
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT)))
    poll_feed(feed_at(server), None, fetcher, NOW)
    assert len(waits) == 1
    assert waits[0] == pytest.approx(9, abs=0.5)


def test_a_busy_server_is_tried_again_when_it_asks_for_that(
    server: Server, fetcher: Fetcher, waits: list[float]
) -> None:
    answers = iter([429, 503])
    server.put("/ok", rss(("Talks", "https://wire.example/1", TEXT)))

    def busy(request: BaseHTTPRequestHandler) -> None:
        status = next(answers, None)
        if status is None:
            server.routes["/ok"](request)
            return
        request.send_response(status)
        request.send_header("Retry-After", "7")
        request.end_headers()

    server.routes["/feed"] = busy
    poll = poll_feed(feed_at(server), None, fetcher, NOW)
    assert poll.state.status == "new"
    assert waits.count(7.0) == 2


def test_a_server_that_asks_for_a_long_rest_gets_it(server: Server, fetcher: Fetcher) -> None:
    def resting(request: BaseHTTPRequestHandler) -> None:
        request.send_response(429)
        request.send_header("Retry-After", formatdate(time.time() + 7200, usegmt=True))
        request.end_headers()

    server.routes["/feed"] = resting
    feed = feed_at(server)
    now = dt.datetime.now(dt.UTC)
    state = poll_feed(feed, None, fetcher, now).state
    assert (state.status, state.reason_code) == ("failed", "http_429")
    assert server.paths() == ["/feed"]
    assert not is_due(feed, state, now + dt.timedelta(hours=1, minutes=30))
    assert is_due(feed, state, now + dt.timedelta(hours=2, minutes=5))


def test_a_failed_poll_keeps_what_is_known(server: Server, fetcher: Fetcher) -> None:
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT)))
    feed = feed_at(server)
    first = poll_feed(feed, None, fetcher, NOW)
    server.routes["/feed"] = lambda request: request.send_error(500)
    failed = poll_feed(feed, first.state, fetcher, NOW)
    assert (failed.state.status, failed.state.reason_code, failed.state.etag) == (
        "failed",
        "http_500",
        first.state.etag,
    )
    server.put("/feed", rss(("Talks", "https://wire.example/1", TEXT), ("More", "https://wire.example/2", TEXT)))
    third = poll_feed(feed, failed.state, fetcher, NOW)
    assert [d.address for d in third.found if isinstance(d, DocumentRecord)] == ["https://wire.example/2"]


@pytest.mark.parametrize("text", ["not a feed at all", "<html><body>Moved</body></html>", ""])
def test_what_is_no_feed_is_reported(server: Server, fetcher: Fetcher, text: str) -> None:
    server.put("/feed", text.encode())
    poll = poll_feed(feed_at(server), None, fetcher, NOW)
    assert poll.state.status == "failed"
    assert poll.state.reason


def test_a_feed_cut_in_the_middle_gives_its_whole_entries_and_says_so(server: Server, fetcher: Fetcher) -> None:
    content = rss(*((f"Talks {n}", f"https://wire.example/{n}", TEXT) for n in range(5)))
    server.put("/feed", content[: content.index(b"Talks 3") + 40])
    poll = poll_feed(feed_at(server), None, fetcher, NOW)
    addresses = [d.address for d in poll.found if isinstance(d, DocumentRecord)]
    assert addresses == ["https://wire.example/0", "https://wire.example/1", "https://wire.example/2"]
    assert poll.state.n_set_aside == 1


def test_atom_is_read_too(server: Server, fetcher: Fetcher) -> None:
    atom = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <title>Ministry</title><link href="https://ministry.example/" /><entry><title>Talks</title>
    <link rel="self" href="https://ministry.example/self"/><link href="https://ministry.example/1"/>
    <id>tag:ministry.example,2023:1</id><published>2023-04-14T09:30:00Z</published>
    <author><name>Ana Lima</name></author>
    <content type="html">{TEXT.replace("<", "&lt;")}</content></entry></feed>"""
    server.put("/feed", atom.encode(), "application/atom+xml")
    feed = feed_at(server)
    (article,) = articles_of(poll_feed(feed, None, fetcher, NOW).found, feed)
    assert (article.url, article.headline, article.authors) == ("https://ministry.example/1", "Talks", ["Ana Lima"])
    assert (article.publisher, article.published_text) == ("Ministry", "2023-04-14T09:30:00+00:00")


@pytest.mark.shared
def test_a_real_feed_over_months_gives_each_release_once_and_each_change_a_version(
    server: Server, fetcher: Fetcher
) -> None:
    if not SNAPSHOTS.is_dir():
        pytest.skip(f"{SNAPSHOTS} is not there")
    snapshots = [gzip.decompress(path.read_bytes()) for path in sorted(SNAPSHOTS.iterdir())]
    feed = feed_at(server)
    state = None
    documents: dict[str, DocumentRecord] = {}
    for snapshot in snapshots:
        server.put("/feed", snapshot)
        poll = poll_feed(feed, state, fetcher, NOW)
        state = poll.state
        assert state.status in {"new", "not_modified"}, state.reason
        documents |= {d.document_id: d for d in poll.found if isinstance(d, DocumentRecord)}
    # Counted without any of our code: the links that the snapshots hold.
    links = {
        link
        for s in snapshots
        for link in re.findall(r"<link>(https://[^<]+)</link>", s.decode())
        if link.count("/") > 3
    }
    articles = articles_of(list(documents.values()), feed)
    assert {a.address for a in articles} == {link for link in links if not link.endswith("state.gov")}
    versions = {(a.address, a.text) for a in articles}
    assert len(versions) == len({a.article_id for a in articles})
    assert len(versions) > len(links)
    assert not any("<script" in a.text or "function(" in a.text for a in articles)
    print(f"{len(snapshots)} snapshots: {len(links)} releases, {len(versions)} versions")

    n_bytes = server.n_body_bytes
    again = poll_feed(feed, state, fetcher, NOW)
    assert (again.state.status, again.found, server.statuses[-1]) == ("not_modified", [], 304)
    assert server.n_body_bytes == n_bytes
